"""The record as people look back on it: by save, newest first, each row with what it replaced.

Remarks stand in it too: whoever asks later who said what finds the words beside the figures.
Nothing is read and nothing judged here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter

from mubiao.i18n import Language
from mubiao.model import Entry, Observation, Plan, Remark, Save, SaveKind, Withdrawal
from mubiao.problems import message
from mubiao.views.remarks import said, until
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook, author_name, reason

KINDS = {
    SaveKind.ENTRY.value: message("entry"),
    SaveKind.IMPORT.value: message("import"),
    SaveKind.UNDO.value: message("undo"),
    SaveKind.SEED.value: message("start of the record"),
    "remark": message("remark"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are wanted: of a target, by a name, recorded from one day (UTC) to another; an
    empty text and None ask for all.
    """

    target: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None

    def fits(self, target: str, person: str, at: datetime | None) -> bool:
        """Whether a row is wanted; one without a moment only where no day is asked for."""
        if self.target not in ("", target) or self.person not in ("", person):
            return False
        if at is None:
            return self.first is None and self.last is None
        day = at.astimezone(UTC).date()
        return (self.first or date.min) <= day <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class Line:
    """One recorded row: what it says, and the value that it replaced.

    `old` is empty for a new figure; `facts` are how settled, known on, source, and the note or
    reason, where there are any.
    """

    number: str
    target: str
    name: str
    period: str
    old: str
    new: str
    deed: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One save, or a remark: who, when, in what way, its rows.

    `by` is the name as it was recorded, `person` as it reads. `save` is None for what came before
    saves were kept, and for a remark. `notes` say how many rows it has and what was undone; `undo`
    whether its author could undo it.
    """

    save: int | None
    by: str
    person: str
    at: str
    kind: str
    kind_word: str
    notes: tuple[str, ...]
    undo: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """The part of the record that is looked at: entries, newest first, the rows that they
    replaced, their saves, the saves that undid these (by the one undone), and remarks, newest
    first, with the remarks that these replaced.
    """

    entries: Sequence[Entry]
    replaced: Mapping[int, Entry]
    saves: Mapping[int, Save]
    undone: Mapping[int, Save]
    remarks: Sequence[Remark] = ()
    earlier: Mapping[int, Remark] = field(default_factory=dict)


def summary(authors: Mapping[str, int], since: datetime | None, language: Language) -> str:
    """The first sentence, from the number of rows by name: "412 rows by 3 people since …"."""
    rows = sum(authors.values())
    if not rows or since is None:
        return language.t("Nothing has been recorded yet.")
    people = len(authors.keys() - {SaveKind.SEED})
    counted = language.t("1 row") if rows == 1 else language.t("{n} rows", n=rows)
    by = language.t("1 person") if people == 1 else language.t("{n} people", n=people)
    form = message("{rows} by {people} since {day}.")
    if SaveKind.SEED in authors:
        form = message("{rows} since {day}: the published figures of the start, and by {people}.")
    if not people:
        form = message("{rows} since {day}, all of them published figures of the start.")
    return language.t(form, rows=counted, people=by, day=language.day(since.date()))


def groups(plan: Plan, sight: Sight, language: Language) -> tuple[Group, ...]:
    """The rows by save and the remarks, newest first: each kind in its own order, whatever a
    clock that was set back says.
    """
    saves = [
        (_moment(rows[0].recorded_at), _of_save(plan, sight, rows, language))
        for rows in (list(of) for _, of in groupby(sight.entries, key=attrgetter("save")))
    ]
    remarks = [
        (_moment(remark.written_at), _of_remark(plan, sight, remark, language))
        for remark in sight.remarks
    ]
    merged = merge(saves, remarks, key=itemgetter(0), reverse=True)
    return tuple(group for _, group in merged)


def _moment(at: datetime | None) -> datetime:
    return at or datetime.min.replace(tzinfo=UTC)


def _told(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else ""


def _of_save(plan: Plan, sight: Sight, rows: Sequence[Entry], language: Language) -> Group:
    first = rows[0]
    save = None if first.save is None else sight.saves.get(first.save)
    kind = save.kind if save else SaveKind.ENTRY
    by_undo = sight.undone.get(save.id) if save else None
    notes = []
    if save and len(save.rows) > len(rows):
        notes.append(language.t("{n} of {total} rows", n=len(rows), total=len(save.rows)))
    elif len(rows) > 1:
        notes.append(language.t("{n} rows", n=len(rows)))
    if save and save.undoes is not None:
        notes.append(language.t("undoes save {n}", n=save.undoes))
    if by_undo:
        notes.append(language.t("undone by save {n}", n=by_undo.id))
    return Group(
        save=save.id if save else None,
        by=first.recorded_by,
        person=author_name(first.recorded_by, language),
        at=_told(first.recorded_at),
        kind=kind.value,
        kind_word=language.t(KINDS[kind.value]),
        notes=tuple(notes),
        undo=save is not None and kind is not SaveKind.SEED and by_undo is None,
        lines=tuple(_line(plan, entry, sight.replaced, language) for entry in rows),
    )


def _line(plan: Plan, entry: Entry, replaced: Mapping[int, Entry], language: Language) -> Line:
    old = replaced.get(entry.replaces or 0)
    if isinstance(entry, Withdrawal):
        seen = old if isinstance(old, Observation) else None
        new = language.t("withdrawn")
        deed = language.t("withdraws no. {row}", row=entry.replaces)
        facts = _withdrawal_facts(entry, language)
    else:
        seen, new = entry, _value(plan, entry, language)
        deed = language.t("corrects no. {row}", row=entry.replaces) if entry.replaces else ""
        facts = _facts(entry, old, language)
    period = language.period(seen.period, plan.year) if seen else ""
    if isinstance(old, Observation) and seen and old.period != seen.period:
        period = f"{language.period(old.period, plan.year)} → {period}"
    return Line(
        number=language.t("no. {row}", row=entry.row),
        target=entry.target,
        name=_name(plan, entry.target, language),
        period=period,
        old=_value(plan, old, language) if old else "",
        new=new,
        deed=deed,
        facts=facts,
    )


def _name(plan: Plan, target: str, language: Language) -> str:
    """What was recorded under an earlier plan has only its id in this one."""
    known = plan.by_id.get(target)
    return language.pick(known.name) if known else target


def _value(plan: Plan, entry: Entry, language: Language) -> str:
    if isinstance(entry, Withdrawal):
        return language.t("withdrawn")
    target = plan.by_id.get(entry.target)
    if target is None:
        return str(entry.value)
    return Phrasebook(plan, language).actual(entry)


def _facts(entry: Observation, old: Entry | None, language: Language) -> tuple[str, ...]:
    """How settled, known on, source and note; a correction also says what the first two were."""
    nature = language.t(words.NATURE[entry.nature])
    day = language.t("known on {day}", day=entry.known_on.isoformat())
    if isinstance(old, Observation):
        if old.nature is not entry.nature:
            nature = f"{language.t(words.NATURE[old.nature])} → {nature}"
        if old.known_on != entry.known_on:
            days = f"{old.known_on.isoformat()} → {entry.known_on.isoformat()}"
            day = language.t("known on {day}", day=days)
    return tuple(filter(None, (nature, day, entry.source, entry.note)))


def _withdrawal_facts(entry: Withdrawal, language: Language) -> tuple[str, ...]:
    day = language.t("from {day} on", day=entry.known_on.isoformat())
    return tuple(filter(None, (day, reason(entry, language))))


def _of_remark(plan: Plan, sight: Sight, remark: Remark, language: Language) -> Group:
    old = sight.earlier.get(remark.replaces or 0)
    line = Line(
        number=language.t("remark {row}", row=remark.row),
        target=remark.target,
        name=_name(plan, remark.target, language),
        period=language.period(remark.period, plan.year),
        old=said(old, language) if old else "",
        new=said(remark, language),
        deed="",
        facts=tuple(filter(None, (until(remark, language), remark.text))),
    )
    return Group(
        save=None,
        by=remark.written_by,
        person=author_name(remark.written_by, language),
        at=_told(remark.written_at),
        kind="remark",
        kind_word=language.t(KINDS["remark"]),
        notes=(),
        undo=False,
        lines=(line,),
    )
