"""Exporting and importing again changes nothing; what goes out is text where it is text."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.counting import standing
from mubiao.exports.data.listing import actuals_csv
from mubiao.i18n import language
from mubiao.model import Entry, Nature, Observation, Qualifier, Stage, Withdrawal
from mubiao.observation.contract import read_csv
from mubiao.period import Period
from mubiao.proposal.rows import Outcome
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.table import read_table
from tests.real import real_actuals, real_plan
from tests.samples import observation
from tests.sheets import DANGEROUS, PLAN, TODAY, actuals_xlsx, assert_text, dry_run

# More of them at full length (make faults); not the 10,000 of its profile, workbooks take long.
EXAMPLES = max(40, settings.default.max_examples // 25)
pytestmark = pytest.mark.timeout(900)
Export = Callable[[list[Observation]], bytes]
EXPORTS: dict[str, Export] = {
    "a.csv": actuals_csv,
    "plain.csv": lambda seen: actuals_csv(seen).removeprefix(b"\xef\xbb\xbf"),
    "gb18030.csv": lambda seen: actuals_csv(seen).decode().encode("gb18030"),
    "zh.xlsx": lambda seen: actuals_xlsx(PLAN, seen, language("zh")),
    "en.xlsx": lambda seen: actuals_xlsx(PLAN, seen, language("en")),
}

# What reading leaves as it is: nothing that controls or is not seen, nothing but text at the edges.
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
_STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "''+", "_x000D_", "=1+1"])
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


@st.composite
def histories(draw: st.DrawFn, least: int = 0) -> list[Entry]:
    """What people record of the sample plan: figures, corrections, withdrawals, some recorded
    twice, some set back.
    """
    history: list[Entry] = []
    for row in range(1, draw(st.integers(least, 7)) + 1):
        stands = standing(history, date.max)
        said = [entry for entry in history if isinstance(entry, Observation)]
        old = draw(st.none() | st.sampled_from(stands)) if stands else None
        if old is not None and draw(st.integers(0, 3)) == 0:
            history.append(Withdrawal(old.target, old.row, draw(_DAYS), "wrong", row=row))
            continue
        entry = draw(observations() | st.sampled_from(said) if said else observations())
        if old is not None and entry.target != old.target:
            entry = replace(old, note=draw(_TEXTS))
        history.append(replace(entry, row=row, replaces=old.row if old else None))
    return history


def numbered(seen: list[Observation]) -> list[Observation]:
    return [replace(one, row=row) for row, one in enumerate(seen, start=1)]


def again(name: str, seen: list[Observation], history: list[Entry]) -> Import:
    """The dry run of an export of these figures against a record with this history."""
    return dry_run(
        read_table(name, EXPORTS[name](seen)), PLAN, standing(history, date.max), TODAY, history
    )


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=EXAMPLES)
@given(histories())
def test_exporting_and_importing_again_changes_nothing(name: str, history: list[Entry]) -> None:
    seen = standing(history, date.max)
    found = again(name, seen, history)
    assert [one.problem.text for one in found.troubles] == []
    assert (found.new, found.corrections, found.without_value) == ((), (), ())
    assert (found.of(Outcome.OUTDATED), found.clashes) == ((), ())
    assert sorted(row.was.row for row in found.of(Outcome.SAME) if row.was) == [o.row for o in seen]


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=EXAMPLES)
@given(histories(least=1), st.data())
def test_an_older_export_that_nobody_edited_never_sets_anything_back(
    name: str, history: list[Entry], data: st.DataObject
) -> None:
    then = history[: data.draw(st.integers(1, len(history)))]
    found = again(name, standing(then, date.max), history)
    assert found.submissions == []
    if name.endswith(".xlsx"):  # its rows say which figures they were made from
        assert (found.troubles, found.clashes) == ((), ())


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=EXAMPLES)
@given(st.lists(observations(), min_size=1, max_size=4))
def test_importing_into_an_empty_record_gives_the_same(name: str, seen: list[Observation]) -> None:
    # The same figure twice would be an error of its second row.
    different = list({(o.target, o.period, o.known_on): o for o in seen}.values())
    found = dry_run(read_table(name, EXPORTS[name](different)), PLAN, [], TODAY)
    assert found.troubles == ()
    assert [one.entry for one in found.submissions] == different


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_published_figures_survive_a_workbook(code: str) -> None:
    seen = numbered(list(real_actuals()))
    content = actuals_xlsx(real_plan(), seen, language(code))
    found = dry_run(read_table("a.xlsx", content), real_plan(), seen, date(2021, 4, 30))
    assert len(found.of(Outcome.SAME)) == len(seen)
    assert found.submissions == []


def test_the_csv_is_the_contracts() -> None:
    seen = list(real_actuals())
    read, problems = read_csv(actuals_csv(seen), real_plan(), "a.csv", date.max)
    assert problems == []
    assert read == seen
    assert actuals_csv(seen).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_begins_like_a_formula_leaves_as_text(text: str) -> None:
    seen = [replace(observation("gdp", "2020", "-3.2", "2021-01-20"), source=text, note=text)]
    assert_text(text, [actuals_csv(seen)], [actuals_xlsx(PLAN, seen, language("en"))])


def sheet_of(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content)).active


def test_numbers_and_days_of_a_workbook_are_numbers_and_days() -> None:
    seen = [observation("jobs", "2020", "261000.50", "2021-03-22")]
    sheet = sheet_of(actuals_xlsx(PLAN, seen, language("zh")))
    head, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    told = dict(zip(head, row, strict=True))
    assert told["数值"] == 261000.5
    assert told["公布日"] == datetime(2021, 3, 22)  # noqa: DTZ001 - a cell has no time zone
    assert (told["指标编号"], told["指标名称"], told["单位"]) == ("jobs", "目标jobs", "人")


@pytest.mark.parametrize(("code", "head"), [("zh", "编号"), ("en", "No.")])
def test_each_line_of_a_workbook_says_last_which_row_it_shows(code: str, head: str) -> None:
    seen = [
        observation("jobs", "2020", "261000", "2021-03-22", row=12),
        observation("gdp", "2020", "1.2", "2021-03-22", row=7),
        observation("gdp", "2020-H1", "-1.6", "2020-07-22"),
    ]
    sheet = sheet_of(actuals_xlsx(PLAN, seen, language(code)))
    last = [row[-1].value for row in sheet.iter_rows()]
    assert last == [head, 12, 7, None]


def test_a_rule_refuses_typing_over_the_numbers_alone() -> None:
    seen = [observation("jobs", "2020", "261000", "2021-03-22", row=n) for n in (1, 2)]
    sheet = sheet_of(actuals_xlsx(PLAN, seen, language("en")))
    [rule] = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("custom", "FALSE", "K2:K3")
    assert rule.showErrorMessage
    assert "number of the recorded figure" in str(rule.error)
    # A protected sheet could not be sorted, nor a row or the column deleted.
    assert not sheet.protection.sheet
    assert not sheet_of(actuals_xlsx(PLAN, [], language("en"))).data_validations.dataValidation


@pytest.mark.parametrize("code", ["zh", "en"])
def test_without_the_numbers_or_with_rows_that_have_none_it_can_be_imported(code: str) -> None:
    seen = numbered([observation("jobs", "2020", "261000", "2021-03-22")])
    for delete in (False, True):
        book = load_workbook(io.BytesIO(actuals_xlsx(PLAN, seen, language(code))))
        sheet = book.worksheets[0]
        sheet.append(["gdp", "", "2020", 1.2, "", "", "", date(2021, 1, 20), "x"])
        if delete:
            sheet.delete_cols(sheet.max_column)
        out = io.BytesIO()
        book.save(out)
        found = dry_run(read_table("a.xlsx", out.getvalue()), PLAN, seen, TODAY)
        assert [one.problem.text for one in found.troubles] == []
        assert (len(found.of(Outcome.SAME)), len(found.new), found.corrections) == (1, 1, ())


def test_each_number_is_shown_with_the_digits_that_it_has() -> None:
    values = ("-6.6", "1200", "3.25", "0.10", "-6.60", "7", "1234567890123.4567", "2.5")
    seen = [observation("gdp", "2020", value, "2021-03-22") for value in values]
    sheet = sheet_of(actuals_xlsx(PLAN, seen, language("en")))
    forms = [cell.number_format for cell in sheet["D"][1:]]
    places = ("#,##0.0", "#,##0", "#,##0.00", "#,##0.00", "#,##0.00", "#,##0", "@", "#,##0.0")
    assert forms == [*places]
    # What no binary number can hold leaves as text.
    assert [cell.value for cell in sheet["D"] if cell.number_format == "@"][-1:] == [values[6]]
