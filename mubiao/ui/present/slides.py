"""Present: the slides of a meeting, for a projector, one at a time; the address says which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

import streamlit as st

from mubiao.figures import courses, paths
from mubiao.html import part
from mubiao.i18n import Language
from mubiao.model import Status
from mubiao.ui.meeting.briefing import briefing_of
from mubiao.ui.present.frame import Frame, mount
from mubiao.ui.present.slide_markup import focus, shortened
from mubiao.ui.shell import address, chart, page
from mubiao.ui.shell.beside import beside
from mubiao.ui.shell.page import Screen
from mubiao.ui.target import whatif
from mubiao.views.briefing import Briefing
from mubiao.views.slides import ROWS, TARGET, Slide, SlideKind, on_demand, slides, stem
from mubiao.views.unreported import CoverageTable
from mubiao.views.years import Ways
from mubiao.wording.phrasebook import inline

# So many rows of what needs attention have room for larger type.
_FEW = 5


def show(screen: Screen) -> None:
    """The slide that the address names, and all that leads from it."""
    briefing = briefing_of(screen)
    here = sequence(briefing, screen.address.slide, appendix=screen.address.appendix)
    slide = here.slide
    st.html(part("slide_themes", screen.theme, page.own_theme()))
    with st.container(key="stage"):
        _draw(screen, briefing, slide)
        st.html(_foot(screen, briefing, here))
    with st.container(key="dock", horizontal=True, vertical_alignment="bottom"):
        _controls(screen, here)


@dataclass(frozen=True, slots=True)
class Here:
    """All slides in order, and the place of the shown one; `extra` is shown instead, a slide that
    is none of these, and one goes on from `at`.
    """

    order: Sequence[Slide]
    at: int
    extra: Slide | None = None

    @property
    def slide(self) -> Slide:
        """The slide to show."""
        return self.extra or self.order[self.at]


def sequence(briefing: Briefing, slide_id: str, *, appendix: bool = False) -> Here:
    """Where the asked slide is; for what is gone, the last page of its list, the list of what needs
    attention, or the first slide.
    """
    order = slides(briefing, ROWS, appendix=appendix)
    ids = [each.id for each in order]
    if slide_id in ids:
        return Here(order, ids.index(slide_id))
    first = stem(slide_id)
    if (last := _last(order, first)) is not None:
        return Here(order, last)
    extra = on_demand(briefing, slide_id, ROWS) or on_demand(briefing, first, ROWS)
    if extra is not None:
        section = extra.subjects[0].row.section if extra.subjects else ""
        at = _last(order, section)
        return Here(order, (_last(order, "headline") or 0) if at is None else at, extra)
    return Here(order, _last(order, "attention" if slide_id.startswith(TARGET) else "") or 0)


def _last(order: Sequence[Slide], first: str) -> int | None:
    """The place of the last page of a list, by the id of its first; None where there is none."""
    return max((place for place, slide in enumerate(order) if slide.first == first), default=None)


def _draw(screen: Screen, briefing: Briefing, slide: Slide) -> None:
    ids = (*(one.row.id for one in slide.subjects), *(row.id for _, row in slide.changes))
    links = {id_: screen.href("present", slide=f"{TARGET}{id_}") for id_ in ids}
    match slide.kind:
        case SlideKind.OPENING:
            name, notes = inline(briefing.name, briefing.title), _notes(screen, briefing)
            counts = briefing.overview.counts
            st.html(part("slide_opening", slide, name, counts, notes, screen.counted))
        case SlideKind.HEADLINE:
            _headline(screen, slide, links)
        case SlideKind.ATTENTION:
            few = len(slide.subjects) <= _FEW
            st.html(part("slide_attention", slide, few, links))
        case SlideKind.FOCUS:
            _focus(screen, slide)
        case SlideKind.CHAPTER | SlideKind.APPENDIX:
            st.html(part("slide_chapter", slide, links))
        case SlideKind.UNREPORTED | SlideKind.UNITS:
            table = slide.table or briefing.unreported
            ways = _silent(screen, table)
            st.html(part("slide_unreported", slide, table, screen.language.t, ways))
        case SlideKind.CHANGES:
            st.html(part("slide_changes", slide, links))
        case SlideKind.YEARS:
            plans = {one.plan.id: Ways(targets=one.links) for one in beside(screen)}
            if briefing.years is not None:
                tallies = briefing.years.plans
                st.html(part("slide_years", slide, tallies, plans, screen.language.t))
        case never:
            assert_never(never)


def _silent(screen: Screen, table: CoverageTable) -> dict[str, str]:
    """Where what is owed is listed: the targets of a chapter that nobody reported, or a unit's."""
    status, sections = Status.NO_DATA.value, screen.plan.section_names
    return {
        row.id: screen.href("overview", section=row.id, status=status) + "#targets"
        if row.id in sections
        else screen.href("owes", owner=row.id)
        for row in table.rows
        if row.id
    }


def _notes(screen: Screen, briefing: Briefing) -> list[str]:
    """What to know about what is shown: of a meeting, also that it is not there."""
    unknown = () if screen.meeting else screen.meeting_notes
    return [*unknown, *briefing.notes]


def _headline(screen: Screen, slide: Slide, links: Mapping[str, str]) -> None:
    years = [subject.course for subject in slide.subjects]
    spec = courses.courses(years, screen.theme, courses.ON_SLIDE)
    months = [screen.language.short_month(month) for month in (1, 4, 7, 10)]
    st.html(part("slide_headline", slide, months, spec["layout"]["height"], links))
    with st.container(key="slide-courses"):
        chart.draw(spec, "slide-courses-chart", slide.title)


def _focus(screen: Screen, slide: Slide) -> None:
    (subject,) = slide.subjects
    target = screen.plan.by_id[subject.row.id]
    with st.container(key="whatif-dock"):
        tried = whatif.fields(screen, target)
    path = whatif.path(screen, subject.path, tried)
    trial = (tried.trial, tried.problems) if tried else None
    spec = paths.path(path, screen.theme, paths.ON_SLIDE) if path.has_marks else None
    height = spec["layout"]["height"] if spec else 0
    href = screen.links[target.id]
    st.html(focus(slide, screen.language, href, trial, height))
    if spec:
        with st.container(key="slide-path"):
            chart.draw(spec, "slide-path-chart", subject.row.sentence)


def _foot(screen: Screen, briefing: Briefing, here: Here) -> str:
    language, at, total = screen.language, here.at, len(here.order)
    place = language.t("{n} of {total}", n=at + 1, total=total)
    if here.extra is not None:
        place = language.t("extra slide, ← → go back")
    first, second = [briefing.title], [briefing.stamp]
    notes = _notes(screen, briefing)
    if screen.meeting is not None:
        first = [shortened(screen.meeting.name, 56), briefing.stamp]
        second = notes
    elif screen.address.meeting is not None:
        second = notes[:1]
    elif notes and here.slide.kind is SlideKind.CHANGES:
        first, second = [*first, *second], notes
    if here.slide.kind is SlideKind.OPENING and screen.address.meeting is not None:
        second = []  # the slide itself says it
    return part("slide_foot", inline(*first), " ".join(second), place, (at + 1) / total)


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
