"""History, what changed since a day: the address names the earlier day, the later is as of."""

from datetime import date, timedelta

import streamlit as st

from mubiao.period import FIRST_DAY
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.changes import Changes, changes, month_end_before


def asked(screen: Screen) -> bool:
    """Whether the address asks for changes: it then names the earlier day."""
    return screen.address.since is not None


def since(screen: Screen) -> date:
    """The earlier day: the one that the address names, if it is earlier, or the month end before
    the as-of day.
    """
    named = screen.address.since
    if named and named < screen.as_of:
        return named
    return max(month_end_before(screen.as_of), FIRST_DAY)


def days(screen: Screen) -> None:
    """The choice of the earlier day."""
    words = screen.language
    with st.container(key="since-day"):
        st.date_input(
            words.t("Changes since"),
            min_value=FIRST_DAY,
            max_value=max(FIRST_DAY, screen.as_of - timedelta(days=1)),
            format="YYYY-MM-DD",
            help=words.t("Each day shows what was known by then; the later one is the as-of day."),
            **address.bound("since", since(screen)),
        )


def changed(screen: Screen) -> None:
    """Both days' counts, and the targets that turned, worst first, then for the better."""
    day, language = since(screen), screen.language
    shown = screen.memo(
        "changes",
        lambda: changes(screen.phrasebook, screen.assessments_on(day), screen.assessments),
        *(day, screen.as_of, language.code),
    )
    links = {target: screen.href("target", target=target) for target in _named(shown)}
    st.html(markup.days(shown, level=2))
    for turn in shown.turns:
        st.html(markup.turns(turn.name, turn.rows, links))
    if shown.steady:
        title = screen.language.t("Another figure, the same status: {n}", n=len(shown.steady))
        st.html(markup.steady(title, shown.steady, links))


def _named(shown: Changes) -> list[str]:
    turned = [row.id for turn in shown.turns for row in turn.rows]
    return turned + [row.id for row in shown.steady]
