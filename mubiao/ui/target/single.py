"""The parts of the page of one target."""

import streamlit as st

from mubiao.figures import paths
from mubiao.model import Assessment, Target
from mubiao.report.folder import report_of
from mubiao.report.text import passage
from mubiao.ui.shell import address, chart, markup
from mubiao.ui.shell.page import Screen, plain
from mubiao.ui.target import whatif
from mubiao.views.detail import Detail, detail
from mubiao.views.numbers import numbers
from mubiao.views.overview import with_judgement
from mubiao.views.remarks import own_judgements


def pick(screen: Screen) -> Target:
    """The target that the address names, or the first; a choice of all of them."""
    plan, words = screen.plan, screen.language
    chosen = plan.by_id.get(screen.address.target, plan.targets[0])
    st.selectbox(
        words.t("Choose a target"),
        [target.id for target in plan.targets],
        format_func=lambda name: words.pick(plan.by_id[name].name),
        # Another target ends the correction of a row of this one.
        **address.bound("target", chosen.id, ends=["correct"]),
    )
    if screen.address.target and screen.address.target not in plan.by_id:
        st.warning(
            plain(words.t("There is no target {id} in this plan.", id=screen.address.target)),
            icon=None,
        )
    return chosen


def judged(screen: Screen, target: Target) -> Assessment:
    """The target's judgement as of the day."""
    return next(a for a in screen.assessments if a.target.id == target.id)


def opening(screen: Screen, target: Target) -> Detail:
    """Name, status and sentence; everything else on the page comes from what is returned."""
    shown = detail(screen.phrasebook, judged(screen, target), screen.history(target.id))
    said = screen.remarks(target.id)
    own = own_judgements(said, screen.as_of).get(target.id)
    st.html(markup.target_opening(with_judgement(shown.row, own, screen.language)))
    return shown


def path(screen: Screen, target: Target, shown: Detail) -> None:
    """The path from baseline to target; a milestone without any stage has none to show.

    Below it a figure can be tried without recording it, which is then drawn in.
    """
    chart_place = st.container()
    with st.expander(screen.language.t("What if? Try a figure without recording it")):
        tried = whatif.fields(screen, target)
        if tried is not None:
            st.html(markup.band(whatif.band(screen, tried)))
    drawn = whatif.path(screen, shown.path, tried)
    if drawn.steps and not drawn.judged and drawn.trial is None:
        return
    spec = paths.path(drawn, screen.theme)
    with chart_place:
        chart.draw(spec, "path", shown.row.sentence)
        _numbers(screen, target, shown)


def _numbers(screen: Screen, target: Target, shown: Detail) -> None:
    """What the chart draws, as a table that folds; a tried figure stands in its own words."""
    words = screen.language
    rows = numbers(screen.phrasebook, target, shown.path)
    if not rows:
        return
    title = words.t("The numbers of this chart as a table")
    columns = (words.t("Day"), words.t("What it is"), words.t("Figure"))
    st.html(markup.folded_table(title, columns, rows))


def reasons(screen: Screen, shown: Detail) -> None:
    """The rule in words with the numbers put in."""
    st.html(markup.heading(screen.language.t("By what rule")) + markup.steps(shown.steps))


def source(screen: Screen, target: Target, shown: Detail) -> None:
    """Where the promise stands, how it is read; the passage where the report's text is at hand."""
    words = screen.language
    st.html(markup.heading(words.t("The promise")) + markup.pairs(shown.facts))
    report = report_of(screen.settings.reports, screen.plan.id)
    parts = passage(report, target.source) if report else None
    if parts:
        st.html(markup.passage(*parts))


def actuals(screen: Screen, shown: Detail) -> None:
    """Every recorded row with its source and what became of it."""
    words = screen.language
    st.html(markup.heading(words.t("Actuals and corrections"), str(len(shown.actuals))))
    if shown.actuals:
        st.html("".join(markup.actual_line(actual) for actual in shown.actuals))
    else:
        st.html(markup.empty(words.t("Nothing has been recorded for this target yet.")))
    with st.container(key="onward"):
        address.link(
            "record", words.t("Enter or correct an actual"), target=shown.row.id, view="one"
        )
