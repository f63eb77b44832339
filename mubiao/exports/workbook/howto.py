"""The page of the workbook that says how to fill it in."""

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.exports.workbook import book
from mubiao.i18n import Language
from mubiao.period import EXAMPLES
from mubiao.spreadsheet import words
from mubiao.spreadsheet.columns import header


def write_how_to(sheet: Worksheet, language: Language) -> None:
    """Fill a sheet with a short line for each column, and what importing does."""
    lines = (
        ("", language.t("One row is one figure. Rows without a value are passed over.")),
        (
            "",
            language.t("Grey columns say what is known and cannot be changed; blue ones are ours."),
        ),
        (
            "",
            language.t("A second figure of a target goes into the empty rows below the last one."),
        ),
        ("period", language.t("By its name, or as one of: {examples}", examples=EXAMPLES)),
        (
            "value",
            language.t(
                "The figure in the unit beside it: 3.8, 1,200, 28万, 4.5亿, −3.2, 5%, 23%以上. No "
                "formula. For a milestone one of the stages."
            ),
        ),
        ("qualifier", " · ".join(words.choices("qualifier", language))),
        ("nature", " · ".join(words.choices("nature", language))),
        (
            "known_on",
            language.t(
                "The day the figure became public; the board of an earlier day does not show it."
            ),
        ),
        ("source", language.t("Who published it, and where")),
        ("note", language.t("What a reader must know; may stay empty.")),
        (
            "row",
            language.t(
                "The recorded figure that the row shows, 0 for none yet: importing sees by it "
                "whether somebody recorded another meanwhile."
            ),
        ),
        (
            "",
            language.t(
                "Importing shows first what is new, what changes and what is wrong; then it saves "
                "all or nothing."
            ),
        ),
        (
            "",
            language.t(
                "The same target, period and day known again correct the figure; with another day "
                "known it is a revision."
            ),
        ),
    )
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 96
    for number, (column, text) in enumerate(lines, start=1):
        name, said = book.cell(sheet, number, 0), book.cell(sheet, number, 1)
        book.put(name, header(column, language) if column else "")
        book.put(said, text)
        name.font = book.font(language, bold=True)
        said.font = book.font(language)
        name.alignment = said.alignment = Alignment(vertical="top", wrap_text=True)
        name.border = said.border = book.UNDER
        sheet.row_dimensions[number].height = 22
