"""Present: the slides of a meeting, for a projector, one at a time; the address says which."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

import streamlit as st

from mubiao.figures import bullets, paths
from mubiao.i18n import Language
from mubiao.ui.meeting.briefing import briefing_of
from mubiao.ui.present import slide_markup
from mubiao.ui.present.frame import Frame, mount
from mubiao.ui.shell import address, chart, page
from mubiao.ui.shell.page import Screen
from mubiao.ui.target import whatif
from mubiao.views.briefing import Briefing
from mubiao.views.slides import TARGET, Slide, SlideKind, focus, slides, stem

# As many rows as fit a slide in either language, with the longest names and sentences.
ROWS = 9
_ROW_HEIGHT = 86


def show(screen: Screen) -> None:
    """The slide that the address names, and all that leads from it."""
    briefing = briefing_of(screen)
    here = sequence(briefing, screen.address.slide)
    slide = here.slide
    st.html(slide_markup.themes(screen.theme, page.own_theme()))
    with st.container(key="stage"):
        _draw(screen, briefing, slide)
        st.html(_foot(screen, briefing, here))
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
    def slide(self) -> Slide:
        """The slide to show."""
        return self.extra or self.order[self.at]


def sequence(briefing: Briefing, slide_id: str) -> Here:
    """Where the asked slide is.

    For what is not there any more: the last page of the same list, the list of what needs
    attention, or the opening.
    """
    order = slides(briefing, ROWS)
    ids = [each.id for each in order]
    if slide_id in ids:
        return Here(order, ids.index(slide_id))
    one = focus(briefing, slide_id.removeprefix(TARGET)) if slide_id.startswith(TARGET) else None
    if one is not None:
        section = one.subjects[0].row.section
        at = ids.index(section) if section in ids else max(_last(ids, "headline"), 0)
        return Here(order, at, one)
    first = "attention" if slide_id.startswith(TARGET) else stem(slide_id)
    return Here(order, max(_last(ids, first), 0))


def _last(ids: Sequence[str], first: str) -> int:
    """The place of the last page of a list, by the id of its first; -1 where there is none."""
    places = [place for place, id_ in enumerate(ids) if stem(id_) == first]
    return places[-1] if places else -1


def _draw(screen: Screen, briefing: Briefing, slide: Slide) -> None:
    match slide.kind:
        case SlideKind.OPENING:
            st.html(slide_markup.opening(briefing, slide, _notes(screen, briefing)))
        case SlideKind.HEADLINE:
            _headline(screen, slide)
        case SlideKind.ATTENTION:
            st.html(slide_markup.attention(slide))
        case SlideKind.FOCUS:
            _focus(screen, slide)
        case SlideKind.CHAPTER:
            st.html(slide_markup.chapter(slide))
        case SlideKind.CHANGES:
            st.html(slide_markup.changes(slide))
        case never:
            assert_never(never)


def _notes(screen: Screen, briefing: Briefing) -> list[str]:
    """What to know about what is shown: of a meeting, also that it is not there."""
    unknown = () if screen.meeting else screen.meeting_notes
    return [*unknown, *briefing.notes]


def _key_words(screen: Screen) -> dict[str, str]:
    """What the parts of a bullet mean."""
    t = screen.language.t
    return {
        "bar": t("actual"),
        "goal": t("target"),
        "met": t("satisfied"),
        "near": t("within the warning band"),
        "beyond": t("beyond it"),
    }


def _headline(screen: Screen, slide: Slide) -> None:
    height = len(slide.subjects) * _ROW_HEIGHT
    st.html(slide_markup.headline(slide, _key_words(screen), height))
    spec = bullets.bullets([s.bullet for s in slide.subjects], screen.theme, _ROW_HEIGHT)
    with st.container(key="slide-bullets"):
        chart.draw(spec, "slide-bullets-chart", slide.title)


def _focus(screen: Screen, slide: Slide) -> None:
    (subject,), language = slide.subjects, screen.language
    target = screen.plan.by_id[subject.row.id]
    with st.container(key="whatif-dock"):
        tried = whatif.fields(screen, target)
    path = whatif.path(screen, subject.path, tried)
    has_path = bool(path.judged or path.trial or not path.steps)
    trial = whatif.band(screen, tried) if tried else None
    st.html(slide_markup.focus(slide, subject, language, trial, drawn=has_path))
    if has_path:
        spec = paths.path(path, screen.theme, paths.ON_SLIDE)
        with st.container(key="slide-path"):
            chart.draw(spec, "slide-path-chart", subject.row.sentence)
        st.html(slide_markup.chart_key(path))


def _foot(screen: Screen, briefing: Briefing, here: Here) -> str:
    language, at, total = screen.language, here.at, len(here.order)
    place = language.t("{n} of {total}", n=at + 1, total=total)
    if here.extra is not None:
        place = language.t("extra slide, ← → go back")
    first, second = [briefing.title], [briefing.stamp]
    notes = _notes(screen, briefing)
    if screen.meeting is not None:
        first = [slide_markup.shortened(screen.meeting.name, 56), briefing.stamp]
        second = notes
    elif screen.address.meeting is not None:
        second = notes[:1]
    elif notes and here.slide.kind is SlideKind.CHANGES:
        first, second = [*first, *second], notes
    if here.slide.kind is SlideKind.OPENING and screen.address.meeting is not None:
        second = []  # the slide itself says it
    lines = " · ".join(first), " ".join(second)
    return slide_markup.foot(*lines, place, (at + 1) / total)


def _controls(screen: Screen, here: Here) -> None:
    language = screen.language
    frame = Frame(
        ids=[each.id for each in here.order],
        at=here.at,
        title=here.slide.title,
        theme=screen.theme,
        lang="zh-CN" if language.code == "zh" else language.code,
        labels=_control_labels(screen),
        keys=_keys(language),
        every=screen.address.every,
        extra=here.extra.id if here.extra else "",
    )
    leaves = mount(frame, partial(address.write, "slide"), _theme)
    _any_target(screen, here.slide)
    if leaves:
        st.switch_page("pages/meeting.py", query_params=address.carried("meeting"))


def _control_labels(screen: Screen) -> dict[str, str]:
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


def _keys(language: Language) -> list[tuple[str, str]]:
    t = language.t
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


def _any_target(screen: Screen, slide: Slide) -> None:
    language, plan = screen.language, screen.plan
    is_focus = slide.kind is SlideKind.FOCUS
    subject = slide.subjects[0].row.id if is_focus else None
    with st.container(key="dock-target"):
        st.selectbox(
            language.t("Choose a target (/)"),
            [target.id for target in plan.targets],
            format_func=screen.phrasebook.both_names,
            index=None,
            placeholder=language.t("Choose a target (/)"),
            label_visibility="collapsed",
            **address.bound(
                *("slide", subject, f"dock-choice-{language.code}"),
                text=lambda chosen: f"{TARGET}{chosen}" if chosen else screen.address.slide,
            ),
        )


def _theme(theme: str) -> None:
    if theme in ("light", "dark"):
        address.write("theme", theme)
