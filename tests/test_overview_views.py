"""The parts of the overview: the year by months, headline rows, attention, chapters, changes."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from mubiao.assessment import assess
from mubiao.i18n import language
from mubiao.model import Assessment, Meeting, Status
from mubiao.views.attention import attention, awaiting_final, late, worst_first
from mubiao.views.changes import changes, groups, looked_before
from mubiao.views.charts.courses import course
from mubiao.views.key_figures import since_last
from mubiao.views.overview import apart, overview
from mubiao.views.rail import days, rail
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_actuals, real_plan

JULY, CLOSED = date(2020, 7, 31), date(2021, 3, 31)
EN = Phrasebook(real_plan(), language("en"))
ZH = Phrasebook(real_plan(), language("zh"))


@cache
def judged(day: date) -> tuple[Assessment, ...]:
    return tuple(assess(real_plan(), real_actuals(), day))


def of(target: str, day: date) -> Assessment:
    return next(a for a in judged(day) if a.target.id == target)


@pytest.mark.parametrize(
    ("today", "number", "last"),
    [
        (date(2020, 7, 15), 12, date(2020, 12, 31)),
        (date(2021, 2, 1), 13, date(2021, 2, 1)),
        (CLOSED, 13, CLOSED),
        (date(2026, 11, 28), 14, date(2026, 11, 28)),
    ],
)
def test_the_rail_goes_by_month_ends_to_march_and_to_today(
    today: date, number: int, last: date
) -> None:
    stops = days(real_plan(), today)
    assert (len(stops), stops[6], stops[-1]) == (number, JULY, last)
    assert list(stops) == sorted(set(stops))


def test_a_stop_counts_the_judged_by_status_the_worst_first() -> None:
    counts = {day: Counter(a.status for a in judged(day)) for day in days(real_plan(), CLOSED)}
    stops = rail(real_plan(), counts, CLOSED, EN.language)
    july = stops[6]
    order = [Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.ACHIEVED]
    assert [status for status, _ in july.parts] == order
    assert july.judged == sum(a.status is not Status.NO_DATA for a in judged(JULY))
    assert [stops[0].name, july.name, stops[-1].name] == ["Jan", "Jul", "Latest"]
    assert not any(stop.is_open for stop in stops)


def test_of_months_to_come_nothing_is_told() -> None:
    plan, today = real_plan(), date(2020, 7, 15)
    counts = {day: Counter(a.status for a in judged(day)) for day in days(plan, today)}
    stops = rail(plan, counts, today, ZH.language)
    assert [stop.name for stop in stops if stop.is_open] == [f"{n}月" for n in range(8, 13)]


@pytest.mark.parametrize(
    ("target", "change", "en", "zh"),
    [
        # By hand: −3.2 − (−6.6) = 3.4 up; 2.8 − 3.8 = −1.0, and prices are to stay low.
        ("gdp-growth", "▲ +3.4", "better, was −6.6", "好转，上期−6.6"),
        ("cpi", "▼ −1.0", "better, was 3.8", "好转，上期3.8"),
        ("unemployment", "▲ +0.5", "weaker, was 4.3", "转弱，上期4.3"),
    ],
)
def test_a_headline_row_tells_the_step_and_whether_it_is_better(
    target: str, change: str, en: str, zh: str
) -> None:
    assert since_last(EN, of(target, JULY)) == (change, en)
    assert since_last(ZH, of(target, JULY)) == (change, zh)


def test_a_final_figure_is_told_by_its_distance_to_the_target() -> None:
    # 5.5 − 1.2 = 4.3; 3.5 − 1.7 = 1.8.
    assert [since_last(EN, of(target, CLOSED)) for target in ("gdp-growth", "cpi")] == [
        ("", "Short of it by 4.3 percentage points"),
        ("", "Room left 1.8 percentage points"),
    ]


def test_a_row_without_figures_tells_which_report_is_owed() -> None:
    rows = [since_last(ZH, of(t, JULY)) for t in ("budget-revenue-growth", "energy-intensity")]
    assert rows == [("", "上半年数应报未报"), ("", "全年数，应于2021年3月31日前报")]


def test_attention_says_what_is_what_the_rest_must_bring_and_where_the_year_ends() -> None:
    first, *others = attention(ZH, judged(JULY))
    assert (first.id, first.what) == ("gdp-growth", "上半年下降3.2%，比目标下限5.5%低8.7个百分点")
    assert first.rest == "要实现全年6%左右，下半年需增长15.1%；按二季度走势推算全年：约−1.5%"
    assert {one.id for one in (first, *others)} == {
        a.target.id for a in worst_first(real_plan(), judged(JULY))
    }
    # What is cancelled cannot be mended: it comes behind what can.
    cancelled = [row.what.partition(" · ")[0] == "已取消" for row in others]
    assert cancelled == sorted(cancelled)
    assert any(cancelled)


def test_of_a_closed_year_the_late_and_the_unfinished_are_listed_apart() -> None:
    assert {row.what for row in late(EN, judged(CLOSED))} >= {"27 days late", "20 days late"}
    counts = Counter(a.status for a in judged(CLOSED))
    waiting = awaiting_final(EN, judged(CLOSED))
    silent = [a for a in judged(CLOSED) if a.status is Status.NO_DATA and a.observation]
    assert len(waiting) == len(silent) < counts[Status.NO_DATA]


def test_chapters_leave_out_what_stands_above_and_part_the_silent() -> None:
    view = overview(EN, judged(JULY), JULY)
    above = {row.id for row in view.headline.rows}
    folds = apart(view.sections, above)
    assert sum(len(fold.rows) for fold in folds) == len(real_plan().targets) - len(above)
    for fold in folds:
        assert not {row.id for row in (*fold.judged, *fold.silent)} & above
        assert {row.mark.status for row in fold.silent} <= {Status.NO_DATA}
        assert sum(number for _, number in fold.counts) == len(fold.judged)
        order = [list(Status).index(mark.status) for mark, _ in fold.counts]
        assert order == sorted(order)


def test_changes_are_told_since_the_month_end_or_a_later_meeting() -> None:
    def held(day: date) -> Meeting:
        return Meeting(1, "m", day, rows=0, remarks=0, plan_version="", acts=())

    assert looked_before([], JULY) == date(2020, 6, 30)
    assert looked_before([held(date(2020, 5, 31)), held(JULY)], JULY) == date(2020, 6, 30)
    assert looked_before([held(date(2020, 7, 20))], JULY) == date(2020, 7, 20)


def test_a_change_shows_the_figure_before_and_now() -> None:
    view = changes(EN, judged(date(2020, 6, 30)), judged(JULY))
    figures = {row.id: row.figures for _, rows in groups(view, EN.language) for row in rows}
    assert figures["cpi"] == "3.8% → 2.8%"
    assert "new: cancelled" in figures.values()


@pytest.mark.parametrize("day", [JULY, CLOSED])
def test_less_is_better_is_a_band_below_never_a_line_from_right_to_left(day: date) -> None:
    cpi, gdp = (course(EN, of(t, day), real_actuals()) for t in ("cpi", "gdp-growth"))
    assert cpi.up(cpi.band[0]) == 0 < cpi.up(cpi.band[1]) < 1 == gdp.up(gdp.band[1])
    for year in (cpi, gdp):
        assert [point.day for point in year.points] == sorted(point.day for point in year.points)
        assert all(point.box for point in year.points)
        texts = [point.text for point in year.points]
        assert texts[0]
        assert texts[-1]
        assert not any(texts[1:-1])
