"""What the edits of a month do: what must be decided or looked at first, then what is ready."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from mubiao.model import Observation
from mubiao.observation.pending import Pending
from mubiao.problems import message
from mubiao.proposal.effects import Change, effects
from mubiao.ui.record import conflict, doubts, edit_markup
from mubiao.ui.shell import markup, person
from mubiao.ui.shell.effects import turns
from mubiao.ui.shell.page import Screen
from mubiao.views.overview import StatusMark, mark
from mubiao.views.preview import Line, Outcome
from mubiao.wording import words as wording

_COUNTED = {
    "ready": message("ready: {n}"),
    "clash": message("to decide: {n}"),
    "doubtful": message("to confirm: {n}"),
    "refused": message("to mend: {n}"),
    "unchanged": message("recorded already: {n}"),
}
_BLOCKED = {
    "clash": conflict.BLOCKED,
    "refused": message("Mend or empty what is refused."),
    "doubtful": doubts.BLOCKED,
    "source": message("Say the source, above the grid."),
    "name": message("Give your name, at the top."),
    "ready": message("Nothing here is new."),
}
Changes = Mapping[str, Change]


def show(
    screen: Screen, known: Sequence[Observation], lines: Sequence[Line], pending: Pending
) -> Pending:
    """Every edited row; the edits with what was decided and confirmed by now.

    `known` are the observations as of the day that is looked at.
    """
    words = screen.language
    if not lines:
        hint = words.t("What you type is kept as it is, and its effect shown here, until you save.")
        st.html(markup.empty(hint))
        return pending
    written = [line.entry for line in lines if line.saves and line.entry is not None]
    found = effects(screen.plan, known, written, screen.as_of)
    changes = {change.after.target.id: change for change in found}
    st.html(markup.heading(words.t("What this changes, as of {day}", day=words.day(screen.as_of))))
    for line in _of(lines, "clash"):
        with st.container(key=f"clash-{line.due.target.id}", gap=None):
            st.html(_line(screen, line, changes))
            pending = conflict.show(screen, line, pending)
    _draw(_refused(screen, line) for line in _of(lines, "refused"))
    for line in lines:
        if line.saves and line.warnings:
            pending = _doubtful(screen, line, changes, pending)
    ready = [line for line in lines if line.saves and not line.warnings]
    ready += _of(lines, "unchanged")
    _draw(_line(screen, line, changes) for line in ready)
    _others(screen, found, lines)
    return pending


def blocked(lines: Sequence[Line]) -> str:
    """The first thing that stands in the way of saving, as a message; empty for nothing."""
    for kind in ("clash", "refused", "doubtful"):
        if _of(lines, kind):
            return _BLOCKED[kind]
    if not _of(lines, "ready"):
        return _BLOCKED["ready"]
    if any(line.lacks_source for line in lines):
        return _BLOCKED["source"]
    return "" if person.named().strip() else _BLOCKED["name"]


def counts(screen: Screen, lines: Sequence[Line]) -> list[str]:
    """How many rows there are of each kind."""
    numbers = {kind: len(_of(lines, kind)) for kind in _COUNTED}
    return [screen.language.t(_COUNTED[kind], n=n) for kind, n in numbers.items() if n]


def _draw(items: Iterable[str]) -> None:
    """Many lines as one part of the page; Streamlit refuses an empty one."""
    if told := "".join(items):
        st.html(told)


def _of(lines: Sequence[Line], kind: str) -> list[Line]:
    return [line for line in lines if _kind(line) == kind]


def _kind(line: Line) -> str:
    if line.saves:
        return "ready" if line.ready else "doubtful"
    return line.outcome.value


def _line(screen: Screen, line: Line, changes: Changes) -> str:
    words, target = screen.language, line.due.target
    link = screen.href("target", target=target.id)
    entry = line.entry
    figure = screen.phrasebook.actual(entry) if entry else ""
    statuses = _statuses(screen, line, changes.get(target.id))
    return edit_markup.line(words.pick(target.name), link, figure, _what(screen, line), statuses)


def _what(screen: Screen, line: Line) -> str:
    """The period, how settled the figure is, and what it replaces."""
    words, entry = screen.language, line.entry
    parts = [words.period(line.due.period, screen.plan.year)]
    said = line.replaces if line.outcome is Outcome.UNCHANGED else entry
    if said is not None and not line.due.target.is_milestone:
        parts.append(words.t(wording.NATURE[said.nature]))
    if line.outcome is Outcome.UNCHANGED:
        parts.append(words.t("recorded already"))
    elif line.saves and line.replaces is not None:
        parts.append(conflict.in_place_of(screen, line.replaces))
    elif line.saves:
        parts.append(words.t("new"))
    if entry is not None and line.saves and entry.known_on > screen.as_of:
        parts.append(words.t("counts from {day} on", day=words.day(entry.known_on)))
    return " · ".join(parts)


def _statuses(screen: Screen, line: Line, change: Change | None) -> list[StatusMark]:
    if change is None or not line.saves:
        return []
    passed = dict.fromkeys((change.before.status, change.after.status))
    return [mark(status, screen.language) for status in passed]


def _refused(screen: Screen, line: Line) -> str:
    target = line.due.target
    return edit_markup.refused(
        screen.language.pick(target.name),
        screen.href("target", target=target.id),
        [screen.phrasebook.labelled(problem) for problem in line.problems],
    )


def _doubtful(screen: Screen, line: Line, changes: Changes, pending: Pending) -> Pending:
    """A row with its warnings and the box that confirms them: another figure is confirmed anew."""
    target = line.due.target
    with st.container(key=f"doubt-{target.id}"):
        confirmed = doubts.confirm(
            screen,
            line.warnings,
            f"confirm-{target.id}-{line.mark}",
            confirmed=line.confirmed,
            above=_line(screen, line, changes),
        )
    if confirmed is line.confirmed:
        return pending
    return pending.confirmed(target.id, line.mark if confirmed else "")


def _others(screen: Screen, found: Sequence[Change], lines: Sequence[Line]) -> None:
    """Targets that nobody typed a figure for and whose status changes all the same."""
    words, typed = screen.language, {line.due.target.id for line in lines}
    also = [c for c in found if c.after.target.id not in typed and turns(c)]
    told = "".join(
        edit_markup.line(
            words.pick(change.after.target.name),
            screen.href("target", target=change.after.target.id),
            "",
            words.t("judged by what is entered for another target"),
            [mark(change.before.status, words), mark(change.after.status, words)],
        )
        for change in also
    )
    if told:
        st.html(markup.heading(words.t("Also changes")) + told)
