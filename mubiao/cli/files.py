"""Files at the command line: importing one with a dry run, exporting the record."""

from datetime import date
from pathlib import Path

from mubiao.cli.answers import answer
from mubiao.cli.choices import read_file
from mubiao.exports.data.documents import to_json
from mubiao.exports.data.imports import import_document, refused_document
from mubiao.exports.data.listing import actuals, actuals_csv, as_csv
from mubiao.exports.data.whole_record import everything, history_of, meetings, remarks
from mubiao.exports.workbook.tables import as_xlsx
from mubiao.i18n import Language
from mubiao.model import Plan
from mubiao.problems import Refused, message
from mubiao.proposal.effects import Change
from mubiao.proposal.row_texts import row_text, sides, summary
from mubiao.proposal.rows import Outcome, ProposalRow
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.spreadsheet.table import Table, read_table
from mubiao.spreadsheet.trial import DryRun, Options, about, doubt
from mubiao.store import Store
from mubiao.wording.phrasebook import Phrasebook, before_after
from mubiao.wording.words import STATUS

OPTIONS = Options("--conflicts theirs", "--conflicts file", "--yes", "--confirm", "--leave-out")


def read(path: Path, encoding: str, language: Language, *, as_json: bool) -> Table:
    """The table of a file. Raises Unavailable or Refused, which the document says too."""
    try:
        return read_table(str(path), read_file(path, MAX_BYTES), encoding)
    except Refused as refusal:
        if as_json:
            answer(to_json(refused_document(refusal.problems, language)))
        raise


def document(trial: DryRun) -> bytes:
    """What the import does, as a JSON document."""
    return to_json(import_document(trial.proposal, trial.changes, trial.phrasebook))


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
            doubt(row, warning, phrasebook.language),
        )
        for row in proposal.rows
        if row.saves
        for warning in row.warnings
    ]
    texts = [
        "\t".join((str(row.place), phrasebook.t(kind), *about(row, phrasebook), text))
        for kind, row, text in parts
    ]
    texts += [_changed(change, phrasebook) for change in trial.changes]
    texts += proposal.reading_notes(phrasebook.language)
    texts.append(summary(proposal, phrasebook))
    return "\n".join(texts) + "\n"


def _changed(change: Change, phrasebook: Phrasebook) -> str:
    """A target whose judgement changes: its status before and after, once where it stays."""
    before, after = (phrasebook.t(STATUS[a.status]) for a in (change.before, change.after))
    kind, name = phrasebook.t("status"), phrasebook.name(change.after.target.id)
    return f"{kind}\t{name}\t{before_after(before, after)}"


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
