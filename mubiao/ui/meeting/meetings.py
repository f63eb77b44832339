"""Meeting: start presenting, hold a meeting, and the ones that were held."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from uuid import uuid4

import streamlit as st

from mubiao import clock
from mubiao.model import Meeting
from mubiao.plan.versions import plan_text
from mubiao.problems import Problem, Refused, message
from mubiao.ui.meeting.briefing import briefing
from mubiao.ui.shell import act, address, markup, person
from mubiao.ui.shell.page import Screen, plain
from mubiao.views.meetings import meeting_before
from mubiao.views.seen import moment

_TURN = "meeting-turn"
_HOLD = "meeting-hold"
# The field of a problem with the person's name.
_BY = "recorded_by"
_EVERY = (0, 10, 20, 30, 60)


def opening(screen: Screen) -> None:
    """Title, and what the last act did."""
    words = screen.language
    note = words.t("Prepare a meeting, present, and take the figures along.")
    st.html(markup.title(words.t("Meeting"), note))
    act.tell(screen)


def start(screen: Screen) -> None:
    """The way to the slides, and whether they advance by themselves."""
    words, every = screen.language, screen.address.every or 0
    by_key = words.t("only by key")
    st.html(markup.heading(words.t("Present")))
    options = sorted({*_EVERY, every})
    with st.container(key="meeting-start", horizontal=True, vertical_alignment="bottom"):
        with st.container(key="start-presenting", width="content"):
            address.link("present", words.t("Start presenting"))
        st.selectbox(
            words.t("Advance by itself"),
            options,
            format_func=lambda n: words.t("every {n} seconds", n=n) if n else by_key,
            width=220,
            **address.bound("every", every, text=lambda n: str(n) if n else ""),
        )
    keys = words.t(
        "Arrow keys, space and Page Up/Down go through the slides; / finds a target, w tries a "
        "figure, t turns light and dark, p pauses, ? shows the keys, Escape leaves."
    )
    st.html(markup.quiet(keys))


def hold(screen: Screen) -> None:
    """The fields that keep a meeting; not while one of before is looked at."""
    if screen.address.meeting is not None:
        return
    words, key = screen.language, _name_key()
    problems = act.refusals(_HOLD)
    day = words.day(screen.as_of)
    st.html(markup.heading(words.t("Hold a meeting")))
    told = words.t(
        "Keeps what is recorded now, as of {day}, and the plan, under a name. It can be opened "
        "again as it was seen, whatever is recorded or changed later.",
        day=day,
    )
    st.html(markup.quiet(told))
    aligned: Literal["top", "bottom"] = "top" if problems else "bottom"
    with st.container(key="meeting-hold", horizontal=True, vertical_alignment=aligned):
        with st.container(key="meeting-hold-name", gap="small"):
            st.text_input(
                words.t("Name of the meeting"),
                key=key,
                max_chars=80,
                placeholder=words.t("such as “July meeting 2020”"),
            )
            _told(screen, (p for p in problems if p.field != _BY))
        with st.container(key="meeting-hold-by", gap="small"):
            person.ask(screen, words.t("Who holds it"))
            _told(screen, (p for p in problems if p.field == _BY))
        st.button(
            words.t("Hold, as of {day}", day=day),
            key="hold-meeting",
            type="primary",
            on_click=_hold,
            args=(screen,),
        )


def _told(screen: Screen, problems: Iterable[Problem]) -> None:
    """What is wrong with a field, below it."""
    told = [screen.language.problem(problem) for problem in problems]
    if told:
        st.html(markup.problems(told))


def held(screen: Screen) -> None:
    """What changed up to the meeting that is looked at; then all meetings, the latest first."""
    words = screen.language
    if screen.meeting is not None:
        _changes(screen)
    st.html(markup.heading(words.t("Meetings held"), str(len(screen.meetings))))
    if not screen.meetings:
        st.html(markup.empty(words.t("No meeting has been held yet.")))
    for meeting in screen.meetings:
        with st.container(key=f"meeting-{meeting.id}"):
            _line(screen, meeting)


def _changes(screen: Screen) -> None:
    """Both days' counts, and the targets that turned, as the two rooms saw them."""
    shown = briefing(screen)
    if shown.changes is None:
        return
    turned = [row.id for turn in shown.changes.turns for row in turn.rows]
    ids = [*turned, *(row.id for row in shown.changes.steady)]
    links = {target: screen.href("target", target=target) for target in ids}
    notes = [note for note in shown.notes if note not in screen.meeting_notes]
    html = markup.days(shown.changes) + "".join(map(markup.quiet, notes))
    st.html(markup.heading(shown.changes_title) + html)
    for turn in shown.changes.turns:
        st.html(markup.turns(turn.name, turn.rows, links))
    if shown.changes.steady:
        words, rows = screen.language, shown.changes.steady
        title = words.t("Another figure, the same status: {n}", n=len(rows))
        st.html(markup.steady(title, rows, links))


def _open(choices: Mapping[str, str]) -> None:
    for name, value in choices.items():
        address.write(name, value)


def _line(screen: Screen, meeting: Meeting) -> None:
    words = screen.language
    since = screen.store.count(screen.plan.id, after=meeting.rows)
    held_at = moment(meeting.held_at, words)
    facts: Sequence[str] = (
        words.t("as of {day}", day=words.day(meeting.as_of)),
        words.t("held by {name}, {moment}", name=meeting.held_by, moment=held_at),
        words.t("rows recorded since: {n}", n=since),
    )
    st.html(markup.held(meeting.name, facts))
    choices = {"meeting": str(meeting.id), "as_of": meeting.as_of.isoformat()}
    with st.container(key=f"meeting-ways-{meeting.id}", horizontal=True):
        address.link("present", words.t("Open again"), **choices)
        if meeting_before(screen.store, screen.plan, meeting.as_of, meeting):
            # No link: Streamlit leaves the address as it is for one to the page that is open.
            st.button(
                words.t("Compare with the one before"),
                key=f"compare-{meeting.id}",
                type="tertiary",
                on_click=_open,
                args=(choices,),
            )
        address.link("overview", words.t("Overview of that day"), **choices)
        with st.popover(words.t("Take back"), type="tertiary", key=f"drop-{meeting.id}"):
            told = words.t(
                "Take the meeting “{name}” back? Its name is free again; no figure changes, and "
                "the record keeps that it was held.",
                name=meeting.name,
            )
            st.html(markup.quiet(told))
            st.button(
                words.t("Take “{name}” back", name=plain(meeting.name)),
                key=f"drop-now-{meeting.id}",
                on_click=_drop,
                args=(screen, meeting),
            )


def _name_key() -> str:
    return f"meeting-name-{st.session_state.get(_TURN, 0)}"


def _hold(screen: Screen) -> None:
    """Keep the meeting and look at it from now on; pressed twice, it is kept once."""
    words, turn = screen.language, int(st.session_state.get(_TURN, 0))
    token = st.session_state.setdefault(f"meeting-token-{turn}", uuid4().hex)
    name, by = str(st.session_state.get(_name_key(), "")), person.named()
    with act.attempt(_HOLD):
        if missing := _missing(name, by):
            raise Refused(missing)
        meeting = screen.store.hold(
            screen.plan.id,
            name,
            screen.as_of,
            by=by,
            at=clock.now(),
            token=str(token),
            plan_text=plan_text(screen.plan),
        )
        address.write("meeting", str(meeting.id))
        address.write("as_of", meeting.as_of.isoformat())
        st.session_state[_TURN] = turn + 1
        act.done(words.t("The meeting “{name}” is kept.", name=meeting.name))


def _missing(name: str, by: str) -> tuple[Problem, ...]:
    """What is not filled in, all at once; the store would stop at the first."""
    found = []
    if not name.strip():
        found.append(Problem(message("Give the meeting a name."), field="name"))
    if not by.strip():
        found.append(Problem(message("Say who holds the meeting."), field=_BY))
    return tuple(found)


def _drop(screen: Screen, meeting: Meeting) -> None:
    with act.attempt():
        screen.store.drop_meeting(screen.plan.id, meeting.id, by=person.named(), at=clock.now())
        if screen.address.meeting == meeting.id:
            address.write("meeting", "")
        act.done(screen.language.t("The meeting “{name}” is taken back.", name=meeting.name))
