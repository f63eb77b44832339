"""What people's tables really contain: what is right for each, tried on a new record."""

from datetime import date
from pathlib import Path

import pytest

from mubiao.observation.periods import period_reading
from mubiao.period import YearSpan
from tests.cases import CASES, dry_run, outcomes
from tests.commands import deployed, run, write

YEAR = YearSpan(date(2020, 1, 1))


@pytest.fixture(autouse=True)
def record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The settings of a new record with the real plan, as of 31 March 2021."""
    url = deployed(monkeypatch, tmp_path)
    monkeypatch.setenv("MUBIAO_TODAY", "2021-03-31")
    return url


def test_a_period_with_several_readings_is_refused_with_all_of_them() -> None:
    jobs, alleys = dry_run("period_0107_status.csv")["rows"]
    assert (jobs["outcome"], alleys["outcome"]) == ("refused", "refused")
    for reading in ("January–July 2020 (2020-01..2020-07)", "as at 7 January 2020 (2020-01-07)"):
        assert reading in jobs["reasons"][0]
    assert "Q4 2020 (2020-Q4) · as at 12 October 2020 (2020-10-12)" in alleys["reasons"][0]


def test_two_ends_with_a_word_between_them_are_a_span() -> None:
    rows = dry_run("period_words_to.csv")["rows"]
    assert [row["period"] for row in rows] == ["2020-01..2020-07", "2020-Q4"]


def test_the_forms_of_offices_are_read_and_none_is_guessed() -> None:
    """Rows of one period repeat each other, and only that refuses them."""
    for row in dry_run("csv_periods.csv")["rows"]:
        readings = period_reading(row["period"], YEAR).periods
        assert len(readings) == 1 or row["outcome"] == "refused", row


def test_a_likely_reading_is_asked_with_the_others(tmp_path: Path) -> None:
    text = "target,period,value,known_on,source\nunemployment,Jul-20,4.9,20200820,x\n"
    [row] = dry_run(write(tmp_path / "a.csv", text))["rows"]
    assert (row["period"], row["outcome"]) == ("2020-07", "ask")
    assert row["reasons"][0] == (
        "“Jul-20” is read so: July 2020 (2020-07); "
        "it can also mean: as at 20 July 2020 (2020-07-20)"
    )


def test_days_are_read_as_people_write_them() -> None:
    rows = dry_run("known_on_forms.xlsx")["rows"]
    assert not [row for row in rows if "a day" in "".join(row["reasons"])]


def test_a_figure_that_is_not_judged_or_that_a_later_one_outdoes_says_so() -> None:
    assert outcomes("notcounted.csv") == [*["not_judged"] * 3, "new", "new"]
    [row] = dry_run("revision_earlier_known.xlsx")["rows"]
    assert row["outcome"] == "no_effect"
    assert row["reasons"] == ["No. 2 for this period became known later, on 2020-07-27; it stands."]


def test_a_fall_without_its_minus_is_asked() -> None:
    assert outcomes("sign_slip_sure.csv") == ["ask"] * 5
    for row in dry_run("sign_slip_sure.csv")["rows"]:
        assert "has the other sign than the target" in row["reasons"][0]


@pytest.mark.parametrize("name", ["csv_big5.csv", "csv_nomark_through_chinese_excel.csv"])
def test_a_garbled_text_is_asked(name: str) -> None:
    document = dry_run(name)
    assert document["encoding"] == "gb18030"
    assert {row["outcome"] for row in document["rows"]} == {"ask"}
    for row in document["rows"]:
        assert any("looks garbled" in reason for reason in row["reasons"])


def test_another_encoding_can_be_chosen() -> None:
    [row] = dry_run("csv_big5.csv", "--encoding", "big5")["rows"]
    assert (row["outcome"], row["reasons"]) == ("new", [])
    [refused] = dry_run("csv_big5.csv", "--encoding", "utf-8")["rows"]
    assert "is not UTF-8" in refused["reasons"][0]


def test_ids_and_names_are_read_in_any_case_and_width() -> None:
    rows = dry_run("csv_ids_case.csv")["rows"]
    names = ["unemployment", "energy-intensity", "gdp-growth", "gdp-growth"]
    assert [row["target"] for row in rows] == names
    assert "row 4 already gives" in rows[-1]["reasons"][0]


def test_invisible_characters_around_a_value_are_taken_off() -> None:
    read, grouped = dry_run("csv_nbsp_zw.csv")["rows"]
    assert (read["target"], read["period"], read["value"]) == ("unemployment", "2020-06", 4.9)
    assert read["outcome"] == "new"
    assert (grouped["target"], grouped["outcome"]) == ("new-jobs", "refused")


def test_what_turns_text_round_is_refused_by_name() -> None:
    [row] = dry_run("csv_rtl.csv")["rows"]
    assert row["outcome"] == "refused"
    assert "RIGHT-TO-LEFT OVERRIDE" in row["reasons"][0]


@pytest.mark.parametrize(
    ("file", "outcome", "words"),
    [
        ("excel_autodate_1-7.xlsx", "ask", "Excel may have made it of a span such as “1-7”"),
        ("format_cond_percent.xlsx", "ask", "shows numbers in different scales"),
        ("format_words_fall.xlsx", "ask", "the cell shows “下降20.0”; it holds 20"),
        ("value_superscript_footnote.xlsx", "refused", "superscript or subscript"),
        ("value_struck_run.xlsx", "refused", "a part of “5.4.9” is struck out"),
    ],
)
def test_what_is_seen_otherwise_than_it_is_read_is_asked_or_refused(
    file: str, outcome: str, words: str
) -> None:
    rows = dry_run(file)["rows"]
    assert {row["outcome"] for row in rows} <= {"ask", "refused"}
    assert (rows[0]["outcome"], words in rows[0]["reasons"][0]) == (outcome, True)


def test_conditions_and_brackets_of_a_format_decide_what_a_number_says() -> None:
    assert [row["value"] for row in dry_run("format_cond_percent.xlsx")["rows"]] == [4.9, 73.1]
    assert "the cell shows “(21.0)”" in dry_run("format_words_fall.xlsx")["rows"][3]["reasons"][0]


def test_a_hidden_row_is_named_and_asked() -> None:
    document = dry_run("hidden_row.xlsx")
    assert [row["outcome"] for row in document["rows"]] == ["new", "ask"]
    assert "hidden in the file" in document["rows"][1]["reasons"][0]
    result = run("import", CASES / "hidden_row.xlsx", "--dry-run")
    assert "Hidden in the file: 1, in row 3" in result.stdout


@pytest.mark.parametrize("name", ["period_builtin57_31", "period_red_month"])
def test_a_month_is_what_its_cell_shows(name: str) -> None:
    [row] = dry_run(f"{name}.xlsx")["rows"]
    assert (row["period"], row["outcome"] in ("new", "not_judged")) == ("2020-06", True)


@pytest.mark.parametrize(
    "name",
    ["header_with_unit", "xlsx_backslash", "xlsx_bad_docprops", "xlsx_empty_fill", "xlsx_strict"],
)
def test_an_odd_workbook_whose_values_are_whole_is_read(name: str) -> None:
    [row] = dry_run(f"{name}.xlsx")["rows"]
    assert (row["period"], row["value"], row["outcome"]) == ("2020-06", 4.9, "new")


def test_a_column_a_month_says_what_it_lacks() -> None:
    [refusal] = dry_run("wide_months.xlsx")["rows"]
    assert refusal["outcome"] == "refused"
    assert (
        "a column for each period (2020-04, 2020-05, 2020-06) can be read"
        in (refusal["reasons"][0])
    )
    assert "column “Known on” is missing; add it" in refusal["reasons"][0]
