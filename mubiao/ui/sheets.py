"""Record, by files: the workbook to fill in, exports, and importing with a dry run before it."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import uuid4

import streamlit as st

from mubiao import service
from mubiao.model import Plan, SaveKind
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.preview import Shown
from mubiao.spreadsheet.table import Table, read_table
from mubiao.store import Store
from mubiao.ui import markup, person, sheetmarkup
from mubiao.ui.page import Screen, located, plain
from mubiao.views.expected import expected_periods

_TURN, _SAVED, _REFUSED = "files-turn", "files-saved", "files-refused"
# More rows than this are counted, not listed.
LISTED = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def view(screen: Screen) -> None:
    """The whole view: what to take away, then what to bring back."""
    _said()
    _downloads(screen)
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
    today = service.today(screen.settings)
    key = (screen.settings.database, *screen.version, file.file_id, today)
    found = _dry_run(screen.store, screen.plan, table, today, key)
    _show(screen, table, found)
    _finish(screen, found, f"{file.file_id}-{_turn()}")


def _turn() -> int:
    """Grows with each save: the next file comes into a field of its own."""
    return int(st.session_state.get(_TURN, 0))


def _said() -> None:
    """What the last save did, or why it did nothing."""
    if told := st.session_state.pop(_SAVED, ""):
        st.success(plain(told), icon=None)
    for told in st.session_state.pop(_REFUSED, ()):
        st.error(plain(told), icon=None)


def _downloads(screen: Screen) -> None:
    words, plan = screen.language, screen.plan
    st.html(markup.heading(words.t("Download")))
    periods = _periods(plan)
    blank = words.t("to-fill-in")
    with st.container(key="files-take", horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            words.t("Period that the workbook asks for"),
            ["", *periods],
            format_func=lambda text: words.period(periods[text]) if text else words.t("any period"),
            key="files-period",
            width=280,
        )
        _download(
            words.t("Workbook to fill in"),
            f"{plan.id}-{chosen or blank}.xlsx",
            lambda: _workbook(screen, periods.get(chosen)),
        )
        _download(words.t("All actuals, XLSX"), f"{plan.id}.xlsx", lambda: _xlsx(screen))
        _download(words.t("All actuals, CSV"), f"{plan.id}.csv", lambda: _csv(screen))
    st.html(
        markup.empty(
            words.t("An export can be imported again: where nothing was edited, nothing changes.")
        )
    )


def _download(label: str, name: str, make: Callable[[], bytes]) -> None:
    """A file that is made when somebody asks for it, not on each run."""
    mime = "text/csv" if name.endswith(".csv") else _XLSX
    st.download_button(label, make, file_name=name, mime=mime, on_click="ignore")


# Slow to load, so only where one of them is made.
def _workbook(screen: Screen, period: Period | None) -> bytes:
    from mubiao.spreadsheet.workbook import workbook  # noqa: PLC0415

    standing = screen.store.as_of(screen.plan.id, date.max)
    return workbook(screen.plan, standing, screen.language, period)


def _xlsx(screen: Screen) -> bytes:
    from mubiao.spreadsheet.export import export_xlsx  # noqa: PLC0415

    standing = screen.store.as_of(screen.plan.id, date.max)
    return export_xlsx(screen.plan, standing, screen.language)


def _csv(screen: Screen) -> bytes:
    from mubiao.spreadsheet.export import export_csv  # noqa: PLC0415

    return export_csv(screen.store.as_of(screen.plan.id, date.max))


def _periods(plan: Plan) -> dict[str, Period]:
    """Every period for which some target expects a figure, by its text, in order."""
    found = {p.text: p for target in plan.targets for p in expected_periods(plan, target)}
    return dict(sorted(found.items(), key=lambda item: (item[1].last, item[1].first)))


@st.cache_resource(max_entries=8, show_spinner=False)
def _table(name: str, content: bytes) -> Table:
    """A file is read once, not on each run."""
    return read_table(name, content)


@st.cache_resource(max_entries=8, show_spinner=False)
def _dry_run(
    _store: Store, _plan: Plan, _table: Table, today: date, key: tuple[object, ...]
) -> Import:
    del key
    return service.dry_run(_store, _plan, _table, today)


def _show(screen: Screen, table: Table, found: Import) -> None:
    """The dry run, what is wrong first."""
    words, plan = screen.language, screen.plan
    st.html(markup.heading(words.t("What this file would do"), table.name))
    st.html(sheetmarkup.summary(preview.summary(found, words)))
    if remarks := preview.remarks(table, found, words):
        st.html(markup.bullets(remarks))
    if found.problems:
        _troubles(screen, found)
    parts = (
        (words.t("Changed: old → new"), found.changed, preview.changed_line),
        (words.t("New"), found.new, preview.new_line),
        (words.t("Unchanged"), found.unchanged, preview.unchanged_line),
    )
    for title, lines, shown in parts:
        if lines:
            listed = [shown(line, plan, words) for line in lines[:LISTED]]
            _lines(screen, title, listed, len(lines), opened=lines is not found.unchanged)


def _troubles(screen: Screen, found: Import) -> None:
    words = screen.language
    shown = [preview.trouble(one, words) for one in found.problems[:LISTED]]
    columns = [words.t("Row"), words.t("Column"), words.t("Stands there"), words.t("What is wrong")]
    rows = [(one.place, one.column, one.value, one.reason) for one in shown]
    count = len(found.problems)
    st.html(markup.heading(words.t("Wrong: nothing is saved until this is mended"), str(count)))
    st.html(markup.table(columns, rows, "mb-file mb-wrong") + _rest(screen, count))


def _lines(screen: Screen, title: str, lines: Sequence[Shown], count: int, *, opened: bool) -> None:
    words = screen.language
    columns = [words.t("Row"), words.t("Target"), words.t("Period"), words.t("Actual")]
    rows = [(line.row, line.name, line.period, line.text) for line in lines]
    table = markup.table(columns, rows, "mb-file") + _rest(screen, count)
    # What changes is what a person must look at; what stays is there for who asks.
    st.html(sheetmarkup.folded(title, str(count), table, opened=opened))


def _rest(screen: Screen, count: int) -> str:
    if count <= LISTED:
        return ""
    return markup.empty(screen.language.t("… and {n} more", n=count - LISTED))


def _finish(screen: Screen, found: Import, scope: str) -> None:
    """The name and the one button: all or nothing."""
    words = screen.language
    count = len(found.proposals)
    if not count and not found.problems:
        st.html(markup.empty(words.t("The record has all of this already: nothing to save.")))
        return
    st.button(
        words.t("Save all ({n})", n=count),
        type="primary",
        key="files-save",
        disabled=not found.can_be_saved,
        on_click=_save,
        # What is saved is what was seen: a later state of the record is a conflict.
        args=(screen, found, _token(scope)),
    )


def _token(scope: str) -> str:
    """One token for a file, so that pressing twice saves once."""
    held: tuple[str, str] = st.session_state.setdefault("files-token", (scope, uuid4().hex))
    if held[0] != scope:
        held = st.session_state["files-token"] = (scope, uuid4().hex)
    return held[1]


def _save(screen: Screen, found: Import, token: str) -> None:
    words = screen.language
    try:
        screen.store.save(
            screen.plan.id,
            found.proposals,
            by=st.session_state.get("by") or "",
            at=service.now(),
            token=token,
            kind=SaveKind.IMPORT,
        )
    except Refused as refusal:
        told = [words.problem(problem) for problem in refusal.problems]
        st.session_state[_REFUSED] = list(dict.fromkeys(told))[:LISTED]
        return
    person.remember(st.session_state.get("by") or "")
    st.session_state[_TURN] = _turn() + 1
    st.session_state[_SAVED] = words.t(
        "Saved from the file: {new} new, {changed} corrected.",
        new=len(found.new),
        changed=len(found.changed),
    )
