"""What leaves the product as JSON documents (a contract) and as plain text (for people).

The documents hold plain values: ids as text, days in ISO form, decimals with the digits that
were recorded; None where there is nothing, which is never zero.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict

import orjson

from mubiao.i18n import Language, language
from mubiao.model import Assessment, Baseline, Plan, Source, Stage, Target
from mubiao.views import overview as views
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence

PLACES = 6
_GAP = "  "


class BaselineDocument(TypedDict):
    """A baseline; its unit is the target's."""

    value: Decimal
    unit: str | None
    year: int


class SourceDocument(TypedDict):
    """Where the report says it."""

    section: str
    paragraph: int
    printed: str


class TargetDocument(TypedDict):
    """One target of the `targets` document; `unit` is the unit's id in the plan."""

    id: str
    section: str
    name_zh: str
    name_en: str
    measure: str
    comparator: str
    value: Decimal | None
    unit: str | None
    tolerance: Decimal | None
    judged: str
    due: str
    baseline: BaselineDocument | None
    source: SourceDocument


class AssessmentDocument(TypedDict):
    """One target of the `assess` document.

    `value` and `period` are the counting observation's (a milestone's value is its stage);
    `progress` and `scheduled` are shares of one, `required_rest` is in the target's unit, all
    three rounded to PLACES.
    """

    target: str
    status: str
    flags: list[str]
    value: Decimal | str | None
    period: str | None
    progress: Decimal | None
    scheduled: Decimal | None
    required_rest: Decimal | None
    sentence_zh: str
    sentence_en: str


def targets_document(plan: Plan) -> list[TargetDocument]:
    """Every target of the plan, in the plan's order."""
    return [
        TargetDocument(
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
            baseline=_baseline(target.baseline, target.unit),
            source=_source(target.source),
        )
        for target in plan.targets
    ]


def assess_document(plan: Plan, assessments: Iterable[Assessment]) -> list[AssessmentDocument]:
    """Every assessment, in the order given, with its sentence in both languages."""
    zh, en = language("zh"), language("en")
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
            sentence_zh=sentence(Phrasebook(plan, zh), assessment),
            sentence_en=sentence(Phrasebook(plan, en), assessment),
        )
        for assessment in assessments
    ]


def to_json(document: Sequence[TargetDocument] | Sequence[AssessmentDocument]) -> bytes:
    """The document as UTF-8 JSON, indented; each decimal a number with exactly its digits."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document, default=_number, option=options)


def targets_text(plan: Plan, words: Language) -> str:
    """The plan for people: by section, what each target asks and what the report prints."""

    def cells(target: Target) -> tuple[str, ...]:
        printed = f"“{target.source.printed}”"
        asked = Phrasebook(plan, words).asks(target)
        return target.id, words.pick(target.name), asked, printed

    blocks = [
        (f"{section.id} {words.pick(section.name)}", [cells(t) for t in own])
        for section in plan.sections
        if (own := [t for t in plan.targets if t.section == section.id])
    ]
    table = _aligned([row for _, rows in blocks for row in rows])
    lines = [words.pick(plan.title)]
    for heading, rows in blocks:
        lines += ["", heading, *(f"{_GAP}{next(table)}" for _ in rows)]
    return "\n".join(lines) + "\n"


def assess_text(plan: Plan, assessments: Sequence[Assessment], as_of: date, words: Language) -> str:
    """The judgement for people: how many of each status, then by section each target's status
    and figure, with the sentence under it where there is a figure.
    """
    overview = views.overview(Phrasebook(plan, words), assessments, as_of)
    table = _aligned([_cells(row) for section in overview.sections for row in section.rows])
    lines = [overview.title, overview.summary]
    for section in overview.sections:
        lines += ["", f"{section.id} {section.name}"]
        for row in section.rows:
            lines.append(f"{_GAP}{next(table)}")
            if row.value:
                lines.append(f"{_GAP * 3}{row.sentence}")
    return "\n".join(lines) + "\n"


def _baseline(baseline: Baseline | None, unit: str | None) -> BaselineDocument | None:
    if baseline is None:
        return None
    return BaselineDocument(value=baseline.value, unit=unit, year=baseline.year)


def _source(source: Source) -> SourceDocument:
    return SourceDocument(
        section=source.section, paragraph=source.paragraph, printed=source.printed
    )


def _value(assessment: Assessment) -> Decimal | str | None:
    if assessment.observation is None:
        return None
    value = assessment.observation.value
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


def _cells(row: views.TargetRow) -> tuple[str, ...]:
    figure = f"{row.value} {row.unit}" if row.unit else row.value
    status = f"{row.mark.shape} {row.mark.word}"
    return status, row.name, figure, " · ".join((row.period, *row.remarks))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines with their columns aligned; nothing follows the last column."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """The columns that a text takes in a terminal: a wide Chinese character takes two."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )
