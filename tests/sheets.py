"""Workbooks and text files for tests: made by openpyxl or by hand, sound, odd and hostile."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.exports.data.listing import actuals
from mubiao.exports.workbook.tables import as_xlsx
from mubiao.i18n import Language
from mubiao.model import Entry, Observation, Plan
from mubiao.observation.contract import COLUMNS
from mubiao.period import Period
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.rows import Outcome
from mubiao.spreadsheet.importing import Import, import_of
from mubiao.spreadsheet.table import Table, read_table
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import plan_of, target

PLAN = plan_of(
    target("gdp", measure="rate", comparator="about", value="6", better="higher", tolerance="0.5"),
    target("jobs", measure="count", comparator="at_least", value="280000", unit="people"),
    target("line", measure="stage", comparator="done"),
)
TODAY = date(2021, 3, 31)
HEAD = list(COLUMNS)
JOBS = ["jobs", "2020", 261000, "", "", date(2021, 3, 22), "北京日报", ""]
# Texts that a spreadsheet would run.
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("x")')
GDP = ["gdp", "2020-H1", -3.2, "exact", "preliminary", date(2020, 7, 27), "统计局", "note"]


def xlsx(*rows: Sequence[object], edit: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook of one sheet with these rows, edited further by `edit`."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if edit is not None:
        edit(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def actuals_xlsx(plan: Plan, observations: Iterable[Observation], language: Language) -> bytes:
    return as_xlsx([actuals(Phrasebook(plan, language), observations)], language)


def dry_run(
    table: Table,
    plan: Plan,
    standing: Iterable[Observation],
    today: date,
    history: Sequence[Entry] | None = None,
    bases: Mapping[tuple[str, Period], int] | None = None,
    seen: Mapping[tuple[str, Period], int] | None = None,
) -> Import:
    """The dry run of a table against what stands, and was ever recorded (else only that)."""
    known = list(standing)
    entries = known if history is None else history
    comparison = Comparison(
        plan,
        known,
        lambda target: [entry for entry in entries if entry.target == target],
        today,
        Takes.SAME_DAY,
        bases,
    )
    return import_of(table, comparison, seen)


def changed(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """A zip with some of its parts replaced, added or (None) left out."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def imported(
    content: bytes | str, standing: Sequence[Observation] = (), *, name: str = "a.xlsx"
) -> Import:
    table = read_table(name, content.encode() if isinstance(content, str) else content)
    return dry_run(table, PLAN, standing, TODAY).decided({})


def wrong(proposal: Import) -> list[tuple[str, str, str]]:
    """Place, column and reason of everything that is wrong."""
    return [(one.place, one.column, one.problem.text) for one in proposal.troubles]


def outcomes(proposal: Import) -> dict[Outcome, list[int]]:
    """The rows of the file by their outcomes."""
    rows: dict[Outcome, list[int]] = {}
    for row in proposal.rows:
        rows.setdefault(row.outcome, []).append(row.place)
    return rows


def assert_text(text: str, texts: Iterable[bytes], workbooks: Iterable[bytes]) -> None:
    """A text that begins like a formula stands in each file, and none would run it."""
    for content in texts:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        cells = [cell for row in rows for cell in row if cell != "-3.2"]
        assert f"'{text}" in cells
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    for content in workbooks:
        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
            assert found, sheet.title
            assert {(cell.data_type, cell.number_format) for cell in found} == {("s", "@")}
