"""The parts of the page of one target."""

import streamlit as st

from mubiao.figures import paths
from mubiao.model import Target
from mubiao.report.text import passage, report_of
from mubiao.ui.shell import address, chart, markup
from mubiao.ui.shell.page import Screen
from mubiao.ui.target import whatif
from mubiao.views.detail import Detail, detail
from mubiao.views.numbers import numbers
from mubiao.views.overview import own_judgements, with_judgement


def pick(screen: Screen) -> Target:
    """Draw the choice of a target; the one that the address names, or the first."""
    plan, language = screen.plan, screen.language
    chosen = plan.by_id.get(screen.address.target, plan.targets[0])
    st.selectbox(
        language.t("Choose a target"),
        [target.id for target in plan.targets],
        format_func=lambda name: language.pick(plan.by_id[name].name),
        # Another target ends the correction of a row of this one.
        **address.bound("target", chosen.id, ends=["correct"]),
    )
    if screen.address.target and screen.address.target not in plan.by_id:
        st.warning(
            markup.plain(
                language.t("There is no target {id} in this plan.", id=screen.address.target)
            ),
            icon=None,
        )
    return chosen


def opening(screen: Screen, target: Target) -> Detail:
    """Draw name, status and sentence; returns the view that the rest of the page shows."""
    other = [o for o in screen.seen.standing if o.target == target.in_step_with]
    history = screen.history(target.id)
    view = detail(screen.phrasebook, screen.assessment(target.id), history, other)
    remarks = screen.remarks(target.id)
    own = own_judgements(remarks, screen.as_of).get(target.id)
    st.html(markup.target_opening(with_judgement(view.row, own, screen.language)))
    return view


def path(screen: Screen, target: Target, view: Detail) -> None:
    """The path from baseline to target; a milestone without any stage has none to show.

    Below it a figure can be tried without recording it, which is then drawn in.
    """
    chart_place = st.container()
    with st.expander(screen.language.t("What if? Try a figure without recording it")):
        tried = whatif.fields(screen, target)
        if tried is not None:
            st.html(markup.band(whatif.band(screen, tried)))
    drawn_path = whatif.path(screen, view.path, tried)
    if drawn_path.steps and not drawn_path.judged and drawn_path.trial is None:
        return
    spec = paths.path(drawn_path, screen.theme)
    with chart_place:
        chart.draw(spec, "path", view.row.sentence)
        _numbers(screen, target, view)


def _numbers(screen: Screen, target: Target, view: Detail) -> None:
    language = screen.language
    rows = numbers(screen.phrasebook, target, view.path)
    if not rows:
        return
    title = language.t("The numbers of this chart as a table")
    columns = (language.t("Day"), language.t("What it is"), language.t("Figure"))
    st.html(markup.folded_table(title, columns, rows))


def reasons(screen: Screen, view: Detail) -> None:
    """The rule in words with the numbers put in."""
    heading = markup.heading(screen.language.t("By what rule"))
    steps = markup.meanings(view.steps, screen.language)
    st.html(heading + steps + markup.glossary(view.meanings, screen.language))


def source(screen: Screen, target: Target, view: Detail) -> None:
    """Where the promise stands, how it is read; the passage where the report's text is at hand."""
    language = screen.language
    st.html(markup.heading(language.t("The promise")) + markup.pairs(view.facts))
    report = report_of(screen.settings.reports, screen.plan.id)
    parts = passage(report, target.source) if report else None
    if parts:
        st.html(markup.passage(*parts))


def actuals(screen: Screen, view: Detail) -> None:
    """Every recorded row with its source and what became of it."""
    language = screen.language
    st.html(markup.heading(language.t("Actuals and corrections"), str(len(view.actuals))))
    if view.actuals:
        st.html("".join(markup.actual_line(actual) for actual in view.actuals))
    else:
        st.html(markup.empty(language.t("Nothing has been recorded for this target yet.")))
    with st.container(key="onward"):
        address.link(
            "record", language.t("Enter or correct an actual"), target=view.row.id, view="one"
        )
