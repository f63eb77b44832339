"""METHOD's rules: its worked cases, its boundaries and what never happens."""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mubiao.assessment import assess, share_gone, statuses
from mubiao.model import (
    Assessment,
    Flag,
    Nature,
    Observation,
    Plan,
    Qualifier,
    Rule,
    Stage,
    Status,
    Target,
)
from mubiao.period import Period, month_end
from tests.real import real_actuals, real_plan
from tests.samples import observation, plan_of, target
from tests.worked import CASES, GDP, PUBLISHED, VALUES, WORKED, judged, numeric_targets


def judged_by(
    value: str | Decimal | Stage, name: str, period: str, as_of: str, plan: Plan = WORKED
) -> Assessment:
    """A target judged by one figure, known on the day of the judgement."""
    return judged(name, as_of, [observation(name, period, value, as_of)], plan)


@pytest.mark.parametrize(("name", "as_of", "status", "short", "flags"), CASES)
def test_published_cases_are_judged(
    name: str, as_of: str, status: Status, short: str | None, flags: tuple[Flag, ...]
) -> None:
    found = judged(name, as_of, PUBLISHED)
    assert (found.status, found.short) == (status, Decimal(short) if short else None)
    assert tuple(flag for flag in found.flags if flag in (Flag.AWAITING_FINAL, Flag.LATE)) == flags


@pytest.mark.parametrize(
    ("seen", "as_of", "status"),
    [
        # A count that was reached, a promise for all year that was broken: nothing is awaited.
        (("alleys", "2020-H1", "210", "2020-07-20"), "2026-01-01", Status.ACHIEVED),
        (("alleys", "2020-H1", "190", "2020-07-20"), "2021-04-30", Status.ON_TRACK),
        (("alleys", "2020-H1", "190", "2020-07-20"), "2021-05-01", Status.NO_DATA),
        (("jobless", "2020-Q2", "5.2", "2020-07-20"), "2020-12-31", Status.OFF_TRACK),
        (("jobless", "2020-Q2", "5.2", "2020-07-20"), "2021-01-01", Status.MISSED),
        (("jobless", "2020-Q2", "5.2", "2020-07-20"), "2026-01-01", Status.MISSED),
        (("line", "2020-05-01", Stage.CANCELLED, "2020-05-01"), "2026-01-01", Status.MISSED),
        (("line", "2020-05-01", Stage.COMPLETE, "2020-05-01"), "2026-01-01", Status.ACHIEVED),
    ],
)
def test_what_is_decided_stays_decided_and_nothing_else_is_judged_years_later(
    seen: tuple[Any, ...], as_of: str, status: Status
) -> None:
    found = judged(seen[0], as_of, [observation(*seen)])
    assert found.status is status
    if status is Status.NO_DATA:
        assert found.required_rest is None
        assert Flag.AWAITING_FINAL in found.flags
    elif status is not Status.ON_TRACK:
        assert not {Flag.AWAITING_FINAL, Flag.STALE} & set(found.flags) or as_of == "2020-12-31"


def test_the_days_of_grace_are_the_plans() -> None:
    plan = WORKED.model_copy(update={"grace": 0})
    on, after = (judged("kindergartens", day, plan=plan) for day in ("2020-12-31", "2021-01-01"))
    assert (on.status, after.status) == (Status.ON_TRACK, Status.NO_DATA)


@pytest.mark.parametrize(
    ("name", "as_of", "required"), [("gdp", "2020-04-30", "10.2"), ("cpi", "2020-04-30", "3.4")]
)
def test_the_rest_must_average_what_method_says(name: str, as_of: str, required: str) -> None:
    rest = judged(name, as_of, PUBLISHED).required_rest
    assert round(float(rest), 1) == float(required)


def test_five_per_cent_is_not_below_five() -> None:
    jobless = judged_by("5.0", "jobless", "2020-Q2", "2020-07-31")
    assert jobless.status is Status.OFF_TRACK
    assert [o.value for o in jobless.broken_by] == [Decimal("5.0")]


@pytest.mark.parametrize(
    ("done", "status", "progress"),
    [("95", Status.ON_TRACK, Fraction(95, 200)), ("60", Status.AT_RISK, Fraction(60, 200))],
)
def test_alleys_are_held_against_the_pace(done: str, status: Status, progress: Fraction) -> None:
    alleys = judged_by(done, "alleys", "2020-06-30", "2020-07-15")
    assert (alleys.status, alleys.progress) == (status, progress)
    assert alleys.scheduled == Fraction(182, 366)


def test_the_other_targets_missing_figure_gives_no_data_and_is_named() -> None:
    income = judged_by("1", "income", "2020-H1", "2020-07-31")
    assert (income.status, income.rule) == (Status.NO_DATA, "no_counterpart")


def figures(name: str, *texts: str, nature: Nature = Nature.FINAL) -> tuple[Observation, ...]:
    """Each text a period, a value and the day it became known."""
    return tuple(observation(name, *text.split(), nature=nature) for text in texts)


AHEAD = (
    *figures("gdp", "2020 1.5 2020-10-15", nature=Nature.ESTIMATE),
    *figures("alleys", "2020 210 2020-08-01", nature=Nature.ESTIMATE),
    *figures("gdp", "2020-H1 -3.2 2020-07-20"),
)
REVISED = figures("jobless", "2020-Q2 5.1 2020-07-20", "2020-Q2 4.9 2020-08-20")
BROKEN = figures(
    *("jobless", "2020-Q1 5.2 2020-04-20", "2020-Q2 4.0 2020-07-20", "2020-Q4 4.0 2021-01-20")
)


@pytest.mark.parametrize(
    ("seen", "name", "as_of", "status"),
    [
        # A figure that became known later does not count yet.
        (PUBLISHED, "gdp", "2020-04-23", Status.NO_DATA),
        (PUBLISHED, "gdp", "2020-04-24", Status.OFF_TRACK),
        # A revised quarter replaces the earlier figure of a promise for all year.
        (REVISED, "jobless", "2020-08-01", Status.OFF_TRACK),
        (REVISED, "jobless", "2020-08-31", Status.ON_TRACK),
        # Such a promise, broken in spring, stays broken and is missed in the end.
        (BROKEN, "jobless", "2020-08-01", Status.OFF_TRACK),
        (BROKEN, "jobless", "2021-02-01", Status.MISSED),
        # An estimate of a period that is not over settles nothing.
        (AHEAD, "gdp", "2020-10-31", Status.OFF_TRACK),
        (AHEAD, "alleys", "2020-10-31", Status.NO_DATA),
        (AHEAD, "gdp", "2020-12-31", Status.MISSED),
        # A rate that runs beyond the year does not count.
        (
            figures("gdp", "2020 1.2 2021-01-20", "2020-01..2021-03 9 2021-04-20"),
            *("gdp", "2021-04-30", Status.MISSED),
        ),
        # A single month is never judged for a rate.
        (figures("cpi", "2020-03 9 2020-04-30"), "cpi", "2020-04-30", Status.NO_DATA),
    ],
)
def test_only_what_is_known_settled_and_of_the_right_kind_counts(
    seen: tuple[Observation, ...], name: str, as_of: str, status: Status
) -> None:
    assert judged(name, as_of, seen).status is status


def test_what_happens_after_the_year_does_not_break_a_promise_for_all_year() -> None:
    seen = figures("jobless", "2020-Q4 4.1 2021-01-20", "2021-02-28 5.3 2021-03-10")
    jobless = judged("jobless", "2021-03-31", seen)
    assert (jobless.status, jobless.rule) == (Status.ACHIEVED, "kept_all_year")


@pytest.mark.parametrize(
    ("stage", "as_of", "status"),
    [
        (Stage.COMPLETE, "2021-06-01", Status.ACHIEVED),
        (Stage.CANCELLED, "2020-06-01", Status.MISSED),
        (Stage.UNDER_WAY, "2021-01-01", Status.NO_DATA),
        (Stage.UNDER_WAY, "2020-12-31", Status.AT_RISK),
        (Stage.UNDER_WAY, "2020-11-01", Status.AT_RISK),
        (Stage.UNDER_WAY, "2020-10-31", Status.ON_TRACK),
        (Stage.NOT_STARTED, "2020-11-01", Status.OFF_TRACK),
        (Stage.NOT_STARTED, "2020-10-31", Status.AT_RISK),
        # From the report's day to the due day it is 354 days; 7 July is the 177th.
        (Stage.NOT_STARTED, "2020-07-08", Status.AT_RISK),
        (Stage.NOT_STARTED, "2020-07-07", Status.ON_TRACK),
    ],
)
def test_a_milestone_is_judged_by_stage_and_days(stage: Stage, as_of: str, status: Status) -> None:
    line = judged_by(stage, "line", "2020-03-01", as_of)
    assert (line.status, line.satisfied) == (status, stage is Stage.COMPLETE)


def test_a_stage_known_on_the_due_day_or_later_decides_so_far() -> None:
    seen = [
        observation("line", "2020-12-31", Stage.UNDER_WAY, "2021-01-04"),
        observation("line", "2021-03-15", Stage.COMPLETE, "2021-03-16"),
    ]
    so_far, done = (judged("line", day, seen) for day in ("2021-01-04", "2021-03-16"))
    assert (so_far.status, so_far.flags) == (Status.MISSED, ())
    assert (done.status, done.flags) == (Status.ACHIEVED, (Flag.LATE,))


def test_nothing_recorded_is_no_data_even_long_after_the_due_day() -> None:
    found = assess(WORKED, (), date(2022, 1, 1))
    assert {a.status for a in found} == {Status.NO_DATA}
    # The final figures of the numeric ones are awaited; nothing more is known of a milestone.
    awaited = {a.target.id for a in found if Flag.AWAITING_FINAL in a.flags}
    assert awaited == {t.id for t in WORKED.targets if not t.is_milestone}


@pytest.mark.parametrize(
    ("behind", "status"),
    [(Fraction(10, 100), Status.ON_TRACK), (Fraction(30, 100), Status.AT_RISK)],
)
def test_a_limit_of_the_pace_belongs_to_the_better_side(behind: Fraction, status: Status) -> None:
    # On 1 July 2020 exactly half of the days are gone, so that the lag is exact.
    half = date(2020, 7, 1)
    assert share_gone(WORKED, GDP, half) == Fraction(1, 2)
    on_line = Decimal(200) * Decimal(str(float(Fraction(1, 2) - behind)))
    at = judged_by(on_line, "alleys", "2020-07-01", "2020-07-03")
    below = judged_by(on_line - Decimal("0.001"), "alleys", "2020-07-01", "2020-07-03")
    assert at.status is status
    assert below.status is not status


@pytest.mark.parametrize(
    ("value", "status"), [("5.0", "at_risk"), ("4.9", "at_risk"), ("4.8", "off_track")]
)
def test_a_boundary_of_the_band_belongs_to_the_better_side(value: str, status: Status) -> None:
    # About 6, tolerance 0.5: the lower limit is 5.5 and the band is 0.6.
    assert judged_by(value, "gdp", "2020-H1", "2020-07-31").status == status


def test_a_strict_target_met_exactly_is_at_risk_not_kept() -> None:
    plan = plan_of(target("dust", measure="rate", comparator="below", value="42", unit="people"))
    dust = judged_by("42", "dust", "2020-H1", "2020-07-31", plan)
    assert (dust.status, dust.short) == (Status.AT_RISK, 0)


def test_a_level_is_paced_from_a_baseline_that_falls_short() -> None:
    travel = judged_by("74.55", "travel", "2020-07-01", "2020-07-03")
    assert (travel.progress, travel.scheduled) == (Fraction(1, 2), Fraction(1, 2))
    assert travel.status is Status.ON_TRACK


def test_a_level_whose_baseline_satisfies_is_judged_by_the_band() -> None:
    fields = {"measure": "level", "comparator": "at_least", "value": "75"}
    plan = plan_of(target("share", **fields, baseline=("80", 2019)))
    share = judged_by("70", "share", "2020-07-01", "2020-07-03", plan)
    assert (share.rule, share.progress, share.status) == ("band", None, Status.AT_RISK)


def test_a_profile_replaces_the_even_pace() -> None:
    profile = ["0"] * 6 + ["0.5"] * 5 + ["1"]
    fields = {"measure": "count", "comparator": "at_least", "value": "10", "unit": "people"}
    plan = plan_of(target("late", **fields, profile=profile))
    late = judged_by("0", "late", "2020-06-30", "2020-07-03", plan)
    assert (late.scheduled, late.status) == (0, Status.ON_TRACK)


def test_within_a_month_a_profile_rises_evenly_from_day_to_day() -> None:
    profile = [Decimal("0.1")] * 5 + [Decimal("0.2")] + [Decimal("0.5")] * 5 + [Decimal(1)]
    shares = {
        date(2019, 12, 31): Fraction(0),
        date(2020, 2, 10): Fraction(1, 10),
        date(2020, 5, 31): Fraction(1, 10),
        date(2020, 6, 15): Fraction(3, 20),
        date(2020, 7, 31): Fraction(1, 2),
        date(2020, 12, 30): Fraction(1, 2) + Fraction(1, 2) * Fraction(30, 31),
        date(2020, 12, 31): Fraction(1),
        date(2021, 6, 1): Fraction(1),
    }
    worked = target("worked", measure="count", comparator="at_least", value="9", profile=profile)
    assert {day: share_gone(WORKED, worked, day) for day in shares} == shares


def test_a_stretch_is_reached_at_its_value_however_strict_the_promise_is() -> None:
    fields = {"measure": "rate", "comparator": "above", "value": "8", "stretch": "10"}
    plan = plan_of(target("striven", **fields))
    reached = [
        judged_by(value, "striven", "2020", "2021-02-01", plan).stretch_reached
        for value in ("9.9", "10")
    ]
    assert reached == [False, True]


AT_MOST, EARLY = {"qualifier": Qualifier.AT_MOST}, {"nature": Nature.PRELIMINARY}
DONE = Stage.COMPLETE


@pytest.mark.parametrize(
    ("flag", "entry", "more", "as_of", "raised"),
    [
        (Flag.PRELIMINARY, ("gdp", "2020-Q1", "5", "2020-04-24"), EARLY, "2020-05-01", True),
        (Flag.PRELIMINARY, ("gdp", "2020-Q1", "5", "2020-04-24"), {}, "2020-05-01", False),
        (Flag.STALE, ("gdp", "2020-Q1", "5", "2020-04-24"), {}, "2020-08-30", True),
        (Flag.STALE, ("gdp", "2020-Q1", "5", "2020-04-24"), {}, "2020-08-29", False),
        (Flag.AWAITING_FINAL, ("gdp", "2020-H1", "5", "2020-07-24"), {}, "2021-01-01", True),
        (Flag.AWAITING_FINAL, ("gdp", "2020-H1", "5", "2020-07-24"), {}, "2020-12-31", False),
        (Flag.LATE, ("line", "2021-01-01", DONE, "2021-02-02"), {}, "2021-03-01", True),
        (Flag.LATE, ("line", "2020-12-31", DONE, "2021-02-02"), {}, "2021-03-01", False),
        (Flag.REACHED_EARLY, ("alleys", "2020-08-01", "200", "2020-08-02"), {}, "2020-08-03", True),
        (Flag.REACHED_EARLY, ("line", "2020-12-31", DONE, "2021-01-02"), {}, "2021-03-01", False),
        (Flag.BOUND, ("cpi", "2020-H1", "3.6", "2020-07-02"), AT_MOST, "2020-07-03", True),
        (Flag.BOUND, ("cpi", "2020-H1", "3.5", "2020-07-02"), AT_MOST, "2020-07-03", False),
    ],
)
def test_a_flag_is_raised_when_its_condition_holds_and_not_the_day_before(
    flag: Flag, entry: tuple[Any, ...], more: dict[str, Any], as_of: str, *, raised: bool
) -> None:
    flags = judged(entry[0], as_of, [observation(*entry, **more)]).flags
    assert (flag in flags) is raised


@pytest.mark.parametrize(
    ("seen", "flags"),
    [
        (
            (
                observation("line", "2020-06-30", Stage.COMPLETE, "2020-07-01"),
                observation("line", "2021-01-15", Stage.COMPLETE, "2021-01-16"),
            ),
            (Flag.REACHED_EARLY,),
        ),
        (figures("alleys", "2020-H1 210 2020-07-01", "2020 400 2021-01-20"), (Flag.REACHED_EARLY,)),
        (
            (observation("line", "2020-06-30", Stage.UNDER_WAY, "2020-07-01"),),
            (Flag.STALE, Flag.AWAITING_FINAL, Flag.OVERDUE),
        ),
    ],
)
def test_flags_tell_when_a_promise_was_reached_not_when_it_was_last_reported(
    seen: tuple[Observation, ...], flags: tuple[Flag, ...]
) -> None:
    assert judged(seen[0].target, "2021-03-31", seen).flags == flags


def test_a_bound_decides_where_it_can() -> None:
    productivity = target(
        "output", measure="level", comparator="above", value="26.5", unit="people"
    )
    seen = observation("output", "2020", "28", "2021-01-24", qualifier=Qualifier.AT_LEAST)
    found = judged("output", "2021-02-01", (seen,), plan_of(productivity))
    assert (found.status, found.flags) == (Status.ACHIEVED, ())


@pytest.mark.parametrize(
    ("income", "qualifier", "bound"),
    [
        ("0.8", Qualifier.AT_LEAST, True),  # the threshold is 0.7 or more
        ("0.8", Qualifier.AT_MOST, False),
        ("0.6", Qualifier.AT_LEAST, False),
        ("0.6", Qualifier.AT_MOST, True),
        ("0.8", Qualifier.ABOUT, False),
        ("0.6", Qualifier.EXACT, False),
    ],
)
def test_anothers_bound_decides_if_it_can(
    income: str, qualifier: Qualifier, *, bound: bool
) -> None:
    both = [
        observation("gdp", "2020", "1.2", "2021-01-20", qualifier=qualifier),
        observation("income", "2020", income, "2021-01-20"),
    ]
    assert (Flag.BOUND in judged("income", "2021-02-01", both).flags) is bound


days = st.dates(date(2020, 1, 1), date(2021, 12, 31))
ORDER = (Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED)


periods = st.sampled_from(["2020-Q1", "2020-H1", "2020-01..2020-09", "2020"])


@given(numeric_targets(two_sided=False), periods, VALUES, VALUES, days)
def test_a_better_value_never_gets_a_worse_status(
    one: Target, period: str, first: Decimal, second: Decimal, as_of: date
) -> None:
    worse, better = sorted((first, second), reverse=not one.higher_is_better)
    known = Period.parse(period).last
    # After the days of grace what is not decided has no status to compare.
    assume(known <= as_of <= date(2021, 4, 30))
    plan = plan_of(one)
    low = judged("one", as_of, (observation("one", period, worse, known),), plan)
    high = judged("one", as_of, (observation("one", period, better, known),), plan)
    assert ORDER.index(high.status) >= ORDER.index(low.status)


@given(
    numeric_targets(),
    st.lists(st.tuples(periods, VALUES, days), max_size=6, unique_by=lambda e: e[:2]),
    days,
    st.randoms(),
)
def test_the_order_of_the_observations_changes_nothing(
    one: Target, entries: list[tuple[str, Decimal, date]], as_of: date, random: Random
) -> None:
    seen = [
        observation("one", period, value, known, row=row)
        for row, (period, value, known) in enumerate(entries)
    ]
    mixed = list(seen)
    random.shuffle(mixed)
    plan = plan_of(one)
    assert assess(plan, seen, as_of) == assess(plan, mixed, as_of)


@given(numeric_targets(), days)
def test_missing_is_never_zero(one: Target, as_of: date) -> None:
    found = judged("one", as_of, (), plan_of(one))
    assert found.status is Status.NO_DATA
    assert found.observation is found.short is found.progress is None


@given(numeric_targets(), VALUES)
def test_a_final_figure_is_either_kept_or_missed(one: Target, value: Decimal) -> None:
    found = judged_by(value, "one", "2020", "2021-02-01", plan_of(one))
    assert found.status in {Status.ACHIEVED, Status.MISSED}


@pytest.mark.parametrize("month", range(1, 16))
def test_statuses_are_counted_as_they_are_judged(month: int) -> None:
    day = month_end(2020 + (month - 1) // 12, (month - 1) % 12 + 1)
    counted = Counter(one.status for one in assess(real_plan(), real_actuals(), day))
    assert statuses(real_plan(), real_actuals(), day) == counted


STEPS = plan_of(
    target("station", measure="stage", comparator="done", due=date(2020, 12, 31)),
    target("site", measure="stage", comparator="done", due=date(2020, 5, 31), part_of="station"),
    target("permit", measure="stage", comparator="done", due=date(2020, 3, 31), part_of="site"),
)


@pytest.mark.parametrize(
    ("station", "site", "permit", "status", "failing"),
    [
        ("under_way", "under_way", "complete", Status.AT_RISK, ["site"]),  # 31 days late
        ("under_way", "cancelled", "complete", Status.AT_RISK, ["site"]),
        ("under_way", "complete", "cancelled", Status.ON_TRACK, []),
        ("complete", "cancelled", "complete", Status.ACHIEVED, []),
        ("cancelled", "cancelled", "complete", Status.MISSED, []),
        (None, "cancelled", "complete", Status.NO_DATA, []),
        ("under_way", None, None, Status.ON_TRACK, []),
    ],
)
def test_a_milestone_is_never_better_than_at_risk_while_a_step_of_it_fails(
    station: str | None, site: str | None, permit: str | None, status: Status, failing: list[str]
) -> None:
    stages = {"station": station, "site": site, "permit": permit}
    seen = [
        observation(name, "2020-06-30", Stage(stage), "2020-07-01")
        for name, stage in stages.items()
        if stage
    ]
    found = judged("station", "2020-07-15", seen, STEPS)
    assert (found.status, [step.id for step in found.failing_steps]) == (status, failing)
    assert (found.rule is Rule.STAGE_PART) is bool(failing)
    counted = Counter(one.status for one in assess(STEPS, seen, date(2020, 7, 15)))
    assert statuses(STEPS, seen, date(2020, 7, 15)) == counted


def test_a_step_at_risk_holds_nothing_back() -> None:
    seen = [
        observation(name, "2020-02-20", stage, "2020-02-21")
        for name, stage in (
            ("permit", Stage.CANCELLED),
            ("site", Stage.UNDER_WAY),
            ("station", Stage.UNDER_WAY),
        )
    ]
    found = {name: judged(name, "2020-02-28", seen, STEPS).status for name in ("site", "station")}
    assert found == {"site": Status.AT_RISK, "station": Status.ON_TRACK}
