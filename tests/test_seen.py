"""What a day or a meeting's room saw, from the record; and what changed since the one before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from mubiao.model import Act, Meeting, Observation, Remark, Status
from mubiao.period import Period
from mubiao.store import Store
from mubiao.views.briefing import briefings
from mubiao.views.seen import assess_record, look, meeting_before, plan_at
from tests.actors import named
from tests.acts import add_row, add_rows
from tests.samples import observation, plan_of
from tests.worked import CPI, JOBS

APRIL, JULY = date(2020, 4, 30), date(2020, 7, 31)
NOON = datetime(2020, 8, 3, 9, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=30)
PLAN = plan_of(CPI, JOBS)
OTHER = plan_of(CPI.model_copy(update={"value": Decimal(3)}), JOBS)
LEFT_OUT = "As seen on 3 August 2020 09:12 UTC: what was recorded later is not shown."
FIRST = observation("cpi", "2020-Q1", "3.8", "2020-04-15")
HALF = observation("cpi", "2020-H1", "2.8", "2020-07-10")
SAID = Remark("cpi", Period.parse("2020-H1"), "Pork is cheaper.", date(2020, 7, 12))


@pytest.fixture
def record(store: Store) -> Store:
    """Two figures and a remark."""
    add_rows(store, PLAN.id, [FIRST, HALF], "wang", NOON)
    store.remark(PLAN.id, SAID, Act(named("wang"), NOON))
    return store


def hold(store: Store, name: str, day: date = JULY) -> Meeting:
    said = PLAN.as_text()
    return store.hold(PLAN.id, name, day, Act(named("wang"), NOON), plan_text=said)


def correct(store: Store, wrong: Observation, value: str) -> None:
    """Record later that a figure was another one from its own day on."""
    (row,) = [o.row for o in store.as_of(PLAN.id, date.max) if o.period == wrong.period]
    right = replace(observation("cpi", wrong.period.text, value, wrong.known_on), replaces=row)
    add_row(store, PLAN.id, right, "li", LATER)


def test_a_day_is_seen_with_what_is_recorded_now(record: Store) -> None:
    found = look(record, PLAN, JULY)
    assert [a.status for a in found.assessments] == [Status.ON_TRACK, Status.NO_DATA]
    assert [o.period.text for o in found.standing] == ["2020-Q1", "2020-H1"]
    assert [remark.text for remark in found.remarks] == [SAID.text]
    assert (found.as_of, found.changed_at, found.name) == (JULY, NOON, "")
    assert look(record, PLAN, APRIL).remarks == ()
    assert found.assessments == assess_record(record, PLAN, JULY)


def test_a_meeting_is_seen_again_as_its_room_saw_it(record: Store) -> None:
    held = hold(record, "July")
    before = look(record, PLAN, JULY, held)
    correct(record, HALF, "4.9")
    record.remark(PLAN.id, replace(SAID, text="No longer."), Act(named("li"), LATER))
    assert look(record, PLAN, JULY, held) == before
    assert (before.name, before.changed_at) == ("July", NOON)
    now = look(record, PLAN, JULY)
    assert (now.assessments[0].status, now.changed_at) == (Status.OFF_TRACK, LATER)
    assert len(now.remarks) == 2


def test_of_another_day_a_meeting_shows_what_its_room_could_know(record: Store) -> None:
    held = hold(record, "July")
    correct(record, FIRST, "1.0")
    found = look(record, PLAN, APRIL, held)
    assert [str(o.value) for o in found.standing] == ["3.8"]
    assert found.name == ""


def test_the_meeting_before_is_the_latest_of_an_earlier_day(record: Store) -> None:
    june = hold(record, "June", date(2020, 6, 30))
    first, second = hold(record, "July"), hold(record, "July again")
    # Held later about an earlier day, it was not before the ones above.
    again = hold(record, "June, made up for", date(2020, 6, 30))

    def before(day: date, meeting: Meeting | None = None) -> Meeting | None:
        return meeting_before(record, PLAN, day, meeting)

    assert before(JULY, second) == before(JULY, first) == june
    assert before(june.as_of, june) is None
    assert before(JULY) == again
    assert before(date(2020, 8, 31)) == second
    assert before(date(2020, 6, 29)) is None


def test_a_meeting_dropped_is_before_those_that_were_held_until_then(record: Store) -> None:
    april, july = hold(record, "April", APRIL), hold(record, "July")
    record.drop_meeting(PLAN.id, april.id, Act(named("li"), LATER), reason="wrong")
    assert meeting_before(record, PLAN, JULY, july) == april
    assert meeting_before(record, PLAN, date(2020, 7, 30)) is None
    may = hold(record, "May", date(2020, 5, 31))
    assert meeting_before(record, PLAN, may.as_of, may) is None


def test_a_meeting_keeps_the_plan_that_its_room_saw(record: Store) -> None:
    held = hold(record, "July")
    assert plan_at(record, OTHER, held) == PLAN
    assert plan_at(record, OTHER, None) == OTHER
    (then,) = briefings(record, OTHER, ["en"], JULY, held)
    (now,) = briefings(record, OTHER, ["en"], JULY)
    assert then.notes == (LEFT_OUT,)
    assert [then.subjects["cpi"].asks, now.subjects["cpi"].asks] == ["at most 3.5%", "at most 3%"]
    assert then.subjects["cpi"].row.mark.status is Status.ON_TRACK
    # Dropped from the plan since, a target is still there for its room.
    (then,) = briefings(record, plan_of(CPI), ["en"], JULY, held)
    assert list(then.subjects) == ["cpi", "jobs"]


@pytest.mark.parametrize("said", ["a plan of another form", '{"id": "sample-2020"}'])
def test_a_plan_that_cannot_be_read_is_that_of_now_which_is_told(said: str, record: Store) -> None:
    held = record.hold(PLAN.id, "July", JULY, Act(named("wang"), NOON), plan_text=said)
    (shown,) = briefings(record, OTHER, ["en"], JULY, held)
    assert shown.subjects["cpi"].asks == "at most 3%"
    [changed] = shown.notes[1:]
    assert changed.startswith("The plan has changed since this meeting:")


def test_that_the_plan_changed_between_two_looks_is_told(record: Store) -> None:
    hold(record, "April", APRIL)
    changed = "The meeting before had another plan: "
    (now,) = briefings(record, OTHER, ["en"], JULY)
    assert [note[: len(changed)] for note in now.notes] == [changed]
    said = OTHER.as_text()
    july = record.hold(PLAN.id, "July", JULY, Act(named("wang"), NOON), plan_text=said)
    (then,) = briefings(record, PLAN, ["en"], JULY, july)
    assert [note[: len(changed)] for note in then.notes] == [LEFT_OUT[: len(changed)], changed]
    assert not briefings(record, PLAN, ["en"], JULY)[0].notes  # since April, which saw it too


def test_without_a_meeting_of_an_earlier_day_nothing_is_told_of_changes(record: Store) -> None:
    hold(record, "July")
    zh, en = briefings(record, PLAN, ("zh", "en"), JULY)
    assert (zh.language.code, en.language.code) == ("zh", "en")
    assert (en.changes, en.changes_title) == (None, "")


def test_changes_are_told_since_the_meeting_before_as_its_room_saw_it(record: Store) -> None:
    hold(record, "April", APRIL)
    july = hold(record, "July")
    correct(record, FIRST, "1.0")
    (shown,) = briefings(record, PLAN, ["en"], JULY, july)
    assert shown.name == "July"
    assert shown.changes_title == "What changed since “April”, 30 April 2020"
    ((row,),) = [turn.rows for turn in shown.changes.turns]
    assert (row.before.status, row.after.status) == (Status.AT_RISK, Status.ON_TRACK)


def test_changes_can_be_told_since_any_day_or_meeting(record: Store) -> None:
    april = hold(record, "April", APRIL)
    july = hold(record, "July")
    correct(record, FIRST, "1.0")
    march = date(2020, 3, 31)
    (since_day,) = briefings(record, PLAN, ["en"], JULY, july, march)
    assert since_day.changes_title == "What changed since 31 March 2020"
    (since_room,) = briefings(record, PLAN, ["en"], JULY, None, april)
    ((row,),) = [turn.rows for turn in since_room.changes.turns]
    assert row.before.status is Status.AT_RISK


def test_a_plan_says_something_else_only_when_it_does() -> None:
    assert PLAN.as_text() == plan_of(CPI, JOBS).as_text()
    assert PLAN.as_text() != OTHER.as_text()
