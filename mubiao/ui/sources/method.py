"""The parts of Sources and method: the rules, and where each figure of the report went."""

import streamlit as st

from mubiao.report.accounting import Cited, cited
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen
from mubiao.wording import rules as method


def opening(screen: Screen) -> None:
    """Title and what the page is for."""
    words = screen.language
    plan = screen.plan
    note = words.t(
        "{title}, delivered {day}", title=words.pick(plan.title), day=words.day(plan.delivered)
    )
    st.html(markup.title(words.t("Sources and method"), note))


def rules(screen: Screen) -> None:
    """How a target is judged, as tables that a person can redo by hand."""
    for table in method.tables(screen.phrasebook):
        st.html(markup.heading(table.title) + markup.table(table.columns, table.rows, "mb-rules"))
    st.html(markup.heading(screen.language.t("What is never done")))
    st.html(markup.bullets(method.never(screen.language)))


def figures(screen: Screen) -> None:
    """Every phrase that the plan cites, by section, and the target or the reason it went to."""
    words = screen.language
    st.html(markup.heading(words.t("Where each figure of the report went")))
    by_section: dict[str, list[Cited]] = {}
    for entry in cited(screen.plan):
        by_section.setdefault(entry.section, []).append(entry)
    for section, entries in by_section.items():
        name = screen.plan.section_names.get(section)
        lines = [_line(screen, entry) for entry in entries]
        st.html(markup.citations(section, words.pick(name) if name else "", lines))


def _line(screen: Screen, entry: Cited) -> markup.Citation:
    words = screen.language
    place = words.t("¶ {paragraph}", paragraph=entry.paragraph)
    if entry.target is not None:
        name = words.pick(screen.plan.by_id[entry.target].name)
        link = screen.href("target", target=entry.target)
        return markup.Citation(place, entry.printed, name, link)
    reason = words.pick(entry.reason) if entry.reason else ""
    return markup.Citation(place, entry.printed, words.t("no promise: {reason}", reason=reason), "")
