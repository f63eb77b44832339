"""The frame of every page: set up, sidebar, plan, record, judgement; and what to do when broken.

Streamlit may run a page's file by itself (the first address of a fresh server), so each page
enters through `opened`, which sets up everything that the page stands on.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from os import environ
from pathlib import Path

import streamlit as st

from mubiao import service
from mubiao.figures import Theme
from mubiao.i18n import Language, language
from mubiao.model import Assessment, Plan
from mubiao.problems import Problem, Refused, message
from mubiao.service import PlanFile
from mubiao.settings import Settings, settings_from
from mubiao.store import Store
from mubiao.ui import address, backups, markup, offline
from mubiao.ui.address import Address
from mubiao.views import overview as views
from mubiao.views.remarks import own_judgements, with_judgements

PAGES = {
    "overview": message("Overview"),
    "target": message("Target"),
    "record": message("Record"),
    "history": message("History"),
    "sources": message("Sources and method"),
}
# Whether this session alone holds edits that were typed: the store could not take them yet.
UNKEPT = "unsaved-unkept"
ICON = str(Path(__file__).parent / "icon.svg")
STYLE = f"<style>{(Path(__file__).parent / 'style.css').read_text(encoding='utf-8')}</style>"
_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")
_LANGUAGES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True)
class Screen:
    """What a page has at hand: the choices of the address, the plan, the record, the language."""

    settings: Settings
    address: Address
    language: Language
    file: PlanFile
    plan: Plan
    store: Store
    as_of: date
    theme: Theme

    @cached_property
    def version(self) -> tuple[str, int]:
        """Changes when the plan or its record does; what is cached is cached by it."""
        return self.file.version, self.store.version(self.plan.id)

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """The whole plan judged as of the day."""
        return _assessments(
            self.store, self.plan, self.as_of, (self.settings.database, *self.version)
        )

    @cached_property
    def overview(self) -> views.Overview:
        """What the overview shows."""
        key = (self.settings.database, *self.version)
        code = self.language.code
        return _overview(self.store, self.plan, self.assessments, self.as_of, code, key)

    @cached_property
    def _kept(self) -> dict[str, str]:
        # Read once a run: Streamlit takes locks for each parameter, and a list has many links.
        return address.kept()

    def href(self, page: str, **choices: str) -> str:
        """The address of a page as a link inside a text, with the address's choices kept."""
        return markup.href(page, self._kept | choices)


@contextmanager
def opened() -> Iterator[Screen]:
    """Set a page up; its whole body runs inside: `with page.opened() as screen:`.

    The one place where refusals are caught and said in the reader's language.
    """
    st.set_page_config(page_title="目标 Mubiao", layout="wide", initial_sidebar_state="auto")
    asked = address.read()
    words = language(asked.lang)
    st.html(STYLE + offline.style(words))
    offline.catch_up()
    try:
        settings = settings_from(environ)
        files = service.plan_files(settings)
        file = _chosen(files, asked.plan)
        as_of = asked.as_of or service.today(settings)
        _sidebar(files, file, as_of, service.today(settings), words)
        if file is None or file.plan is None:
            _broken_plan(settings, file, words)
            st.stop()
        store = _store(settings, file)
        yield Screen(settings, asked, words, file, file.plan, store, as_of, _theme())
    except Refused as refusal:
        _refused(refusal, words)
        # Without a screen there is no body to run; returning would be an error of its own.
        st.stop()
    finally:
        # Last, when everything is on its way: for an icon Streamlit loads numpy.
        st.set_page_config(page_icon=ICON)


def link(page: str, text: str, **choices: str) -> None:
    """A link to another page of the dashboard with the address's choices kept."""
    st.page_link(f"pages/{page}.py", label=text, query_params=address.kept(**choices))


@st.cache_resource(max_entries=16, show_spinner=False)
def _assessments(
    _store: Store, _plan: Plan, as_of: date, key: tuple[object, ...]
) -> tuple[Assessment, ...]:
    del key
    return service.board(_store, _plan, as_of)


@st.cache_resource(max_entries=16, show_spinner=False)
def _overview(
    _store: Store,
    _plan: Plan,
    _assessments: Sequence[Assessment],
    as_of: date,
    code: str,
    key: tuple[object, ...],
) -> views.Overview:
    del key
    shown = views.overview(_plan, _assessments, as_of, language(code))
    own = own_judgements(_store.remarks(_plan.id, as_of=as_of), as_of)
    return with_judgements(shown, own, language(code))


@st.cache_resource(show_spinner=False)
def _open(database: str, backups: Path | None) -> Store:
    return service.open_record(Settings(database=database, backups=backups))


@st.cache_resource(show_spinner=False)
def _seeded(_store: Store, _file: PlanFile, database: str, version: str) -> bool:
    """Look once per server and plan whether the record is empty, not on each rerun."""
    del database, version
    return service.seed(_store, _file)


def _store(settings: Settings, file: PlanFile) -> Store:
    store = _open(settings.database, settings.backups)
    _seeded(store, file, settings.database, file.version)
    backups.with_page(settings)
    return store


def _theme() -> Theme:
    return "dark" if st.context.theme.type == "dark" else "light"


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
        st.session_state["lang"] = words.code
        st.segmented_control(
            words.t("Language"),
            list(_LANGUAGES),
            format_func=_LANGUAGES.__getitem__,
            key="lang",
            required=True,
            on_change=address.writer("lang", "lang"),
        )
        _plans(files, file, words)


def _as_of(as_of: date, today: date, words: Language) -> None:
    st.session_state["as_of"] = as_of
    st.date_input(
        words.t("As of"),
        key="as_of",
        min_value=address.FIRST_DAY,
        max_value=address.LAST_DAY,
        format="YYYY-MM-DD",
        on_change=address.writer("as_of", "as_of"),
        help=words.t("Shows only what was known by that day."),
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
            on_click=address.write,
            args=("as_of", ""),
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
    st.session_state["plan"] = file.path.stem
    st.selectbox(
        words.t("Plan"),
        list(names),
        format_func=names.__getitem__,
        key="plan",
        on_change=address.writer("plan", "plan"),
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
