"""The record: a correction or withdrawal is a new row that names the one it replaces.

Nothing recorded is ever updated or deleted, and the database itself refuses to.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select

from mubiao.access import OPEN, Access, Action
from mubiao.model import Act, Actor, Observation, Save, SaveKind, Submission
from mubiao.plan.loader import PlanFile
from mubiao.problems import Problem, Unavailable, message
from mubiao.store import rows, saves
from mubiao.store.agendas import Agendas
from mubiao.store.assignments import Assignments
from mubiao.store.database import Database, open_database
from mubiao.store.drafts import Drafts
from mubiao.store.filings import Filings
from mubiao.store.grants import Grants
from mubiao.store.locks import Locks
from mubiao.store.meetings import Meetings
from mubiao.store.migrate import prepare
from mubiao.store.reading import Reading
from mubiao.store.remarks import Remarks
from mubiao.store.reminders import Reminders
from mubiao.store.sign_ins import SignIns
from mubiao.store.tokens import Tokens
from mubiao.store.undo import targets_of, undo

_SEED = Actor("", SaveKind.SEED)  # nobody recorded the first figures


class Store(
    Reading,
    Remarks,
    Drafts,
    Meetings,
    Agendas,
    Reminders,
    Grants,
    Tokens,
    Filings,
    Locks,
    SignIns,
    Assignments,
):
    """All that is recorded of all plans in one database; may be used by many threads at once."""

    def close(self) -> None:
        """Let go of the database; the store can be used again afterwards."""
        self._database.engine.dispose()

    def save(
        self,
        plan_id: str,
        submissions: Iterable[Submission],
        act: Act,
        *,
        kind: SaveKind = SaveKind.ENTRY,
    ) -> Save:
        """Record what one person submits, in one transaction: all of it or nothing.

        A row that an entry replaces must be of the same plan and target and neither a withdrawal
        nor replaced already. The same again under the same token does nothing and returns the
        save of then; anything else under it is refused. Raises Conflicting when somebody else
        saved since what one is based on, Refused with every other reason: also for what needs
        approval (`submit`).
        """
        ready = saves.ready(submissions)
        saving = saves.saving(plan_id, act, kind)
        targets = {one.entry.target for one in ready}
        with self._acting(act) as (connection, rights):
            rights.require(Action.RECORD, *self._scopes(connection, plan_id, targets, act.at))
            self._refuse_unapproved(connection, plan_id, targets, act.at)
            return saves.save(connection, saving, ready)

    def seed(self, plan_id: str, observations: Iterable[Observation], at: datetime) -> bool:
        """Start a plan that has no rows with published figures; whether that was done."""
        saving = saves.Saving(plan_id, Act(_SEED, at, uuid4().hex), SaveKind.SEED)
        ready = [Submission(rows.checked(one)) for one in observations]
        with self._database.writing() as connection:
            if not ready or connection.execute(rows.of_plan(plan_id).limit(1)).first():
                return False
            saves.save(connection, saving, ready)
        return True

    def undo(self, plan_id: str, save_id: int, act: Act) -> Save:
        """Undo one's own save with new rows; every day then shows what it showed before.

        Repeating with the same token does nothing. Raises Refused when the save is somebody
        else's or undone already, when one of its rows was replaced since, and when something else
        was recorded since of the days that figures come back to. Saves that were undone since
        count as never made. What needs approval is undone by somebody who may publish.
        """
        saving = saves.saving(plan_id, act, SaveKind.UNDO, save_id)
        with self._acting(act) as (connection, rights):
            targets = targets_of(connection, plan_id, save_id)
            rights.require(Action.UNDO, *self._scopes(connection, plan_id, targets, act.at))
            if awaiting := self._awaiting(connection, plan_id, targets, act.at):
                rights.require(Action.PUBLISH, *self._scopes(connection, plan_id, awaiting, act.at))
            return undo(connection, saving)


def open_store(
    url: str, wait: float = 10.0, backups: Path | None = None, access: Access = OPEN
) -> Store:
    """The record at a database URL (`sqlite:///var/mubiao.sqlite`, `postgresql://…`).

    Creates what is missing (folder, file, tables). Brings a database of an older form to the
    newest in one transaction, after a backup into the folder `backups` (None: its usual place);
    without that backup nothing is changed. `wait` is how many seconds an operation waits for a
    busy database; `access` says who may write. Raises Unavailable with what to do about it.
    """
    database = open_database(url, wait)
    with ExitStack() as on_failure:
        on_failure.callback(database.engine.dispose)
        prepare(database, lambda revision: _back_up(url, database, revision, backups))
        database.settle()  # only now, as another program's file is left as it is
        on_failure.pop_all()
    return Store(database, access)


def _back_up(url: str, database: Database, revision: str, folder: Path | None) -> None:
    """Copy a record whose form is about to change; another connection sees it as it was."""
    # Most records have the newest form: nothing of this is loaded for them.
    from mubiao.store.backup import backup, place_of  # noqa: PLC0415

    backup(url, place_of(url, folder).free(f"before-{revision}", _moment(database)))


def _moment(database: Database) -> datetime:
    """When a file was last written to, or what a server's clock says: it needs no clock here."""
    if database.file is not None:
        return datetime.fromtimestamp(database.file.stat().st_mtime, UTC)
    with database.reading() as connection:
        return connection.execute(select(func.current_timestamp())).scalar_one()


def seed(store: Store, file: PlanFile, at: datetime) -> bool:
    """Record the published figures that a plan names, if it has no rows yet; True if it did.

    Raises Unavailable with every problem of the CSV and writes nothing then: half a file would
    look like data.
    """
    plan = file.plan
    if plan is None or plan.actuals is None or store.version(plan.id):
        return False
    # Needed once in the life of a record.
    from mubiao.observation.contract import read_csv  # noqa: PLC0415

    path = file.path.parent / plan.actuals
    try:
        content = path.read_bytes()
    except OSError as error:
        msgid = message("the plan's file of published figures cannot be read ({reason})")
        reason = {"reason": error.strerror or error}
        raise Unavailable([Problem(msgid, reason, file=str(path))]) from error
    observations, problems = read_csv(content, plan, str(path), date.max)
    if problems:
        raise Unavailable(problems)
    return store.seed(plan.id, observations, at)
