"""Filings: what waits for approval. They are no part of the record until somebody publishes them;
what was submitted and every step after it are kept as they were.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from mubiao.access import Action, Scope
from mubiao.model import Act, Actor, Filing, Save, SaveKind, Submission, Withdrawal
from mubiao.model.approval import FilingStep
from mubiao.plain_text import NOTE_LIMIT
from mubiao.problems import Problem, Refused, TargetId, message, refused
from mubiao.store import rows, saves
from mubiao.store.acting import ActingPart, accounts_of
from mubiao.store.filing_rows import (
    CONTENT,
    POSITIONS,
    Content,
    filings_of,
    number_of,
    open_filings,
)
from mubiao.store.schema import FILINGS

_STEPS: Mapping[FilingStep, str] = {
    "submitted": message("{by} submitted this already, {at}; nothing was done"),
    "returned": message("{by} returned this meanwhile, {at}; nothing was done"),
    "published": message("{by} published this meanwhile, {at}; nothing was done"),
    "taken_back": message("{by} took this back meanwhile, {at}; nothing was done"),
}
_Step = Mapping[str, object]


class Filings(ActingPart):
    """What waits for approval in one database, and what was decided."""

    def filings(self, plan_id: str, since: datetime | None = None) -> list[Filing]:
        """What waits, and what was decided about since a moment (None: nothing), in order."""
        moment = None if since is None else rows.moment_of(since)
        with self._database.reading() as connection:
            return open_filings(connection, plan_id, moment)

    def filing(self, plan_id: str, number: int) -> Filing:
        """One of a plan. Raises Refused where there is none."""
        with self._database.reading() as connection:
            return self._filing(connection, plan_id, number)

    def submit(  # noqa: PLR0913 - what, of which kind, and by which act
        self,
        plan_id: str,
        submissions: Iterable[Submission],
        act: Act,
        *,
        kind: SaveKind = SaveKind.ENTRY,
        part: str = "",
        direct: Iterable[Submission] = (),
    ) -> tuple[Filing, Save | None]:
        """Have rows wait for approval, and save those that need none (`direct`), in one
        transaction: all of it or nothing.

        Raises what `Store.save` raises for the same rows, and Refused while a figure of the same
        target and days that the same person submitted still waits. The same again under the same
        token does nothing.
        """
        waiting, at_once = saves.ready(submissions), saves.ready(direct)
        saving = saves.saving(plan_id, act, kind)
        text = CONTENT.dump_json(Content(part, kind, tuple(waiting))).decode()
        with self._acting(act) as (connection, rights):
            rights.require(Action.SUBMIT, *self._places(connection, saving, waiting))
            if at_once:
                rights.require(Action.RECORD, *self._places(connection, saving, at_once))
                self._refuse_unapproved(connection, plan_id, _targets(at_once), act.at)
            before = _repeated(connection, saving.act.token)
            if before is None:
                saves.replaced(connection, saving, [*waiting, *at_once])
                _refuse_waiting(connection, saving, waiting)
            elif not _is_repeat(before, text, saving):
                raise _too_late(before.step, before.done_by, before.done_at)
            save = saves.save(connection, saving, at_once) if at_once else None
            cells = {"step": "submitted", "text": text, "waiting": len(waiting)}
            number = before.row if before else _add(connection, saving, cells)
            return self._filing(connection, plan_id, number), save

    def publish(
        self,
        plan_id: str,
        number: int,
        chosen: Mapping[int, Submission],
        act: Act,
        *,
        four_eyes: bool = True,
    ) -> Save:
        """Record rows of a filing by their positions: they are the filer's, the save is of who
        publishes. With `four_eyes` nobody publishes what they submitted, by whichever account or
        token that is known to be theirs.

        A row may take the place of another one than it was submitted for, and be based on a later
        look at the record; else it must be what was submitted. Raises Refused, and Conflicting as
        `Store.save` does.
        """
        ready = saves.ready(chosen.values())
        with self._acting(act) as (connection, rights):
            filing = self._filing(connection, plan_id, number)
            saving = saves.saving(plan_id, act, filing.kind)
            rights.require(Action.PUBLISH, *self._places(connection, saving, ready))
            saving = replace(saving, author=filing.filer)
            is_done = _is_done(connection, saving, "published", number)
            if not is_done:
                if four_eyes:
                    _refuse_own(connection, filing, saving.act.actor)
                _refuse_decided(filing, chosen)
                _refuse_other(filing, dict(zip(chosen, ready, strict=True)))
            save = saves.save(connection, saving, ready)
            if not is_done:
                cells = {"step": "published", "text": _json(chosen), "save": save.id}
                _add(connection, saving, cells, filing, chosen)
            return save

    def return_filing(
        self, plan_id: str, number: int, reason: str, act: Act, *, positions: Collection[int] = ()
    ) -> Filing:
        """Give rows back to the filer; without `positions` all that wait. Raises Refused."""
        missing = message("say why it is returned, so that it can be mended")
        why = rows.text_of(reason, "reason", NOTE_LIMIT, missing, lines=True)
        saving = saves.saving(plan_id, act, SaveKind.ENTRY)
        cells = {"step": "returned", "reason": why, "positions": _json({*positions})}
        return self._end(number, saving, Action.RETURN, cells, positions)

    def take_back(self, plan_id: str, number: int, act: Act) -> Filing:
        """Take back what one submitted, as far as nobody has decided about it. Raises Refused."""
        saving = saves.saving(plan_id, act, SaveKind.ENTRY)
        return self._end(number, saving, Action.SUBMIT, {"step": "taken_back"}, ())

    def _end(
        self,
        number: int,
        saving: saves.Saving,
        action: Action,
        cells: _Step,
        positions: Collection[int],
    ) -> Filing:
        with self._acting(saving.act) as (connection, rights):
            filing = self._filing(connection, saving.plan, number)
            own = saving.act.actor.did(filing.filer.id, filing.by)
            decided, rows_of = set(positions or filing.waiting), enumerate(filing.submissions)
            ended = [one for at, one in rows_of if at in decided or not decided]
            rights.require(action, *self._places(connection, saving, ended), own=own)
            if not _is_done(connection, saving, str(cells["step"]), number):
                if cells["step"] == "taken_back" and not own:
                    msgid = message("{by} submitted this; only who submitted it can take it back")
                    raise refused(msgid, by=filing.by)
                _refuse_decided(filing, decided)
                _add(connection, saving, cells, filing, decided)
            return self._filing(connection, saving.plan, number)

    def _places(
        self, connection: Connection, saving: saves.Saving, submissions: Iterable[Submission]
    ) -> tuple[Scope, ...]:
        return self._scopes(connection, saving.plan, _targets(submissions), saving.act.at)

    def _filing(self, connection: Connection, plan_id: str, number: int) -> Filing:
        possible = number if 0 < number <= rows.LAST_NUMBER else 0
        of_plan = (FILINGS.c.plan == plan_id) & (number_of() == possible)
        for filing in filings_of(connection, of_plan):
            return filing
        raise refused(message("submission {number} is not in this record"), number=number)


def _targets(submissions: Iterable[Submission]) -> set[str]:
    return {one.entry.target for one in submissions}


def _repeated(connection: Connection, token: str) -> Row[Any] | None:
    """The step that has this token already."""
    return connection.execute(select(FILINGS).where(FILINGS.c.token == token)).one_or_none()


def _is_done(connection: Connection, saving: saves.Saving, step: str, number: int) -> bool:
    """Whether a step of a filing has the act's token. Raises Refused where something else has."""
    before = _repeated(connection, saving.act.token)
    if before is not None and (before.step, before.filing) != (step, number):
        raise _too_late(before.step, before.done_by, before.done_at)
    return before is not None


def _is_repeat(before: Row[Any], text: str, saving: saves.Saving) -> bool:
    is_same = (before.step, before.text) == ("submitted", text)
    return is_same and saving.act.actor.did(before.actor, before.done_by)


def _add(
    connection: Connection,
    saving: saves.Saving,
    cells: _Step,
    filing: Filing | None = None,
    decided: Collection[int] = (),
) -> int:
    """Write a step, which decides about rows of a filing, or the first one of a new filing."""
    common = {"plan": saving.plan, "token": saving.act.token, "done_by": saving.act.actor.name}
    common |= {"done_at": rows.moment_of(saving.act.at), "actor": saving.act.actor.id}
    left = {"waiting": len(filing.waiting) - len(decided)} if filing else {}
    empty = {"text": "", "reason": "", "filing": filing.id if filing else None, "save": None}
    return int(rows.added(connection, FILINGS, {**common, **empty, **left, **cells}).row)


def _json(positions: Iterable[int]) -> str:
    """Positions as the table holds them, "" for none."""
    return POSITIONS.dump_json(chosen).decode() if (chosen := tuple(sorted(positions))) else ""


def _days(submission: Submission) -> tuple[str, date | None, date | None, int | None]:
    """What two submissions of one figure have in common."""
    entry = submission.entry
    if isinstance(entry, Withdrawal):
        return entry.target, None, None, entry.replaces
    return entry.target, entry.period.first, entry.period.last, None


def _refuse_waiting(
    connection: Connection, saving: saves.Saving, submissions: Sequence[Submission]
) -> None:
    """Raises Refused for figures of which the same person's still wait."""
    wanted = {_days(one): one for one in submissions}
    msgid = message(
        "{target}: what you submitted {at} (no. {number}) still waits; take that back first"
    )
    problems = [
        Problem(
            msgid, {"target": TargetId(key[0]), "number": filing.id, "at": rows.moment(filing.at)}
        )
        for filing in open_filings(connection, saving.plan)
        if saving.act.actor.did(filing.filer.id, filing.by)
        for position in filing.waiting
        if (key := _days(filing.submissions[position])) in wanted
    ]
    if problems:
        raise Refused(problems)


def _refuse_own(connection: Connection, filing: Filing, actor: Actor) -> None:
    filer = filing.filer.id or Actor.typed(filing.by).id
    if filer == actor.id:
        raise refused(message("you submitted this yourself; somebody else has to publish it"))
    if accounts_of(connection, filer) & accounts_of(connection, actor.id):
        msgid = message(
            "this was submitted by a token of yours, or by another account with your mail address; "
            "somebody else has to publish it"
        )
        raise refused(msgid)


def _refuse_decided(filing: Filing, positions: Collection[int]) -> None:
    """Raises Refused where nothing is left to decide, or rows are not among what is."""
    wanted, decided = set(positions), filing.decided
    if wanted and wanted <= set(filing.waiting):
        return
    if meanwhile := [act for at, act in decided.items() if at in wanted or not filing.waiting]:
        last = meanwhile[-1]
        raise _too_late(last.step, last.actor.name, last.at)
    raise refused(message("none of these rows waits; choose at least one that does"))


def _refuse_other(filing: Filing, chosen: Mapping[int, Submission]) -> None:
    """Raises Refused where something else is to be published than was submitted."""
    for position, submission in chosen.items():
        submitted = filing.submissions[position].entry
        is_other_figure = isinstance(submitted, Withdrawal) and submission.entry != submitted
        if is_other_figure or replace(submission.entry, replaces=0) != replace(
            submitted, replaces=0
        ):
            msgid = message("{target}: this is not what was submitted; return it instead")
            raise refused(msgid, target=TargetId(submitted.target))


def _too_late(step: FilingStep, by: str, at: datetime | str) -> Refused:
    return refused(_STEPS[step], by=by, at=rows.moment(at))
