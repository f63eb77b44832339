"""The parts of the page of one target."""

from collections.abc import Sequence

import streamlit as st

from mubiao import figures, service
from mubiao.model import Assessment, Entry, Target
from mubiao.report import passage
from mubiao.store import Store
from mubiao.ui import address, chart, markup
from mubiao.ui.page import Screen, link, plain
from mubiao.views.detail import Detail, detail
from mubiao.views.remarks import own_judgements, with_judgement


def pick(screen: Screen) -> Target:
    """The target that the address names, or the first; a choice of all of them."""
    plan, words = screen.plan, screen.language
    chosen = plan.by_id.get(screen.address.target, plan.targets[0])
    st.session_state["target"] = chosen.id
    st.selectbox(
        words.t("Choose a target"),
        [target.id for target in plan.targets],
        format_func=lambda name: words.pick(plan.by_id[name].name),
        key="target",
        on_change=_choose,
    )
    if screen.address.target and screen.address.target not in plan.by_id:
        st.warning(
            plain(words.t("There is no target {id} in this plan.", id=screen.address.target)),
            icon=None,
        )
    return chosen


def _choose() -> None:
    """Another target ends the correction of a row of this one."""
    address.write("target", st.session_state["target"])
    address.write("correct", "")


def judged(screen: Screen, target: Target) -> Assessment:
    """The target's judgement as of the day."""
    return next(a for a in screen.assessments if a.target.id == target.id)


def recorded(screen: Screen, target: Target) -> Sequence[Entry]:
    """Everything ever recorded for the target, in order: read once for each version of the record,
    for all parts of the page and for everybody.
    """
    key = (screen.settings.database, *screen.version)
    return _history(screen.store, screen.plan.id, target.id, key)


@st.cache_resource(max_entries=64, show_spinner=False)
def _history(
    _store: Store, plan_id: str, target: str, key: tuple[object, ...]
) -> tuple[Entry, ...]:
    del key
    return tuple(_store.history(plan_id, target))


def opening(screen: Screen, target: Target) -> Detail:
    """Name, status and sentence; everything else on the page comes from what is returned."""
    shown = detail(screen.plan, judged(screen, target), recorded(screen, target), screen.language)
    said = screen.store.remarks(screen.plan.id, target.id, screen.as_of)
    own = own_judgements(said, screen.as_of).get(target.id)
    st.html(markup.target_opening(with_judgement(shown.row, own, screen.language)))
    return shown


def path(screen: Screen, shown: Detail) -> None:
    """The path from baseline to target; a milestone without any stage has none to show."""
    if shown.path.steps and not shown.path.judged:
        return
    spec = figures.path(shown.path, shown.names, screen.theme)
    chart.draw(spec, "path", shown.row.sentence)


def reasons(screen: Screen, shown: Detail) -> None:
    """The rule in words with the numbers put in."""
    st.html(markup.heading(screen.language.t("By what rule")) + markup.steps(shown.steps))


def source(screen: Screen, target: Target, shown: Detail) -> None:
    """Where the promise stands, how it is read; the passage where the report's text is at hand."""
    words = screen.language
    st.html(markup.heading(words.t("The promise")) + markup.pairs(shown.facts))
    report = service.report_of(screen.settings, screen.plan)
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
        link("record", words.t("Enter or correct an actual"), target=shown.row.id, view="one")
