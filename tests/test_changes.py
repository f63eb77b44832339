"""What changed between two days: which targets turned, which way, and what did it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.assessment import assess
from mubiao.model import Nature, Observation, Stage, Status
from mubiao.views.changes import ChangeRow, Changes, changes, month_end_before
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_actuals, real_plan
from tests.samples import EN, ZH, observation, plan_of, target
from tests.worked import CPI, GDP, INCOME, JOBLESS

JUNE, JULY = date(2020, 6, 30), date(2020, 7, 31)

LINE = target("line", measure="stage", comparator="done", due=date(2020, 9, 15))
PLAN = plan_of(GDP, CPI, INCOME, JOBLESS, LINE)

Q1 = observation("cpi", "2020-Q1", "3.8", "2020-04-17", row=1)
H1 = observation("cpi", "2020-H1", "2.8", "2020-07-10", row=2)


def between(
    before: list[Observation], after: list[Observation], days: tuple[date, date] = (JUNE, JULY)
) -> Changes:
    first, second = assess(PLAN, before, days[0]), assess(PLAN, after, days[1])
    return changes(Phrasebook(PLAN, EN), first, second)


def turned(shown: Changes) -> dict[str, tuple[str, ChangeRow]]:
    return {row.id: (turn.id, row) for turn in shown.turns for row in turn.rows}


CORRECTED = replace(Q1, value=Decimal("3.2"), known_on=date(2020, 7, 2), row=9, replaces=1)
CORRECTED_TWICE = replace(CORRECTED, replaces=8)
AGAIN = replace(CORRECTED, replaces=None)


@pytest.mark.parametrize(
    ("before", "after", "turn", "cause"),
    [
        ([Q1], [Q1, H1], "better", "New figure, known on 10 July 2020; before Q1: 3.8%"),
        ([], [Q1], "first", "First figure, known on 17 April 2020"),
        ([Q1], [CORRECTED], "better", "Corrected, known on 2 July 2020; before Q1: 3.8%"),
        ([Q1], [CORRECTED_TWICE], "better", "Corrected, known on 2 July 2020; before Q1: 3.8%"),
        ([Q1], [Q1, AGAIN], "better", "Published again, known on 2 July 2020; before Q1: 3.8%"),
        ([Q1, H1], [Q1], "worse", "Withdrawn: the first half: 2.8%; Q1: 3.8% counts again"),
        ([Q1], [], "lost", "Withdrawn: Q1: 3.8%; nothing counts now"),
    ],
)
def test_what_turned_a_status_is_told_with_the_figure_before(
    before: list[Observation], after: list[Observation], turn: str, cause: str
) -> None:
    [(way, row)] = turned(between(before, after, (JULY, JULY))).values()
    assert (way, row.cause) == (turn, cause)
    assert (row.before.status is Status.NO_DATA) is (turn == "first")
    assert (row.after.status is Status.NO_DATA) is (turn == "lost")


def test_time_alone_is_told_as_such() -> None:
    begun = observation("line", "2020-06-01", Stage.UNDER_WAY, "2020-06-02", row=1)
    shown = between([begun], [begun], (JUNE, date(2020, 9, 15)))
    [(way, row)] = turned(shown).values()
    assert way == "worse"
    assert (row.before.status, row.after.status) == (Status.ON_TRACK, Status.AT_RISK)
    assert row.cause == "No other figure: only time has passed"
    [(way, _)] = turned(between([begun], [begun], (JUNE, date(2020, 9, 16)))).values()
    assert way == "lost"


def test_another_targets_figure_turns_what_is_held_against_it() -> None:
    income = observation("income", "2020-H1", "1.0", "2020-06-20", row=1)
    gdp = observation("gdp", "2020-H1", "0.8", "2020-07-15", row=2)
    row = turned(between([income], [income, gdp]))["income"][1]
    assert (row.before.status, row.after.status) == (Status.NO_DATA, Status.ON_TRACK)
    assert row.cause == "Held against GDP growth, the first half: 0.8%"
    back = turned(between([income, gdp], [income], (JULY, JULY)))["income"]
    assert back[0] == "lost"
    assert back[1].cause == "No figure of GDP growth for the same period"


def test_an_earlier_figure_can_break_a_promise_for_all_year() -> None:
    h1 = observation("jobless", "2020-06-30", "4.8", "2020-06-30", row=1)
    q1 = observation("jobless", "2020-03-31", "5.2", "2020-07-03", row=2)
    way, row = turned(between([h1], [h1, q1]))["jobless"]
    assert way == "worse"
    assert row.cause == "As at 31 March: 5.2% breaks the promise"
    way, row = turned(between([h1, q1], [h1], (JULY, JULY)))["jobless"]
    assert way == "better"
    assert row.cause == "As at 31 March: 5.2%, which broke the promise, no longer stands"


def test_another_figure_with_the_same_status_is_listed_apart() -> None:
    later = observation("cpi", "2020-01..2020-05", "3.9", "2020-07-10", row=2)
    shown = between([Q1], [Q1, later])
    assert shown.turns == ()
    [row] = shown.steady
    assert row.before == row.after
    assert row.cause == "New figure, known on 10 July 2020; before Q1: 3.8%"
    assert shown.summary == (
        "From 30 June 2020 to 31 July 2020 none of 5 targets changed its status."
    )


def test_the_worse_come_first_then_the_new_then_the_better_each_worst_first() -> None:
    gdp = [
        observation("gdp", "2020-Q1", "5.0", "2020-04-20", row=3),
        observation("gdp", "2020-H1", "-3.2", "2020-07-20", row=4),
    ]
    new = [
        observation("jobless", "2020-06-30", "4.8", "2020-07-01", row=5),
        observation("line", "2020-07-30", Stage.NOT_STARTED, "2020-07-30", row=6),
    ]
    shown = between([Q1, gdp[0]], [Q1, H1, *gdp, *new])
    assert [turn.id for turn in shown.turns] == ["worse", "first", "better"]
    assert [row.id for row in shown.turns[1].rows] == ["line", "jobless"]
    assert shown.summary == (
        "From 30 June 2020 to 31 July 2020, 4 of 5 targets changed status: "
        "1 worse, 2 judged for the first time, 1 better."
    )


def test_a_row_has_both_statuses_and_both_days_are_counted_whole() -> None:
    shown = between([Q1], [Q1, H1])
    [(_, row)] = turned(shown).values()
    assert (row.before.status, row.after.status) == (Status.AT_RISK, Status.ON_TRACK)
    assert "2.8%" in row.sentence
    assert (shown.earlier, shown.later) == ("30 June 2020", "31 July 2020")
    for counts in (shown.counts_earlier, shown.counts_later):
        assert sum(count.number for count in counts) == len(PLAN.targets)
    assert {c.mark.status: c.number for c in shown.counts_earlier}[Status.AT_RISK] == 1
    assert {c.mark.status: c.number for c in shown.counts_later}[Status.AT_RISK] == 0


def test_judgements_of_different_plans_are_no_two_days() -> None:
    with pytest.raises(ValueError, match="zip"):
        changes(Phrasebook(PLAN, EN), assess(PLAN, [], JUNE)[1:], assess(PLAN, [], JULY))


@given(
    first=st.dates(date(2020, 1, 1), date(2021, 6, 30)), more=st.integers(0, 500), zh=st.booleans()
)
def test_what_turned_is_listed_once_and_has_a_cause(first: date, more: int, *, zh: bool) -> None:
    later = first + timedelta(days=more)
    plan, words = real_plan(), ZH if zh else EN
    before, after = (assess(plan, real_actuals(), day) for day in (first, later))
    shown = changes(Phrasebook(plan, words), before, after)
    rows = [row for turn in shown.turns for row in turn.rows]
    listed = [row.id for row in rows]
    turned_ids = {a.target.id for b, a in zip(before, after, strict=True) if b.status != a.status}
    assert len(listed) == len(set(listed))
    assert set(listed) == turned_ids
    for row in (*rows, *shown.steady):
        assert row.cause
        assert "{" not in row.cause


def test_nothing_changes_on_one_and_the_same_day() -> None:
    judged = assess(real_plan(), real_actuals(), JULY)
    shown = changes(Phrasebook(real_plan(), EN), judged, judged)
    assert (shown.turns, shown.steady) == ((), ())


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2020, 7, 31), date(2020, 6, 30)),
        (date(2020, 7, 1), date(2020, 6, 30)),
        (date(2021, 1, 15), date(2020, 12, 31)),
        (date(2020, 3, 31), date(2020, 2, 29)),
    ],
)
def test_the_month_end_before_a_day_is_in_the_month_before(day: date, before: date) -> None:
    assert month_end_before(day) == before


def test_a_preliminary_figure_that_becomes_final_is_another_figure() -> None:
    final = replace(Q1, nature=Nature.FINAL, row=7, replaces=1, known_on=date(2020, 7, 3))
    [row] = between([replace(Q1, nature=Nature.PRELIMINARY)], [final]).steady
    assert row.cause.startswith("Corrected, known on 3 July 2020")
