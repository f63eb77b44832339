"""The page of the workbook to fill in that says how."""

from dataclasses import replace

from mubiao.exports.workbook.book import Look, SheetWriter
from mubiao.period import EXAMPLES
from mubiao.problems import message
from mubiao.spreadsheet import choice_words
from mubiao.spreadsheet.columns import header

_HEIGHT = 22
# What to know: the id of the column concerned, "" for all, and the text; "" for a column's choices.
_TEXTS = (
    ("", message("One row is one figure. Rows without a value are passed over.")),
    ("", message("Grey columns say what is known and cannot be changed; blue ones are ours.")),
    ("", message("A second figure of a target goes into the empty rows below the last one.")),
    ("period", message("By its name, or as one of: {examples}")),
    (
        "value",
        message(
            "The figure in the unit beside it: 3.8, 1,200, 28万, 4.5亿, −3.2, 5%, 23%以上. No "
            "formula. For a milestone one of the stages."
        ),
    ),
    ("qualifier", ""),
    ("nature", ""),
    (
        "known_on",
        message("The day the figure became public; the board of an earlier day does not show it."),
    ),
    ("source", message("Who published it, and where")),
    ("note", message("What a reader must know; may stay empty.")),
    (
        "row",
        message(
            "The recorded figure that the row shows, 0 for none yet: importing sees by it "
            "whether somebody recorded another meanwhile."
        ),
    ),
    (
        "",
        message(
            "Importing shows first what is new, what changes and what is wrong; then it saves "
            "all or nothing."
        ),
    ),
    (
        "",
        message(
            "The same target, period and day known again correct the figure; with another day "
            "known it is a revision."
        ),
    ),
)


def write_instructions(sheet: SheetWriter) -> None:
    """Fill a sheet with a short line for each column, and what importing does."""
    language, look = sheet.language, Look(wrap=True, under=True)
    sheet.set_widths((16, 96))
    for row, (column, msgid) in enumerate(_TEXTS):
        sheet.raw.set_row(row, _HEIGHT)
        name = header(column, language) if column else ""
        sheet.put(row, 0, name, replace(look, bold=True))
        choices = () if msgid else choice_words.choices(column, language)
        sheet.put(row, 1, language.t(msgid, examples=EXAMPLES) or " · ".join(choices), look)
