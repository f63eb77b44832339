"""The page of the workbook to fill in that says how."""

from mubiao.exports.workbook.book import Look, SheetWriter
from mubiao.i18n import Language
from mubiao.period import EXAMPLES
from mubiao.spreadsheet import choice_words
from mubiao.spreadsheet.columns import header

_HEIGHT = 22


def write_instructions(sheet: SheetWriter) -> None:
    """Fill a sheet with a short line for each column, and what importing does."""
    look = Look(wrap=True, under=True)
    sheet.set_widths((16, 96))
    for row, (column, text) in enumerate(_lines(sheet.language)):
        sheet.raw.set_row(row, _HEIGHT)
        name = header(column, sheet.language) if column else ""
        sheet.put(row, 0, name, Look(bold=True, wrap=True, under=True))
        sheet.put(row, 1, text, look)


def _lines(language: Language) -> tuple[tuple[str, str], ...]:
    """What to know: the id of the column concerned, "" for all, and the text."""
    t = language.t
    return (
        ("", t("One row is one figure. Rows without a value are passed over.")),
        ("", t("Grey columns say what is known and cannot be changed; blue ones are ours.")),
        ("", t("A second figure of a target goes into the empty rows below the last one.")),
        ("period", t("By its name, or as one of: {examples}", examples=EXAMPLES)),
        (
            "value",
            t(
                "The figure in the unit beside it: 3.8, 1,200, 28万, 4.5亿, −3.2, 5%, 23%以上. No "
                "formula. For a milestone one of the stages."
            ),
        ),
        ("qualifier", " · ".join(choice_words.choices("qualifier", language))),
        ("nature", " · ".join(choice_words.choices("nature", language))),
        (
            "known_on",
            t("The day the figure became public; the board of an earlier day does not show it."),
        ),
        ("source", t("Who published it, and where")),
        ("note", t("What a reader must know; may stay empty.")),
        (
            "row",
            t(
                "The recorded figure that the row shows, 0 for none yet: importing sees by it "
                "whether somebody recorded another meanwhile."
            ),
        ),
        (
            "",
            t(
                "Importing shows first what is new, what changes and what is wrong; then it saves "
                "all or nothing."
            ),
        ),
        (
            "",
            t(
                "The same target, period and day known again correct the figure; with another day "
                "known it is a revision."
            ),
        ),
    )
