"""A lost connection: said in the reader's language, and what was typed meanwhile is sent after it.

Streamlit greys its fields out by itself and goes on by itself; its own words for it, "Is Streamlit
still running?", are meant for programmers and are English only.
"""

from datetime import timedelta

import streamlit as st

from mubiao.i18n import Language
from mubiao.ui.shell import markup


def style(language: Language) -> str:
    """The style that puts our words into Streamlit's notice of a lost connection."""
    return markup.lost_connection(
        language.t("The connection to the server is lost"),
        language.t(
            "Nothing can be entered until it is back. What was entered before is kept, even where "
            "the grid looks empty meanwhile. The page goes on by itself."
        ),
    )


@st.fragment(run_every=timedelta(days=1))
def catch_up() -> None:
    """Nothing; but only where something runs by itself does Streamlit run the page again after a
    lost connection, and so sends what was typed while nobody had noticed the loss.
    """
