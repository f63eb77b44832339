"""Meetings: a named as-of day shows again what the room saw, on both databases."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from mubiao.counting import standing
from mubiao.model import Act, Observation, Remark
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.store import Store
from mubiao.store.remarks import standing_remarks
from mubiao.store.schema import MEETINGS
from mubiao.views.briefing import briefings
from tests.actors import named
from tests.acts import NOON, PLAN, add_row, reasons, withdraw_row
from tests.samples import observation, plan_of, target

LATER = NOON + timedelta(days=3)
JULY = date(2020, 7, 31)
GDP = observation("gdp", "2020-H1", "-3.2", "2020-07-22")
JOBS = observation("jobs", "2020-H1", "121000", "2020-07-22")
SAID = Remark("gdp", Period.parse("2020-H1"), "Works began again.", date(2020, 7, 23))
_numbers = count(1)


def hold(store: Store, name: str = "2020年7月调度会", day: date = JULY, by: str = "wang") -> int:
    return store.hold(PLAN, name, day, Act(named(by), NOON), plan_text="p").id


def test_a_meeting_keeps_its_day_and_what_was_recorded_then(store: Store) -> None:
    add_row(store, "other-2020", GDP, "wang", NOON)
    row = add_row(store, PLAN, GDP, "wang", NOON)
    remark = store.remark(PLAN, SAID, Act(named("wang"), NOON))
    add_row(store, "other-2020", GDP, "wang", NOON)
    held = store.hold(
        PLAN, "  2020年7月调度会 ", JULY, Act(named(" 王 "), NOON, "t"), plan_text="a1"
    )
    assert (held.name, held.as_of) == ("2020年7月调度会", JULY)
    assert (held.rows, held.remarks, held.held_by, held.held_at) == (row, remark, "王", NOON)
    assert store.plan_text(PLAN, held.plan_version) == "a1"
    assert store.meetings(PLAN) == [held]
    assert store.meetings("other-2020") == []


def test_a_meeting_about_an_empty_record_keeps_that_it_was_empty(store: Store) -> None:
    held = store.hold(PLAN, "January", JULY, Act(named("wang"), NOON), plan_text="p")
    add_row(store, PLAN, GDP, "wang", NOON)
    store.remark(PLAN, SAID, Act(named("wang"), NOON))
    assert (held.rows, held.remarks) == (0, 0)
    assert store.as_of(PLAN, JULY, through=held.rows) == []
    assert store.remarks(PLAN, as_of=JULY, through=held.remarks) == []
    assert store.changed_at(PLAN, held.rows, held.remarks) is None


def test_what_is_recorded_later_does_not_change_what_the_room_saw(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)
    said = store.remark(PLAN, SAID, Act(named("wang"), NOON))
    held = store.hold(PLAN, "July", JULY, Act(named("wang"), NOON), plan_text="p")
    add_row(store, PLAN, replace(GDP, replaces=first), "li", LATER)
    add_row(store, PLAN, JOBS, "li", LATER)
    store.remark(PLAN, replace(SAID, text="No.", replaces=said), Act(named("li"), LATER))
    assert [o.row for o in store.as_of(PLAN, JULY, through=held.rows)] == [first]
    assert [r.row for r in store.remarks(PLAN, as_of=JULY, through=held.remarks)] == [said]
    assert len(store.as_of(PLAN, JULY)) == 2


def test_a_chart_shows_what_a_later_publication_replaced(store: Store) -> None:
    plan = plan_of(target("gdp", measure="rate", comparator="at_least", value="6"))
    first = add_row(store, PLAN, GDP, "wang", NOON)
    later = replace(GDP, value=Decimal("-3.0"), known_on=date(2020, 7, 28), replaces=first)
    add_row(store, PLAN, later, "li", LATER)
    (told,) = briefings(store, plan, ["en"], JULY)
    way = told.subjects["gdp"].path
    assert ([p.value for p in way.judged], [p.value for p in way.ghosts]) == ([-3.0], [-3.2])


def test_when_data_last_changed_is_told_up_to_a_cutoff(store: Store) -> None:
    assert store.changed_at(PLAN) is None
    add_row(store, PLAN, GDP, "wang", NOON)
    held = store.hold(PLAN, "July", JULY, Act(named("wang"), LATER), plan_text="p")
    assert store.changed_at(PLAN) == NOON
    store.remark(PLAN, SAID, Act(named("wang"), LATER))
    add_row(store, "other-2020", GDP, "wang", LATER + timedelta(days=1))
    assert store.changed_at(PLAN) == LATER
    assert store.changed_at(PLAN, held.rows, held.remarks) == NOON


def test_the_latest_day_comes_first_and_then_the_last_held(store: Store) -> None:
    for name, day in (("a", JULY), ("b", date(2020, 9, 30)), ("c", JULY)):
        hold(store, name, day)
    assert [meeting.name for meeting in store.meetings(PLAN)] == ["b", "c", "a"]


def test_holding_again_under_one_token_does_nothing(store: Store) -> None:
    first = store.hold(PLAN, "July", JULY, Act(named("wang"), NOON, "t"), plan_text="p")
    add_row(store, PLAN, GDP, "wang", NOON)
    assert store.hold(PLAN, "July", JULY, Act(named("wang"), LATER, "t"), plan_text="p") == first
    assert store.meetings(PLAN) == [first]
    assert reasons(
        lambda: store.hold(PLAN, "June", JULY, Act(named("wang"), LATER, "t"), plan_text="p")
    ) == ["under this token another meeting was held already, “July”, 2021-04-01 12:00 UTC"]


def test_a_name_is_that_of_one_meeting(store: Store) -> None:
    hold(store, "July")
    assert reasons(lambda: hold(store, " JULY ", date(2020, 8, 1), "li")) == [
        "a meeting is called “July” already, as of 2020-07-31, held by wang; give another name"
    ]
    store.hold("other-2020", "July", JULY, Act(named("li"), NOON), plan_text="p")
    assert len(store.meetings(PLAN)) == 1


def test_a_dropped_meeting_is_gone_and_its_name_is_free(store: Store) -> None:
    number = hold(store)
    store.drop_meeting(PLAN, number, Act(named("li"), LATER), reason="held by mistake")
    assert store.meetings(PLAN) == []
    again = hold(store, by="li")
    assert [meeting.id for meeting in store.meetings(PLAN)] == [again]


def test_a_meeting_taken_back_says_who_when_and_why_and_can_be_put_back(store: Store) -> None:
    number, again = hold(store), LATER + timedelta(days=1)
    for _ in range(2):
        store.drop_meeting(PLAN, number, Act(named(" li "), LATER), reason=" the wrong day\n")
        [gone] = store.all_meetings(PLAN)
        assert (gone.id, gone.taken_back, store.meetings(PLAN)) == (number, True, [])
        assert gone.acts[-1].reason == "the wrong day"
        for _ in range(2):  # pressed twice
            store.put_back_meeting(PLAN, number, Act(named("zhao"), again))
        [back] = store.meetings(PLAN)
    acts = [(act.kind, act.by, act.at, act.reason) for act in back.acts]
    away, home = ("taken_back", "li", LATER, "the wrong day"), ("put_back", "zhao", again, "")
    assert acts == [("held", "wang", NOON, ""), away, home, away, home]
    assert (back.held_by, back.held_at, back.rows, back.as_of) == ("wang", NOON, 0, JULY)


def test_a_meeting_is_not_put_back_beside_another_one_of_its_name(store: Store) -> None:
    number = hold(store, "July")
    store.drop_meeting(PLAN, number, Act(named("li"), LATER), reason="held by mistake")
    hold(store, "JULY")
    assert reasons(lambda: store.put_back_meeting(PLAN, number, Act(named("li"), LATER))) == [
        "a meeting is called “JULY” already, as of 2020-07-31, held by wang; give another name"
    ]
    assert reasons(lambda: store.put_back_meeting(PLAN, 77, Act(named("li"), LATER)))


def test_a_meeting_is_taken_back_with_a_name_and_a_reason(store: Store) -> None:
    number = hold(store)
    for reason, by in (("", "li"), (" \n", "li"), ("x" * 2001, "li"), ("wrong", "")):
        assert reasons(
            partial(store.drop_meeting, PLAN, number, Act(named(by), LATER), reason=reason)
        )
    assert len(store.meetings(PLAN)) == 1


def test_the_database_takes_no_row_of_a_meeting_that_makes_no_sense(store: Store) -> None:
    number = hold(store)
    store.drop_meeting(PLAN, number, Act(named("li"), LATER), reason="wrong")
    database, last = store._database, MEETINGS.c.id == number + 1  # noqa: SLF001 - its rows
    with database.reading() as connection:
        row = dict(connection.execute(select(MEETINGS).where(last)).mappings().one())
    row |= {"token": "another", "replaces": row.pop("id")}
    for spoilt in (
        {"kind": "forgotten"},
        {"kind": "put_back"},
        {"kind": "held"},
        {"reason": ""},
        {"name": "July"},
        {"replaces": None},
        {"replaces": 1},
    ):
        with pytest.raises(Refused), database.writing() as connection:
            connection.execute(insert(MEETINGS), row | spoilt)
    assert [act.kind for act in store.all_meetings(PLAN)[0].acts] == ["held", "taken_back"]


def test_the_meetings_that_stood_when_one_was_held_can_be_read_again(store: Store) -> None:
    gone, first = hold(store, "gone"), hold(store, "first")
    store.drop_meeting(PLAN, gone, Act(named("li"), LATER), reason="held by mistake")
    store.hold("other-2020", "other", JULY, Act(named("li"), NOON), plan_text="p")
    second = hold(store, "second")
    store.drop_meeting(PLAN, first, Act(named("li"), LATER), reason="held by mistake")
    hold(store, "third")
    names = [[one.name for one in store.meetings(PLAN, through=n)] for n in (gone, first, second)]
    assert names == [["gone"], ["first", "gone"], ["second", "first"]]
    assert [one.name for one in store.meetings(PLAN)] == ["third", "second"]


@pytest.mark.parametrize("which", ["dropped", "drop", "other plan", "none", "huge"])
def test_only_a_meeting_that_stands_can_be_dropped(store: Store, which: str) -> None:
    number = hold(store)
    store.drop_meeting(PLAN, number, Act(named("li"), LATER), reason="held by mistake")
    other = store.hold("other-2020", "July", JULY, Act(named("li"), NOON), plan_text="p").id
    numbers = {"dropped": number, "drop": number + 1, "other plan": other}
    numbers |= {"none": 0, "huge": 10**30}
    asked = numbers[which]
    assert reasons(
        lambda: store.drop_meeting(PLAN, asked, Act(named("li"), LATER), reason="held by mistake")
    ) == [f"meeting {asked} is not in this record (any more)"]
    assert len(store.meetings("other-2020")) == 1


@pytest.mark.parametrize(
    ("name", "by", "reason"),
    [
        (" ", "wang", "the meeting has no name; say what it is called"),
        ("x" * 81, "wang", "the text has 81 characters; expected at most 80"),
        ("July", "", "the name is missing; say who records this"),
        ("July", "Seed", "the name Seed stands for the published figures; give your own"),
    ],
)
def test_a_meeting_has_a_name_and_a_holder(store: Store, name: str, by: str, reason: str) -> None:
    assert reasons(lambda: hold(store, name, by=by)) == [reason]
    assert store.meetings(PLAN) == []


def test_a_meeting_changes_no_figure_and_so_no_version(store: Store) -> None:
    add_row(store, PLAN, GDP, "wang", NOON)
    before = store.version(PLAN)
    hold(store)
    assert store.version(PLAN) == before


def test_meetings_of_one_plan_keep_it_once_and_others_their_own(store: Store) -> None:
    kept = [
        store.hold(plan, name, JULY, Act(named("wang"), NOON), plan_text=said)
        for plan, name, said in (
            (PLAN, "June", "first"),
            (PLAN, "July", "first"),
            (PLAN, "August", "second"),
            ("other-2020", "June", "first"),
        )
    ]
    versions = [meeting.plan_version for meeting in kept]
    assert versions[0] == versions[1] == versions[3] != versions[2]
    assert [store.plan_text(PLAN, version) for version in versions[1:3]] == ["first", "second"]
    assert store.plan_text("other-2020", versions[0]) == "first"
    assert store.plan_text("other-2020", versions[2]) is None


Step = tuple[str, int, int]
VERBS = st.sampled_from(["enter", "correct", "withdraw", "say"])
ACTS = st.lists(st.tuples(VERBS, st.integers(0, 9), st.integers(0, 9)), max_size=12)


def record(store: Store, plan: str, acts: list[Step]) -> None:
    """Do what the acts say, each on one of ten days; what is refused is not done."""
    rows: list[tuple[int, Observation]] = []
    for verb, which, day in acts:
        known_on = date(2021, 1, 1 + day)
        seen = replace((GDP, JOBS)[which % 2], known_on=known_on)
        if verb == "say":
            said = store.remarks(plan)
            old = said[which].row if which < len(said) else None
            with suppress(Refused):  # replaced already
                store.remark(plan, replace(SAID, day=known_on, replaces=old), Act(named("w"), NOON))
        elif verb == "enter" or not rows:
            rows.append((add_row(store, plan, seen, "wang", NOON), seen))
        else:
            row, was = rows[which % len(rows)]
            with suppress(Refused):  # as above
                if verb == "correct":
                    seen = replace(was, known_on=known_on, replaces=row)
                    rows.append((add_row(store, plan, seen, "wang", NOON), seen))
                else:
                    withdraw_row(store, plan, row, known_on, "wrong", "wang", NOON)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, cut=st.integers(0, 12))
@example(acts=[("enter", 0, 0), ("correct", 0, 8), ("correct", 1, 4), ("withdraw", 2, 6)], cut=3)
@example(acts=[("enter", 1, 5), ("correct", 0, 2), ("enter", 1, 5), ("withdraw", 1, 0)], cut=1)
@example(acts=[("say", 0, 5), ("say", 0, 2), ("enter", 1, 5)], cut=1)
def test_the_database_answers_as_the_rule_does_with_a_cutoff_and_without(
    store: Store, acts: list[Step], cut: int
) -> None:
    plan = f"plan-{next(_numbers)}"
    record(store, plan, acts[:cut])
    held = store.hold(plan, "then", JULY, Act(named("wang"), NOON), plan_text="p")
    then, said = store.history(plan), store.remarks(plan)
    record(store, plan, acts[cut:])
    assert store.remarks(plan, through=held.remarks) == said
    for day in range(11):
        as_of = date(2021, 1, 1 + day) - timedelta(days=1)
        stood = standing(then, as_of)
        assert store.as_of(plan, as_of, through=held.rows) == stood
        of_jobs = [o for o in stood if o.target == "jobs"]
        assert store.as_of(plan, as_of, ["jobs"], through=held.rows) == of_jobs
        remarks = store.remarks(plan, as_of=as_of, through=held.remarks)
        assert remarks == standing_remarks(said, as_of)
    history = store.history(plan)
    assert len(history) == store.count(plan)
    for day in range(11):
        as_of = date(2021, 1, 1 + day) - timedelta(days=1)
        stood = standing(history, as_of)
        assert store.as_of(plan, as_of) == store.as_of(plan, as_of, ["jobs", "gdp"]) == stood
        of_jobs = [o for o in stood if o.target == "jobs"]
        assert store.as_of(plan, as_of, {"jobs", "unknown"}) == of_jobs
        assert store.as_of(plan, as_of, []) == []
