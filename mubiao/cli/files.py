"""Files at the command line: importing one with a dry run, exporting the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from mubiao import atomic, clock
from mubiao.exports.data.actuals import actuals, actuals_csv
from mubiao.exports.data.listing import as_csv
from mubiao.exports.data.whole_record import history_of, remarks
from mubiao.exports.workbook.listings import as_xlsx
from mubiao.i18n import Language
from mubiao.model import Plan, SaveKind
from mubiao.problems import Problem, Refused, Unavailable, message
from mubiao.proposal.effects import Change
from mubiao.settings import Settings
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.effects import dry_run, import_effects
from mubiao.spreadsheet.importing import Choice, Import, Trouble, decided, doubts
from mubiao.spreadsheet.preview import Shown
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.spreadsheet.table import Table, read_table
from mubiao.store import Store
from mubiao.wording.words import STATUS

_DECIDE = message(
    "nothing was saved; conflicts: {n}. Decide for all with --conflicts theirs (keep what is "
    "recorded) or --conflicts file (take the file's)"
)
_CONFIRM = message(
    "nothing was saved; rows to confirm: {n}. Look at them and repeat with --yes where they are "
    "right"
)


def read(path: Path) -> Table:
    """The table of a file. Raises Unavailable where it cannot be read, Refused for its content."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        told = message("the file cannot be read: {reason}")
        raise Unavailable([Problem(told, {"reason": error.strerror}, str(path))]) from error
    return read_table(str(path), content)


@dataclass(frozen=True, slots=True)
class Trial:
    """What importing a table would do: row by row, what is doubtful, which targets change."""

    table: Table
    plan: Plan
    found: Import
    doubts: Mapping[int, Sequence[Problem]]
    changes: Sequence[Change]


def tried(  # noqa: PLR0913, PLR0917 - the record, the file, and how it is to be taken
    settings: Settings,
    store: Store,
    plan: Plan,
    table: Table,
    conflicts: str | None,
    by: str | None = None,
) -> Trial:
    """What importing would do to the record as it is now, all conflicts decided one way or none.

    `by` is who imports: a figure of their own they may change with any file.
    """
    today = clock.today(settings)
    found = dry_run(store, plan, table, today)
    if conflicts is not None:
        choice = Choice(conflicts)
        found = decided(found, {one.line.entry.row: choice for one in found.disputes})
    changes = import_effects(store, plan, found, today)
    return Trial(table, plan, found, doubts(found, plan, today, by), changes)


def refuse(trial: Trial, words: Language, *, confirmed: bool) -> None:
    """Raises Refused with everything that is wrong with the file or to decide, if anything is;
    and unless it is `confirmed`, with everything doubtful.
    """
    found, plan, name = trial.found, trial.plan, trial.table.name
    told = [_told(one, words) for one in found.problems]
    told += [
        _at(name, preview.dispute_sides(one, plan, words), message("conflict"), words)
        for one in found.disputes
    ]
    if found.disputes:
        told.append(Problem(_DECIDE, {"n": len(found.disputes)}))
    if trial.doubts and not confirmed:
        told += [_at(name, line, message("to confirm"), words) for line in _doubtful(trial, words)]
        told.append(Problem(_CONFIRM, {"n": len(trial.doubts)}))
    if told:
        raise Refused(told)


def _told(one: Trouble, words: Language) -> Problem:
    """A problem of a cell as one line: its place, its column, what stands there, and why."""
    shown = preview.trouble(one, words)
    values = {"column": shown.column, "value": shown.value, "reason": shown.reason}
    told = message("{column} “{value}”: {reason}") if one.column else message("“{value}”: {reason}")
    return Problem(told, values, f"{one.problem.file}:{one.place}", field=one.column)


def _at(name: str, line: Shown, kind: str, words: Language) -> Problem:
    """A row of the file as one line: its place, its target and period, and what is said of it."""
    values = {"kind": words.t(kind), "name": line.name, "period": line.period, "text": line.text}
    return Problem(message("{kind}: {name}, {period}: {text}"), values, f"{name}:{line.row}")


def lines(trial: Trial, words: Language) -> str:
    """What the import would do, a row a line; the targets that change; and the counts last."""
    table, found, plan = trial.table, trial.found, trial.plan
    parts: Sequence[tuple[str, Iterable[Shown]]] = (
        (words.t("changed"), [preview.changed_line(row, plan, words) for row in found.changed]),
        (words.t("new"), [preview.new_line(row, plan, words) for row in found.new]),
        (words.t("outdated"), [preview.outdated_line(row, plan, words) for row in found.outdated]),
        (words.t("kept"), [preview.dispute_sides(one, plan, words) for one in found.kept]),
        (words.t("to confirm"), _doubtful(trial, words)),
    )
    told = [
        f"{line.row}\t{kind}\t{line.name}\t{line.period}\t{line.text}"
        for kind, rows in parts
        for line in rows
    ]
    told += [_changed(change, words) for change in trial.changes]
    told += preview.remarks(table, found, words)
    told.append(preview.summary(found, words))
    return "\n".join(told) + "\n"


def _doubtful(trial: Trial, words: Language) -> list[Shown]:
    return [
        preview.doubt_line(entry, problem, trial.plan, words)
        for entry in trial.found.entries
        for problem in trial.doubts.get(entry.row, ())
    ]


def _changed(change: Change, words: Language) -> str:
    """A target whose judgement changes: its status before and after, once where it stays."""
    passed = dict.fromkeys((change.before.status, change.after.status))
    statuses = " → ".join(words.t(STATUS[status]) for status in passed)
    kind, name = words.t("status"), words.pick(change.after.target.name)
    return f"{kind}\t{name}\t{statuses}"


def save(store: Store, plan: Plan, found: Import, by: str) -> None:
    """Record all of it, or nothing."""
    if found.proposals:
        store.save(
            plan.id,
            found.proposals,
            by=by,
            at=clock.now(),
            token=uuid4().hex,
            kind=SaveKind.IMPORT,
        )


def exported(store: Store, plan: Plan, what: str, form: str, language: Language) -> bytes:
    """A part of the record as a file of a format: the actuals that stand, the history (every row
    ever, as a workbook with every remark), or every remark ever.
    """
    spoken = language if form == "xlsx" else None
    if what == "actuals":
        standing = store.as_of(plan.id, date.max)
        if form == "csv":
            return actuals_csv(standing, for_excel=False)
        listings = [actuals(plan, standing, language)]
    else:
        listings = [history_of(store, plan.id, spoken)] if what == "history" else []
        listings.append(remarks(store.remarks(plan.id), spoken))
    return as_xlsx(listings, language) if spoken else as_csv(listings[0], for_excel=False)


def write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there as it was. Raises Refused."""
    try:
        atomic.write(path, content)
    except OSError as error:
        text = message("the file cannot be written: {reason}")
        values = {"reason": error.strerror or error}
        raise Unavailable([Problem(text, values, str(path))]) from error
