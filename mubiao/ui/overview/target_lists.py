"""The parts of the overview: opening, headline bullets, attention, all targets with filters."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import is_
from typing import TypeVar

import streamlit as st

from mubiao.figures import bullets
from mubiao.plain_text import folded
from mubiao.ui.shell import address, chart, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.charts.bullets import bullet
from mubiao.views.overview import SectionRows
from mubiao.wording.glossary import of_overview

ROWS_AT_MOST = 300
_T = TypeVar("_T")


def opening(screen: Screen) -> None:
    """Title, the one sentence, the counts."""
    words = markup.glossary(of_overview(screen.phrasebook), screen.language)

    def make() -> str:
        return markup.opening(screen.overview, screen.counted) + words

    st.html(_html(screen, "opening", make))


def _html(screen: Screen, name: str, make: Callable[[], _T]) -> _T:
    """HTML of a part without filters, made once for a version, a day and what links carry."""
    carried = tuple(screen.carried.items())
    return screen.memo(f"overview {name}", make, screen.as_of, screen.language.code, carried)


def headline(screen: Screen) -> None:
    """The headline targets as one bullet chart with their figures beside it."""
    section = screen.overview.headline
    targets = screen.plan.by_id
    rows = [row for row in section.rows if not targets[row.id].is_milestone]
    if not rows:  # milestones have no bullet; they stand in the list of all targets
        return
    st.html(markup.heading(section.name) + markup.bullet_key(key_words(screen)))
    by_id = screen.memo(
        "bullets",
        lambda: {row.id: bullet(screen.phrasebook, screen.assessment(row.id)) for row in rows},
        *(screen.as_of, screen.language.code),
    )
    spec = bullets.bullets([by_id[row.id] for row in rows], screen.theme)
    with st.container(key="headline-frame"), st.container(key="headline"):
        chart.draw(
            spec,
            "headline-bullets",
            screen.language.t("{section}: see the list", section=section.name),
        )
        st.html(_html(screen, "bullets", lambda: markup.bullet_rows(rows, screen.links)))


def key_words(screen: Screen) -> dict[str, str]:
    """What the parts of a bullet mean."""
    t = screen.language.t
    return {
        "bar": t("actual"),
        "goal": t("target"),
        "met": t("satisfied"),
        "near": t("within the warning band"),
        "beyond": t("beyond it"),
    }


def attention(screen: Screen) -> None:
    """What is missed, off track or at risk, worst first, each with its sentence."""
    language, rows = screen.language, screen.overview.attention
    heading = markup.heading(language.t("Needs attention"), str(len(rows)))
    if not rows:
        quiet = markup.empty(language.t("Nothing is missed, off track or at risk on this day."))
        st.html(heading + quiet)
        return
    cut = rows[:ROWS_AT_MOST]
    more = language.t("{n} more", n=len(cut) - markup.ATTENTION_AT_FIRST)
    html = _html(screen, "attention", lambda: markup.attention_rows(cut, screen.links, more))
    st.html(heading + html)
    _say_cut(screen, len(rows))


def all_targets(screen: Screen) -> None:
    """Every target by section; status, section and search are in the address."""
    language = screen.language
    st.html(markup.heading(language.t("All targets"), anchor="targets"))
    _filters(screen)
    known = {section.id for section in screen.overview.sections}
    chosen = screen.address.section if screen.address.section in known else ""
    filtered = [
        _filtered(section, screen)
        for section in screen.overview.sections
        if chosen in ("", section.id)
    ]
    sections = [section for section in filtered if section.rows]
    if not sections:
        st.html(markup.empty(language.t("No target fits these filters.")))
        return
    total = sum(len(section.rows) for section in sections)
    unfiltered = all(map(is_, filtered, screen.overview.sections)) and not chosen
    make = partial(_sections, screen, sections)
    for html in _html(screen, "targets", make) if unfiltered else make():
        st.html(html)
    _say_cut(screen, total)


def _sections(screen: Screen, sections: Sequence[SectionRows]) -> list[str]:
    """HTML of the sections, up to ROWS_AT_MOST rows."""
    left, parts = ROWS_AT_MOST, []
    for section in sections:
        if left > 0:
            cut = SectionRows(section.id, section.name, section.rows[:left])
            parts.append(markup.section_rows(cut, screen.links))
            left -= len(cut.rows)
    return parts


def _say_cut(screen: Screen, total: int) -> None:
    """Say that a list ends before all its rows are shown, if it does."""
    if total <= ROWS_AT_MOST:
        return
    text = screen.language.t(
        "The first {shown} of {total} are shown; the filters find the others.",
        shown=ROWS_AT_MOST,
        total=total,
    )
    st.html(markup.empty(text))


def _filters(screen: Screen) -> None:
    language, overview, choices = screen.language, screen.overview, screen.address
    marks = {count.mark.status.value: count for count in overview.counts}
    names = {"": language.t("All sections")} | {s.id: f"{s.id} {s.name}" for s in overview.sections}
    statuses = [status.value for status in choices.statuses]
    section = choices.section if choices.section in names else ""
    st.pills(
        language.t("Status"),
        list(marks),
        selection_mode="multi",
        format_func=lambda s: markup.plain(f"{marks[s].mark.text} {marks[s].number}"),
        **address.bound("status", statuses, "statuses", ",".join),
    )
    with st.container(key="filters", horizontal=True):
        st.selectbox(
            language.t("Section"),
            list(names),
            format_func=names.__getitem__,
            **address.bound("section", section),
        )
        st.text_input(
            language.t("Search"),
            placeholder=language.t("Name or printed words"),
            **address.bound("q", choices.search, "search"),
        )


def _filtered(section: SectionRows, screen: Screen) -> SectionRows:
    choices, terms = screen.address, folded(screen.address.search).split()
    if not choices.statuses and not terms:
        return section
    rows = tuple(
        row
        for row in section.rows
        if (not choices.statuses or row.mark.status in choices.statuses)
        and all(term in folded(row.search) for term in terms)
    )
    return SectionRows(section.id, section.name, rows)
