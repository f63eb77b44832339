"""The one place where the parts are wired: plan files, the record, judgement, writing.

Pages and command line call these functions; none of them formats anything.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from mubiao.assessment import assess
from mubiao.i18n import language
from mubiao.model import Assessment, Code, Meeting, Observation, Plan
from mubiao.observation import Draft, read_csv, read_draft
from mubiao.plan import find_plans, load_plan
from mubiao.problems import Problem, Unavailable, message
from mubiao.report import Report, read_report
from mubiao.settings import Settings
from mubiao.spreadsheet import importing
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.table import Table
from mubiao.store import Store, open_store
from mubiao.store.backup import backup
from mubiao.store.daily import keep_daily
from mubiao.store.database import located
from mubiao.store.meetings import version_of
from mubiao.store.restore import restore as restore_record
from mubiao.store.verify import Verified
from mubiao.store.verify import verify as verify_record
from mubiao.views.briefing import Briefing, Seen, briefing
from mubiao.views.changes import month_end_before


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file as found: the plan, or what is wrong with it; `version` changes with it."""

    path: Path
    plan: Plan | None
    problems: tuple[Problem, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry would do to one target."""

    before: Assessment
    after: Assessment


def today(settings: Settings) -> date:
    """The day it is, or the fixed day of the settings."""
    return settings.today or datetime.now().astimezone().date()


def now() -> datetime:
    """The moment of recording, in UTC."""
    return datetime.now(UTC)


def plan_files(settings: Settings) -> tuple[PlanFile, ...]:
    """Every plan file of the folder, read again only when it has changed.

    Two plans with one id would share a record: the later file is a problem until it has its own.
    """
    files: list[PlanFile] = []
    taken: dict[str, Path] = {}
    for path in find_plans(settings.plans):
        file = _plan_file(path, *_stamp(path))
        name = file.plan.id if file.plan else ""
        if name and name in taken:
            told = message("the plan's id {id} is also that of {file}; give each plan its own")
            values = {"id": name, "file": taken[name].name}
            repeated = Problem(told, values, file=str(path), line=1, field="id")
            file = replace(file, plan=None, problems=(repeated,))
        taken.setdefault(name, path)
        files.append(file)
    return tuple(files)


def _stamp(path: Path) -> tuple[int, int]:
    """When a file was last changed, and its size; what cannot be read says so when loaded."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=64)
def _plan_file(path: Path, changed: int, size: int) -> PlanFile:
    plan, problems = load_plan(path)
    version = hashlib.sha256(f"{path}:{changed}:{size}".encode()).hexdigest()[:16]
    return PlanFile(path, plan, problems, version)


def open_record(settings: Settings) -> Store:
    """The record of the settings' database. Raises Unavailable with what to do."""
    return open_store(settings.database, backups=settings.backups)


def may_have_record(settings: Settings) -> bool:
    """Whether there is a record to copy: a file that exists, or any server. Raises Unavailable."""
    file = located(settings.database)[1]
    return file is None or file.exists()


def keep_backups(settings: Settings, wait: Callable[[float], bool]) -> None:
    """Make the daily backups until `wait` (seconds) says to stop; what goes wrong is logged."""
    keep_daily(settings.database, settings.backups, now, wait)


def back_up(settings: Settings, file: Path) -> None:
    """Copy the record into a new file. Raises Refused."""
    backup(settings.database, file)


def restore(settings: Settings, file: Path, *, overwrite: bool) -> Path | None:
    """Make a backup the record; the file that keeps the one of before. Raises Refused."""
    return restore_record(file, settings.database, overwrite=overwrite, backups=settings.backups)


def verify(settings: Settings) -> Verified:
    """Look through the whole record, and for rows that no sound plan knows. Raises Unavailable."""
    plans = [file.plan for file in plan_files(settings) if file.plan is not None]
    return verify_record(settings.database, plans)


def seed(store: Store, file: PlanFile) -> bool:
    """Give a plan that has no rows yet the published figures it names; True if it did.

    Raises Unavailable with every problem of the CSV: a half-read start would look like data.
    """
    plan = file.plan
    if plan is None or plan.actuals is None or store.version(plan.id):
        return False
    path = file.path.parent / plan.actuals
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable(
            [
                Problem(
                    message("the plan's file of published figures cannot be read ({reason})"),
                    {"reason": error.strerror or error},
                    file=str(path),
                )
            ]
        ) from error
    observations, problems = read_csv(content, plan, str(path), date.max)
    if problems:
        raise Unavailable(problems)
    return store.seed(plan.id, observations, now())


def report_of(settings: Settings, plan: Plan) -> Report | None:
    """The report's text, where the deployment has it."""
    if settings.reports is None:
        return None
    path = settings.reports / f"{plan.id}.txt"
    return _report(path, *_stamp(path)) if path.exists() else None


@lru_cache(maxsize=16)
def _report(path: Path, changed: int, size: int) -> Report:
    del changed, size  # only there to read a changed file again
    return read_report(path)


def board(store: Store, plan: Plan, as_of: date) -> tuple[Assessment, ...]:
    """The whole plan judged as of a day."""
    return assess(plan, store.counting(plan.id, as_of), as_of)


def plan_said(plan: Plan) -> str:
    """What a plan says, whatever the layout of its file; a meeting keeps it.

    What a newer program adds to plans in general changes nothing in it.
    """
    return plan.model_dump_json(exclude_defaults=True)


def plan_version(plan: Plan) -> str:
    """A short text that changes with what a plan says."""
    return version_of(plan_said(plan))


def plan_at(store: Store, plan: Plan, meeting: Meeting | None) -> Plan:
    """The plan as it was when a meeting was held; without a meeting as it is.

    A meeting of an earlier program kept none, and what a later form of plans cannot read is as
    good as not kept: then it is the plan as it is, and `plan_changed` tells.
    """
    if meeting is None or not plan_changed(plan, meeting):
        return plan
    said = store.plan_said(plan.id, meeting.plan_version)
    return plan if said is None else _plan_that_said(said) or plan


@lru_cache(maxsize=16)
def _plan_that_said(said: str) -> Plan | None:
    try:
        return Plan.model_validate_json(said)
    except ValueError:
        return None


def seen(store: Store, plan: Plan, as_of: date, meeting: Meeting | None = None) -> Seen:
    """What was known of a day; with a meeting, by what was recorded when it was held, judged by
    the plan that is given (see `plan_at`).

    The meeting's name goes with its own as-of day alone: of another day, this is what its room
    could have known.
    """
    rows, said = (None, None) if meeting is None else (meeting.rows, meeting.remarks)
    # First: what is recorded in between is then shown a little early, never told as old news.
    changed_at = store.changed_at(plan.id, rows, said)
    standing = tuple(store.as_of(plan.id, as_of, through=rows))
    return Seen(
        as_of=as_of,
        assessments=assess(plan, standing, as_of),
        standing=standing,
        remarks=tuple(store.remarks(plan.id, as_of=as_of, through=said)),
        changed_at=changed_at,
        name=meeting.name if meeting is not None and meeting.as_of == as_of else "",
        held_at=None if meeting is None else meeting.held_at,
        plan_changed=meeting is not None and plan_changed(plan, meeting),
    )


def plan_changed(plan: Plan, meeting: Meeting) -> bool:
    """Whether the plan says something else than at the meeting, as far as that is known."""
    return meeting.plan_version not in ("", plan_version(plan))


def meeting_before(
    store: Store, plan: Plan, as_of: date, meeting: Meeting | None = None
) -> Meeting | None:
    """The meeting before a day's look at the record, or before another meeting.

    It looked at the same day or an earlier one: the latest such day, of one day the last held.
    Before a meeting are only those held before it that stood then, whatever was held or taken
    back later: a reopened meeting tells what its room was told.
    """
    if meeting is None:
        held = [one for one in store.meetings(plan.id) if one.as_of <= as_of]
    else:
        stood = store.meetings(plan.id, through=meeting.id)
        held = [one for one in stood if one.id != meeting.id and one.as_of <= meeting.as_of]
    return max(held, key=lambda one: (one.as_of, one.id), default=None)


def briefings(  # noqa: PLR0913, PLR0917 - what is looked at, from when, in which languages
    store: Store,
    plan: Plan,
    codes: Iterable[Code],
    as_of: date,
    meeting: Meeting | None = None,
    earlier: Meeting | date | None = None,
) -> tuple[Briefing, ...]:
    """The briefing of a day, or of a meeting (with its own day and plan), in each language of
    `codes`; `looks` says since when changes are told.
    """
    plan = plan_at(store, plan, meeting)
    later, before = looks(store, plan, as_of, meeting, earlier)
    return tuple(briefing(plan, later, language(code), before) for code in codes)


def looks(
    store: Store,
    plan: Plan,
    as_of: date,
    meeting: Meeting | None = None,
    earlier: Meeting | date | None = None,
) -> tuple[Seen, Seen]:
    """What is seen of a day or at a meeting, and the look that changes are told since.

    That is `earlier`, a meeting or a day; else the meeting before; where there is none, the end
    of the month before.
    """
    if earlier is None:
        earlier = meeting_before(store, plan, as_of, meeting)
    if earlier is None:
        earlier = month_end_before(as_of)
    later = seen(store, plan, as_of, meeting)
    before = (
        seen(store, plan, earlier.as_of, earlier)
        if isinstance(earlier, Meeting)
        else seen(store, plan, earlier, meeting)
    )
    return later, before


def read_entry(
    plan: Plan,
    draft: Draft,
    day: date,
    replaces: int | None = None,
    *,
    needs_source: bool = True,
) -> Observation:
    """A person's entry, checked whole. Raises Refused with every problem and its field."""
    entry = read_draft(draft, plan, day, needs_source=needs_source)
    return replace(entry, replaces=replaces)


def effect(
    plan: Plan,
    standing: Iterable[Observation],
    entry: Observation | None,
    replaces: int | None,
    as_of: date,
) -> tuple[Change, ...]:
    """What an entry would change as of a day, before anything is written.

    `entry` None takes the row `replaces` back. The entry's own target always comes first, also
    when it stays as it is; then every other target that changes.
    """
    known = list(standing)
    if entry is None:
        taken = [o for o in known if o.row == replaces]
        changes = effects(plan, known, (), as_of, taken_back=taken)
        own = next((o.target for o in taken), "")
    else:
        changes = effects(plan, known, [replace(entry, replaces=replaces)], as_of)
        own = entry.target
    return tuple(sorted(changes, key=lambda change: change.before.target.id != own))


def effects(
    plan: Plan,
    standing: Iterable[Observation],
    entries: Sequence[Observation],
    as_of: date,
    *,
    taken_back: Sequence[Observation] = (),
) -> tuple[Change, ...]:
    """What several entries together would change as of a day, before anything is written.

    The targets of the entries and of the rows `taken_back`, also those that stay as they are, and
    every other target that changes, in the plan's order. An entry's `replaces` is the row whose
    place it takes, once it is known: a later correction leaves that row standing until then.
    """
    before = [o for o in standing if o.known_on <= as_of]
    known = [entry for entry in entries if entry.known_on <= as_of]
    replaced = {entry.replaces for entry in known} | {o.row for o in taken_back}
    last = max((o.row for o in before), default=0)
    # Rows that are not written yet come after all others, in their order.
    added = [replace(entry, row=last + place) for place, entry in enumerate(known, 1)]
    after = [o for o in before if o.row not in replaced] + added
    touched = {one.target for one in (*entries, *taken_back)}
    pairs = zip(assess(plan, before, as_of), assess(plan, after, as_of), strict=True)
    return tuple(Change(w, i) for w, i in pairs if w != i or w.target.id in touched)


def dry_run(
    store: Store, plan: Plan, table: Table, today: date, seen: importing.Bases | None = None
) -> Import:
    """What importing a file's table would do to the record as it is now; writes nothing.

    Reads what stands of the file's targets, and the whole history only of those whose rows say
    something new. `seen` are the bases of an earlier dry run that the person has been shown.
    """
    targets = importing.targets_of(table, plan)
    # The bases first: what is recorded between the two readings is then a conflict, not missed.
    bases = store.greatest_rows(plan.id, targets)
    standing = store.as_of(plan.id, date.max, targets)
    return importing.dry_run(
        table,
        plan,
        standing,
        today,
        history=lambda target: store.history(plan.id, target),
        bases=bases,
        seen=seen,
    )


def import_effects(store: Store, plan: Plan, found: Import, as_of: date) -> tuple[Change, ...]:
    """What saving an import would change as of a day: the targets whose judgement changes."""
    entries = found.entries
    if not entries:
        return ()
    targets = {entry.target for entry in entries}
    # Of the others what counts is enough; of these an earlier figure may come to count.
    known = [one for one in store.counting(plan.id, as_of) if one.target not in targets]
    known += store.as_of(plan.id, as_of, targets)
    changes = effects(plan, known, entries, as_of)
    return tuple(change for change in changes if change.before != change.after)
