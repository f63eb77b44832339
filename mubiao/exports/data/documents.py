"""What leaves the product as JSON documents, which are a contract with other programs.

The documents hold plain values: ids as text, days in ISO form, decimals with the digits that
were recorded; None where there is nothing, which is never zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import orjson
from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from mubiao.duty import Debt
from mubiao.i18n import CODES
from mubiao.i18n import language as language_of
from mubiao.model import Amendment, Assessment, Plan, Stage, Target
from mubiao.outlook import outlook
from mubiao.series import Tie
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence

PLACES = 6

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


class TieDocument(TypedDict):
    """A target of the `series` document that seems to be of one series with an earlier plan's
    target; `score` is from 0 to 100.
    """

    series: str
    plan: str
    target: str
    earlier_plan: str
    earlier_target: str
    score: int


def ties_document(ties: Iterable[Tie]) -> list[TieDocument]:
    """The targets that seem to be of one series, in the order in which they are proposed."""
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
    base, source = target.baseline, target.source
    baseline = (
        BaselineDocument(value=base.value, unit=target.unit, year=base.year) if base else None
    )
    return TargetDocument(
        id=target.id,
        section=target.section,
        name_zh=target.name.zh,
        name_en=target.name.en,
        measure=target.measure.value,
        comparator=target.comparator.value,
        value=target.value,
        unit=target.unit,
        tolerance=target.tolerance,
        judged=target.judged.value,
        due=plan.due(target).isoformat(),
        owner=target.owner,
        baseline=baseline,
        source=SourceDocument(
            section=source.section, paragraph=source.paragraph, printed=source.printed
        ),
        amended=None if target.amended is None else _amendment_document(target.amended),
        upper=target.upper,
        stretch=target.stretch,
        better=None if target.better is None else target.better.value,
        held_against=target.counterpart,
        series=target.series,
    )


def _amendment_document(change: Amendment) -> AmendmentDocument:
    return AmendmentDocument(
        known_on=change.known_on.isoformat(),
        comparator=change.comparator.value,
        value=change.value,
        tolerance=change.tolerance,
        due=None if change.due is None else change.due.isoformat(),
        by_zh=change.by.zh,
        by_en=change.by.en,
        printed=change.printed,
        upper=change.upper,
    )


def assess_document(plan: Plan, assessments: Iterable[Assessment]) -> list[AssessmentDocument]:
    """Every assessment, in the order given, with its sentence in both languages."""
    zh, en = (Phrasebook(plan, language_of(code)) for code in CODES)
    judged = [(assessment, outlook(plan, assessment)) for assessment in assessments]
    return [
        AssessmentDocument(
            target=assessment.target.id,
            status=assessment.status.value,
            flags=[flag.value for flag in assessment.flags],
            value=_value(assessment),
            period=assessment.observation.period.text if assessment.observation else None,
            progress=rounded(assessment.progress),
            scheduled=rounded(assessment.scheduled),
            required_rest=rounded(assessment.required_rest),
            outlook=rounded(ahead.value if ahead else None),
            sentence_zh=sentence(zh, assessment),
            sentence_en=sentence(en, assessment),
            as_promised=None if (first := assessment.as_promised) is None else first.status.value,
            owner=assessment.target.owner,
        )
        for assessment, ahead in judged
    ]


def due_document(debts: Iterable[Debt]) -> list[DebtDocument]:
    """Every report that is owed, in the order given."""
    return [
        DebtDocument(
            target=debt.target.id,
            owner=debt.target.owner,
            period=debt.period.text,
            due=debt.due.isoformat(),
            overdue_days=debt.overdue_days,
        )
        for debt in debts
    ]


def to_json(document: Mapping[str, object] | Sequence[Mapping[str, object]]) -> bytes:
    """The document as UTF-8 JSON, indented; each decimal a number with exactly its digits."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document, default=_number, option=options)


def _value(assessment: Assessment) -> Decimal | str | None:
    return None if assessment.observation is None else plain_value(assessment.observation.value)


def plain_value(value: Decimal | Stage) -> Decimal | str:
    """A number, or a stage's id."""
    return value.value if isinstance(value, Stage) else value


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
