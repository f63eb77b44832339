"""Present: the slides of a meeting, for a projector, one at a time; the address says which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import streamlit as st

from mubiao.figures import bullets, paths
from mubiao.i18n import Language
from mubiao.model import Plan
from mubiao.ui.meeting.briefing import briefing
from mubiao.ui.overview.target_lists import key_words
from mubiao.ui.present import slide_markup
from mubiao.ui.present.frame import Frame, mount
from mubiao.ui.shell import address, chart, page
from mubiao.ui.shell.page import Screen
from mubiao.ui.target import whatif
from mubiao.views.briefing import Briefing
from mubiao.views.slides import Kind, Slide, focus, slides

# As many rows as fit a slide in either language, with the longest names and sentences.
ROWS = 9
_ROW_HEIGHT = 86
_PAGE = re.compile(r"-[0-9]+$", re.ASCII)
_FOCUS = "target-"


def show(screen: Screen) -> None:
    """The slide that the address names, and all that leads from it."""
    shown = briefing(screen)
    here = sequence(shown, screen.address.slide)
    drawn = here.drawn
    st.html(slide_markup.themes(screen.theme, page.own_theme()))
    with st.container(key="stage"):
        _draw(screen, shown, drawn)
        st.html(_foot(screen, shown, here))
    with st.container(key="dock", horizontal=True, vertical_alignment="bottom"):
        _controls(screen, here)


@dataclass(frozen=True, slots=True)
class Here:
    """All slides in order, and which one is shown.

    `extra` is a target that has no slide of its own, shown on demand: it is none of the order
    and is not counted; `at` is then its chapter's slide, where one goes on after a reload.
    """

    order: Sequence[Slide]
    at: int
    extra: Slide | None = None

    @property
    def drawn(self) -> Slide:
        """The slide to show."""
        return self.extra or self.order[self.at]


def sequence(shown: Briefing, asked: str) -> Here:
    """Where the asked slide is.

    For what is not there any more: the last page of the same list, the list of what needs
    attention, or the opening.
    """
    order = slides(shown, ROWS)
    ids = [each.id for each in order]
    if asked in ids:
        return Here(order, ids.index(asked))
    one = focus(shown, asked.removeprefix(_FOCUS)) if asked.startswith(_FOCUS) else None
    if one is not None:
        section = one.subjects[0].row.section
        at = ids.index(section) if section in ids else max(_last(ids, "headline"), 0)
        return Here(order, at, one)
    stem = "attention" if asked.startswith(_FOCUS) else _PAGE.sub("", asked)
    return Here(order, max(_last(ids, stem), 0))


def _last(ids: Sequence[str], stem: str) -> int:
    """The place of the last page of a list; -1 where there is none."""
    places = [place for place, id_ in enumerate(ids) if _PAGE.sub("", id_) == stem]
    return places[-1] if places else -1


def _draw(screen: Screen, shown: Briefing, drawn: Slide) -> None:
    match drawn.kind:
        case Kind.OPENING:
            st.html(slide_markup.opening(shown, drawn, _notes(screen, shown)))
        case Kind.HEADLINE:
            _headline(screen, drawn)
        case Kind.ATTENTION:
            st.html(slide_markup.attention(drawn))
        case Kind.FOCUS:
            _focus(screen, drawn)
        case Kind.CHAPTER:
            st.html(slide_markup.chapter(drawn))
        case Kind.CHANGES:
            st.html(slide_markup.changes(drawn))
        case never:
            assert_never(never)


def _notes(screen: Screen, shown: Briefing) -> list[str]:
    """What to know about what is shown: of a meeting, also that it is not there."""
    unknown = () if screen.meeting else screen.meeting_notes
    return [*unknown, *shown.notes]


def _headline(screen: Screen, drawn: Slide) -> None:
    height = len(drawn.subjects) * _ROW_HEIGHT
    st.html(slide_markup.headline(drawn, key_words(screen), height))
    spec = bullets.bullets([s.bullet for s in drawn.subjects], screen.theme, _ROW_HEIGHT)
    with st.container(key="slide-bullets"):
        chart.draw(spec, "slide-bullets-chart", drawn.title)


def _focus(screen: Screen, drawn: Slide) -> None:
    """One target with the path to it; what is tried is drawn into both."""
    (subject,), words = drawn.subjects, screen.language
    target = screen.plan.by_id[subject.row.id]
    with st.container(key="whatif-dock"):
        tried = whatif.fields(screen, target)
    path = whatif.path(screen, subject.path, tried)
    there = bool(path.judged or path.trial or not path.steps)
    trial = whatif.band(screen, tried) if tried else None
    st.html(slide_markup.focus(drawn, subject, words, trial, drawn=there))
    if there:
        spec = paths.path(path, screen.theme, paths.ON_SLIDE)
        with st.container(key="slide-path"):
            chart.draw(spec, "slide-path-chart", subject.row.sentence)
        st.html(slide_markup.chart_key(path))


def _foot(screen: Screen, shown: Briefing, here: Here) -> str:
    words, at, total = screen.language, here.at, len(here.order)
    place = words.t("{n} of {total}", n=at + 1, total=total)
    if here.extra is not None:
        place = words.t("extra slide, ← → go back")
    first, second = [shown.title], [shown.stamp]
    told = _notes(screen, shown)
    if screen.meeting is not None:
        first = [slide_markup.shortened(screen.meeting.name, 56), shown.stamp]
        second = told
    elif screen.address.meeting is not None:
        second = told[:1]
    elif told and here.drawn.kind is Kind.CHANGES:
        first, second = [*first, *second], told
    if here.drawn.kind is Kind.OPENING and screen.address.meeting is not None:
        second = []  # the slide itself says it
    lines = " · ".join(first), " ".join(second)
    return slide_markup.foot(*lines, place, (at + 1) / total)


def _controls(screen: Screen, here: Here) -> None:
    """Keys, buttons and timer; a choice of any target."""
    words = screen.language
    frame = Frame(
        ids=[each.id for each in here.order],
        at=here.at,
        title=here.drawn.title,
        theme=screen.theme,
        lang="zh-CN" if words.code == "zh" else words.code,
        words=_words(screen),
        keys=_keys(words),
        every=screen.address.every,
        extra=here.extra.id if here.extra else "",
    )
    leaves = mount(frame, _go, _theme)
    _any_target(screen, here.drawn)
    if leaves:
        st.switch_page("pages/meeting.py", query_params=address.carried("meeting"))


def _words(screen: Screen) -> dict[str, str]:
    """What the controls are called."""
    t, every = screen.language.t, screen.address.every or 0
    return {
        "controls": t("Controls"),
        "previous": t("Previous slide (←)"),
        "next": t("Next slide (→)"),
        "theme": t("Light or dark (t)"),
        "pause": t("Pause or go on (p)"),
        "help": t("Keys (?)"),
        "letters": t("Letters and signs are keys too"),
        "leave": t("Leave (Esc)"),
        "running": t("▶ every {n} s; p pauses", n=every),
        "paused": t("‖ paused; p goes on"),
    }


def _keys(words: Language) -> list[tuple[str, str]]:
    """The keys, and what each does."""
    t = words.t
    return [
        ("→  ↓  Space  PgDn", t("next slide")),
        ("←  ↑  PgUp", t("previous slide")),
        ("Home  End", t("first and last slide")),
        ("/", t("find any target")),
        ("w", t("try a figure on the slide of a target")),
        ("t", t("light or dark")),
        ("p", t("pause or go on, where slides advance by themselves")),
        ("?", t("show or hide these keys")),
        ("Esc", t("leave a field, then the slides")),
    ]


def _any_target(screen: Screen, drawn: Slide) -> None:
    words, plan = screen.language, screen.plan
    is_focus = drawn.kind is Kind.FOCUS
    subject = drawn.subjects[0].row.id if is_focus else None
    with st.container(key="dock-target"):
        st.selectbox(
            words.t("Choose a target (/)"),
            [target.id for target in plan.targets],
            format_func=lambda name: both_names(plan, name, words),
            index=None,
            placeholder=words.t("Choose a target (/)"),
            label_visibility="collapsed",
            **address.bound(
                *("slide", subject, f"dock-choice-{words.code}"),
                text=lambda chosen: f"{_FOCUS}{chosen}" if chosen else screen.address.slide,
            ),
        )


def both_names(plan: Plan, target: str, words: Language) -> str:
    """A target's name and the other language's: people look for "PM2.5" in either."""
    name = plan.by_id[target].name
    own = words.pick(name)
    other = name.en if words.code == "zh" else name.zh
    return own if other == own else f"{own} · {other}"


def _go(slide: str) -> None:
    address.write("slide", slide)


def _theme(theme: str) -> None:
    if theme in ("light", "dark"):
        address.write("theme", theme)
