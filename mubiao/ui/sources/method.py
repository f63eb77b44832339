"""The parts of Sources and method: the rules, and where each figure of the report went."""

import streamlit as st

from mubiao.problems import message
from mubiao.report.text import report_of
from mubiao.ui.shell import address, fields, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.citations import citations, coverage, report_title
from mubiao.views.hindsight import hindsight_tables
from mubiao.wording import rules as method
from mubiao.wording.glossary import MEANINGS, Term, meanings


def opening(screen: Screen) -> None:
    """Title and what the page is for."""
    title = screen.language.t("Sources and method")
    st.html(markup.title(title, report_title(screen.phrasebook)))
    with st.container(key="onward"):
        address.link("review", screen.language.t("From another report’s text to a plan"))


def rules(screen: Screen) -> None:
    """How a target is judged, so that a person can redo it by hand."""
    # The first table uses them already.
    symbols = meanings(screen.phrasebook, [Term.SYMBOLS])
    st.html(markup.meanings(symbols, screen.language))
    for table in method.tables(screen.phrasebook):
        st.html(markup.heading(table.title) + markup.table(table.columns, table.rows, "mb-rules"))
    sections = (
        (message("How the status follows"), method.kinds(screen.phrasebook)),
        (
            message("Terms"),
            meanings(screen.phrasebook, [term for term in MEANINGS if term is not Term.SYMBOLS]),
        ),
    )
    for msgid, items in sections:
        heading = markup.heading(screen.language.t(msgid))
        st.html(heading + markup.meanings(items, screen.language))
    st.html(markup.heading(screen.language.t("What is never done")))
    st.html(markup.bullets(method.never(screen.language)))


def hindsight(screen: Screen) -> None:
    """How outlooks and lights came out, once the year is over."""
    for table in hindsight_tables(screen.phrasebook, screen.hindsight):
        st.html(markup.heading(table.title) + markup.table(table.columns, table.rows, "mb-rules"))


def figures(screen: Screen) -> None:
    """Where each figure of the report went, by section: a target, or the reason why to none."""
    report = report_of(screen.settings.reports, screen.plan)
    note = markup.quiet(coverage(screen.phrasebook, report)) if report else ""
    st.html(markup.heading(screen.language.t("Where each figure of the report went")) + note)
    with st.container(key="sources-unit", width=320):
        fields.unit(screen)
    for section in citations(
        screen.phrasebook,
        lambda target: screen.href("target", target=target),
        screen.address.owner,
        report,
    ):
        st.html(markup.citations(section))
