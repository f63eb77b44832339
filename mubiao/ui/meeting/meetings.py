"""Meeting: start presenting, hold a meeting, and the ones that were held."""

from collections.abc import Mapping
from typing import Literal
from uuid import uuid4

import streamlit as st

from mubiao.access import Action
from mubiao.model import Meeting
from mubiao.plain_text import NOTE_LIMIT
from mubiao.problems import Problem, Refused, message
from mubiao.ui.meeting.briefing import briefing_of
from mubiao.ui.shell import act, address, change_list, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.ui.shell.visitor import current
from mubiao.views.seen import act_text, meeting_before

_HOLD = "meeting-hold"
# The field of a problem with the person's name.
_BY = "recorded_by"
_EVERY = (0, 10, 20, 30, 60)


def opening(screen: Screen) -> None:
    """Title, and what came of the last act."""
    language = screen.language
    note = language.t("Prepare a meeting, present, and take the figures along.")
    st.html(markup.title(language.t("Meeting"), note))
    act.tell(screen)


def start(screen: Screen) -> None:
    """The way to the slides, and whether they advance by themselves."""
    language, every = screen.language, screen.address.every or 0
    by_key = language.t("only by key")
    st.html(markup.heading(language.t("Present")))
    names = {
        n: language.t("every {n} seconds", n=n) if n else by_key for n in sorted({*_EVERY, every})
    }
    bound = address.bound("every", every, text=lambda n: str(n) if n else "")
    with st.container(key="meeting-start", horizontal=True, vertical_alignment="bottom"):
        with st.container(key="start-presenting", width="content"):
            address.link("present", language.t("Start presenting"))
        fields.choice(language.t("Advance by itself"), names, width=220, **bound)
        appendix = screen.address.appendix
        st.checkbox(
            language.t("Appendix: every target"),
            **address.bound("appendix", appendix, text=lambda on: "1" if on else ""),
        )
    keys = language.t(
        "Arrow keys, space and Page Up/Down go through the slides; / finds a target, w tries a "
        "figure, t turns light and dark, p pauses, ? shows the keys, Escape leaves."
    )
    st.html(markup.quiet(keys))


def hold(screen: Screen) -> None:
    """The fields that keep a meeting; none while a kept one is open."""
    if screen.address.meeting is not None:
        return
    if not rights.may(screen, Action.KEEP_MEETINGS):
        rights.explain(screen, Action.KEEP_MEETINGS)
        person.ask(screen)
        return
    language, key = screen.language, _name_key()
    problems = act.refusals(_HOLD)
    day = language.day(screen.as_of)
    st.html(markup.heading(language.t("Hold a meeting")))
    text = language.t(
        "Keeps what is recorded now, as of {day}, and the plan, under a name. It can be opened "
        "again as it was seen, whatever is recorded or changed later.",
        day=day,
    )
    st.html(markup.quiet(text))
    aligned: Literal["top", "bottom"] = "top" if problems else "bottom"
    with st.container(key="meeting-hold", horizontal=True, vertical_alignment=aligned):
        with st.container(key="meeting-hold-name", gap="small"):
            st.text_input(
                language.t("Name of the meeting"),
                key=key,
                max_chars=80,
                placeholder=language.t("such as “July meeting {year}”", year=screen.plan.year),
            )
            fields.say(screen, (p for p in problems if p.field != _BY))
        with st.container(key="meeting-hold-by", gap="small"):
            person.ask(screen, language.t("Who holds it"))
            fields.say(screen, (p for p in problems if p.field == _BY))
        label = language.t("Hold, as of {day}", day=day)
        fields.button(label, "hold-meeting", _hold, screen, kind="primary")


def held(screen: Screen) -> None:
    """What changed up to the open meeting; all meetings, the latest first; those taken back."""
    language = screen.language
    if screen.meeting is not None:
        _changes(screen)
    st.html(markup.heading(language.t("Meetings held"), str(len(screen.meetings))))
    if not screen.meetings:
        st.html(markup.empty(language.t("No meeting has been held yet.")))
    for meeting in screen.meetings:
        with st.container(key=f"meeting-{meeting.id}"):
            _meeting(screen, meeting)
    dropped = [one for one in screen.store.all_meetings(screen.plan.id) if one.taken_back]
    if dropped:
        st.html(markup.heading(language.t("Taken back"), str(len(dropped))))
    for meeting in dropped:
        with st.container(key=f"meeting-{meeting.id}"):
            st.html(markup.held(meeting.name, _facts(screen, meeting)))
            if not rights.may(screen, Action.KEEP_MEETINGS):
                continue
            with st.container(key=f"meeting-ways-{meeting.id}", horizontal=True):
                label, key = language.t("Put back"), f"put-back-{meeting.id}"
                fields.button(label, key, _put_back, screen, meeting, kind="tertiary")


def _changes(screen: Screen) -> None:
    view = briefing_of(screen)
    if view.changes is None:
        return
    notes = [note for note in view.notes if note not in screen.meeting_notes]
    html = markup.days(view.changes) + "".join(map(markup.quiet, notes))
    st.html(markup.heading(view.changes_title) + html)
    change_list.draw(screen, view.changes)


def _open(choices: Mapping[str, str]) -> None:
    for name, value in choices.items():
        address.write(name, value)


def _meeting(screen: Screen, meeting: Meeting) -> None:
    language = screen.language
    since = screen.store.count(screen.plan.id, after=meeting.rows)
    facts = [*_facts(screen, meeting), language.t("rows recorded since: {n}", n=since)]
    st.html(markup.held(meeting.name, facts))
    choices = {"meeting": str(meeting.id), "as_of": meeting.as_of.isoformat()}
    with st.container(key=f"meeting-ways-{meeting.id}", horizontal=True):
        address.link("present", language.t("Open again"), **choices)
        if meeting_before(screen.store, screen.plan, meeting.as_of, meeting):
            # No link: Streamlit leaves the address as it is for one to the page that is open.
            label, key = language.t("Compare with the one before"), f"compare-{meeting.id}"
            fields.button(label, key, _open, choices, kind="tertiary")
        address.link("overview", language.t("Overview of that day"), **choices)
        if not rights.may(screen, Action.KEEP_MEETINGS):
            return
        with st.popover(language.t("Take back"), type="tertiary", key=f"drop-{meeting.id}"):
            text = language.t(
                "Take the meeting “{name}” back? Its name is free again; no figure changes, and "
                "it stays listed with your name and the reason. It can be put back.",
                name=meeting.name,
            )
            st.html(markup.quiet(text))
            why = language.t("Reason for taking it back")
            st.text_input(why, key=f"drop-reason-{meeting.id}", max_chars=NOTE_LIMIT)
            person.ask(screen, key=f"drop-by-{meeting.id}")
            fields.say(screen, act.refusals(f"drop-{meeting.id}"))
            label = language.t("Take “{name}” back", name=meeting.name)
            fields.button(label, f"drop-now-{meeting.id}", _drop, screen, meeting)


def _facts(screen: Screen, meeting: Meeting) -> list[str]:
    day = screen.language.day(meeting.as_of)
    acts = [act_text(act, screen.language) for act in meeting.acts]
    return [screen.language.t("as of {day}", day=day), *acts]


def _name_key() -> str:
    return f"meeting-name-{fields.turn('meeting')}"


def _hold(screen: Screen) -> None:
    """Keep the meeting and open it; pressed twice, it is kept once."""
    language, turn = screen.language, fields.turn("meeting")
    token = st.session_state.setdefault(f"meeting-token-{turn}", uuid4().hex)
    name = str(st.session_state.get(_name_key(), ""))
    with act.attempt(_HOLD):
        if missing := _missing(name, person.actor().name):
            raise Refused(missing)
        act.ask_if_garbled(name=name)
        meeting = screen.store.hold(
            screen.plan.id,
            name,
            screen.as_of,
            person.act(str(token)),
            plan_text=screen.plan.as_text(),
        )
        address.write("meeting", str(meeting.id))
        address.write("as_of", meeting.as_of.isoformat())
        fields.next_turn("meeting")
        act.done(language.t("The meeting “{name}” is kept.", name=meeting.name))


def _missing(name: str, by: str) -> tuple[Problem, ...]:
    """What is not filled in, all at once; the store would stop at the first."""
    problems = []
    if not name.strip():
        problems.append(Problem(message("Give the meeting a name."), field="name"))
    if not by.strip() and current().is_typed:
        problems.append(Problem(message("Say who holds the meeting."), field=_BY))
    return tuple(problems)


def _drop(screen: Screen, meeting: Meeting) -> None:
    reason = str(st.session_state.get(f"drop-reason-{meeting.id}", ""))
    with act.attempt(f"drop-{meeting.id}"):
        act.ask_if_garbled(reason=reason)
        screen.store.drop_meeting(screen.plan.id, meeting.id, person.act(), reason=reason)
        if screen.address.meeting == meeting.id:
            address.write("meeting", "")
        act.done(screen.language.t("The meeting “{name}” is taken back.", name=meeting.name))


def _put_back(screen: Screen, meeting: Meeting) -> None:
    with act.attempt():
        screen.store.put_back_meeting(screen.plan.id, meeting.id, person.act())
        act.done(screen.language.t("The meeting “{name}” stands again.", name=meeting.name))
