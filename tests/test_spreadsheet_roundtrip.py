"""Exporting and importing again changes nothing; what goes out is text where it is text."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from mubiao.i18n import language
from mubiao.model import Entry, Nature, Observation, Qualifier, Stage, Withdrawal
from mubiao.observation import COLUMNS, read_csv
from mubiao.period import Period
from mubiao.spreadsheet.export import (
    export_csv,
    export_history,
    export_history_xlsx,
    export_xlsx,
)
from mubiao.spreadsheet.importing import Import, dry_run
from mubiao.spreadsheet.table import read_table
from tests.real import real_actuals, real_plan
from tests.samples import observation
from tests.sheets import PLAN, TODAY

HISTORY = ("row", "kind", *COLUMNS)
Export = Callable[[list[Observation]], bytes]
EXPORTS: dict[str, Export] = {
    "a.csv": export_csv,
    "plain.csv": lambda seen: export_csv(seen, for_excel=False),
    "gb18030.csv": lambda seen: export_csv(seen, for_excel=False).decode().encode("gb18030"),
    "zh.xlsx": lambda seen: export_xlsx(PLAN, seen, language("zh")),
    "en.xlsx": lambda seen: export_xlsx(PLAN, seen, language("en")),
}

# What reading leaves as it is: no control characters, nothing but text at the edges.
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
_STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "''+", "_x000D_", "=1+1", "\ufeff"])
_TEXTS = st.builds(
    lambda start, rest: (start + rest).strip(), _STARTS, st.text(_CHARACTERS, max_size=30)
)
_NOTES = st.lists(_TEXTS, max_size=3).map(lambda lines: "\n".join(lines).strip())
_PERIODS = st.sampled_from(
    ["2020", "2020-H1", "2020-Q3", "2020-03", "2020-01..2020-09", "2020-06-30", "2020-01..2020-06"]
).map(Period.parse)
_DAYS = st.dates(date(2020, 12, 31), TODAY)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """An observation of the sample plan as reading makes it."""
    name = draw(st.sampled_from(["gdp", "jobs", "line"]))
    value: Decimal | Stage = draw(st.sampled_from(Stage))
    qualifier = Qualifier.EXACT
    if name != "line":
        places = draw(st.integers(0, 15))
        least = 0 if name == "jobs" else -(10**15) + 1
        value = Decimal(draw(st.integers(least, 10**15 - 1))).scaleb(-places)
        qualifier = draw(st.sampled_from(Qualifier))
    return Observation(
        target=name,
        period=draw(_PERIODS),
        value=value,
        known_on=draw(_DAYS),
        qualifier=qualifier,
        nature=draw(st.sampled_from(Nature)),
        source=draw(_TEXTS),
        note=draw(_NOTES),
    )


def numbered(seen: list[Observation]) -> list[Observation]:
    return [replace(one, row=row) for row, one in enumerate(seen, start=1)]


def again(name: str, seen: list[Observation]) -> Import:
    """The dry run of an export against what was exported."""
    return dry_run(read_table(name, EXPORTS[name](seen)), PLAN, seen, TODAY)


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=40)
@given(st.lists(observations(), max_size=6).map(numbered))
def test_exporting_and_importing_again_changes_nothing(name: str, seen: list[Observation]) -> None:
    found = again(name, seen)
    assert [one.problem.text for one in found.problems] == []
    assert (found.new, found.changed, found.without_value) == ((), (), ())
    assert sorted(line.was.row for line in found.unchanged if line.was) == [o.row for o in seen]


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=15)
@given(st.lists(observations(), min_size=1, max_size=4))
def test_importing_into_an_empty_record_gives_the_same_observations(
    name: str, seen: list[Observation]
) -> None:
    # The same figure twice would be an error of its second row.
    different = list({(o.target, o.period, o.known_on): o for o in seen}.values())
    found = dry_run(read_table(name, EXPORTS[name](different)), PLAN, [], TODAY)
    assert found.problems == ()
    assert [proposal.entry for proposal in found.proposals] == different


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_published_figures_survive_a_workbook(code: str) -> None:
    seen = numbered(list(real_actuals()))
    content = export_xlsx(real_plan(), seen, language(code))
    found = dry_run(read_table("a.xlsx", content), real_plan(), seen, date(2021, 4, 30))
    assert len(found.unchanged) == len(seen)
    assert found.proposals == ()


def test_the_csv_is_the_contracts() -> None:
    seen = list(real_actuals())
    read, problems = read_csv(export_csv(seen), real_plan(), "a.csv", date.max)
    assert problems == []
    assert read == seen
    assert export_csv(seen).startswith(b"\xef\xbb\xbf")
    assert not export_csv(seen, for_excel=False).startswith(b"\xef\xbb\xbf")


DANGEROUS = ("=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("x")')


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_begins_like_a_formula_leaves_as_text(text: str) -> None:
    seen = [replace(observation("gdp", "2020", "-3.2", "2021-01-20"), source=text, note=text)]
    history: list[Entry] = [*seen, Withdrawal("gdp", 1, date(2021, 2, 1), text, text, None, 2)]
    for content in (export_csv(seen), export_history(history)):
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            assert [
                cell for cell in row if cell != "-3.2" and cell[:1] in "=+-@\t\r" and cell
            ] == []
    for content in (
        export_xlsx(PLAN, seen, language("en")),
        export_history_xlsx(history, language("en")),
    ):
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
        assert cells
        assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_numbers_and_days_of_a_workbook_are_numbers_and_days() -> None:
    seen = [observation("jobs", "2020", "261000.50", "2021-03-22")]
    sheet = load_workbook(io.BytesIO(export_xlsx(PLAN, seen, language("zh")))).active
    assert sheet is not None
    head, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    told = dict(zip(head, row, strict=True))
    assert told["数值"] == 261000.5
    assert told["公布日"] == datetime(2021, 3, 22)  # noqa: DTZ001 - a cell has no time zone
    assert (told["指标编号"], told["指标名称"], told["单位"]) == ("jobs", "目标jobs", "人")


def test_a_number_that_no_binary_number_can_hold_leaves_as_text() -> None:
    value = "1234567890123.4567"
    seen = [observation("jobs", "2020", value, "2021-03-22")]
    sheet = load_workbook(io.BytesIO(export_xlsx(PLAN, seen, language("en")))).active
    assert sheet is not None
    assert value in [cell.value for cell in sheet[2]]


def test_the_history_tells_who_did_what_when() -> None:
    at = datetime(2021, 3, 22, 8, 30, 15, tzinfo=UTC)
    first = replace(
        observation("jobs", "2020", "1", "2021-03-22", row=1),
        recorded_by="王", recorded_at=at, save=1,
    )  # fmt: skip
    correction = replace(first, row=2, value=Decimal(2), replaces=1, save=2)
    withdrawal = Withdrawal("jobs", 2, date(2021, 3, 23), "wrong", "李", at, 3, 3)
    text = export_history([first, correction, withdrawal], for_excel=False).decode()
    assert text.splitlines() == [
        ",".join((*HISTORY, *("recorded_by", "recorded_at", "replaces", "save"))),
        "1,entry,jobs,2020,1,exact,final,2021-03-22,sample,,王,2021-03-22 08:30:15,,1",
        "2,correction,jobs,2020,2,exact,final,2021-03-22,sample,,王,2021-03-22 08:30:15,1,2",
        "3,withdrawal,jobs,,,,,2021-03-23,,wrong,李,2021-03-22 08:30:15,2,3",
    ]
