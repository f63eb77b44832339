"""Files at the command line: importing one with a dry run, exporting the record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from mubiao import clock
from mubiao.cli import contents
from mubiao.cli.answers import answer
from mubiao.exports.data.actuals import actuals, actuals_csv
from mubiao.exports.data.documents import to_json
from mubiao.exports.data.imports import import_document, refused_document
from mubiao.exports.data.listing import as_csv
from mubiao.exports.data.whole_record import everything, history_of, meetings, remarks
from mubiao.exports.workbook.listings import as_xlsx
from mubiao.i18n import Language
from mubiao.model import Actor, Plan, SaveKind
from mubiao.problems import Problem, Refused, message
from mubiao.proposal.effects import Change, judged_anew
from mubiao.proposal.row_texts import row_text, sides, summary
from mubiao.proposal.rows import Choice, Outcome, ProposalRow
from mubiao.settings import Settings
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.importing import Import, Trouble, held_against
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.spreadsheet.table import Table, read_table
from mubiao.store import Store
from mubiao.wording.phrasebook import Phrasebook, before_after
from mubiao.wording.words import STATUS

_DECIDE = message(
    "nothing was saved; conflicts: {n}. Decide for all with --conflicts theirs (keep what is "
    "recorded) or --conflicts file (take the file's)"
)
_CONFIRM = message(
    "nothing was saved; rows to confirm: {n}. Look at them and repeat with --yes where all are "
    "right, or with --confirm and the mark of each that is, and --leave-out and that of each other"
)


def read(path: Path, encoding: str, language: Language, *, as_json: bool) -> Table:
    """The table of a file. Raises Unavailable where it cannot be read, Refused for its content,
    which the document says too.
    """
    try:
        return read_table(str(path), contents.read(path, MAX_BYTES), encoding)
    except Refused as refusal:
        if as_json:
            answer(to_json(refused_document(refusal.problems, language)))
        raise


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a call decides: whose figures are right where others were faster, and which doubtful
    rows are right, and which are left out, by their marks.
    """

    conflicts: str | None
    marks: Collection[str]
    left_out: Collection[str]
    all_confirmed: bool

    def is_confirmed(self, mark: str) -> bool:
        """Whether the row of a mark is right."""
        return self.all_confirmed or mark in self.marks


@dataclass(frozen=True, slots=True)
class DryRun:
    """What importing a table would do: row by row, and which targets change."""

    proposal: Import
    phrasebook: Phrasebook
    changes: Sequence[Change]


def tried(  # noqa: PLR0913, PLR0917 - the record, the file, and how it is to be taken
    settings: Settings,
    store: Store,
    phrasebook: Phrasebook,
    table: Table,
    decisions: Decisions,
    actor: Actor | None = None,
) -> DryRun:
    """What importing would do to the record as it is now, all conflicts decided one way or none.

    `actor` is who imports: a figure of their own they may change with any file.
    """
    plan = phrasebook.plan
    today = clock.today(settings, plan.zone)
    proposal = held_against(store, plan, table, today)
    choice = Choice.MINE if decisions.conflicts == "file" else Choice.THEIRS
    choices = {row.place: choice for row in proposal.clashes} if decisions.conflicts else {}
    proposal = proposal.decided(choices, actor)
    if decisions.left_out:
        choices |= {
            row.place: Choice.LEFT_OUT for row in proposal.rows if row.mark in decisions.left_out
        }
        proposal = proposal.decided(choices, actor)
    proposal = proposal.confirmed(decisions.is_confirmed)
    changes = judged_anew(store, plan, proposal.figures, today)
    return DryRun(proposal, phrasebook, changes)


def refuse(trial: DryRun, *, dry: bool) -> None:
    """Raises Refused with everything that is wrong with the file or to decide, if anything is; and
    with everything that is to be confirmed, unless the run is `dry` and has said it.
    """
    proposal, language = trial.proposal, trial.phrasebook.language
    clashes, doubtful = proposal.clashes, proposal.of(Outcome.ASK)
    problems = [_of_cell(one, language) for one in proposal.troubles]
    problems += [
        _of_row(trial, row, message("conflict"), sides(row, trial.phrasebook)) for row in clashes
    ]
    if clashes:
        problems.append(Problem(_DECIDE, {"n": len(clashes)}))
    if doubtful and not dry:
        problems += [
            _of_row(trial, row, message("to confirm"), _doubt(row, warning, language))
            for row in doubtful
            for warning in row.warnings
        ]
        problems.append(Problem(_CONFIRM, {"n": len(doubtful)}))
    if problems:
        raise Refused(problems)


def _of_cell(one: Trouble, language: Language) -> Problem:
    """A problem of a cell as one line: its place, its column, what stands there, and why."""
    place, column, value, reason = one.texts(language)
    values = {"column": column, "value": value, "reason": reason}
    msgid = (
        message("{column} “{value}”: {reason}") if one.column else message("“{value}”: {reason}")
    )
    return Problem(msgid, values, f"{one.problem.file}:{place}", field=one.column)


def _of_row(trial: DryRun, row: ProposalRow, kind: str, text: str) -> Problem:
    """A row of the file as one line: its place, its target and period, and a text about it."""
    name, period = _about(row, trial.phrasebook)
    values = {"kind": trial.phrasebook.t(kind), "name": name, "period": period, "text": text}
    file = f"{trial.proposal.table.name}:{row.place}"
    return Problem(message("{kind}: {name}, {period}: {text}"), values, file)


def _doubt(row: ProposalRow, warning: Problem, language: Language) -> str:
    """A warning with the mark of its row, by which the row is confirmed."""
    return f"{language.problem(warning)} [{row.mark}]"


def document(trial: DryRun) -> bytes:
    """What the import does, as a JSON document."""
    return to_json(import_document(trial.proposal, trial.changes, trial.phrasebook))


def _about(row: ProposalRow, phrasebook: Phrasebook) -> tuple[str, str]:
    """The target and the period of a row that could be read."""
    period = phrasebook.period(row.figure.period) if row.figure else ""
    return phrasebook.name(row.target), period


def lines(trial: DryRun) -> str:
    """What the import would do, a row a line; the targets that change; and the counts last."""
    proposal, phrasebook = trial.proposal, trial.phrasebook
    parts: list[tuple[str, ProposalRow, str]] = []
    for kind, rows, say in (
        (message("changed"), proposal.corrections, row_text),
        (message("new"), proposal.new, row_text),
        (message("outdated"), proposal.of(Outcome.OUTDATED), row_text),
        (message("kept"), proposal.kept, sides),
    ):
        parts += [(kind, row, say(row, phrasebook)) for row in rows]
    parts += [
        (
            message("confirmed") if row.confirmed else message("to confirm"),
            row,
            _doubt(row, warning, phrasebook.language),
        )
        for row in proposal.rows
        if row.saves
        for warning in row.warnings
    ]
    texts = [
        "\t".join((str(row.place), phrasebook.t(kind), *_about(row, phrasebook), text))
        for kind, row, text in parts
    ]
    texts += [_changed(change, phrasebook) for change in trial.changes]
    texts += preview.remarks(proposal, phrasebook.language)
    texts.append(summary(proposal, phrasebook))
    return "\n".join(texts) + "\n"


def _changed(change: Change, phrasebook: Phrasebook) -> str:
    """A target whose judgement changes: its status before and after, once where it stays."""
    before, after = (phrasebook.t(STATUS[a.status]) for a in (change.before, change.after))
    kind, name = phrasebook.t("status"), phrasebook.name(change.after.target.id)
    return f"{kind}\t{name}\t{before_after(before, after)}"


def save(store: Store, trial: DryRun, actor: Actor) -> None:
    """Record all of it, or nothing."""
    if wanted := trial.proposal.submissions:
        plan, now = trial.phrasebook.plan.id, clock.now()
        token = uuid4().hex
        store.save(plan, wanted, actor=actor, at=now, token=token, kind=SaveKind.IMPORT)


def exported(store: Store, plan: Plan, what: str, form: str, language: Language) -> bytes:
    """A part of the record as a file of a format: the actuals that stand, the history (every row
    ever, as a workbook with every remark and meeting), or every remark or meeting ever.
    """
    spoken = language if form == "xlsx" else None
    if what == "actuals":
        standing = store.as_of(plan.id, date.max)
        if form == "csv":
            return actuals_csv(standing)
        listings = [actuals(Phrasebook(plan, language), standing)]
    elif what == "history":
        listings = everything(store, plan.id, spoken) if spoken else [history_of(store, plan.id)]
    elif what == "remarks":
        listings = [remarks(store.remarks(plan.id), spoken)]
    else:
        listings = [meetings(store.all_meetings(plan.id), spoken)]
    return as_xlsx(listings, language) if spoken else as_csv(listings[0])
