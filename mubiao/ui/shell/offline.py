"""A lost connection: said in the reader's language, and what was typed meanwhile is sent after it.

Streamlit greys its fields out by itself and goes on by itself; its own words for it, "Is Streamlit
still running?", are meant for programmers and are English only.
"""

import json
from datetime import timedelta

import streamlit as st

from mubiao.i18n import Language

# The connection's state stands at the app; Streamlit's dialogs stand beside it in the body.
_LOST = 'body:has([data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])) .stDialog'


def style(words: Language) -> str:
    """The style that puts our words into Streamlit's notice of a lost connection."""
    title = _quoted(words.t("The connection to the server is lost"))
    text = _quoted(
        words.t(
            "Nothing can be entered until it is back. What was entered before is kept, even where "
            "the grid looks empty meanwhile. The page goes on by itself."
        )
    )
    return (
        f"<style>{_LOST} h2 {{ font-size: 0 }} "
        f"{_LOST} h2::before {{ content: {title}; font-size: 1.25rem }} "
        f"{_LOST} section > div > * {{ display: none }} "
        f"{_LOST} section > div::before {{ content: {text} }}</style>"
    )


@st.fragment(run_every=timedelta(days=1))
def catch_up() -> None:
    """Nothing; but only where something runs by itself does Streamlit run the page again after a
    lost connection, and so sends what was typed while nobody had noticed the loss.
    """


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
