"""What a file would do, as lists, and what a person decides about it before it is saved.

Decisions and ticks are held by the widgets themselves. Their keys change with what they are about:
another figure, or another one recorded meanwhile, is decided anew.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import streamlit as st

from mubiao.html import part
from mubiao.problems import message
from mubiao.proposal.effects import Change
from mubiao.proposal.row_texts import row_text
from mubiao.proposal.rows import Choice, Outcome, ProposalRow
from mubiao.spreadsheet.importing import Import
from mubiao.ui.record import pane
from mubiao.ui.shell import fields, markup
from mubiao.ui.shell.page import Screen

# More rows than this are counted, not listed.
LISTED = 200
# As many open questions are asked at once; the next come when these are answered.
AT_ONCE = 100
_WHOSE: Mapping[str, str] = {
    Choice.THEIRS.value: message("Keep theirs"),
    Choice.MINE.value: message("Take the file's"),
}


def wrong(screen: Screen, proposal: Import) -> None:
    """Every cell that is wrong, with its place and the reason."""
    troubles = proposal.troubles
    if not troubles:
        return
    t, count = screen.language.t, len(troubles)
    columns = [t("Row"), t("Column"), t("Stands there"), t("What is wrong")]
    rows = [one.texts(screen.language) for one in troubles[:LISTED]]
    st.html(markup.heading(t("Wrong: nothing is saved until this is mended"), str(count)))
    st.html(markup.table(columns, rows, "mb-file mb-wrong"))
    if left := _rest(screen, count):
        st.html(markup.empty(left))


def effect(screen: Screen, proposal: Import, changes: Sequence[Change]) -> None:
    """Which targets change by what would be saved: first those that change their status."""
    language, figures = screen.language, proposal.figures
    if not figures:
        return
    day = language.day(screen.as_of)
    st.html(markup.heading(language.t("What this changes, as of {day}", day=day)))
    later = sum(figure.known_on > screen.as_of for figure in figures)
    if later:
        text = language.t("Figures that became known only after that day: {n}", n=later)
        st.html(markup.quiet(text))
    other = [change for change in changes if change.turns]
    same = [change for change in changes if not change.turns]
    if other:
        st.html("".join(part("edit", *_change(screen, change)) for change in other))
    else:
        st.html(markup.empty(language.t("No status changes.")))
    if same:
        edits = [_change(screen, change) for change in same]
        title = language.t("Another figure, the same status")
        st.html(part("folded_edits", title, str(len(same)), edits))


def rows(screen: Screen, proposal: Import) -> None:
    """The rows of the file: what changes is open, what is passed over or stays is folded."""
    language, same = screen.language, proposal.of(Outcome.SAME)
    parts: Sequence[tuple[str, Sequence[ProposalRow]]] = (
        (language.t("Changed: old → new"), proposal.corrections),
        (language.t("New"), proposal.new),
        (language.t("Outdated: passed over"), proposal.of(Outcome.OUTDATED)),
        (language.t("Left out, of closed periods"), [r for r in proposal.left_out if r.is_closed]),
        (language.t("Unchanged"), same),
    )
    for title, of_kind in parts:
        if of_kind:
            _lines(screen, title, of_kind, opened=of_kind is not same)


def _rest(screen: Screen, count: int, listed: int = LISTED) -> str:
    """How many more there are than are listed; "" where all are."""
    return screen.language.t("… and {n} more", n=count - listed) if count > listed else ""


def _lines(screen: Screen, title: str, of_kind: Sequence[ProposalRow], *, opened: bool) -> None:
    phrasebook, count = screen.phrasebook, len(of_kind)
    t = phrasebook.t
    columns = [t("Row"), t("Target"), t("Period"), t("Actual")]
    listed = [
        (
            str(row.place),
            phrasebook.name(row.target),
            phrasebook.period(row.figure.period),
            row_text(row, phrasebook),
        )
        for row in of_kind[:LISTED]
        if row.figure is not None
    ]
    # What changes is what a person must look at; what stays is there for who asks.
    left = _rest(screen, count)
    st.html(part("folded_table", title, str(count), columns, listed, left, opened))


def _change(screen: Screen, change: Change) -> pane.Line:
    phrasebook, counting = screen.phrasebook, change.after.observation
    if counting is None:
        return pane.change_line(screen, change, "", "")
    figure, period = phrasebook.actual(counting), phrasebook.period(counting.period)
    return pane.change_line(screen, change, figure, period)


def choices(proposal: Import, file: str) -> dict[int, Choice]:
    """What was decided by now, by the rows of the file."""
    decided = {
        row.place: Choice(choice)
        for row in proposal.rows
        if (choice := st.session_state.get(_choice_key(file, row)))
    }
    return decided | {
        row.place: Choice.LEFT_OUT
        for row in proposal.rows
        # Where others were faster, theirs can be kept instead.
        if (row.conflict is None and st.session_state.get(_left_out_key(file, row)))
        or (row.is_closed and bool(st.session_state.get(_closed_key(file))))
    }


def is_confirmed(mark: str, file: str) -> bool:
    """Whether a doubtful row, by its mark, was confirmed."""
    return bool(st.session_state.get(_tick_key(file, mark)))


def leave_out_closed(screen: Screen, proposal: Import, file: str) -> None:
    """The box that leaves out all rows of closed periods, where there are others."""
    closed = sum(row.is_closed for row in proposal.rows)
    if closed and closed < len(proposal.rows):
        label = screen.language.t("Leave out the {n} rows of closed periods", n=closed)
        st.checkbox(markup.plain(label), key=_closed_key(file))


def decide(screen: Screen, proposal: Import, file: str) -> None:
    """Each row that somebody else was faster than, with both ways out."""
    rows = [row for row in proposal.rows if row.conflict is not None]
    if not rows:
        return
    language = screen.language
    st.html(markup.heading(language.t("To decide: the record has later figures"), str(len(rows))))
    open_ = [row.is_open for row in rows]
    if sum(open_) > 1:
        keys = [_choice_key(file, row) for row in rows if row.is_open]
        label = language.t("Keep theirs for all {n}", n=len(keys))
        theirs = dict.fromkeys(keys, Choice.THEIRS.value)
        fields.button(label, "files-keep-all", st.session_state.update, theirs)
    count = _at_once(open_)
    for row in rows[:count]:
        _decide(screen, row, file)
    if more := _rest(screen, len(rows), count):
        st.html(markup.empty(more))


def confirm(screen: Screen, proposal: Import, file: str) -> None:
    """Each doubtful row with its box; those doubtful for the same reasons stand together."""
    doubtful = [r for r in proposal.rows if r.warnings and (r.saves or r.is_left_out)]
    if not doubtful:
        return
    language = screen.language
    st.html(markup.heading(language.t("To confirm before saving"), str(len(doubtful))))
    kinds: dict[tuple[str, ...], list[ProposalRow]] = defaultdict(list)
    for row in doubtful:
        kinds[tuple(problem.message for problem in row.warnings)].append(row)
    # What only one row has is what a person would miss among forty others.
    groups = sorted(kinds.values(), key=len)
    ordered = [row for group in groups for row in group]
    questions = ordered[: _at_once([row.outcome is Outcome.ASK for row in ordered])]
    places = {row.place for row in questions}
    for number, group in enumerate(groups):
        here = [row for row in group if row.place in places]
        for row in here:
            _ask(screen, row, file)
        if len(groups) > 1 and len(here) > 1:
            label = language.t("Confirm these {n}, doubtful for the same reason", n=len(here))
            _confirm_all(label, f"files-confirm-{number}", here, file)
    if len(questions) > 1:
        label = language.t("Confirm all {n}", n=len(questions))
        _confirm_all(label, "files-confirm-all", questions, file)
    if more := _rest(screen, len(ordered), len(questions)):
        st.html(markup.empty(more))


def _ask(screen: Screen, row: ProposalRow, file: str) -> None:
    """A doubtful row with both answers: it is right, or it is left out."""
    above, key = pane.line(screen, row, [_place(screen, row)]), _tick_key(file, row.mark)
    with st.container(key=f"doubt-answers-{row.place}"):
        pane.confirm(screen, row, f"file-{row.place}", key, above=above)
        if row.conflict is None:
            st.checkbox(screen.language.t("Leave this row out"), key=_left_out_key(file, row))


def _decide(screen: Screen, row: ProposalRow, file: str) -> None:
    language = screen.language
    above = pane.line(screen, row, [row_text(row, screen.phrasebook), _place(screen, row)])
    with pane.clash(screen, row, f"file-{row.place}", above=above):
        st.segmented_control(
            markup.plain(language.t("Row {row}: whose figure is right?", row=row.place)),
            list(_WHOSE),
            format_func=lambda choice: language.t(_WHOSE[choice]),
            key=_choice_key(file, row),
            label_visibility="collapsed",
        )


def _confirm_all(label: str, key: str, rows: Sequence[ProposalRow], file: str) -> None:
    keys = [_tick_key(file, row.mark) for row in rows if not row.is_left_out]
    done = all(row.confirmed or row.is_left_out for row in rows)
    fields.button(label, key, st.session_state.update, dict.fromkeys(keys, True), disabled=done)


def _place(screen: Screen, row: ProposalRow) -> str:
    return screen.language.t("row {row} of the file", row=row.place)


def _at_once(is_open: Sequence[bool]) -> int:
    """How many of some questions to show, so that at most AT_ONCE of them are open."""
    places = [place for place, open_ in enumerate(is_open) if open_]
    return len(is_open) if len(places) <= AT_ONCE else places[AT_ONCE]


def _choice_key(file: str, row: ProposalRow) -> str:
    conflict = row.conflict
    rows = [] if conflict is None else [conflict.base, *conflict.theirs]
    about = (str(entry.row) for entry in rows if entry is not None)
    return f"decide-file-{row.place}-{file}-{'-'.join(about)}"


def _closed_key(file: str) -> str:
    return f"leave-closed-{file}"


def _left_out_key(file: str, row: ProposalRow) -> str:
    return f"leave-file-{row.place}-{file}"


def _tick_key(file: str, mark: str) -> str:
    return f"confirm-file-{file}-{mark}"
