"""Files that are behind the record: outdated rows, conflicts, and what deciding them saves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from mubiao.i18n import CODES, language
from mubiao.model import Conflict, Entry, Observation, Submission, Withdrawal
from mubiao.observation.corrections import standing
from mubiao.observation.days import Days
from mubiao.proposal.row_texts import row_text, sides, summary
from mubiao.proposal.rows import Choice, Outcome
from mubiao.spreadsheet.importing import Import, dry_run, held_against
from mubiao.spreadsheet.table import read_table
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import observation
from tests.sheets import PLAN, TODAY

EN = Phrasebook(PLAN, language("en"))
HEADER = "target,period,value,known_on,source,row"
AT = datetime(2021, 3, 23, 9, tzinfo=UTC)
YEAR = ("jobs", date(2020, 1, 1), date(2020, 12, 31))
FIRST = replace(
    observation("jobs", "2020", "261000", "2021-03-22", row=1), recorded_by="seed", recorded_at=AT
)
LATER = replace(FIRST, value=Decimal(262000), recorded_by="Wang", row=2, replaces=1)
GONE = Withdrawal("jobs", 1, date(2021, 3, 23), "not published", "Wang", AT, row=2)


def tried(
    history: Sequence[Entry],
    *rows: str,
    header: str = HEADER,
    bases: Mapping[Days, int] | None = None,
    seen: Mapping[Days, int] | None = None,
) -> Import:
    """The dry run of a text file against a record with this history."""
    table = read_table("a.csv", "\n".join((header, *rows)).encode())
    return dry_run(
        table,
        PLAN,
        standing(history, date.max),
        TODAY,
        history=lambda target: [entry for entry in history if entry.target == target],
        bases=bases,
        seen=seen,
    ).decided({})


def jobs(value: str, row: str = "", known_on: str = "2021-03-22", period: str = "2020") -> str:
    return f"jobs,{period},{value},{known_on},sample,{row}"


def parts(proposal: Import) -> dict[str, int]:
    """How many rows there are of each kind that has any."""
    kinds = {
        "new": proposal.new,
        "changed": proposal.corrections,
        "unchanged": proposal.of(Outcome.SAME),
        "outdated": proposal.of(Outcome.OUTDATED),
        "disputes": proposal.clashes,
        "problems": proposal.troubles,
        "kept": proposal.kept,
    }
    return {kind: len(rows) for kind, rows in kinds.items() if rows}


# A row that names the figure it was made from


def test_a_row_with_the_number_that_stands_is_a_correction() -> None:
    found = tried([FIRST], jobs("263000", "1"))
    assert parts(found) == {"changed": 1}


@pytest.mark.parametrize("newer", [LATER, GONE])
def test_a_row_that_nobody_edited_is_outdated_and_never_a_change(newer: Entry) -> None:
    found = tried([FIRST, newer], jobs("261000", "1"))
    assert parts(found) == {"outdated": 1}
    assert not found.submissions
    [line] = found.of(Outcome.OUTDATED)
    assert line.was == (newer if isinstance(newer, Observation) else None)


@pytest.mark.parametrize("newer", [LATER, GONE])
def test_an_edited_row_of_a_figure_that_was_replaced_is_a_conflict(newer: Entry) -> None:
    found = tried([FIRST, newer], jobs("263000", "1"))
    assert parts(found) == {"disputes": 1}
    one = found.clashes[0]
    assert one.conflict == Conflict(FIRST, (newer,))
    assert found.submissions == []
    assert not found.submissions


def test_a_row_that_says_what_stands_now_is_unchanged_whatever_it_names() -> None:
    for row in ("1", "2", "", "99"):
        assert parts(tried([FIRST, LATER], jobs("262000", row))) == {"unchanged": 1}


def test_theirs_are_all_rows_since_up_to_the_one_that_stands() -> None:
    last = replace(LATER, value=Decimal(264000), row=3, replaces=2, known_on=date(2021, 3, 30))
    one = tried([FIRST, LATER, last], jobs("263000", "1")).clashes[0]
    assert one.conflict == Conflict(FIRST, (LATER, last))
    assert one.replaces == last


def test_a_row_copied_for_another_period_is_a_new_figure_although_its_number_came_along() -> None:
    found = tried([FIRST, LATER], jobs("120000", "1", "2020-07-20", "2020-H1"))
    assert parts(found) == {"new": 1}


def test_a_figure_with_another_day_and_the_number_that_stands_is_a_new_revision() -> None:
    assert parts(tried([FIRST], jobs("263000", "1", "2021-03-30"))) == {"new": 1}


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "1e3", "一", "9" * 16])
def test_what_is_no_row_number_is_an_error_of_its_cell(text: str) -> None:
    found = tried([FIRST], jobs("261000", text))
    assert [(one.column, one.value) for one in found.troubles] == [("row", text)]
    assert "is not the number of a recorded figure" in found.troubles[0].problem.text


def test_a_number_in_full_width_is_read() -> None:
    assert parts(tried([FIRST, LATER], jobs("261000", " １ "))) == {"outdated": 1}


@pytest.mark.parametrize("number", ["9", "2", "3"])
def test_a_number_that_is_no_figure_of_the_target_is_an_error(number: str) -> None:
    other = observation("gdp", "2020", "1", "2021-01-20", row=3)
    found = tried([FIRST, GONE, other], jobs("263000", number))
    assert [(one.column, one.value) for one in found.troubles] == [("row", number)]
    assert f"no. {number} is not a figure of jobs" in found.troubles[0].problem.text


def test_of_a_figure_recorded_twice_each_row_finds_its_own() -> None:
    twin = replace(FIRST, row=2)
    newer = replace(twin, value=Decimal(5), row=3, replaces=2)
    for rows in (("1", "2"), ("2", "1")):
        found = tried([FIRST, twin, newer], *(jobs("261000", row) for row in rows))
        assert parts(found) == {"unchanged": 1, "outdated": 1}


# Without a number


@pytest.mark.parametrize("newer", [LATER, GONE])
def test_a_row_that_repeats_what_was_replaced_or_withdrawn_is_a_conflict(newer: Entry) -> None:
    one = tried([FIRST, newer], jobs("261000")).clashes[0]
    assert one.conflict == Conflict(FIRST, (newer,))


@pytest.mark.parametrize("row", [jobs("263000"), jobs("261000", known_on="2021-03-23")])
def test_a_row_that_says_something_never_said_is_no_conflict(row: str) -> None:
    assert "disputes" not in parts(tried([FIRST, LATER], row))


def test_a_figure_that_was_set_back_by_a_person_stands() -> None:
    back = replace(FIRST, row=3, replaces=2)
    assert parts(tried([FIRST, LATER, back], jobs("261000"))) == {"unchanged": 1}


def test_a_row_without_a_column_repeats_what_was_replaced_although_it_says_less() -> None:
    found = tried(
        [FIRST, LATER], "jobs,2020,261000,2021-03-22", header="target,period,value,known_on"
    )
    assert parts(found) == {"disputes": 1}


# A row that says that there was nothing


@pytest.mark.parametrize("known_on", ["2021-03-22", "2021-03-30"])
def test_what_somebody_recorded_since_there_was_nothing_is_a_conflict(known_on: str) -> None:
    one = tried([FIRST, LATER], jobs("263000", "0", known_on)).clashes[0]
    assert one.conflict == Conflict(None, (FIRST, LATER))
    assert one.replaces == LATER


@pytest.mark.parametrize("history", [[], [FIRST, GONE]])
def test_where_nothing_stands_a_row_from_nothing_is_new(history: list[Entry]) -> None:
    assert parts(tried(history, jobs("263000", "0"))) == {"new": 1}


def test_a_row_from_nothing_that_says_what_stands_is_unchanged_and_one_of_other_days_new() -> None:
    assert parts(tried([FIRST], jobs("261000", "0"))) == {"unchanged": 1}
    assert parts(tried([FIRST], jobs("1000", "0", "2020-07-20", "2020-H1"))) == {"new": 1}


# What somebody saved between the dry run and saving


def test_what_was_recorded_since_the_file_was_shown_is_a_conflict() -> None:
    seen, bases = {YEAR: 1}, {YEAR: 2}
    one = tried([FIRST, LATER], jobs("263000"), seen=seen, bases=bases).clashes[0]
    assert (one.conflict, one.was) == (Conflict(FIRST, (LATER,)), LATER)
    assert parts(tried([FIRST, LATER], jobs("263000"), seen=bases, bases=bases)) == {"changed": 1}


def test_the_first_figure_of_a_period_that_somebody_recorded_since_is_a_conflict() -> None:
    one = tried([FIRST], jobs("263000", known_on="2021-03-30"), seen={}, bases={YEAR: 1}).clashes[0]
    assert one.conflict == Conflict(None, (FIRST,))


def test_a_figure_that_was_moved_to_another_period_since_is_a_conflict() -> None:
    half = observation("jobs", "2020-H1", "1", "2020-07-20").period
    moved = replace(LATER, period=half)
    seen, bases = {YEAR: 1}, {YEAR: 2, ("jobs", half.first, half.last): 2}
    one = tried([FIRST, moved], jobs("263000"), seen=seen, bases=bases).clashes[0]
    assert one.conflict == Conflict(FIRST, (moved,))


# Decisions


def test_taking_the_files_replaces_what_stands_now_and_is_based_on_it() -> None:
    found = tried([FIRST, LATER], jobs("263000", "1"), bases={YEAR: 2})
    after = found.decided({2: Choice.MINE})
    assert parts(after) == {"changed": 1}
    [one] = after.submissions
    assert (one.entry.replaces, one.based_on) == (2, 2)
    assert isinstance(one.entry, Observation)
    assert one.entry.value == 263000


def test_taking_the_files_of_a_withdrawn_figure_records_it_anew() -> None:
    found = tried([FIRST, GONE], jobs("263000", "1"), bases={YEAR: 2})
    after = found.decided({2: Choice.MINE})
    assert parts(after) == {"new": 1}
    assert [(one.entry.replaces, one.based_on) for one in after.submissions] == [(None, 2)]


def test_keeping_theirs_saves_nothing_of_that_row() -> None:
    found = tried([FIRST, LATER], jobs("263000", "1"), "gdp,2020,1,2021-01-20,x,")
    after = found.decided({2: Choice.THEIRS})
    assert parts(after) == {"new": 1, "kept": 1}
    assert [one.entry.target for one in after.submissions] == ["gdp"]


def test_what_is_not_decided_waits() -> None:
    half = replace(FIRST, period=observation("jobs", "2020-H1", "1", "2021-03-22").period, row=3)
    newer = replace(half, value=Decimal(7), row=4, replaces=3)
    rows = (jobs("263000", "1"), jobs("8", "3", period="2020-H1"))
    found = tried([FIRST, LATER, half, newer], *rows)
    after = found.decided({3: Choice.MINE})
    assert parts(after) == {"changed": 1, "disputes": 1}
    assert [one.entry.replaces for one in after.submissions] == [4]


def test_two_rows_that_would_replace_one_figure_are_an_error_of_the_second() -> None:
    moved = replace(LATER, known_on=date(2021, 3, 25))
    rows = (jobs("263000", "1"), jobs("264000", "2", "2021-03-25"))
    found = tried([FIRST, moved], *rows)
    assert [(one.row, one.column) for one in found.troubles] == [(3, "target")]
    assert found.decided({2: Choice.MINE}).troubles == found.troubles


def test_a_conflict_of_a_day_to_come_is_an_error_as_well() -> None:
    later = replace(FIRST, known_on=date(2031, 1, 1))
    newer = replace(LATER, known_on=date(2031, 1, 1))
    found = tried([later, newer], jobs("263000", "1", "2031-01-01"))
    assert [one.column for one in found.troubles] == ["known_on"]


# What is read


def test_the_history_is_read_only_of_targets_whose_rows_say_something_new() -> None:
    asked: list[str] = []

    def history(target: str) -> list[Entry]:
        asked.append(target)
        return []

    gdp = observation("gdp", "2020", "1", "2021-01-20", row=2)
    rows = (HEADER, jobs("261000", "1"), "gdp,2020,2,2021-01-20,sample,", jobs("261000", "9"))
    table = read_table("a.csv", "\n".join(rows[:3]).encode())
    dry_run(table, PLAN, [FIRST, gdp], TODAY, history=history)
    assert asked == ["gdp"]


# In words


def test_all_three_figures_are_told_in_one_line() -> None:
    one = tried([FIRST, LATER], jobs("263000", "1")).clashes[0]
    assert sides(one, EN) == (
        "The file was made from: 261,000 people · final · no. 1 · published figures · 2021-03-22"
        " · sample; Recorded meanwhile: 262,000 people · final · no. 2 · Wang · 2021-03-22 ·"
        " sample; In the file: 263,000 people · final · 2021-03-22 · sample"
    )
    one = tried([FIRST, GONE], jobs("263000", "1")).clashes[0]
    told = sides(one, EN)
    assert "withdrawn · no. 2 · Wang · not published" in told


def test_outdated_rows_say_what_the_record_has() -> None:
    for newer, words in ((LATER, "a later figure, 262,000 people, no. 2"), (GONE, "withdrawn")):
        [line] = tried([FIRST, newer], jobs("261000", "1")).of(Outcome.OUTDATED)
        assert words in row_text(line, EN)


def test_what_is_rare_is_counted_only_where_there_is_any() -> None:
    gdp = [
        observation("gdp", "2020", "1", "2021-01-20", row=3),
        replace(observation("gdp", "2020", "2", "2021-01-20", row=4), replaces=3),
    ]
    found = tried([FIRST, LATER, *gdp], jobs("263000", "1"), "gdp,2020,1,2021-01-20,sample,3")
    counted = "New: 0 · changed: 0 · unchanged: 0 · wrong: 0 · outdated: 1 · "
    assert summary(found, EN) == counted + "to decide: 1"
    kept = found.decided({2: Choice.THEIRS})
    assert summary(kept, EN) == counted + "kept as recorded: 1"
    for code in CODES:
        assert row_text(found.clashes[0], Phrasebook(PLAN, language(code)))


def test_a_proposal_says_nothing_of_the_file() -> None:
    [one] = tried([FIRST], jobs("263000", "1"), bases={YEAR: 1}).submissions
    entry = observation("jobs", "2020", "263000", "2021-03-22")
    assert one == Submission(replace(entry, replaces=1), 1)


class Asked:
    """A record that writes down which targets it was asked about."""

    def __init__(self, history: Sequence[Entry]) -> None:
        self.history_ = history
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def greatest_rows(self, plan_id: str, targets: Sequence[str]) -> Mapping[Days, int]:
        """The bases of the year."""
        assert plan_id == PLAN.id
        self.asked.append(("bases", tuple(targets)))
        return {YEAR: 2}

    def as_of(self, plan_id: str, day: date, targets: Sequence[str]) -> list[Observation]:
        """What stands."""
        assert plan_id == PLAN.id
        self.asked.append(("standing", tuple(targets)))
        return standing(self.history_, day)

    def history(self, plan_id: str, target: str) -> list[Entry]:
        """Everything recorded."""
        assert plan_id == PLAN.id
        self.asked.append(("history", (target,)))
        return list(self.history_)


def test_of_the_record_only_the_files_targets_are_read() -> None:
    table = read_table("a.csv", f"{HEADER}\n{jobs('263000', '1')}\nnobody,2020,1,,,\n".encode())
    record: Any = Asked([FIRST, LATER])
    found = held_against(record, PLAN, table, TODAY)
    assert len(found.clashes) == 1
    names = ("jobs",)
    assert record.asked == [("bases", names), ("standing", names), ("history", names)]
