"""What leaves the product as JSON documents, which are a contract with other programs.

The documents hold plain values: ids as text, days in ISO form, decimals with the digits that
were recorded; None where there is nothing, which is never zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, TypeVar, cast

import orjson
from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from mubiao.duty import Debt
from mubiao.i18n import CODES, Language
from mubiao.i18n import language as language_of
from mubiao.model import Assessment, Plan, Target
from mubiao.outlook import outlook
from mubiao.period import Period
from mubiao.report.drafting import Draft
from mubiao.series import Tie
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence

PLACES = 6
_Document = TypeVar("_Document")

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""A decimal, in JSON a number with exactly its digits."""


class BaselineDocument(TypedDict):
    """A baseline; its unit is the target's."""

    value: Number
    unit: str | None
    year: int


class SourceDocument(TypedDict):
    """Where the report says it."""

    section: str
    paragraph: int
    printed: str


class AmendmentDocument(TypedDict):
    """What a target asks instead since `known_on`; its unit is the target's."""

    known_on: str
    comparator: str
    value: Number | None
    tolerance: Number | None
    due: str | None
    by_zh: str
    by_en: str
    printed: str
    upper: Decimal | None


class TargetDocument(TypedDict):
    """One target of the `targets` document, as it was promised; `unit` is its id in the plan,
    `upper` the upper end of a range, whose lower one is `value`, `held_against` the id of the
    target or reference series whose actual is its value.
    """

    id: str
    section: str
    name_zh: str
    name_en: str
    measure: str
    comparator: str
    value: Number | None
    unit: str | None
    tolerance: Number | None
    judged: str
    due: str
    owner: str | None
    baseline: BaselineDocument | None
    source: SourceDocument
    amended: AmendmentDocument | None
    upper: Decimal | None
    stretch: Decimal | None
    better: str | None
    held_against: str | None
    series: str | None


class AssessmentDocument(TypedDict):
    """One target of the `assess` document.

    `value` and `period` are the counting observation's (a milestone's value is its stage);
    `progress` and `scheduled` are shares of one, `required_rest` and `outlook` (where the
    year ends if it goes on like the latest stretch) are in the target's unit, all four rounded to
    PLACES. `as_promised` is the status by the first promise where the target was changed, `owner`
    the id of the unit that answers for it.
    """

    target: str
    status: str
    flags: list[str]
    value: Number | str | None
    period: str | None
    progress: Number | None
    scheduled: Number | None
    required_rest: Number | None
    outlook: Number | None
    sentence_zh: str
    sentence_en: str
    as_promised: str | None
    owner: str | None


class DebtDocument(TypedDict):
    """A report of the `due` document; `owner` is the unit's id, None where the plan's office owes
    it; `overdue_days` is 0 until the due day is over.
    """

    target: str
    owner: str | None
    period: str
    due: str
    overdue_days: int


def ties_document(ties: Iterable[Tie]) -> list[dict[str, object]]:
    """The targets that seem to be of one series, as they are proposed; `score` is from 0 to 100."""
    return [
        {
            "series": tie.series,
            "plan": tie.promise.plan.id,
            "target": tie.promise.target.id,
            "earlier_plan": tie.earlier.plan.id,
            "earlier_target": tie.earlier.target.id,
            "score": round(tie.score),
        }
        for tie in ties
    ]


def targets_document(plan: Plan) -> list[TargetDocument]:
    """Every target of the plan, in the plan's order."""
    return [_target_document(plan, target) for target in plan.targets]


def _target_document(plan: Plan, target: Target) -> TargetDocument:
    base, change = target.baseline, target.amended
    by = {} if change is None else {"by_zh": change.by.zh, "by_en": change.by.en}
    return document(
        TargetDocument,
        target,
        name_zh=target.name.zh,
        name_en=target.name.en,
        due=plan.due(target).isoformat(),
        baseline=base and document(BaselineDocument, base, unit=target.unit),
        source=document(SourceDocument, target.source),
        amended=change and document(AmendmentDocument, change, **by),
        held_against=target.counterpart,
    )


def assess_document(plan: Plan, assessments: Iterable[Assessment]) -> list[AssessmentDocument]:
    """Every assessment, in the order given, with its sentence in both languages."""
    zh, en = (Phrasebook(plan, language_of(code)) for code in CODES)
    judged = [(assessment, outlook(plan, assessment)) for assessment in assessments]
    return [
        document(
            AssessmentDocument,
            one,
            target=one.target.id,
            flags=[flag.value for flag in one.flags],
            value=one.observation and plain(one.observation.value),
            period=one.observation and one.observation.period.text,
            outlook=plain(ahead and ahead.value),
            sentence_zh=sentence(zh, one),
            sentence_en=sentence(en, one),
            as_promised=one.as_promised and one.as_promised.status.value,
            owner=one.target.owner,
        )
        for one, ahead in judged
    ]


def due_document(debts: Iterable[Debt]) -> list[DebtDocument]:
    """Every report that is owed, in the order given."""
    return [
        document(DebtDocument, debt, target=debt.target.id, owner=debt.target.owner)
        for debt in debts
    ]


def draft_document(draft: Draft, language: Language) -> list[dict[str, object]]:
    """Every figure of a report's text; reasons in the language.

    `line` counts the text's non-empty lines from 0, `offset` the characters of the stripped line;
    `promise` is value, condition or no, and what follows it is null for the latter two.
    """
    filled = [number for number, line in enumerate(draft.text.split("\n"), 1) if line.strip()]
    lines = {number: position for position, number in enumerate(filled)}
    return [
        {
            "line": lines[one.line],
            "offset": one.context.number.start,
            "token": one.context.number.text,
            "section": one.section,
            "promise": one.promise,
            "value": wording and _without_zeros(wording.value),
            "upper": wording and wording.upper and _without_zeros(wording.upper),
            "unit": wording and wording.unit,
            "comparator": wording and wording.comparator,
            "indicator": one.indicator if wording else None,
            "reason": language.t(one.reason),
        }
        for one in draft.figures
        for wording in [one.wording]
    ]


def _without_zeros(value: Decimal) -> Decimal:
    """The value without zeros after the point: 3.5万 is 35000, not 35000.0."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def document(kind: type[_Document], source: object, /, **own: object) -> _Document:
    """A document with the values that are given, and for the other names those of its source."""
    names = kind.__annotations__
    values = {name: own[name] if name in own else plain(getattr(source, name)) for name in names}
    return cast("_Document", values)


def to_json(document: Mapping[str, object] | Sequence[Mapping[str, object]]) -> bytes:
    """The document as UTF-8 JSON, indented; each decimal a number with exactly its digits."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document, default=_number, option=options)


def plain(value: object) -> Any:  # noqa: ANN401 - as plain as the value allows
    """A value as documents hold it: ids, periods, days and moments as text, fractions to PLACES."""
    match value:
        case StrEnum():
            return value.value
        case Period():
            return value.text
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Fraction():
            return rounded(value)
        case _:
            return value


def rounded(number: Fraction | None) -> Decimal | None:
    """A fraction to PLACES decimal places; None stays None."""
    if number is None:
        return None
    rounded = round(number, PLACES)
    return Decimal(rounded.numerator) / Decimal(rounded.denominator)


def _number(value: object) -> orjson.Fragment:
    """A decimal digit for digit: through a binary float 0.1 would no longer be 0.1."""
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(f"{type(value).__name__} is no value of a document")
