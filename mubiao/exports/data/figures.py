"""The figures of a drafted report as a JSON document, which is a contract with other programs."""

from decimal import Decimal
from typing import TypedDict

from mubiao.i18n import Language
from mubiao.report.drafting import Draft, Drafted


class FigureDocument(TypedDict):
    """One figure. `line` counts the text's non-empty lines from 0, `offset` the characters of the
    stripped line; `promise` is value, condition or no, and what follows it is null for the latter.
    """

    line: int
    offset: int
    token: str
    section: str
    promise: str
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    comparator: str | None
    indicator: str | None
    reason: str


def draft_document(draft: Draft, language: Language) -> list[FigureDocument]:
    """Every figure of a report's text; reasons in the language."""
    filled = [number for number, line in enumerate(draft.text.split("\n"), 1) if line.strip()]
    lines = {number: position for position, number in enumerate(filled)}
    return [_figure(figure, lines[figure.line], language) for figure in draft.figures]


def _figure(figure: Drafted, line: int, language: Language) -> FigureDocument:
    number, wording = figure.context.number, figure.wording
    return FigureDocument(
        line=line,
        offset=number.start,
        token=number.text,
        section=figure.section,
        promise=str(figure.promise),
        value=_plain(wording.value) if wording else None,
        upper=_plain(wording.upper) if wording and wording.upper is not None else None,
        unit=wording.unit if wording else None,
        comparator=str(wording.comparator) if wording else None,
        indicator=figure.indicator if wording else None,
        reason=language.t(figure.reason),
    )


def _plain(value: Decimal) -> Decimal:
    """The value without zeros after the point: 3.5万 is 35000, not 35000.0."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
