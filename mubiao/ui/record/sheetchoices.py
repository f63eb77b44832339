"""What a person decides about a file before it is saved: whose figure is right, what is doubtful.

Decisions and ticks are held by the widgets themselves. Their keys change with what they are about:
another figure, or another one recorded meanwhile, is decided anew.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from mubiao.model import Observation
from mubiao.problems import Problem, message
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.importing import Choice, Dispute, Import
from mubiao.ui.record import conflict, doubts, edit_markup, sheetlists
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen
from mubiao.views.preview import mark_of

Doubts = Mapping[int, Sequence[Problem]]
# As many open questions are asked at once; the next come when these are answered.
AT_ONCE = 100
_WHOSE = {
    Choice.THEIRS: message("Keep theirs"),
    Choice.FILE: message("Take the file's"),
}


def made(found: Import, file: str) -> dict[int, Choice]:
    """What was decided by now, by the rows of the file."""
    return {
        one.line.entry.row: Choice(choice)
        for one in found.disputes
        if (choice := st.session_state.get(_choice_key(file, one)))
    }


def unconfirmed(entries: Iterable[Observation], told: Doubts, file: str) -> list[Observation]:
    """The doubtful rows that nobody has confirmed yet."""
    return [
        entry
        for entry in entries
        if entry.row in told and not st.session_state.get(_tick_key(file, entry, told[entry.row]))
    ]


def decide(screen: Screen, found: Import, file: str) -> None:
    """Each row that somebody else was faster than, with both ways out."""
    if not found.disputes:
        return
    words = screen.language
    count = len(found.disputes)
    st.html(markup.heading(words.t("To decide: the record has later figures"), str(count)))
    choices = made(found, file)
    open_ = [one for one in found.disputes if one.line.entry.row not in choices]
    if len(open_) > 1:
        st.button(
            words.t("Keep theirs for all {n}", n=len(open_)),
            key="files-keep-all",
            on_click=_set,
            args=([_choice_key(file, one) for one in open_], Choice.THEIRS),
        )
    shown = _asked([one in open_ for one in found.disputes])
    for one in found.disputes[:shown]:
        with st.container(key=f"clash-file-{one.line.entry.row}", gap=None):
            _decide(screen, one, file)
    if more := sheetlists.rest(screen, count, shown):
        st.html(more)


def confirm(screen: Screen, entries: Sequence[Observation], told: Doubts, file: str) -> None:
    """Each doubtful row with its box; those doubtful for the same reasons stand together."""
    if not told:
        return
    words = screen.language
    st.html(markup.heading(words.t("To confirm before saving"), str(len(told))))
    kinds: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for entry in entries:
        if entry.row in told:
            kinds[tuple(problem.message for problem in told[entry.row])].append(entry)
    # What only one row has is what a person would miss among forty others.
    groups = sorted(kinds.values(), key=len)
    ordered = [entry for group in groups for entry in group]
    open_ = {entry.row for entry in unconfirmed(ordered, told, file)}
    shown = ordered[: _asked([entry.row in open_ for entry in ordered])]
    rows = {entry.row for entry in shown}
    for number, group in enumerate(groups):
        here = [entry for entry in group if entry.row in rows]
        for entry in here:
            _confirm(screen, entry, told[entry.row], file)
        if len(groups) > 1 and len(here) > 1:
            label = words.t("Confirm these {n}, doubtful for the same reason", n=len(here))
            _confirm_all(label, f"files-confirm-{number}", here, told, file)
    if len(shown) > 1:
        label = words.t("Confirm all {n}", n=len(shown))
        _confirm_all(label, "files-confirm-all", shown, told, file)
    if more := sheetlists.rest(screen, len(ordered), len(shown)):
        st.html(more)


def _decide(screen: Screen, one: Dispute, file: str) -> None:
    words, entry = screen.language, one.line.entry
    would = preview.dispute_line(one, screen.plan, words)
    st.html(_line(screen, entry, would.text))
    mine = conflict.told(screen, replace(entry, row=0))
    conflict.compare(screen, one.base, one.theirs, mine, entry.period)
    st.segmented_control(
        words.t("Row {row}: whose figure is right?", row=entry.row),
        list(_WHOSE),
        format_func=lambda choice: words.t(_WHOSE[choice]),
        key=_choice_key(file, one),
        label_visibility="collapsed",
    )


def _confirm(screen: Screen, entry: Observation, warnings: Sequence[Problem], file: str) -> None:
    figure = screen.phrasebook.actual(entry)
    with st.container(key=f"doubt-file-{entry.row}"):
        key = _tick_key(file, entry, warnings)
        above = _line(screen, entry, "", figure)
        doubts.confirm(screen, warnings, key, confirmed=False, above=above)


def _confirm_all(
    label: str, key: str, entries: Iterable[Observation], told: Doubts, file: str
) -> None:
    keys = [_tick_key(file, entry, told[entry.row]) for entry in entries]
    done = all(st.session_state.get(one) for one in keys)
    st.button(label, key=key, on_click=_set, args=(keys, True), disabled=done)


def _line(screen: Screen, entry: Observation, more: str, figure: str = "") -> str:
    """A row of the file: its target, what it says, its place."""
    words, target = screen.language, screen.plan.by_id[entry.target]
    place = words.t("row {row} of the file", row=entry.row)
    what = [words.period(entry.period, screen.plan.year), more, place]
    link = screen.href("target", target=target.id)
    name = words.pick(target.name)
    return edit_markup.line(name, link, figure, " · ".join(filter(None, what)), ())


def _asked(is_open: Sequence[bool]) -> int:
    """How many of some questions to show, so that at most AT_ONCE of them are open."""
    places = [place for place, open_ in enumerate(is_open) if open_]
    return len(is_open) if len(places) <= AT_ONCE else places[AT_ONCE]


def _set(keys: Iterable[str], value: Choice | bool) -> None:  # noqa: FBT001 - what a widget holds
    for key in keys:
        st.session_state[key] = value


def _choice_key(file: str, one: Dispute) -> str:
    rows = [one.base, *one.theirs]
    about = [str(entry.row) for entry in rows if entry is not None]
    return _key("decide", file, one.line.entry, about)


def _tick_key(file: str, entry: Observation, warnings: Sequence[Problem]) -> str:
    return _key("confirm", file, entry, [mark_of(entry, warnings)])


def _key(what: str, file: str, entry: Observation, about: Iterable[str]) -> str:
    told = hashlib.sha256("\n".join((file, *about)).encode()).hexdigest()[:16]
    return f"{what}-file-{entry.row}-{told}"
