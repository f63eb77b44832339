"""The record as people look back on it, newest first: saves with their rows, remarks, other
acts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby
from operator import attrgetter

from mubiao.i18n import Language
from mubiao.model import (
    Actor,
    Assignment,
    Entry,
    Lock,
    Meeting,
    MeetingAct,
    Observation,
    Remark,
    Save,
    SaveKind,
    Withdrawal,
)
from mubiao.plain_text import folded
from mubiao.problems import message
from mubiao.views.remarks import remark_kind, until
from mubiao.wording.phrasebook import Phrasebook, author_name, before_after, reason

KINDS = {
    SaveKind.ENTRY.value: message("entry"),
    SaveKind.IMPORT.value: message("import"),
    SaveKind.UNDO.value: message("undo"),
    SaveKind.SEED.value: message("start of the record"),
    "remark": message("remark"),
    "meeting": message("meeting"),
    "lock": message("closed periods"),
    "assignment": message("assigned a target"),
}
MEETING_ACTS = {
    "held": message("meeting held"),
    "taken_back": message("meeting taken back"),
    "put_back": message("meeting put back"),
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One recorded row: what it says, and the value that it replaced ("" for a new figure); `facts`
    are how settled, known on, source, and the note or reason, where there are any.
    """

    name: str
    new: str
    facts: tuple[str, ...]
    target: str = ""
    number: str = ""
    period: str = ""
    old: str = ""
    deed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One save, a remark, what was done about a meeting, or rows without a save: who, when, in what
    way, its rows.

    `by` is the name of who saved and `actor` the id, `person` the name of whose the rows are as it
    reads. `notes` say how many rows a save has, who published them (who else did), and what
    was undone; `undo` whether who saved could undo it.
    """

    by: str
    person: str
    at: str
    kind: str
    kind_word: str
    lines: tuple[HistoryRow, ...]
    save: int | None = None
    actor: str = ""
    notes: tuple[str, ...] = ()
    undo: bool = False


@dataclass(frozen=True, slots=True)
class RecordPart:
    """The part of the record that is looked at: entries, newest first, the rows that they
    replaced, their saves, the saves that undid these (by the one undone), remarks, newest first,
    with the remarks that these replaced, and what was done about meetings, closed periods and
    assignments, newest first.
    """

    entries: Sequence[Entry]
    replaced: Mapping[int, Entry]
    saves: Mapping[int, Save]
    undone: Mapping[int, Save]
    remarks: Sequence[Remark] = ()
    earlier: Mapping[int, Remark] = field(default_factory=dict)
    meetings: Sequence[tuple[Meeting, MeetingAct]] = ()
    locks: Sequence[Lock] = ()
    assignments: Sequence[Assignment] = ()


def spellings(authors: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names that are one when folded, by the first of them; the seed's stands alone."""
    by_key: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for name in sorted(authors):
        by_key[name == SaveKind.SEED, folded(name)].append(name)
    return {names[0]: tuple(names) for names in by_key.values()}


def summary(authors: Mapping[str, int], since: datetime | None, language: Language) -> str:
    """The first sentence, from the number of rows by name: "412 rows by 3 people since …"."""
    rows = sum(authors.values())
    if not rows or since is None:
        return language.t("Nothing has been recorded yet.")
    people = len(spellings(authors.keys() - {SaveKind.SEED}))
    form = message("{rows} by {people} since {day}.")
    if SaveKind.SEED in authors:
        form = message("{rows} since {day}: the published figures of the start, and by {people}.")
    if not people:
        form = message("{rows} since {day}, all of them published figures of the start.")
    return language.t(
        form,
        rows=_rows(rows, language),
        people=language.ngettext("{n} person", "{n} people", people),
        day=language.day(since.date()),
    )


def groups(phrasebook: Phrasebook, part: RecordPart) -> tuple[Group, ...]:
    """All that was done, newest first; a clock set back reorders none of the kinds."""
    by_save = (list(rows) for _, rows in groupby(part.entries, key=attrgetter("save")))
    saves = ((rows[0].recorded_at, _of_save(phrasebook, part, rows)) for rows in by_save)
    remarks = ((one.written_at, _of_remark(phrasebook, part, one)) for one in part.remarks)
    start = datetime.min.replace(tzinfo=UTC)
    meetings = ((act.at, _of_meeting(phrasebook, one, act)) for one, act in part.meetings)
    locks = ((lock.at, _of_lock(phrasebook, lock)) for lock in part.locks)
    given = ((one.at, _of_assignment(phrasebook, one)) for one in part.assignments)
    merged = merge(
        *(saves, remarks, meetings, locks, given), key=lambda dated: dated[0] or start, reverse=True
    )
    return tuple(group for _, group in merged)


def _rows(number: int, language: Language) -> str:
    return language.ngettext("{n} row", "{n} rows", number)


def _of_save(phrasebook: Phrasebook, part: RecordPart, rows: Sequence[Entry]) -> Group:
    first, t = rows[0], phrasebook.t
    save = None if first.save is None else part.saves.get(first.save)
    kind = save.kind if save else SaveKind.ENTRY
    by_undo = part.undone.get(save.id) if save else None
    notes = []
    if save and len(save.rows) > len(rows):
        notes.append(t("{n} of {total} rows", n=len(rows), total=len(save.rows)))
    elif len(rows) > 1:
        notes.append(_rows(len(rows), phrasebook.language))
    if save and save.undoes is not None:
        notes.append(t("undoes save {n}", n=save.undoes))
    if by_undo:
        notes.append(t("undone by save {n}", n=by_undo.id))
    recorder = Actor(first.actor, first.recorded_by)
    publisher = Actor(save.actor, save.by) if save else recorder
    if publisher != recorder:
        notes.append(t("published by {name}", name=publisher.name))
    return Group(
        save=save.id if save else None,
        by=publisher.name,
        actor=publisher.id,
        person=author_name(first.recorded_by, phrasebook.language),
        at=phrasebook.language.short_moment(first.recorded_at),
        kind=kind.value,
        kind_word=t(KINDS[kind.value]),
        notes=tuple(notes),
        undo=save is not None and kind is not SaveKind.SEED and by_undo is None,
        lines=tuple(_row(phrasebook, entry, part.replaced) for entry in rows),
    )


def _row(phrasebook: Phrasebook, entry: Entry, replaced: Mapping[int, Entry]) -> HistoryRow:
    old = replaced.get(entry.replaces or 0)
    before = old if isinstance(old, Observation) else None
    if isinstance(entry, Withdrawal):
        form = message("withdraws no. {row}")
        period = phrasebook.period(before.period) if before else ""
        day = phrasebook.t("from {day} on", day=entry.known_on.isoformat())
        facts = [day, reason(entry, phrasebook.language)]
    else:
        form = message("corrects no. {row}") if entry.replaces else ""
        was = before or entry
        period = before_after(phrasebook.period(was.period), phrasebook.period(entry.period))
        day = before_after(was.known_on.isoformat(), entry.known_on.isoformat())
        facts = [
            before_after(phrasebook.nature(was), phrasebook.nature(entry)),
            phrasebook.t("known on {day}", day=day),
            *(entry.source, entry.note),
        ]
    return HistoryRow(
        number=phrasebook.t("no. {row}", row=entry.row),
        target=entry.target,
        name=phrasebook.name(entry.target),
        period=period,
        old=phrasebook.value(old),
        new=phrasebook.value(entry),
        deed=phrasebook.t(form, row=entry.replaces),
        facts=tuple(filter(None, facts)),
    )


def _of_remark(phrasebook: Phrasebook, part: RecordPart, remark: Remark) -> Group:
    language, old = phrasebook.language, part.earlier.get(remark.replaces or 0)
    row = HistoryRow(
        number=language.t("remark {row}", row=remark.row),
        target=remark.target,
        name=phrasebook.name(remark.target),
        period=phrasebook.period(remark.period),
        old=remark_kind(old, language) if old else "",
        new=remark_kind(remark, language),
        facts=tuple(filter(None, (until(remark, language), remark.text))),
    )
    author = Actor(remark.actor, remark.written_by)
    return _single(language, "remark", author, remark.written_at, row)


def _of_meeting(phrasebook: Phrasebook, meeting: Meeting, act: MeetingAct) -> Group:
    language = phrasebook.language
    row = HistoryRow(
        meeting.name,
        language.t(MEETING_ACTS[act.kind]),
        tuple(filter(None, [act.reason])),
        number=language.t("meeting {id}", id=meeting.id),
        period=language.t("as of {day}", day=language.day(meeting.as_of)),
    )
    return _single(language, "meeting", Actor(act.actor, act.by), act.at, row)


def _of_lock(phrasebook: Phrasebook, lock: Lock) -> Group:
    language = phrasebook.language
    text = language.t("all periods are open")
    if lock.through is not None:
        text = language.t("closed up to {day}", day=language.day(lock.through))
    row = HistoryRow(language.t("Periods"), text, tuple(filter(None, [lock.reason])))
    return _single(language, "lock", lock.actor, lock.at, row)


def _of_assignment(phrasebook: Phrasebook, assignment: Assignment) -> Group:
    language, owner = phrasebook.language, assignment.owner
    known = owner in {"", *phrasebook.plan.owners_by_id}
    row = HistoryRow(
        phrasebook.name(assignment.target),
        phrasebook.owner(owner or None) if known else owner,
        (assignment.reason,),
        target=assignment.target,
        period=language.t("from {day} on", day=assignment.since.isoformat()),
    )
    return _single(language, "assignment", assignment.actor, assignment.at, row)


def _single(
    language: Language, kind: str, actor: Actor, at: datetime | None, row: HistoryRow
) -> Group:
    """What one person did that is no save, as a group of one row."""
    return Group(
        by=actor.name,
        actor=actor.id,
        person=author_name(actor.name, language),
        at=language.short_moment(at),
        kind=kind,
        kind_word=language.t(KINDS[kind]),
        lines=(row,),
    )
