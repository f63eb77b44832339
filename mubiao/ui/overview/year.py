"""The top of the overview: how the year stands, the rail of months, the headline targets."""

from collections.abc import Sequence

import streamlit as st

from mubiao.figures import Spec
from mubiao.figures.courses import courses
from mubiao.html import part
from mubiao.ui.shell import chart
from mubiao.ui.shell.page import Screen
from mubiao.views import rail
from mubiao.views.charts.courses import course
from mubiao.views.key_figures import since_last
from mubiao.views.overview import TargetRow, is_closed
from mubiao.wording.phrasebook import inline


def top(screen: Screen) -> None:
    """The one sentence, the bars, the rail."""
    st.html(screen.html("top", lambda: _opening(screen)))
    # An element of its own, which no step from day to day changes.
    st.html(screen.html("rail", lambda: _rail(screen), lasting=True))


def _opening(screen: Screen) -> str:
    language, view = screen.language, screen.overview
    t, reports = language.t, view.coverage
    coverage = (
        ("reported", t("Reported"), reports.reported),
        ("owed", t("Never reported, overdue"), reports.owed),
        ("later", t("Not due yet"), reports.not_due),
    )
    meta = inline(t("As of {day}", day=language.day(screen.as_of)), view.caption)
    then = "；" if language.code == "zh" else "; "
    parts = [one for one in coverage if one[2]]
    return part("overview_head", view, meta, parts, screen.counted, then)


def _rail(screen: Screen) -> str:
    plan, today, t = screen.plan, screen.today, screen.language.t
    through = None if screen.meeting is None else screen.meeting.rows
    days = rail.days(plan, today)
    # Once for all days: a step to another one then judges that day alone.
    counts = screen.memo("rail", lambda: rail.counts_on(screen.store, plan, days, through), today)
    stops = []
    for stop in rail.rail(plan, counts, today, screen.language):
        change = {"as_of": "" if stop.day == today else stop.day.isoformat(), "meeting": ""}
        stops.append((stop, screen.href("", **change)))
    label, replay = t("Judged at each month's end"), t("Replay the year")
    return part("overview_rail", stops, label, replay)


def headline(screen: Screen) -> None:
    """The headline targets: their years as one figure, below their texts."""
    by_id, section = screen.plan.by_id, screen.overview.headline
    rows = [row for row in section.rows if not by_id[row.id].is_milestone]
    if not rows:  # a milestone has no line; it stands in its chapter
        return
    book, language = screen.phrasebook, screen.language

    def spec() -> Spec:
        standing = screen.seen.standing
        years = [course(book, screen.assessment(row.id), standing) for row in rows]
        return courses(years, screen.theme)

    figure = screen.memo("courses", spec, screen.as_of, language.code, screen.theme)
    with st.container(key="headline"):
        st.html(screen.html("headline", lambda: _rows(screen, section.name, rows)))
        alt = language.t("{section}: see the list", section=section.name)
        chart.draw(figure, "courses", alt, stretched=True)


def _rows(screen: Screen, title: str, rows: Sequence[TargetRow]) -> str:
    language, as_of = screen.language, screen.as_of
    t, closed, year = language.t, is_closed(screen.plan, as_of), screen.plan.span
    change = t("Against the target") if closed else t("Since the last one")
    return part(
        "overview_headline",
        title,
        [(row, *since_last(screen.phrasebook, screen.assessment(row.id))) for row in rows],
        screen.links,
        [language.short_month(month.first.month) for month in year.months],
        year.number(as_of) if as_of in year else 0,
        (t("Latest figure"), change, t("Status")),
    )
