"""Files that are behind the record: outdated rows, conflicts, and what deciding them saves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from unittest.mock import Mock, call

import pytest

from mubiao.counting import standing
from mubiao.i18n import CODES, language
from mubiao.model import Conflict, Entry, Observation, Submission, Withdrawal
from mubiao.period import Period
from mubiao.proposal.row_texts import row_text, sides, summary
from mubiao.proposal.rows import Choice, Outcome, ProposalRow
from mubiao.spreadsheet.importing import Import, held_against
from mubiao.spreadsheet.table import read_table
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import observation
from tests.sheets import PLAN, TODAY, dry_run, outcomes

EN = Phrasebook(PLAN, language("en"))
HEADER = "target,period,value,known_on,source,row"
AT = datetime(2021, 3, 23, 9, tzinfo=UTC)
YEAR, HALF = ("jobs", Period.parse("2020")), Period.parse("2020-H1")
FIRST = replace(
    observation("jobs", "2020", "261000", "2021-03-22", row=1), recorded_by="seed", recorded_at=AT
)
LATER = replace(FIRST, value=Decimal(262000), recorded_by="Wang", row=2, replaces=1)
LAST = replace(LATER, value=Decimal(264000), row=3, replaces=2, known_on=date(2021, 3, 30))
BACK = replace(FIRST, row=3, replaces=2)
GONE = Withdrawal("jobs", 1, date(2021, 3, 23), "not published", "Wang", AT, row=2)
MOVED = replace(LATER, period=HALF)
TWIN = replace(FIRST, row=2)
NEWER_TWIN = replace(TWIN, value=Decimal(5), row=3, replaces=2)
GDP = observation("gdp", "2020", "1", "2021-01-20", row=3)


def tried(
    history: Sequence[Entry],
    *rows: str,
    header: str = HEADER,
    bases: Mapping[tuple[str, Period], int] | None = None,
    seen: Mapping[tuple[str, Period], int] | None = None,
) -> Import:
    """The dry run of a text file against a record with this history."""
    return dry_run(
        read_table("a.csv", "\n".join((header, *rows)).encode()),
        PLAN,
        standing(history, date.max),
        TODAY,
        history,
        bases,
        seen,
    ).decided({})


def jobs(value: str, row: str = "", known_on: str = "2021-03-22", period: str = "2020") -> str:
    return f"jobs,{period},{value},{known_on},sample,{row}"


def clash(proposal: Import) -> ProposalRow:
    """The one row that somebody else was faster than."""
    [row] = proposal.clashes
    assert proposal.submissions == []
    return row


@pytest.mark.parametrize(
    ("history", "row", "outcome"),
    [
        # A row that names the figure it was made from.
        ([FIRST], jobs("263000", "1"), Outcome.CORRECTS),
        ([FIRST, LATER], jobs("261000", "1"), Outcome.OUTDATED),
        ([FIRST, LATER], jobs("261000", " １ "), Outcome.OUTDATED),
        ([FIRST, GONE], jobs("261000", "1"), Outcome.OUTDATED),
        ([FIRST, LATER], jobs("262000", "1"), Outcome.SAME),
        ([FIRST, LATER], jobs("262000", "2"), Outcome.SAME),
        ([FIRST, LATER], jobs("262000", "99"), Outcome.SAME),
        ([FIRST, LATER], jobs("120000", "1", "2020-07-20", "2020-H1"), Outcome.NEW),
        ([FIRST], jobs("263000", "1", "2021-03-30"), Outcome.NEW),
        # One that names none.
        ([FIRST, LATER], jobs("262000"), Outcome.SAME),
        ([FIRST, LATER], jobs("263000"), Outcome.ASK),
        ([FIRST, LATER], jobs("261000", known_on="2021-03-23"), Outcome.NEW),
        ([FIRST, LATER, BACK], jobs("261000"), Outcome.SAME),
        # One that says that there was nothing.
        ([], jobs("263000", "0"), Outcome.NEW),
        ([FIRST, GONE], jobs("263000", "0"), Outcome.NEW),
        ([FIRST], jobs("261000", "0"), Outcome.SAME),
        ([FIRST], jobs("120000", "0", "2020-07-20", "2020-H1"), Outcome.NEW),
    ],
)
def test_a_row_is_held_against_its_base(history: list[Entry], row: str, outcome: Outcome) -> None:
    assert outcomes(tried(history, row)) == {outcome: [2]}


@pytest.mark.parametrize(
    ("history", "row", "base", "replaces"),
    [
        ([FIRST, LATER], jobs("263000", "1"), FIRST, LATER),
        ([FIRST, GONE], jobs("263000", "1"), FIRST, None),
        ([FIRST, LATER, LAST], jobs("263000", "1"), FIRST, LAST),
        # Nobody can know whether repeating what was replaced or withdrawn is meant.
        ([FIRST, LATER], jobs("261000"), FIRST, LATER),
        ([FIRST, GONE], jobs("261000"), FIRST, None),
        # There was nothing, and somebody recorded something since.
        ([FIRST, LATER], jobs("263000", "0"), None, LATER),
        ([FIRST, LATER], jobs("263000", "0", "2021-03-30"), None, LATER),
    ],
)
def test_what_others_recorded_since_is_a_conflict(
    history: list[Entry], row: str, base: Entry | None, replaces: Observation | None
) -> None:
    one = clash(tried(history, row))
    theirs = tuple(entry for entry in history if entry != base)
    assert (one.conflict, one.replaces) == (Conflict(base, theirs), replaces)


def test_a_row_without_a_column_repeats_what_was_replaced_although_it_says_less() -> None:
    header = "target,period,value,known_on"
    clash(tried([FIRST, LATER], "jobs,2020,261000,2021-03-22", header=header))


@pytest.mark.parametrize(
    ("history", "seen", "bases", "base", "replaces"),
    [
        ([FIRST, LATER], {YEAR: 1}, {YEAR: 2}, FIRST, LATER),
        ([FIRST], {}, {YEAR: 1}, None, FIRST),
        ([FIRST, MOVED], {YEAR: 1}, {YEAR: 2, ("jobs", HALF): 2}, FIRST, None),
    ],
)
def test_what_was_recorded_since_the_file_was_shown_is_a_conflict(
    history: list[Entry],
    seen: Mapping[tuple[str, Period], int],
    bases: Mapping[tuple[str, Period], int],
    base: Entry | None,
    replaces: Observation | None,
) -> None:
    one = clash(tried(history, jobs("263000"), seen=seen, bases=bases))
    theirs = tuple(entry for entry in history if entry != base)
    assert (one.conflict, one.replaces) == (Conflict(base, theirs), replaces)
    assert not tried(history, jobs("263000"), seen=bases, bases=bases).clashes


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "1e3", "一", "9" * 16])
def test_what_is_no_row_number_is_an_error_of_its_cell(text: str) -> None:
    [one] = tried([FIRST], jobs("261000", text)).troubles
    assert (one.column, one.value) == ("row", text)
    assert "is not the number of a recorded figure" in one.problem.text


@pytest.mark.parametrize("number", ["9", "2", "3"])
def test_a_number_that_is_no_figure_of_the_target_is_an_error(number: str) -> None:
    [one] = tried([FIRST, GONE, GDP], jobs("263000", number)).troubles
    assert (one.column, one.value) == ("row", number)
    assert f"no. {number} is not a figure of jobs" in one.problem.text


def test_of_a_figure_recorded_twice_each_row_finds_its_own() -> None:
    for rows, same in ((("1", "2"), 2), (("2", "1"), 3)):
        proposal = tried([FIRST, TWIN, NEWER_TWIN], *(jobs("261000", row) for row in rows))
        assert outcomes(proposal) == {Outcome.SAME: [same], Outcome.OUTDATED: [5 - same]}


def test_two_rows_that_would_replace_one_figure_are_an_error_of_the_second() -> None:
    moved = replace(LATER, known_on=date(2021, 3, 25))
    proposal = tried([FIRST, moved], jobs("263000", "1"), jobs("264000", "2", "2021-03-25"))
    assert [(one.row, one.column) for one in proposal.troubles] == [(3, "target")]
    assert proposal.decided({2: Choice.MINE}).troubles == proposal.troubles


def test_a_conflict_of_a_day_to_come_is_an_error_as_well() -> None:
    day = date(2031, 1, 1)
    history = [replace(FIRST, known_on=day), replace(LATER, known_on=day)]
    [one] = tried(history, jobs("263000", "1", "2031-01-01")).troubles
    assert one.column == "known_on"


def test_taking_the_files_replaces_what_stands_now_and_is_based_on_it() -> None:
    found = tried([FIRST, LATER], jobs("263000", "1"), bases={YEAR: 2})
    entry = observation("jobs", "2020", "263000", "2021-03-22")
    taken = found.decided({2: Choice.MINE})
    assert taken.submissions == [Submission(replace(entry, replaces=2), 2)]
    withdrawn = tried([FIRST, GONE], jobs("263000", "1"), bases={YEAR: 2})
    assert withdrawn.decided({2: Choice.MINE}).submissions == [Submission(entry, 2)]


def test_keeping_theirs_saves_nothing_of_that_row_and_what_is_not_decided_waits() -> None:
    half = replace(FIRST, period=HALF, row=3)
    newer = replace(half, value=Decimal(7), row=4, replaces=3)
    rows = (jobs("263000", "1"), jobs("8", "3", period="2020-H1"), "gdp,2020,1,2021-01-20,x,")
    proposal = tried([FIRST, LATER, half, newer], *rows)
    after = proposal.decided({2: Choice.THEIRS})
    assert [one.entry.target for one in after.submissions] == ["gdp"]
    assert ([row.place for row in after.kept], [row.place for row in after.clashes]) == ([2], [3])
    after = proposal.decided({3: Choice.MINE})
    assert [one.entry.replaces for one in after.submissions] == [4, None]


def test_of_the_record_only_the_files_targets_are_read_and_the_past_of_what_is_new() -> None:
    rows = [HEADER, jobs("263000", "1"), "gdp,2020,1,2021-01-20,sample,", "nobody,2020,1,,,"]
    record = Mock()
    record.greatest_rows.return_value = {YEAR: 2}
    record.as_of.return_value = standing([FIRST, LATER, GDP], date.max)
    record.history.side_effect = [[FIRST, LATER]]
    record.lock.return_value = None
    table = read_table("a.csv", "\n".join(rows).encode())
    assert len(held_against(record, PLAN, table, TODAY).clashes) == 1
    assert record.mock_calls == [
        call.greatest_rows(PLAN.id, {"jobs", "gdp"}),
        call.as_of(PLAN.id, date.max, {"jobs", "gdp"}),
        call.lock(PLAN.id),
        call.history(PLAN.id, "jobs"),
    ]


def test_all_three_figures_are_told_in_one_line() -> None:
    assert sides(clash(tried([FIRST, LATER], jobs("263000", "1"))), EN) == (
        "The file was made from: 261,000 people · final · no. 1 · published figures · 2021-03-22"
        " · sample; Recorded meanwhile: 262,000 people · final · no. 2 · Wang · 2021-03-22 ·"
        " sample; In the file: 263,000 people · final · 2021-03-22 · sample"
    )
    text = sides(clash(tried([FIRST, GONE], jobs("263000", "1"))), EN)
    assert "withdrawn · no. 2 · Wang · not published" in text


def test_outdated_rows_say_what_the_record_has() -> None:
    for newer, text in ((LATER, "a later figure, 262,000 people, no. 2"), (GONE, "withdrawn")):
        [row] = tried([FIRST, newer], jobs("261000", "1")).of(Outcome.OUTDATED)
        assert row.was == (newer if newer is LATER else None)
        assert text in row_text(row, EN)


def test_what_is_rare_is_counted_only_where_there_is_any() -> None:
    newer = replace(GDP, value=Decimal(2), row=4, replaces=3)
    rows = (jobs("263000", "1"), "gdp,2020,1,2021-01-20,sample,3")
    proposal = tried([FIRST, LATER, GDP, newer], *rows)
    counted = "New: 0 · changed: 0 · unchanged: 0 · wrong: 0 · outdated: 1 · "
    assert summary(proposal, EN) == counted + "to decide: 1"
    assert summary(proposal.decided({2: Choice.THEIRS}), EN) == counted + "kept as recorded: 1"
    for code in CODES:
        assert row_text(proposal.clashes[0], Phrasebook(PLAN, language(code)))
