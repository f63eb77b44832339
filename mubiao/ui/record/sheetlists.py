"""What a file would do, as lists: what is wrong, what changes, what is new, what stays."""

from collections.abc import Sequence

import streamlit as st

from mubiao.proposal.effects import Change
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.preview import Shown
from mubiao.ui.record import edit_markup
from mubiao.ui.shell import markup, sheetmarkup
from mubiao.ui.shell.page import Screen
from mubiao.views.overview import mark

# More rows than this are counted, not listed.
LISTED = 200


def wrong(screen: Screen, found: Import) -> None:
    """Every cell that is wrong, with its place and the reason."""
    if not found.problems:
        return
    words = screen.language
    shown = [preview.trouble(one, words) for one in found.problems[:LISTED]]
    columns = [words.t("Row"), words.t("Column"), words.t("Stands there"), words.t("What is wrong")]
    rows = [(one.place, one.column, one.value, one.reason) for one in shown]
    count = len(found.problems)
    st.html(markup.heading(words.t("Wrong: nothing is saved until this is mended"), str(count)))
    st.html(markup.table(columns, rows, "mb-file mb-wrong") + rest(screen, count))


def effect(screen: Screen, found: Import, changes: Sequence[Change]) -> None:
    """Which targets change by what would be saved: first those that change their status."""
    words = screen.language
    entries = found.entries
    if not entries:
        return
    day = words.day(screen.as_of)
    st.html(markup.heading(words.t("What this changes, as of {day}", day=day)))
    later = sum(entry.known_on > screen.as_of for entry in entries)
    if later:
        told = words.t("Figures that became known only after that day: {n}", n=later)
        st.html(edit_markup.caption(told))
    other = [change for change in changes if change.before.status is not change.after.status]
    same = [change for change in changes if change.before.status is change.after.status]
    if other:
        st.html("".join(_change(screen, change) for change in other))
    else:
        st.html(markup.empty(words.t("No status changes.")))
    if same:
        body = "".join(_change(screen, change) for change in same)
        title = words.t("Another figure, the same status")
        st.html(sheetmarkup.folded(title, str(len(same)), body, opened=False))


def rows(screen: Screen, found: Import) -> None:
    """The rows of the file: what changes is open, what is passed over or stays is folded."""
    words, plan = screen.language, screen.plan
    parts = (
        (words.t("Changed: old → new"), found.changed, preview.changed_line),
        (words.t("New"), found.new, preview.new_line),
        (words.t("Outdated: passed over"), found.outdated, preview.outdated_line),
        (words.t("Unchanged"), found.unchanged, preview.unchanged_line),
    )
    for title, lines, shown in parts:
        if lines:
            listed = [shown(line, plan, words) for line in lines[:LISTED]]
            _lines(screen, title, listed, len(lines), opened=lines is not found.unchanged)


def rest(screen: Screen, count: int, listed: int = LISTED) -> str:
    """How many more there are than are listed."""
    if count <= listed:
        return ""
    return markup.empty(screen.language.t("… and {n} more", n=count - listed))


def _lines(screen: Screen, title: str, lines: Sequence[Shown], count: int, *, opened: bool) -> None:
    words = screen.language
    columns = [words.t("Row"), words.t("Target"), words.t("Period"), words.t("Actual")]
    listed = [(line.row, line.name, line.period, line.text) for line in lines]
    table = markup.table(columns, listed, "mb-file") + rest(screen, count)
    # What changes is what a person must look at; what stays is there for who asks.
    st.html(sheetmarkup.folded(title, str(count), table, opened=opened))


def _change(screen: Screen, change: Change) -> str:
    """A target with the figure that counts then, and its status before and after."""
    words, plan, after = screen.language, screen.plan, change.after
    seen = after.observation
    return edit_markup.line(
        words.pick(after.target.name),
        screen.href("target", target=after.target.id),
        screen.phrasebook.actual(seen) if seen else "",
        words.period(seen.period, plan.year) if seen else "",
        [mark(s, words) for s in dict.fromkeys((change.before.status, after.status))],
    )
