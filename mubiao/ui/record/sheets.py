"""Record, by files: the workbook to fill in, exports, and importing with a dry run before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import streamlit as st

from mubiao import clock
from mubiao.model import SaveKind
from mubiao.problems import Problem, Refused, message
from mubiao.proposal.effects import Change
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.effects import dry_run, import_effects
from mubiao.spreadsheet.importing import Bases, Choice, Import, decided, doubts
from mubiao.spreadsheet.table import Table, read_table
from mubiao.ui.record import conflict, edit_markup, sheetchoices, sheetdownloads, sheetlists
from mubiao.ui.record import doubts as doubtful_rows
from mubiao.ui.shell import act, markup, person, sheetmarkup
from mubiao.ui.shell.page import Screen, located

_TURN = "files-turn"
_SEEN = "files-seen"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The import with what was decided, what is doubtful about its rows, what it changes."""

    found: Import
    doubts: Mapping[int, Sequence[Problem]]
    changes: Sequence[Change]


def view(screen: Screen) -> None:
    """The whole view: what to take away, then what to bring back."""
    sheetdownloads.offer(screen)
    words = screen.language
    st.html(markup.heading(words.t("Import a file")))
    st.html(sheetmarkup.uploader_words(words.t("Choose a file"), words.t("or drop one here")))
    with st.container(key="files-upload"):
        file = st.file_uploader(words.t("XLSX or CSV, at most 10 MB"), key=f"files-{_turn()}")
    if file is None:
        quiet = words.t("What the file would change is shown first; nothing is saved before that.")
        st.html(markup.empty(quiet))
        return
    try:
        table = _table(file.name, file.getvalue())
    except Refused as refusal:
        st.html(markup.problems(located(problem, words) for problem in refusal.problems))
        return
    _try(screen, table, file.file_id)


def _try(screen: Screen, table: Table, file: str) -> None:
    """What the file would do to the record as it is now, what to decide, and the one button."""
    words, today = screen.language, clock.today(screen.settings)
    seen = _seen(file)
    found = screen.memo(
        "import",
        lambda: dry_run(screen.store, screen.plan, table, today, seen),
        *(file, today),
    )
    _remember_seen(file, found)
    choices = sheetchoices.made(found, file)
    by = person.named()
    outcome = screen.memo(
        "import decided",
        lambda: _outcome(screen, found, choices, today, by),
        *(file, tuple(sorted(choices.items())), today, screen.as_of, by),
    )
    st.html(markup.heading(words.t("What this file would do"), table.name))
    st.html(sheetmarkup.summary(preview.summary(outcome.found, words)))
    if remarks := preview.remarks(table, outcome.found, words):
        st.html(markup.bullets(remarks))
    sheetlists.wrong(screen, outcome.found)
    sheetchoices.decide(screen, found, file)
    entries = outcome.found.entries
    sheetchoices.confirm(screen, entries, outcome.doubts, file)
    sheetlists.effect(screen, outcome.found, outcome.changes)
    sheetlists.rows(screen, outcome.found)
    doubtful = sheetchoices.unconfirmed(entries, outcome.doubts, file)
    _finish(screen, outcome.found, len(doubtful), f"{file}-{_turn()}")


def _turn() -> int:
    """Grows with each save: the next file comes into a field of its own."""
    return int(st.session_state.get(_TURN, 0))


@st.cache_resource(max_entries=8, show_spinner=False)
def _table(name: str, content: bytes) -> Table:
    """A file is read once, not on each run."""
    return read_table(name, content)


def _outcome(
    screen: Screen, found: Import, choices: Mapping[int, Choice], today: date, by: str
) -> _Outcome:
    after = decided(found, choices)
    changes = import_effects(screen.store, screen.plan, after, screen.as_of)
    return _Outcome(after, doubts(after, screen.plan, today, by), changes)


def _seen(file: str) -> Bases | None:
    """What was recorded when the file was first shown: what somebody saved since is disputed."""
    held: tuple[str, Bases | None] = st.session_state.get(_SEEN, ("", None))
    return held[1] if held[0] == file else None


def _remember_seen(file: str, found: Import) -> None:
    if _seen(file) is None:
        st.session_state[_SEEN] = (file, found.bases)


def _finish(screen: Screen, found: Import, unconfirmed: int, scope: str) -> None:
    """What stands in the way of saving, and the one button: all or nothing."""
    words = screen.language
    count = len(found.entries)
    if not count and not found.problems and not found.disputes:
        told = words.t("The record has all of this already: nothing to save.")
        if found.kept or found.outdated:
            told = words.t("Everything stays as it is recorded: nothing to save.")
        st.html(markup.empty(told))
        return
    numbers = {
        message("ready: {n}"): count - unconfirmed,
        message("to confirm: {n}"): unconfirmed,
        message("to decide: {n}"): len(found.disputes),
        message("to mend: {n}"): len(found.problems),
    }
    blocked = _blocked(found, unconfirmed)
    with st.container(key="files-bar", horizontal=True, vertical_alignment="center"):
        told = words.t(blocked) if blocked else ""
        st.html(edit_markup.bar([words.t(text, n=n) for text, n in numbers.items() if n], told))
        label = words.t("Save all ({n})", n=count)
        pressed = st.button(label, type="primary", key="files-save", disabled=bool(blocked))
        # Pressed just before the last decision came in, it may be blocked by that.
        if pressed and not blocked:
            _save(screen, found, _token(scope))
            st.rerun()


def _blocked(found: Import, unconfirmed: int) -> str:
    """The first thing that stands in the way of saving, as a message; empty for nothing."""
    if found.problems:
        return message("Mend what is wrong in the file, then choose it again.")
    if found.disputes:
        return conflict.BLOCKED
    if unconfirmed:
        return doubtful_rows.BLOCKED
    return "" if person.named().strip() else message("Give your name, at the top.")


def _token(scope: str) -> str:
    """One token for a file, so that pressing twice saves once."""
    held: tuple[str, str] = st.session_state.setdefault("files-token", (scope, uuid4().hex))
    if held[0] != scope:
        held = st.session_state["files-token"] = (scope, uuid4().hex)
    return held[1]


def _save(screen: Screen, found: Import, token: str) -> None:
    """One transaction; a conflict is told, and shown by the next run among what is to decide."""
    with act.attempt():
        # What is saved is what was seen: a later state of the record is a conflict.
        screen.store.save(
            screen.plan.id,
            found.proposals,
            by=person.named(),
            at=clock.now(),
            token=token,
            kind=SaveKind.IMPORT,
        )
        st.session_state[_TURN] = _turn() + 1
        text = screen.language.t(
            "Saved from the file: {new} new, {changed} corrected.",
            new=len(found.new),
            changed=len(found.changed),
        )
        act.done(text)
