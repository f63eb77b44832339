"""The report's text with every figure marked by what became of it."""

import streamlit as st

from mubiao.ui.review import review_markup
from mubiao.ui.review.task import Task
from mubiao.ui.shell import address
from mubiao.views.review import KINDS, rest_of, sections_of


def show(one: Task) -> None:
    """The parts that the plan covers, an element each, so that one decision changes one of them."""
    screen, review, t = one.screen, one.review, one.screen.language.t
    st.html(review_markup.legend([(kind, t(text)) for kind, text in KINDS.items()]))
    href = screen.href("review", review=address.draft("review"), item="")
    link = href + ("&" if "?" in href else "?")
    for section in sections_of(review, screen.language):
        st.html(review_markup.section(section, link))
    if rest := rest_of(review):
        st.html(review_markup.rest(t("The rest of the report"), rest))
