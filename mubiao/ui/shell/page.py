"""What every page is set up with: settings, plan, record and frame, and the notices in their place.

Streamlit may run a page's file by itself (the first address of a fresh server), so each page
enters through `opened`, which sets everything up.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, timedelta
from functools import cache
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from mubiao import clock, journal
from mubiao.html import compile_parts
from mubiao.i18n import Language
from mubiao.i18n import language as language_of
from mubiao.model import Meeting, Plan
from mubiao.plan.loader import PlanFile, default_plan, named_plan, plan_files
from mubiao.problems import Problem, Refused
from mubiao.settings import Settings, settings_from
from mubiao.store import Store
from mubiao.theme import Theme
from mubiao.ui.shell import address, frame, gate, ignored, markup
from mubiao.ui.shell.address import Address
from mubiao.ui.shell.screen import Screen

__all__ = ["Screen", "located", "log", "opened"]

_log = logging.getLogger(__name__)
# The session's flag that the store could not take the unsaved edits yet.
UNKEPT = "unsaved-unkept"
_PRESENT = Path(__file__).parents[1] / "present" / "present.css"
BARE = f"<style>{_PRESENT.read_text(encoding='utf-8')}</style>"


@contextmanager
def opened(
    *, of_meeting: bool = False, bare: bool = False, fields: bool = True
) -> Iterator[Screen]:
    """Set a page up; its whole body runs inside: `with page.opened() as screen:`.

    A page `of_meeting` shows what the room of the address's meeting saw; a `bare` one has no bar;
    one without `fields` nothing that a lost connection could lose. A refusal becomes a notice.
    """
    choices, page, start = address.read(), _name(), journal.clock()
    language = language_of(choices.lang)
    if fields:
        _catch_up()
    try:
        settings = settings_from(environ)
        reader = gate.passed(settings, language)
        files = plan_files(settings.plans)
        file = chosen(files, choices.plan, settings)
        zone, begins = (p.zone, p.span.first.month) if file and (p := file.plan) else (UTC, 1)
        language, today = language_of(choices.lang, zone, begins), clock.today(settings, zone)
        as_of = choices.as_of or today
        _set_title(file.plan if file else None, choices, language)
        # Before the links are made, which carry what the address says.
        line = ignored.line(files, file.plan if file else None, choices, page, language)
        roles = settings.access.in_force
        bar = BARE if bare else frame.html(files, file, page, today, language, has_roles=roles)
        st.html(bar + _lost_connection(language))
        if line:
            st.html(markup.ignored(line))
        gate.explain(reader, language)
        if file is None or file.plan is None:
            _no_plan(file, language)
            st.stop()
        store = gate.readable(settings, file, file.plan, reader)
        meeting = _meeting(store, file.plan, choices, of_meeting=of_meeting)
        theme = (choices.theme if bare else None) or own_theme()
        screen = Screen(settings, choices, language, file, file.plan, store, as_of, theme, meeting)
        if meeting is not None:
            _set_title(screen.plan, choices, language)
        if of_meeting and not bare:
            _banner(screen)
        yield screen
    except Refused as refusal:
        _refused(refusal, language)
        # A generator that returns before its yield is an error; this ends the run instead.
        st.stop()
    finally:
        ignored.keep(page)
        journal.ran(page, start)


def warm() -> None:
    """What the first page needs and nobody waits for while a browser still loads Streamlit's own
    script: templates and plans. No record is opened: it may be slow or missing, which the page
    says.
    """
    compile_parts("frame", "overview")
    language_of("zh")
    with suppress(Refused):
        plan_files(settings_from(environ).plans)


@cache
def _lost_connection(language: Language) -> str:
    """The style that puts our words into Streamlit's notice of a lost connection.

    Its own, "Is Streamlit still running?", are meant for programmers and are English only.
    """
    return markup.lost_connection(
        language.t("The connection to the server is lost"),
        language.t(
            "Nothing can be entered until it is back. What was entered before is kept, even where "
            "the grid looks empty meanwhile. The page goes on by itself."
        ),
    )


@st.fragment(run_every=timedelta(days=1))
def _catch_up() -> None:
    """Nothing; but only where something runs by itself does Streamlit run the page again after a
    lost connection, and so sends what was typed while nobody had noticed the loss.
    """


def _meeting(store: Store, plan: Plan, choices: Address, *, of_meeting: bool) -> Meeting | None:
    """The meeting that the address names; None where there is none or the page shows none.

    Without a day the address gets the meeting's; with another day it loses the meeting, whose
    room never looked at that day.
    """
    if choices.meeting is None:
        return None
    if not of_meeting:
        address.write("meeting", "")
        return None
    meetings = store.meetings(plan.id)
    meeting = next((one for one in meetings if one.id == choices.meeting), None)
    if meeting is not None and choices.as_of != meeting.as_of:
        if choices.as_of is None:
            address.write("as_of", meeting.as_of.isoformat())
        else:
            address.write("meeting", "")
        st.rerun()
    return meeting


def _banner(screen: Screen) -> None:
    if screen.address.meeting is None:
        return
    t, lines = screen.language.t, list(screen.meeting_notes)
    if screen.meeting is not None:
        lines.insert(0, t("As the meeting “{name}” saw it", name=screen.meeting.name))
    with st.container(key="of-meeting"):
        st.html(markup.meeting(lines))
        st.button(t("Show the record as it is now"), type="tertiary", on_click=address.show_now)


def own_theme() -> Theme:
    """The theme that Streamlit shows; a bare page may have another."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _name() -> str:
    """The name of the page in its address; the first page has none there."""
    name = urlsplit(st.context.url or "").path.rpartition("/")[2]
    return name if name in frame.PAGES else "overview"


def _set_title(plan: Plan | None, choices: Address, language: Language) -> None:
    """Call the page in the browser by its name and the plan's, and by its target's before that."""
    page = _name()
    parts = [language.t(frame.PAGES[page]), *([frame.plan_name(plan, language)] if plan else [])]
    target = plan.by_id.get(choices.target) if plan else None
    if target is not None and page == "target":
        parts.insert(0, language.pick(target.name))
    st.set_page_config(page_title=" · ".join([*parts, "目标 Mubiao"]))


def chosen(files: Sequence[PlanFile], name: str, settings: Settings) -> PlanFile | None:
    """The plan that the address names, or else the one that opens. Raises Refused where the
    settings name none that is there.
    """
    return named_plan(files, name) or default_plan(files, settings.plan)


def _no_plan(file: PlanFile | None, language: Language) -> None:
    t = language.t
    if file is None:
        advice = t(
            "Put a plan file (YAML) into the folder of plans (data/plans, or what MUBIAO_PLANS "
            "names); CONTRIBUTING.md shows how to write one."
        )
        st.html(markup.notice(t("There is no plan yet"), advice))
        return
    advice = t(
        "Places to mend: {n}. The page reads the file again as soon as it is saved; "
        "what was recorded is untouched.",
        n=len(file.problems),
    )
    title = t("The plan {file} cannot be used yet", file=file.path.name)
    st.html(markup.notice(title, advice, [located(one, language) for one in file.problems]))


def log(refusal: Refused) -> None:
    """Give the server's log what its pages do not repeat of a refusal."""
    for problem in refusal.problems:
        if problem.for_page() != problem:
            _log.warning(problem.text)


def _refused(refusal: Refused, language: Language) -> None:
    log(refusal)
    t, unkept = language.t, bool(st.session_state.get(UNKEPT))
    advice = t("Nothing was changed. When this is mended, load the page again.")
    if unkept:
        advice = t(
            "What you typed is not lost, but only this window has it: do not load the page again "
            "and do not close it. When this is mended, go on with the button below."
        )
    problems = [located(problem, language) for problem in refusal.problems]
    st.html(markup.notice(t("The figures cannot be shown now"), advice, problems))
    if unkept:
        st.button(t("Try again"), key="try-again")


def located(problem: Problem, language: Language) -> str:
    """A problem with its file's name and line before it."""
    problem = problem.for_page()
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    text = language.problem(problem)
    return f"{place}: {text}" if place else text
