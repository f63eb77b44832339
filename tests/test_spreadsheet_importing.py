"""The dry run: new, changed, unchanged, everything that is wrong, and what would be saved."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from mubiao.i18n import CODES, language
from mubiao.model import Code, Nature, Observation, Qualifier, Stage
from mubiao.period import Period
from mubiao.problems import Problem
from mubiao.proposal.row_texts import row_text, summary
from mubiao.proposal.rows import Choice, Outcome
from mubiao.spreadsheet.entries import targets_of
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.table import read_table
from mubiao.wording.phrasebook import Phrasebook
from tests.actors import named
from tests.real import real_plan
from tests.samples import observation
from tests.sheets import GDP, HEAD, JOBS, PLAN, TODAY, dry_run, imported, outcomes, wrong, xlsx

HEADER = "target,period,value,qualifier,nature,known_on,source,note"
STANDING = replace(observation("jobs", "2020", "261000", "2021-03-22", row=7), source="北京日报")


def lines(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


FULL = replace(STANDING, qualifier=Qualifier.AT_LEAST, nature=Nature.PRELIMINARY, note="as told")
FEW = "target,period,value,known_on"


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("jobs,2020,261000,exact,final,2021-03-22,北京日报,", Outcome.SAME),
        ("jobs,2020-01..2020-12,26.1万人,,,2021/3/22,北京日报,", Outcome.SAME),
        ("jobs,2020,26.2万,,,2021-03-22,北京日报,", Outcome.CORRECTS),
        ("jobs,2020,261000,at_least,final,2021-03-22,北京日报,", Outcome.CORRECTS),
        ("jobs,2020,261000,,estimate,2021-03-22,北京日报,", Outcome.CORRECTS),
        ("jobs,2020,261000,,,2021-03-22,x,", Outcome.CORRECTS),
        ("jobs,2020,261000,,,2021-03-22,北京日报,n", Outcome.CORRECTS),
        ("jobs,2020,26.2万,,,2021-03-25,北京日报,", Outcome.NEW),  # a revision beside the old one
    ],
)
def test_a_row_repeats_corrects_or_revises_what_stands(row: str, outcome: Outcome) -> None:
    proposal = imported(lines(row), [STANDING])
    [one] = proposal.rows
    assert one.outcome is outcome
    assert STANDING in (one.was, one.beside)
    replaces = [7] if outcome is Outcome.CORRECTS else [None] * one.saves
    assert [submission.entry.replaces for submission in proposal.submissions] == replaces


@pytest.mark.parametrize(
    ("row", "header", "fields"),
    [
        ("jobs,2020,26.2万,2021-03-22", FEW, {}),
        ("jobs,2020,约26.2万,2021-03-22", FEW, {"qualifier": Qualifier.ABOUT}),
        # An empty cell for how exact it is means exact.
        ("jobs,2020,26.2万,,,2021-03-22,,", HEADER, {"qualifier": Qualifier.EXACT}),
        (
            "jobs,2020,26.2万,,final,2021-03-22,x,n",
            HEADER,
            {"qualifier": Qualifier.EXACT, "nature": Nature.FINAL, "source": "x", "note": "n"},
        ),
    ],
)
def test_a_correction_keeps_what_is_not_said(row: str, header: str, fields: dict[str, Any]) -> None:
    [one] = imported(lines(row, header=header), [FULL]).corrections
    assert one.figure == replace(FULL, value=Decimal(262000), row=0, replaces=7, **fields)


def test_a_row_that_says_less_but_nothing_else_is_no_correction_and_a_revision_says_no_more() -> (
    None
):
    row = "jobs,2020,26.1万,2021-03-22"
    assert outcomes(imported(lines(row, header=FEW), [FULL])) == {Outcome.SAME: [2]}
    [one] = imported(lines("jobs,2020,26.2万,2021-03-25", header=FEW), [FULL]).new
    assert (one.figure.source, one.figure.nature) == ("", Nature.FINAL)


def test_of_figures_recorded_twice_a_row_with_an_empty_cell_finds_the_one_that_says_so() -> None:
    bare = replace(FULL, note="", row=8)
    for recorded in ([FULL, bare], [bare, FULL]):
        rows = [
            f"jobs,2020,26.1万,at_least,preliminary,2021-03-22,北京日报,{o.note}" for o in recorded
        ]
        proposal = imported(lines(*rows), [FULL, bare])
        assert [row.was for row in proposal.of(Outcome.SAME)] == recorded
        assert proposal.troubles == ()


def test_submissions_are_based_on_the_rows_that_were_seen() -> None:
    rows = lines("jobs,2020,1,,,2021-03-25,x,", "gdp,2020,1,,,2021-03-25,x,")
    bases = {("jobs", Period.parse("2020")): 9}
    proposal = dry_run(read_table("a.csv", rows.encode()), PLAN, [STANDING], TODAY, bases=bases)
    assert [one.based_on for one in proposal.submissions] == [9, 0]


@pytest.mark.parametrize("code", CODES)
def test_the_words_of_the_workbooks_drop_downs_are_understood(code: Code) -> None:
    t = language(code).t
    proposal = imported(
        lines(
            f"jobs,2020-H1,10万,{t('at least')},{t('estimate')},2020-07-20,x,",
            f"line,2020-07-01,{t('under way')},{t('exact')},,2020-07-20,x,",
        )
    )
    assert proposal.troubles == ()
    assert [figure.value for figure in proposal.figures] == [Decimal(100000), Stage.UNDER_WAY]
    assert proposal.figures[0].nature is Nature.ESTIMATE


@pytest.mark.parametrize(
    "written", ["1-7月", "2020年1—7月", "January–July", "Jan to Jul 2020", "2020-01..2020-07"]
)
def test_a_period_may_stand_by_its_name_as_the_exports_show_it(written: str) -> None:
    [row] = imported(lines(f"jobs,{written},15.1万,,,2020-08-20,x,"), []).new
    assert row.figure.period == Period.parse("2020-01..2020-07")


@pytest.mark.parametrize("name", ["居民消费价格涨幅", "consumer price inflation", "cpi"])
def test_a_target_may_stand_by_its_name(name: str) -> None:
    table = read_table("a.csv", lines(f"{name},2020-03,4.3,,,2020-04-10,x,").encode())
    assert targets_of(table, real_plan()) == {"cpi"}
    [row] = dry_run(table, real_plan(), [], TODAY).new
    assert row.figure.target == "cpi"


@pytest.mark.parametrize("beside", ["指标", "目标", "指标名称"])
def test_beside_the_ids_a_column_of_targets_holds_their_names(beside: str) -> None:
    head = f"指标编号,{beside},时期,数值,公布日"
    told = lines("cpi,居民消费价格涨幅,2020-03,4.3,2020-04-10", header=head)
    assert read_table("a.csv", told.encode()).columns[:2] == ("target", "name")
    wrongly = lines("cpi,地区生产总值增长,2020-03,4.3,2020-04-10", header=head)
    [problem] = dry_run(read_table("a.csv", wrongly.encode()), real_plan(), [], TODAY).troubles
    assert problem.column == "name"


def test_every_error_is_told_at_once_with_row_column_value_and_reason() -> None:
    found = imported(
        lines(
            "jobs,2020,n/a,,,2021-03-22,x,",
            "gdp,2020-13,1.2.3,sehr,,soon,x,",
            "jobs,2020-H1,1,,,2020-07-20,x,",
            "nobody,2020,1,,,2021-01-20,x,",
            "gdp,2020,1,,,2031-01-20,x,",
        )
    )
    assert [(one.row, one.column, one.value) for one in found.troubles] == [
        (2, "value", "n/a"),
        (3, "period", "2020-13"),
        (3, "qualifier", "sehr"),
        (3, "value", "1.2.3"),
        (3, "known_on", "soon"),
        (5, "target", "nobody"),
        (6, "known_on", "2031-01-20"),
    ]
    assert all(one.problem.text for one in found.troubles)


@pytest.mark.parametrize(
    ("rows", "header", "standing", "wrong_cells"),
    [
        # Without a value, but with something said about it.
        (["jobs,2020,,at_least,,2021-03-22,x,"], HEADER, [], [("2", "value")]),
        (["jobs,2020,,,,2021-03-22,x,why"], HEADER, [], [("2", "value")]),
        # A second row of the same figure, or one that contradicts what stands in the file too.
        (["jobs,2020,26.1万,,,2021-03-22,x,"] * 2, HEADER, [], [("3", "target")]),
        (
            ["jobs,2020,26.1万,,,2021-03-22,x,", "jobs,2020,27万,,,2021-03-22,x,"],
            HEADER,
            [],
            [("3", "target")],
        ),
        (
            ["jobs,2020,26.2万,,,2021-03-22,北京日报,", "jobs,2020,26.1万,,,2021-03-22,北京日报,"],
            HEADER,
            [STANDING],
            [("2", "target")],
        ),
        (
            ["jobs,2020,26.1万,,,2021-03-22,北京日报,"] * 2,
            HEADER,
            [STANDING, replace(STANDING, row=8)],
            [],
        ),
        # What is recorded of a later day may stay.
        (
            ["jobs,2020,26.1万,,,2022-01-01,北京日报,"],
            HEADER,
            [replace(STANDING, known_on=date(2022, 1, 1))],
            [],
        ),
        # A name of another target beside the id, and another unit.
        (
            [
                "jobs,gdp,2020,1,2021-03-22",
                "jobs,目标jobs,2020,1,2021-03-22",
                "gdp,old name,2020,1,2021-03-22",
            ],
            "target,name,period,value,known_on",
            [],
            [("2", "name")],
        ),
        (
            ["jobs,2020,26.1,公里,2021-03-22"],
            "target,period,value,unit,known_on",
            [],
            [("2", "value")],
        ),
        # A source may be missing, as in the contract.
        (["jobs,2020,26.1万,2021-03-22"], FEW, [], []),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_cell(
    rows: list[str], header: str, standing: list[Observation], wrong_cells: list[tuple[str, str]]
) -> None:
    told = wrong(imported(lines(*rows, header=header), standing))
    assert [(place, column) for place, column, _ in told] == wrong_cells
    assert all("row 2 already" in reason for place, column, reason in told if place == "3")


def test_a_formula_is_an_error_of_its_cell_and_told_once() -> None:
    proposal = imported(xlsx(HEAD, [*JOBS[:2], "=1+1", *JOBS[3:]], GDP))
    assert [(place, column) for place, column, _ in wrong(proposal)] == [("C2", "value")]
    assert len(proposal.new) == 1


def test_rows_without_a_value_are_passed_over_and_counted() -> None:
    proposal = imported(lines("jobs,2020,,,,2021-03-22,x,", "gdp,,,,,,,", "line,2020,,,,,,"))
    assert proposal.without_value == (2, 3, 4)
    assert proposal.troubles == ()


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [
        ("26.1", "万人", 261000),
        ("261000", "人", 261000),
        ("261000", "People", 261000),
        ("26.1万", "", 261000),
    ],
)
def test_the_unit_beside_a_value_counts(value: str, unit: str, read: int) -> None:
    header = "target,period,value,unit,known_on"
    [row] = imported(lines(f"jobs,2020,{value},{unit},2021-03-22", header=header)).new
    assert row.figure.value == Decimal(read)


@pytest.mark.parametrize("separator", [",", ";"])
def test_what_stands_beyond_a_text_files_header_is_an_error_of_its_row(separator: str) -> None:
    rows = ("gdp,2020,2021-01-20,1.2,", "jobs,2020-H1,2020-07-20,150,000")
    text = lines(*rows, header="target,period,known_on,value").replace(",", separator)
    found = imported(text)
    assert [(one.row, one.value) for one in found.troubles] == [(3, "000")]
    assert "more cells than the header: 000" in found.troubles[0].problem.text
    assert found.troubles[0].texts(language("en"))[0] == "3"
    assert len(found.new) == 1


def test_a_row_that_says_nothing_but_beyond_the_header_is_an_error_too() -> None:
    found = imported(lines(",,,,note", header="target,period,value,known_on"))
    assert found.without_value == ()
    assert [one.value for one in found.troubles if not one.column] == ["note"]


def test_a_unit_that_begins_with_digits_is_no_part_of_the_value() -> None:
    found = imported(
        lines("gdp,2020-H1,2020-07-27,3,2", header="target,period,known_on,value,unit")
    )
    assert ["holds more than one number" in one.problem.text for one in found.troubles] == [True]


def test_what_stands_beyond_the_header_of_a_workbook_is_nobodys_number() -> None:
    assert imported(xlsx(HEAD, [*JOBS, "see below"])).troubles == ()


def test_a_number_after_a_whole_value_may_be_the_rest_of_it() -> None:
    head = "target,period,known_on,value,note"
    rows = ("jobs,2020-H1,2020-07-20,150,000", "gdp,2020,2021-01-20,1.2,0001")
    told = doubts(imported(lines(*rows, "gdp,2020-H1,2020-07-27,3,2%", header=head)))
    assert sorted(told) == [2, 4]
    assert "“2%” after the value 3 may be the rest" in told[4][0].text
    assert "“000” after the value 150 may be the rest" in told[2][0].text
    book = [*rows[0].split(",")[:3], "150000", "000"]
    assert doubts(imported(xlsx(head.split(","), book))) == {}


@pytest.mark.parametrize(
    ("target", "recorded", "value"),
    [
        ("gdp", "2.8", "28"),
        ("gdp", "-3.2", "28"),
        ("gdp", "-3.2", "3.2"),
        ("gdp", "-3.2", "-0.032"),
        ("jobs", "150000", "1500000"),
    ],
)
@pytest.mark.parametrize("known_on", ["2020-07-27", "2020-08-27"])
def test_a_figure_is_held_against_the_one_of_its_days(
    target: str, recorded: str, value: str, known_on: str
) -> None:
    half = observation(target, "2020-H1", recorded, "2020-07-27", row=6)
    assert sorted(doubtful([half], f"{target},2020-H1,{value},,,{known_on},x,")) == [2]


WANG = replace(STANDING, recorded_by="Wang", recorded_at=datetime(2021, 3, 23, 9, tzinfo=UTC))


def test_changing_what_another_person_recorded_is_doubtful_without_the_number_of_its_row() -> None:
    found = imported(lines("jobs,2020,26.2万,,,2021-03-22,,"), [WANG])
    for by in ("", "Li"):
        [[problem]] = doubts(found, by).values()
        assert problem.text == (
            "changes what Wang recorded on 2021-03-23; the file does not say what it was made from"
        )
    assert doubts(found, " Wang ") == {}


def test_changing_a_published_figure_or_with_the_number_of_its_row_is_not() -> None:
    row = "jobs,2020,26.2万,,,2021-03-22,,"
    seed = replace(WANG, recorded_by="seed")
    assert doubts(imported(lines(row), [seed]), "Li") == {}
    named = lines(row + ",7", header=HEADER + ",row")
    assert doubts(imported(named, [WANG]), "Li") == {}
    revision = lines("jobs,2020,26.2万,,,2021-03-25,x,")
    assert doubts(imported(revision, [WANG]), "Li") == {}


def doubts(proposal: Import, by: str = "") -> dict[int, tuple[Problem, ...]]:
    """What is to be confirmed of each row, by its number; who imports is `by`."""
    choices = {row.place: row.choice for row in proposal.rows if row.choice}
    rows = proposal.decided(choices, named(by)).rows
    return {row.place: row.warnings for row in rows if row.warnings}


def doubtful(standing: list[Observation], *rows: str) -> dict[int, list[str]]:
    told = doubts(imported(lines(*rows), standing))
    return {row: [problem.text for problem in problems] for row, problems in told.items()}


def test_what_is_doubtful_about_a_row_is_told_by_its_number() -> None:
    half = observation("jobs", "2020-H1", "140000", "2020-07-20", row=6)
    assert doubtful([half], "jobs,2020,26.1万,,,2021-03-22,x,") == {}
    assert doubtful([half], "jobs,2020,13万,,,2021-03-22,x,", "gdp,2020,620,,,2021-01-20,x,") == {
        2: ["a running total does not fall: 130000 after 140000 for 2020-H1"],
        3: ["620 is above 100 per cent", "620 looks like another scale: 100 times the target, 6"],
    }


def test_a_row_is_held_against_the_other_rows_of_the_file() -> None:
    half, year = "jobs,2020-H1,140000,,,2020-07-20,x,", "jobs,2020,130000,,,2021-03-22,x,"
    assert sorted(doubtful([], half, year)) == [2, 3]
    assert doubtful([], half) == doubtful([], year) == {}


def test_a_row_is_not_held_against_what_the_file_corrects() -> None:
    half = observation("jobs", "2020-H1", "140000", "2020-07-20", row=6)
    year = "jobs,2020,130000,,,2021-03-22,x,"
    assert doubtful([half], year, "jobs,2020-H1,120000,,,2020-07-20,sample,") == {}
    assert doubtful([STANDING], "jobs,2020,130000,,,2021-03-22,x,") == {}


def test_what_stands_already_is_not_doubted() -> None:
    odd = observation("gdp", "2020", "600", "2021-01-20", row=6)
    assert doubtful([odd], "gdp,2020,600,,final,2021-01-20,sample,") == {}


def test_a_row_that_waits_for_a_decision_is_not_doubted_before() -> None:
    newer = replace(STANDING, value=Decimal(262000), row=8, replaces=7)
    table = read_table("a.csv", lines("jobs,2020,261000,,,2021-03-22,北京日报,").encode())
    half = observation("jobs", "2020-H1", "261500", "2020-07-20", row=6)
    found = dry_run(table, PLAN, [half, newer], TODAY, history=[half, STANDING, newer])
    assert doubts(found) == {}
    assert sorted(doubts(found.decided({2: Choice.MINE}))) == [2]
    assert doubts(found.decided({2: Choice.THEIRS})) == {}


def in_words(standing: list[Observation], *rows: str, code: str = "en") -> tuple[str, list[str]]:
    found = imported(lines(*rows), standing)
    phrasebook = Phrasebook(PLAN, language(code))
    return summary(found, phrasebook), [
        row_text(row, phrasebook) for row in (*found.new, *found.corrections)
    ]


def test_the_dry_run_is_said_row_by_row() -> None:
    counts, texts = in_words(
        [STANDING],
        "jobs,2020,26.2万,at_least,,2021-03-22,统计公报,",
        "gdp,2020,1.2,,,2021-01-20,x,",
        "jobs,2020,26.3万,,,2021-03-30,x,",
    )
    before = "261,000 people, known on 22 March 2021"
    assert counts == "New: 2 · changed: 1 · unchanged: 0 · wrong: 0"
    assert texts == [
        "1.2%, known on 20 January 2021 · x",
        f"263,000 people, known on 30 March 2021; recorded before: {before} · x",
        "Value: 261,000 people → at least 262,000 people; Source: 北京日报 → 统计公报",
    ]


def test_what_changes_is_said_with_the_signs_of_its_language() -> None:
    _, [text] = in_words([STANDING], "jobs,2020,26.2万,,,2021-03-22,统计公报,", code="zh")
    assert text == "数值：26.1万人 → 26.2万人；来源：北京日报 → 统计公报"


def test_what_is_passed_over_is_said() -> None:
    text = lines(
        "jobs,2020,,,",
        "gdp,2020,,,",
        "gdp,,,,",
        "x,2020,1,2020,",
        "gdp,,,,",
        header="target,period,value,known_on,Noet",
    )
    table = read_table("a.csv", text.encode())
    found = dry_run(table, PLAN, [], TODAY)
    assert found.reading_notes(language("en")) == (
        "Passed over without a value: 4, in row 2–4, 6",
        "Encoding of the text: UTF-8",
        "Columns that are not read: Noet",
    )
