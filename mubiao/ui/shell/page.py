"""The frame of every page: set up, sidebar, plan, record, judgement; and what to do when broken.

Streamlit may run a page's file by itself (the first address of a fresh server), so each page
enters through `opened`, which sets up everything that the page stands on.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from mubiao import clock
from mubiao.i18n import Language, language
from mubiao.model import Meeting, Plan
from mubiao.period import FIRST_DAY, LAST_DAY
from mubiao.plan.catalogue import PlanFile, plan_files
from mubiao.problems import Problem, Refused, message
from mubiao.settings import Settings, settings_from
from mubiao.store import Store, open_store
from mubiao.store.seeding import seed
from mubiao.theme import Theme, css_by_scheme
from mubiao.ui.shell import address, markup, offline
from mubiao.ui.shell.address import Address
from mubiao.ui.shell.screen import Screen
from mubiao.views.seen import notes, plan_at

__all__ = ["PAGES", "Screen", "link", "located", "opened", "plain"]

PAGES = {
    "overview": message("Overview"),
    "target": message("Target"),
    "record": message("Record"),
    "meeting": message("Meeting"),
    "present": message("Present"),
    "history": message("History"),
    "sources": message("Sources and method"),
}
# Whether this session alone holds edits that were typed: the store could not take them yet.
UNKEPT = "unsaved-unkept"
_SHELL = Path(__file__).parent
ICON = str(_SHELL / "icon.svg")
STYLE = (
    f"<style>{css_by_scheme('.stApp')}\n"
    f"{(_SHELL / 'style.css').read_text(encoding='utf-8')}</style>"
)
BARE = f"<style>{(_SHELL.parent / 'present' / 'present.css').read_text(encoding='utf-8')}</style>"
_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")
# What a screen reader pronounces by; Streamlit itself says English of every page.
_SPOKEN = "export default ({data}) => { document.documentElement.lang = data; }"
_LANGUAGES = {"zh": "中文", "en": "English"}


@contextmanager
def opened(*, of_meeting: bool = False, bare: bool = False) -> Iterator[Screen]:
    """Set a page up; its whole body runs inside: `with page.opened() as screen:`.

    A page `of_meeting` shows what the room of the address's meeting saw; a `bare` one has neither
    sidebar nor header. The one place where refusals are caught and said in the reader's language.
    """
    st.set_page_config(page_title="目标 Mubiao", layout="wide", initial_sidebar_state="auto")
    asked = address.read()
    words = language(asked.lang)
    st.html((STYLE + BARE if bare else STYLE) + offline.style(words))
    offline.catch_up()
    try:
        settings = settings_from(environ)
        files = plan_files(settings.plans)
        file = _chosen(files, asked.plan)
        as_of = asked.as_of or clock.today(settings)
        st.set_page_config(page_title=_title(file.plan if file else None, asked, words))
        if not bare:
            _sidebar(files, file, as_of, clock.today(settings), words)
        if file is None or file.plan is None:
            _broken_plan(settings, file, words)
            st.stop()
        store = _store(settings, file)
        meeting = _meeting(store, file.plan, asked, of_meeting=of_meeting)
        theme = (asked.theme if bare else None) or own_theme()
        plan = plan_at(store, file.plan, meeting)
        if plan is not file.plan:
            st.set_page_config(page_title=_title(plan, asked, words))
        screen = Screen(settings, asked, words, file, plan, store, as_of, theme, meeting)
        if not bare:
            _banner(screen, of_meeting=of_meeting)
        yield screen
    except Refused as refusal:
        _refused(refusal, words)
        # Without a screen there is no body to run; returning would be an error of its own.
        st.stop()
    finally:
        # Last, when everything is on its way: for an icon Streamlit loads numpy.
        st.set_page_config(page_icon=ICON)


def link(page: str, text: str, **choices: str) -> None:
    """A link to another page of the dashboard with the address's choices kept."""
    st.page_link(f"pages/{page}.py", label=text, query_params=address.carried(page, **choices))


@st.cache_resource(show_spinner=False)
def _open(database: str, backups: Path | None) -> Store:
    return open_store(database, backups=backups)


@st.cache_resource(show_spinner=False)
def _seeded(_store: Store, _file: PlanFile, database: str, version: str) -> bool:
    """Look once per server and plan whether the record is empty, not on each rerun."""
    del database, version
    return seed(_store, _file, clock.now())


def _store(settings: Settings, file: PlanFile) -> Store:
    store = _open(settings.database, settings.backups)
    _seeded(store, file, settings.database, file.version)
    return store


def _meeting(store: Store, plan: Plan, asked: Address, *, of_meeting: bool) -> Meeting | None:
    """The meeting that the address names. Its own day, where the address says none, goes there;
    whoever chooses another day leaves it, since its room never looked at that.
    """
    if asked.meeting is None:
        return None
    if not of_meeting:
        address.write("meeting", "")
        return None
    found = next((one for one in store.meetings(plan.id) if one.id == asked.meeting), None)
    if found is not None and asked.as_of != found.as_of:
        if asked.as_of is None:
            address.write("as_of", found.as_of.isoformat())
        else:
            address.write("meeting", "")
        st.rerun()
    return found


def _banner(screen: Screen, *, of_meeting: bool) -> None:
    """What a page of a meeting does not show, and the way out."""
    words, meeting = screen.language, screen.meeting
    if not of_meeting or screen.address.meeting is None:
        return
    with st.container(key="of-meeting"):
        if meeting is None:
            st.html(markup.meeting([told_unknown(screen)]))
        else:
            told = [words.t("As the meeting “{name}” saw it", name=meeting.name)]
            st.html(markup.meeting([*told, *told_seen(screen)]))
        st.button(words.t("Show the record as it is now"), type="tertiary", on_click=_leave)


def _leave() -> None:
    """Look at the record as it is now, of today."""
    address.write("meeting", "")
    address.write("as_of", "")


def told_seen(screen: Screen) -> list[str]:
    """What a reopened meeting leaves out, and what is different all the same."""
    return [] if screen.meeting is None else list(notes(screen.seen, screen.language))


def told_unknown(screen: Screen) -> str:
    """Said when the address names a meeting that is not there."""
    return screen.language.t(
        "Meeting no. {id} is not in this record (any more): this is the record as it is now.",
        id=screen.address.meeting,
    )


def own_theme() -> Theme:
    """The theme that Streamlit shows; a bare page may have another."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _title(plan: Plan | None, asked: Address, words: Language) -> str:
    """What the browser calls the page, and reads out first: its name, and which target's it is."""
    shown = urlsplit(st.context.url or "").path.rpartition("/")[2]
    name = PAGES.get(shown, PAGES["overview"])
    parts = [words.t(name), "目标 Mubiao"]
    target = plan.by_id.get(asked.target) if plan else None
    if target is not None and shown == "target":
        parts.insert(0, words.pick(target.name))
    return " · ".join(parts)


def _speak(words: Language) -> None:
    """Say to the browser which language the page is in."""
    spoken = st.components.v2.component("mubiao_spoken", js=_SPOKEN, isolate_styles=False)
    spoken(key="spoken", data="zh-CN" if words.code == "zh" else words.code)


def _chosen(files: Sequence[PlanFile], asked: str) -> PlanFile | None:
    """The plan that the address names, or the first sound one, or the first broken one."""
    sound = [file for file in files if file.plan is not None]
    named = [file for file in files if asked and asked in _names(file)]
    return next(iter([*named, *sound, *files]), None)


def _names(file: PlanFile) -> tuple[str, ...]:
    """What the address may call a plan: its file's name, or its id."""
    return (file.path.stem, file.plan.id) if file.plan else (file.path.stem,)


def _sidebar(
    files: Sequence[PlanFile],
    file: PlanFile | None,
    as_of: date,
    today: date,
    words: Language,
) -> None:
    plan = file.plan if file else None
    with st.sidebar:
        place = f"{words.pick(plan.place)} {plan.year}" if plan else ""
        st.html(markup.brand(place))
        with st.container(key="nav", gap=None):
            for page, label in PAGES.items():
                # History without a filter; the link beside a target leads to that target's.
                link(page, words.t(label), **({"target": ""} if page == "history" else {}))
        _as_of(as_of, today, words)
        st.segmented_control(
            words.t("Language"),
            list(_LANGUAGES),
            format_func=_LANGUAGES.__getitem__,
            required=True,
            **address.bound("lang", words.code),
        )
        _plans(files, file, words)
        _speak(words)


def _as_of(as_of: date, today: date, words: Language) -> None:
    st.date_input(
        words.t("As of"),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        help=words.t("Shows only what was known by that day."),
        **address.bound("as_of", as_of),
    )
    before = as_of.replace(day=1) - timedelta(days=1)
    next_month = (as_of + timedelta(days=1)).replace(day=28) + timedelta(days=4)
    after = next_month.replace(day=1) - timedelta(days=1)
    with st.container(key="steps", horizontal=True, gap="small"):
        for label, day in ((words.t("‹ Month"), before), (words.t("Month ›"), after)):
            st.button(
                label, key=f"to_{label}", on_click=address.write, args=("as_of", day.isoformat())
            )
        st.button(
            words.t("Today"),
            key="to_today",
            on_click=_leave,
            disabled=as_of == today,
        )


def _plans(files: Sequence[PlanFile], file: PlanFile | None, words: Language) -> None:
    """A choice of plans, once there is more than one."""
    if len(files) < 2 or file is None:
        return
    names = {
        f.path.stem: words.pick(f.plan.title)
        if f.plan
        else words.t("{file} (has problems)", file=f.path.name)
        for f in files
    }
    st.selectbox(
        words.t("Plan"),
        list(names),
        format_func=names.__getitem__,
        **address.bound("plan", file.path.stem),
    )


def _broken_plan(settings: Settings, file: PlanFile | None, words: Language) -> None:
    if file is None:
        st.html(
            markup.notice(
                words.t("There is no plan yet"),
                words.t(
                    "Put a plan file (YAML) into {folder}; CONTRIBUTING.md shows how to write one.",
                    folder=settings.plans,
                ),
            )
        )
        return
    st.html(
        markup.notice(
            words.t("The plan {file} cannot be used yet", file=file.path.name),
            words.t(
                "Places to mend: {n}. The page reads the file again as soon as it is saved; "
                "what was recorded is untouched.",
                n=len(file.problems),
            ),
            [located(problem, words) for problem in file.problems],
        )
    )


def _refused(refusal: Refused, words: Language) -> None:
    unkept = bool(st.session_state.get(UNKEPT))
    advice = words.t("Nothing was changed. When this is mended, load the page again.")
    if unkept:
        advice = words.t(
            "What you typed is not lost, but only this window has it: do not load the page again "
            "and do not close it. When this is mended, go on with the button below."
        )
    told = [located(problem, words) for problem in refusal.problems]
    st.html(markup.notice(words.t("The figures cannot be shown now"), advice, told))
    if unkept:
        st.button(words.t("Try again"), key="try-again")


def plain(text: str) -> str:
    """A text for Streamlit's messages, which read Markdown, even images from other hosts."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def located(problem: Problem, words: Language) -> str:
    """A problem with its file and line before it."""
    place = f"{problem.file}:{problem.line}: " if problem.line else ""
    place = place or (f"{problem.file}: " if problem.file else "")
    return place + words.problem(problem)
