"""History: what changed from the earlier day in the address to the as-of day."""

from datetime import date, timedelta

import streamlit as st

from mubiao.period import FIRST_DAY
from mubiao.ui.shell import address, change_list, fields, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.changes import changes, month_end_before


def since(screen: Screen) -> date:
    """The address's day if it is earlier than the as-of day, else the month end before that."""
    day = screen.address.since
    if day and day < screen.as_of:
        return day
    return max(month_end_before(screen.as_of), FIRST_DAY)


def days(screen: Screen) -> None:
    """The choice of the earlier day."""
    language = screen.language
    with st.container(key="since-day"):
        fields.day(
            language.t("Changes since"),
            within=(FIRST_DAY, max(FIRST_DAY, screen.as_of - timedelta(days=1))),
            explanation=language.t(
                "Each day shows what was known by then; the later one is the as-of day."
            ),
            **address.bound("since", since(screen)),
        )


def changed(screen: Screen) -> None:
    """Both days' counts and the targets that changed."""
    day = since(screen)
    view = screen.memo(
        "changes",
        lambda: changes(screen.phrasebook, screen.seen_on(day).assessments, screen.assessments),
        *(day, screen.as_of, screen.language.code),
    )
    st.html(markup.days(view, level=2))
    change_list.draw(screen, view)
