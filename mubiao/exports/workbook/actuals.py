"""What stands in the record as a file, for people and to import again."""

from collections.abc import Iterable, Sequence

from mubiao.exports.workbook.listing import Listing, Row, as_bytes
from mubiao.i18n import Language
from mubiao.model import Observation, Plan, Stage
from mubiao.observation.contract import COLUMNS, write_csv
from mubiao.problems import message
from mubiao.spreadsheet import words
from mubiao.spreadsheet.columns import HEADERS, NAME, UNIT

_COLUMNS = ("target", NAME, "period", "value", UNIT, *COLUMNS[3:], "row")
_ROW = message(
    "The number of the recorded figure: importing sees by it whether somebody changed the figure "
    "meanwhile. A new row has none."
)


def export_csv(observations: Iterable[Observation], *, for_excel: bool = True) -> bytes:
    """The observations by the CSV contract, in UTF-8; with the mark that Excel knows it by."""
    return as_bytes(write_csv(observations), for_excel=for_excel)


def export_xlsx(plan: Plan, observations: Iterable[Observation], language: Language) -> bytes:
    """The observations as a workbook: target ids, real numbers and days, words in the language.

    The last column, `row`, is the row of the record that each line shows. Importing the workbook
    again changes nothing.
    """
    from mubiao.exports.workbook.listbook import as_xlsx  # noqa: PLC0415 - slow to load, not for CSV

    heads = {column: HEADERS[column] for column in _COLUMNS}
    rows = (_cells(plan, seen, language) for seen in observations)
    listing = Listing(message("Actuals"), heads, rows, still=2, kept="row", why=_ROW)
    return as_xlsx([listing], language)


def actuals(
    plan: Plan, observations: Iterable[Observation], language: Language
) -> tuple[Sequence[str], list[Row]]:
    """The columns of the workbook of actuals and a row for each observation."""
    return _COLUMNS, [_cells(plan, seen, language) for seen in observations]


def _cells(plan: Plan, seen: Observation, language: Language) -> Row:
    # What was recorded under an earlier plan has no name in this one.
    target = plan.by_id.get(seen.target)
    name = language.pick(target.name) if target else ""
    unit = words.unit_of(plan, target, language) if target else ""
    value = words.word(seen.value, language) if isinstance(seen.value, Stage) else seen.value
    return [
        *(seen.target, name, seen.period.text, value, unit),
        *(words.word(seen.qualifier, language), words.word(seen.nature, language)),
        *(seen.known_on, seen.source, seen.note, seen.row or None),
    ]
