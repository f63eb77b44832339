"""Recording by another system: the same contract, outcomes and refusals as `import --json`."""

import json
import re
from collections.abc import Mapping
from uuid import uuid4

from starlette.datastructures import Headers

from mubiao import clock, journal
from mubiao.access import Action, Denied
from mubiao.api.call import Call, Misuse, refuse_other_plan
from mubiao.exports.data.imports import ImportDocument, import_document
from mubiao.i18n import Language
from mubiao.model import Act, Token
from mubiao.observation.contract import COLUMNS
from mubiao.problems import Problem, Problems, Refused, excerpt, message, refused
from mubiao.proposal.rows import ProposalRow
from mubiao.spreadsheet.cells import CellKind, Raw, csv_cell
from mubiao.spreadsheet.columns import NEEDED, READ, named
from mubiao.spreadsheet.sheets import MAX_ROWS
from mubiao.spreadsheet.table import Table, TableRow, read_table
from mubiao.spreadsheet.trial import Decisions, DryRun, Options, about, refuse, save, tried
from mubiao.wording.phrasebook import Phrasebook

PARAMETERS = ("plan", "dry_run", "conflicts", "yes", "confirm", "leave_out")
CSV, ROWS = "text/csv", "application/json"
_NAME = "body"
_OPTIONS = Options("conflicts=theirs", "conflicts=file", "yes=true", "confirm=", "leave_out=")
_KEY = message("the Idempotency-Key is longer than {most} characters")
LONGEST_KEY = 100
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # JSON can write half a character


class OtherType(Refused):
    """The body is of a type that nobody reads."""


class Undecided(Refused):
    """Rows are to be confirmed or decided; `document` has them all."""

    def __init__(self, refusal: Refused, document: ImportDocument, *, wrong: bool) -> None:
        super().__init__(refusal.problems)
        self.document = document
        self.wrong = wrong


def recorded(
    call: Call, token: Token, headers: Headers, body: bytes, language: Language
) -> tuple[ImportDocument, bool]:
    """What became of every row, with `dry_run` what would, and whether any waits for approval now.
    Nothing is recorded, or all of it.

    Raises Undecided with the same rows where any is wrong or to be decided, Refused where the body
    as a whole is none, Denied for targets that are not the token's.
    """
    dry, key = _truth(call, "dry_run"), headers.get("idempotency-key", "")
    if len(key) > LONGEST_KEY:
        raise Misuse([Problem(_KEY, {"most": LONGEST_KEY}, field="Idempotency-Key")])
    decisions = _decisions(call)
    refuse_other_plan(token, call.plan)
    rights = call.store.rights(token.actor)  # a dry run tells what is recorded, too
    if not any(rights.may_somewhere(one, token.plan) for one in (Action.RECORD, Action.SUBMIT)):
        raise rights.denied(Action.RECORD)
    table = _table(headers.get("content-type", ""), body)
    phrasebook = Phrasebook(call.plan, language)
    today = clock.today(call.settings, call.plan.zone)
    trial = tried(call.store, phrasebook, table, decisions, today=today, actor=token.actor)
    _refuse_foreign(trial, token)
    document = import_document(trial.proposal, trial.changes, phrasebook)
    if dry:
        journal.name("dry_run", token.actor.id)
        return document, False
    try:
        refuse(trial, _OPTIONS, dry=False)
    except Refused as refusal:
        wrong = bool(trial.proposal.troubles)
        raise Undecided(refusal, document, wrong=wrong) from refusal
    # The caller's own key, so that what was sent twice is recorded once.
    name = f"{token.actor.id}:{key}" if key else uuid4().hex
    filing = save(call.store, trial, Act(token.actor, clock.now(), name))
    return document, filing is not None


def _decisions(call: Call) -> Decisions:
    """What the call decides. Raises Misuse."""
    conflicts = call.only("conflicts")
    if conflicts is not None:
        _refuse_unless("conflicts", conflicts, "theirs", "file")
    confirm, left_out = (call.parameters.get(one, ()) for one in ("confirm", "leave_out"))
    return Decisions(conflicts, confirm, left_out, all_confirmed=_truth(call, "yes"))


def _truth(call: Call, name: str) -> bool:
    text = call.only(name) or "false"
    _refuse_unless(name, text, "true", "false")
    return text == "true"


def _refuse_unless(name: str, text: str, *choices: str) -> None:
    if text not in choices:
        msgid = message("{name} is “{text}”; expected one of: {choices}")
        values = {"name": name, "text": excerpt(text), "choices": ", ".join(choices)}
        raise Misuse([Problem(msgid, values, field=name)])


def _refuse_foreign(trial: DryRun, token: Token) -> None:
    """Raises Denied with every row of a target that the token's unit does not answer for."""
    plan = trial.phrasebook.plan
    msgid = message("row {row}: {name} is not a target of the token's unit")

    def is_own(row: ProposalRow) -> bool:
        target = plan.by_id.get(row.target)
        if target is None:  # a reference series is no unit's
            return token.owner == "" or row.target not in plan.indicators
        return token.owner in {"", target.owner}

    problems = [
        Problem(msgid, {"row": row.place, "name": about(row, trial.phrasebook)[0]}, field="target")
        for row in trial.proposal.rows
        if not is_own(row)
    ]
    if problems:
        raise Denied(problems)


def _table(content_type: str, body: bytes) -> Table:
    """The table of a body. Raises Refused for its content, OtherType."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == CSV:
        return read_table(_NAME, body)
    if kind == ROWS:
        return _table_of_rows(body)
    msgid = message("the body is {type}; expected {expected}")
    values = {"type": excerpt(kind) or "–", "expected": f"{CSV}, {ROWS}"}
    raise OtherType([Problem(msgid, values, field="Content-Type")])


def _table_of_rows(body: bytes) -> Table:
    """A list of objects by the contract's columns; their numbers count from 1. Raises Refused."""
    try:
        # Numbers as they are written: through a binary float 0.1 would be no 0.1.
        rows = json.loads(body, parse_float=str, parse_int=str, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise refused(message("the body is no JSON")) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refused(message("the body is JSON, but no list of objects"))
    if not rows:
        raise refused(message("there is no row in the body"))
    if len(rows) > MAX_ROWS:
        raise refused(message("the body has more than {most} rows"), most=MAX_ROWS)
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    _refuse_names(names)
    cells = [_row(number, row) for number, row in enumerate(rows, 1)]
    # Nothing stands after the value, where in a CSV the rest of a number may.
    columns = (*(name for name in names if name != "value"), "value")
    return Table(_NAME, tuple(cells), columns=columns)


def _constant(text: str) -> str:
    raise ValueError(text)


def _refuse_names(names: tuple[str, ...]) -> None:
    problems = Problems()
    msgid = message("there is no column {name}; expected {expected}")
    for name in names:
        if name not in READ:
            expected = ", ".join(COLUMNS)
            problems.add(excerpt(name), msgid, name=excerpt(name), expected=expected)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        problems.add("", message("columns are missing: {names}"), names=named(*missing))
    problems.refuse()


def _row(number: int, row: Mapping[str, object]) -> TableRow:
    problems, cells = Problems(), {}
    for name, value in row.items():
        if value is None:
            continue
        if not isinstance(value, str) or _SURROGATE.search(value):
            msgid = message("row {row}, {name}: expected a text or a number")
            problems.add(name, msgid, row=number, name=name)
            continue
        cells[name] = csv_cell(Raw(CellKind.TEXT, value), name)
    problems.refuse()
    return TableRow(number, cells)
