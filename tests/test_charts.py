"""What charts show: zones that agree with the judgement, paths, paces, ticks."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.assessment import assess
from mubiao.criterion import criterion_of
from mubiao.figures import paths
from mubiao.model import Assessment, Judged, Observation, Plan, Rule, Stage, Status
from mubiao.period import Period
from mubiao.views.charts import Curve, nice_ticks
from mubiao.views.charts.axes import End
from mubiao.views.charts.courses import Course, course
from mubiao.views.charts.paths import Path, path, with_trial
from mubiao.views.charts.points import LABELLED_AT_MOST
from mubiao.wording.phrasebook import Phrasebook
from tests.real import known, real_actuals, real_plan
from tests.samples import EN, observation, plan_of, target
from tests.worked import GDP, PUBLISHED, TARGETS, VALUES, WORKED, judged, numeric_targets

Zone = Literal["met", "near", "beyond"]
NEW_YEAR, YEAR_END = date(2020, 1, 1), date(2020, 12, 31)
DAYS = (
    *(date(2020, 1, 12), date(2020, 4, 30), date(2020, 7, 31), date(2020, 12, 31)),
    date(2021, 4, 30),
)
# Positions are floats; how a value on an edge is judged is not for geometry to say.
EDGE = 1e-9

SUMMER = target("summer", measure="count", comparator="at_least", value="10", due="2020-06-30")
PLAN = plan_of(*TARGETS, SUMMER)
BOOK = Phrasebook(PLAN, EN)
ABOUT = {"comparator": "about", "value": "75", "better": "higher", "tolerance": "0.8"}
WIDE = plan_of(target("about", measure="level", baseline=("74.1", 2019), **ABOUT))


def drawn(name: str, as_of: date, *seen: Observation, plan: Plan = PLAN) -> Path:
    """The path of one target; observations of other targets are only there to compare with."""
    own = [o for o in seen if o.target == name]
    return path(Phrasebook(plan, EN), judged(name, as_of, seen, plan), own)


def expected_zone(found: Assessment) -> Zone:
    """The zone in which a figure lies that is not final, by its status."""
    if found.satisfied and not found.target.is_ceiling:
        return "met"
    if found.rule is Rule.OVER_CEILING:
        return "beyond"
    return "beyond" if found.status is Status.OFF_TRACK else "near"


@dataclass(frozen=True)
class Case:
    """A target with one figure, and the other target's figure that it may need."""

    plan: Plan
    seen: tuple[Observation, ...]
    found: Assessment


@st.composite
def cases(draw: st.DrawFn, *, year: bool = True) -> Case:
    one = draw(numeric_targets(in_step=True))
    parts = ["2020-Q1", "2020-H1", "2020-01..2020-09", *(["2020"] if year else [])]
    period = draw(st.sampled_from(parts))
    value = draw(VALUES)
    if one.measure == "count":
        value = abs(value)
    seen = (
        observation("one", period, value, "2021-01-20"),
        observation("gdp", period, draw(VALUES), "2021-01-20"),
    )
    plan = plan_of(one, GDP)
    return Case(plan, seen, judged("one", date(2021, 2, 1), seen, plan))


def is_within(year: Course, value: float) -> bool | None:
    """Whether a value lies in the band; None on its edge."""
    low, high = year.band
    if min(abs(value - low), abs(value - high)) < EDGE * max(1.0, abs(low), abs(high)):
        return None
    return low < value < high


@given(cases())
def test_a_row_has_its_figure_in_the_band_where_it_satisfies(case: Case) -> None:
    """All of it lies inside the row; what satisfies is a band up to the row's end."""
    year = course(Phrasebook(case.plan, EN), case.found, case.seen)
    criterion = criterion_of(case.found)
    (point,) = year.points
    assert year.is_open is False
    assert all(0 <= year.up(value) <= 1 for value in (*year.band, year.goal, point.value))
    if criterion.far is None:
        end = year.band[1 if criterion.upwards else 0]
        assert year.up(end) == pytest.approx(float(criterion.upwards))
    assert (year.goal, point.value) == (float(criterion.goal), float(case.seen[0].value))
    assert is_within(year, point.value) in (None, criterion.satisfied_by(case.seen[0].value))
    heights = [at for _, at, _ in year.numbers(0.4)]
    heights += [year.up(point.value)] if year.across(point.day) >= 0.9 else []
    assert all(abs(a - b) >= 0.4 - EDGE for a, b in combinations(heights, 2))


@given(cases(year=False))
def test_while_the_year_is_open_a_path_lies_in_the_zone_of_the_status(case: Case) -> None:
    """Met is on course, too; the edges of what is not paced are level all year."""
    found = case.found
    way = path(Phrasebook(case.plan, EN), found, case.seen[:1])
    (point,) = way.judged
    level = len({value for _, value in way.met_edge}) == 1
    in_path = zone_in(way, way.met_edge[0][0] if level else point.day, point.value)
    if found.target.judged is Judged.YEAR_END:
        held = found.satisfied and not found.target.is_ceiling
        on_course = held or found.status is Status.ON_TRACK
        assert in_path in (None, "met" if on_course else expected_zone(found))


@pytest.mark.parametrize("day", DAYS)
def test_every_row_of_the_real_plan_agrees_with_its_judgement(day: date) -> None:
    plan, compared = real_plan(), 0
    standing = [o for o in real_actuals() if o.known_on <= day]
    for found in assess(plan, standing, day):
        year = course(Phrasebook(plan, EN), found, standing)
        assert year.status is found.status
        if criterion_of(found) is None:
            assert (year.points, year.goal) == ((), None)
            continue
        observation = found.observation
        counting = (
            [p for p in year.points if p.day == observation.period.last] if observation else []
        )
        for point in counting:
            assert point == year.points[-1]
            assert is_within(year, point.value) in (None, found.satisfied), found.target.id
            compared += 1
    assert compared >= (3 if day > date(2020, 4, 1) else 0)


@pytest.mark.parametrize("name", ["line", "income"])
def test_what_cannot_be_compared_has_a_row_without_a_scale(name: str) -> None:
    value = Stage.UNDER_WAY if name == "line" else "0.8"
    seen = observation(name, "2020-H1", value, "2020-07-10")
    year = course(BOOK, judged(name, date(2020, 7, 31), (seen,), PLAN), (seen,))
    assert (year.points, year.goal, year.is_open) == ((), None, False)


def test_a_wide_tolerance_does_not_let_the_zones_overlap() -> None:
    """A value that satisfies is met, though its pace alone would call it off track."""
    seen = observation("about", "2020-11", "74.21", "2020-12-02")
    found = judged("about", date(2020, 12, 3), (seen,), WIDE)
    assert found.satisfied
    way = path(Phrasebook(WIDE, EN), found, (seen,))
    assert zone_in(way, seen.period.last, 74.21) == "met"
    assert height(way.near_edge, YEAR_END) == 74.2


@pytest.mark.parametrize(
    ("value", "status", "zone"),
    [
        ("74.09", Status.ON_TRACK, "met"),
        ("74.0", Status.AT_RISK, "near"),
        ("73.8", Status.OFF_TRACK, "beyond"),
    ],
)
def test_a_level_that_fell_below_its_baseline_lies_where_its_lag_puts_it(
    value: str, status: Status, zone: Zone
) -> None:
    """In January little is scheduled, so that a small fall is still within the allowed lag."""
    seen = observation("travel", "2020-01", value, "2020-02-10")
    found = judged("travel", date(2020, 2, 29), (seen,), PLAN)
    assert found.status == status
    assert zone_in(path(BOOK, found, (seen,)), seen.period.last, float(value)) == zone


def height(line: Curve, day: date) -> float:
    return dict(line)[day]


def zone_in(shown: Path, day: date, value: float) -> Zone | None:
    """Where a value lies on a day that the edges name; None on an edge."""
    sign = 1 if shown.upwards else -1
    met, near = height(shown.met_edge, day), height(shown.near_edge, day)
    slack = EDGE * max(1.0, abs(met), abs(near))
    if min(abs(value - met), abs(value - near)) < slack:
        return None
    if shown.far is not None and abs(value - shown.far) < slack:
        return None
    if (value - met) * sign > 0:
        return "met"
    return "near" if (value - near) * sign > 0 else "beyond"


@given(cases())
def test_everything_on_a_path_lies_inside_its_frame(case: Case) -> None:
    shown = path(Phrasebook(case.plan, EN), case.found, case.seen[:1])
    lines = (shown.goal, shown.met_edge, shown.near_edge, shown.pace, shown.needed)
    lines += (shown.outlook, shown.so_far)
    points = [(p.day, p.value) for p in (*shown.judged, *shown.drawn)]
    if shown.baseline is not None:
        points.append((shown.baseline.day, shown.baseline.value))
    for day, value in (*points, *(point for line in lines for point in line)):
        assert shown.axes.first <= day <= shown.axes.last
        assert shown.axes.low <= value <= shown.axes.high
    assert all(shown.axes.low <= value <= shown.axes.high for value, _ in shown.axes.values)
    assert 2 <= len(shown.axes.values) <= 5


@pytest.mark.parametrize(
    ("name", "judged_periods", "drawn_periods"),
    [
        # January alone is since 1 January, too.
        ("cpi", ["2020-01", "2020-01..2020-02", "2020-H1"], ["2020-02"]),
        ("alleys", ["2020-Q1", "2020-05-15", "2020-H1"], ["2020-04", "2020-Q2", "2019"]),
        ("gdp", ["2020-Q1", "2020-H1"], ["2020-04", "2020-05-15", "2020-Q2", "2019"]),
        ("travel", ["2020-Q1", "2020-04", "2020-05-15", "2020-Q2"], ["2019"]),
        ("energy", ["2020-Q1", "2020-04", "2020-05-15", "2020-Q2"], ["2019-12-31"]),
    ],
)
def test_judged_and_drawn_are_split_as_method_says(
    name: str, judged_periods: list[str], drawn_periods: list[str]
) -> None:
    periods = [*judged_periods, *drawn_periods]
    seen = [
        observation(name, period, str(50 + place), "2020-07-10", row=place)
        for place, period in enumerate(periods)
    ]
    shown = drawn(name, date(2020, 7, 31), *reversed(seen))
    of = {float(50 + place): period for place, period in enumerate(periods)}
    assert {of[p.value] for p in shown.judged} == set(judged_periods)
    assert {of[p.value] for p in shown.drawn} == set(drawn_periods)
    assert [p.day for p in shown.judged] == sorted(p.day for p in shown.judged)
    for point in (*shown.judged, *shown.drawn):
        period = Period.parse(of[point.value])
        assert point.day == period.last
        assert point.label.startswith(f"{EN.period(period)}: {point.value:g}")


@pytest.mark.parametrize(("name", "start"), [("alleys", 0.0), ("travel", 74.1)])
def test_the_pace_runs_from_the_start_to_the_goal(name: str, start: float) -> None:
    shown = drawn(name, date(2020, 7, 31))
    goal = 200.0 if name == "alleys" else 75.0
    assert len(shown.pace) == 13
    assert (shown.pace[0], shown.pace[-1]) == ((NEW_YEAR, start), (YEAR_END, goal))
    heights = [value for _, value in shown.pace]
    assert heights == sorted(heights)
    assert height(shown.pace, date(2020, 6, 30)) == pytest.approx(
        start + (goal - start) * 182 / 366
    )
    assert height(shown.met_edge, YEAR_END) == pytest.approx(start + (goal - start) * 0.9)
    assert height(shown.near_edge, YEAR_END) == pytest.approx(start + (goal - start) * 0.7)


def test_the_pace_follows_the_targets_own_profile() -> None:
    profile = ["0"] * 6 + ["0.5"] * 5 + ["1"]
    late = target("late", measure="count", comparator="at_least", value="10", profile=profile)
    shown = drawn("late", date(2020, 7, 31), plan=plan_of(late))
    heights = [value for _, value in shown.pace]
    assert heights == [0.0] * 7 + [5.0] * 5 + [10.0]
    assert min(value for _, value in shown.near_edge) == 0


@pytest.mark.parametrize("name", ["gdp", "cpi", "jobless", "energy"])
def test_what_is_not_paced_has_level_edges_and_no_pace(name: str) -> None:
    shown = drawn(name, date(2020, 7, 31))
    edges = {"gdp": (5.5, 4.9), "cpi": (3.5, 4.0), "jobless": (5, 5.5), "energy": (-17, -15.3)}
    met, near = edges[name]
    assert shown.pace == ()
    assert [day for day, _ in shown.met_edge] == [NEW_YEAR, YEAR_END]
    assert {value for _, value in shown.met_edge} == {met}
    assert [value for _, value in shown.near_edge] == pytest.approx([near, near])
    assert shown.upwards is (name == "gdp")


@pytest.mark.parametrize(
    ("seen", "as_of", "needed"),
    [
        (
            observation("alleys", "2020-H1", "60", "2020-07-10"),
            "2020-07-31",
            ((date(2020, 6, 30), 60.0), (YEAR_END, 200.0)),
        ),
        (observation("alleys", "2020-H1", "200", "2020-07-10"), "2020-07-31", ()),
        (observation("alleys", "2020", "60", "2021-01-10"), "2021-01-31", ()),
        (observation("cpi", "2020-H1", "2.8", "2020-07-10"), "2020-07-31", ()),
        (
            observation("gdp", "2020-Q1", "-6.6", "2020-04-24"),
            "2020-04-30",
            ((date(2020, 3, 31), -6.6), (YEAR_END, 6.0)),
        ),
        (observation("cpi", "2020-03", "3.9", "2020-04-20"), "2020-04-30", ()),
        (observation("summer", "2020-H1", "6", "2020-07-10"), "2020-07-31", ()),
    ],
)
def test_the_way_left_is_drawn_only_if_any(seen: Observation, as_of: str, needed: Curve) -> None:
    assert drawn(seen.target, date.fromisoformat(as_of), seen).needed == needed


def test_the_goal_is_drawn_over_the_whole_year_with_its_words() -> None:
    shown = drawn("cpi", date(2020, 7, 31))
    assert shown.goal == ((NEW_YEAR, 3.5), (YEAR_END, 3.5))
    assert shown.names["goal"] == "target: at most 3.5%"
    assert shown.ends == (End("goal", 3.5, ("target", "at most 3.5%")),)
    assert [text for _, text in shown.axes.days] == ["31 Mar", "30 Jun", "30 Sept", "31 Dec"]


def test_a_target_due_after_the_year_has_room_for_its_due_day() -> None:
    due = date(2021, 6, 30)
    late = target("late", measure="rate", comparator="at_least", value="6", due=due)
    shown = drawn("late", date(2021, 7, 31), plan=plan_of(late))
    assert (shown.axes.last, shown.goal[-1], shown.met_edge[-1]) == (due, (due, 6.0), (due, 6.0))


def test_the_baseline_stands_at_the_years_beginning() -> None:
    shown = drawn("travel", date(2020, 7, 31))
    assert (shown.baseline.day, shown.baseline.value) == (NEW_YEAR, 74.1)
    assert shown.baseline.label == "baseline 2019: 74.1%"
    name, actual, report = shown.baseline.box
    assert (name, actual) == ("baseline 2019", "Actual: 74.1%")
    assert report.startswith("Report: section")
    assert drawn("gdp", date(2020, 7, 31)).baseline is None


@pytest.mark.parametrize("many", [LABELLED_AT_MOST, LABELLED_AT_MOST + 1])
def test_of_many_points_only_the_last_carries_its_value(many: int) -> None:
    seen = [
        observation("travel", f"2020-{month:02}", str(74 + month), "2020-12-01")
        for month in range(1, many + 1)
    ]
    points = drawn("travel", date(2020, 12, 31), *seen).judged
    labelled = [point for point in points if point.text]
    assert labelled == (list(points) if many <= LABELLED_AT_MOST else [points[-1]])
    assert all(point.label for point in points)


@pytest.mark.parametrize("value", ["0", "0.0", "0.8", "-0.8"])
def test_a_target_in_step_without_its_counterpart_still_has_a_frame(value: str) -> None:
    """Zero, too: a growth of nothing is a figure like any other."""
    seen = observation("income", "2020-H1", value, "2020-07-10")
    shown = drawn("income", date(2020, 7, 31), seen)
    assert shown.goal == shown.met_edge == shown.needed == ()
    assert shown.axes.low < shown.axes.high
    assert shown.axes.low <= float(value) <= shown.axes.high
    assert shown.axes.values


def test_a_target_in_step_is_held_against_the_other_targets_figure() -> None:
    shown = drawn(
        "income",
        date(2021, 3, 31),
        observation("income", "2020", "0.8", "2021-03-22"),
        observation("gdp", "2020", "1.2", "2021-01-20"),
    )
    assert {value for _, value in shown.goal} == {1.2}
    assert {value for _, value in shown.met_edge} == {0.7}


def test_a_target_in_step_shows_the_other_targets_figures_with_their_name() -> None:
    seen = [
        observation("gdp", "2020-Q1", "-6.6", "2020-04-24"),
        observation("gdp", "2020-04", "-5", "2020-05-24"),
        observation("gdp", "2020", "1.2", "2021-01-20"),
        observation("income", "2020", "0.8", "2021-03-22"),
    ]
    found = judged("income", date(2021, 3, 31), seen, PLAN)
    shown = path(BOOK, found, seen[3:], seen[:3])
    assert [(point.value, point.text) for point in shown.other] == [(-6.6, "GDP growth"), (1.2, "")]
    assert all(point.box[0].startswith("GDP growth · ") for point in shown.other)
    assert shown.axes.low < -6.6


def test_what_was_published_before_is_a_ghost_and_no_part_of_the_line() -> None:
    """Two figures of one period are never joined: the line has one of each."""
    seen = (
        observation("gdp", "2020-Q1", "-6.6", "2020-04-24"),
        observation("gdp", "2020-Q1", "-6.8", "2020-06-24"),
        observation("gdp", "2020-H1", "-3.2", "2020-07-27"),
    )
    revised = [observation("gdp", "2020-H1", "-3.3", "2020-07-20")]
    found = judged("gdp", date(2020, 7, 31), seen, PLAN)
    shown = path(BOOK, found, seen, (), revised)
    assert [point.value for point in shown.judged] == [-6.8, -3.2]
    assert [point.value for point in shown.ghosts] == [-6.6, -3.3]
    assert all(point.box[0].startswith("as first published · ") for point in shown.ghosts)


def test_the_way_left_ends_within_the_tolerance_and_the_outlook_where_its_rule_says() -> None:
    seen = [o for o in PUBLISHED if o.target == "gdp"][:2]
    shown = drawn("gdp", date(2020, 7, 31), *seen)
    assert shown.needed_to == (5.5, 6.5)
    assert shown.names["rest"] == "the second half must grow by 15.1%"
    assert shown.outlook[0] == shown.so_far[0] == (date(2020, 6, 30), -3.2)
    assert (shown.outlook[1][1], shown.so_far[1][1]) == (pytest.approx(-1.49071), -3.2)
    assert [end.lines for end in shown.ends] == [
        ("target", "about 6%", "lower limit 5.5%"),
        ("like Q2", "−1.5%"),
        ("as the year so far", "−3.2%"),
    ]


def test_a_figures_box_says_value_distance_source_and_day() -> None:
    seen = observation("gdp", "2020-H1", "-3.2", "2020-07-27")
    month = observation("gdp", "2020-04", "-3", "2020-05-27")
    shown = drawn("gdp", date(2020, 7, 31), seen, month)
    assert shown.judged[0].box == (
        "the first half of 2020",
        "Actual: −3.2%",
        "Short of it by 8.7 percentage points",
        "Source: sample",
        "Published on: 27 July 2020",
    )
    assert shown.drawn[0].box[0].startswith("other actuals, shown only · ")
    assert "Short" not in "".join(shown.drawn[0].box)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.8", "Room left 0.7 percentage points"),
        ("3.5", "Exactly what is asked for"),
        ("3.6", "Short of it by 0.1 percentage points"),
    ],
)
def test_the_distance_is_that_to_the_limit(value: str, text: str) -> None:
    seen = observation("cpi", "2020-H1", value, "2020-07-10")
    assert text in drawn("cpi", date(2020, 7, 31), seen).judged[0].box


def test_a_milestone_goes_up_in_steps_towards_its_due_day() -> None:
    shown = drawn(
        "line",
        date(2020, 12, 31),
        observation("line", "2020-11-20", Stage.COMPLETE, "2020-11-21"),
        observation("line", "2020-01-31", Stage.NOT_STARTED, "2020-02-01"),
        observation("line", "2020-03-31", Stage.UNDER_WAY, "2020-04-01"),
    )
    assert shown.steps
    assert (shown.names["judged"], shown.names["as_of"]) == ("stage", "as of 31 Dec")
    assert "target: done by 31 December" in shown.judged[0].box
    assert [(p.day, p.value) for p in shown.judged] == [
        (date(2020, 1, 31), 0.0),
        (date(2020, 3, 31), 1.0),
        (date(2020, 11, 20), 2.0),
    ]
    assert shown.axes.values == ((0.0, "not started"), (1.0, "under way"), (2.0, "complete"))
    assert {day for day, _ in shown.goal} == {YEAR_END}
    assert (shown.met_edge, shown.pace, shown.needed) == ((), (), ())


def test_a_cancelled_milestone_has_the_stages_that_it_was_in_and_no_others() -> None:
    seen = observation("line", "2020-11-20", Stage.CANCELLED, "2020-11-21")
    shown = drawn("line", date(2020, 12, 31), seen)
    assert shown.axes.values == ((-1.0, "cancelled"),)
    assert shown.judged[0].value == -1
    assert shown.axes.low < -1 < shown.axes.high
    before = observation("line", "2020-03-31", Stage.UNDER_WAY, "2020-04-01")
    fallen = drawn("line", date(2020, 12, 31), before, seen)
    assert fallen.axes.values == ((-1.0, "cancelled"), (1.0, "under way"))
    # No higher than its rows: one stage is not a dot in a large empty field.
    low, high = (paths.path(one)["layout"]["height"] for one in (shown, fallen))
    assert low < high < paths.PATH_HEIGHT
    tried = observation("line", "2020-12-01", Stage.COMPLETE, "2020-12-02")
    again = with_trial(Phrasebook(WORKED, EN), shown, tried)
    assert again.axes.values == ((-1.0, "cancelled"), (2.0, "complete"))
    assert again.goal[1][1] == again.axes.high > 2


def test_zones_and_lines_without_any_figure_are_no_chart() -> None:
    for id_ in ("cpi", "alleys", "line"):
        assert not drawn(id_, date(2020, 7, 31)).has_marks
    reported = observation("cpi", "2020-H1", "2.8", "2020-07-10")
    assert drawn("cpi", date(2020, 7, 31), reported).has_marks


@pytest.mark.parametrize("day", DAYS)
def test_every_path_of_the_real_plan_shows_each_known_figure_once(day: date) -> None:
    plan = real_plan()
    for found in assess(plan, real_actuals(), day):
        own = known(found.target.id, day)
        shown = path(Phrasebook(plan, EN), found, own)
        assert len(shown.judged) + len(shown.drawn) == len(own)
        assert shown.axes.low < shown.axes.high
        assert shown.axes.values
        if found.observation is not None:
            assert shown.judged[-1].day == found.observation.period.last
        else:
            assert shown.judged == ()


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e6))
def test_ticks_are_few_round_evenly_spaced_and_inside(low: float, share: float) -> None:
    high = low + share * max(abs(low), 1.0)
    ticks = nice_ticks(low, high)
    assert 2 <= len(ticks) <= 5
    assert all(low <= float(tick) <= high for tick in ticks)
    steps = {after - before for before, after in pairwise(ticks)}
    assert len(steps) == 1
    (step,) = steps
    assert step.normalize().as_tuple().digits in ((1,), (2,), (5,))
    assert all(tick % step == 0 for tick in ticks)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 9, ["0%", "2%", "4%", "6%", "8%"]),
        (-7.5, 7, ["−5%", "0%", "5%"]),
        (0, 3.4, ["0%", "1%", "2%", "3%"]),
        (73.9, 75.2, ["74.0%", "74.5%", "75.0%"]),
    ],
)
def test_ticks_have_no_more_digits_than_a_step(low: float, high: float, labels: list[str]) -> None:
    ticks = nice_ticks(low, high)
    assert [EN.quantity(tick, PLAN.units["%"]) for tick in ticks] == labels
