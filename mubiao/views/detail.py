"""What the page of one target shows: facts, steps, actuals, and the history of corrections; and the
table beside its chart, for whoever cannot see the drawing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from mubiao.counting import standing
from mubiao.model import Assessment, Entry, Observation, Target, Withdrawal
from mubiao.problems import message
from mubiao.views.charts.paths import Path, path
from mubiao.views.key_figures import KeyFigure, key_figures
from mubiao.views.overview import TargetRow, row
from mubiao.wording import words
from mubiao.wording.amendments import amendment
from mubiao.wording.explanation import explain
from mubiao.wording.glossary import Meaning, of_target
from mubiao.wording.phrasebook import Phrasebook, author_name, inline, reason
from mubiao.wording.places import place


@dataclass(frozen=True, slots=True)
class ActualRow:
    """A recorded row of a target; `open`: whether it can be corrected or withdrawn. `state` is
    counting, shown, replaced, withdrawn, not_yet or withdrawal.
    """

    row: int
    period: str
    value: str
    nature: str
    known_on: str
    source: str
    note: str
    recorded: str
    state: str
    state_word: str
    open: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One target as of a day."""

    row: TargetRow
    progress: tuple[tuple[str, str], ...]
    figures: tuple[KeyFigure, ...]
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Meaning, ...]
    meanings: tuple[Meaning, ...]
    path: Path
    actuals: tuple[ActualRow, ...]


class PathRow(NamedTuple):
    """One row: the last day of what it describes, what it is, and the figure with its period."""

    day: str
    what: str
    figure: str


_STATES = {
    "counting": message("counts"),
    "shown": message("shown only"),
    "replaced": message("replaced by no. {row}"),
    "withdrawn": message("withdrawn by no. {row}"),
    "not_yet": message("not known yet on that day"),
    "withdrawal": message("withdraws no. {row}"),
}

# What begins a part of a note, and what each part is called.
_PROGRESS = {
    **dict.fromkeys(("进展", "progress"), message("Progress in words")),
    **dict.fromkeys(("问题", "problem", "problems"), message("Problems")),
    **dict.fromkeys(("下一步", "next step", "next steps"), message("Next step")),
}
_LABELLED = re.compile(rf"({'|'.join(_PROGRESS)})\s*[:：]\s*", re.IGNORECASE)


def detail(
    phrasebook: Phrasebook,
    assessment: Assessment,
    history: Sequence[Entry],
    other: Sequence[Observation] = (),
    parts: Sequence[Assessment] = (),
) -> Detail:
    """Everything about one target; `history` is every row ever recorded for it, `other` are the
    standing figures of the target that it is to be in step with, `parts` its steps.
    """
    day = assessment.as_of
    known = standing(history, day)
    return Detail(
        row=row(phrasebook, assessment, parts),
        progress=progress(phrasebook, assessment),
        figures=key_figures(phrasebook, assessment),
        facts=facts(phrasebook, assessment.target),
        steps=explain(phrasebook, assessment),
        meanings=of_target(phrasebook, assessment),
        path=path(phrasebook, assessment, known, other, revised(history, day)),
        actuals=tuple(actual_rows(phrasebook, history, assessment.as_of, assessment.observation)),
    )


def progress(phrasebook: Phrasebook, assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """What the note of a milestone's counting report says, as (label, text): its progress, its
    problems and the next step, each begun by its label in either language; what stands before the
    first label is progress.
    """
    last = assessment.observation
    if last is None or not assessment.target.is_milestone:
        return ()
    parts = ["进展", *_LABELLED.split(last.note)]
    return tuple(
        (phrasebook.t(_PROGRESS[label.lower()]), text.strip(" ;；"))
        for label, text in zip(parts[::2], parts[1::2], strict=True)
        if text.strip(" ;；")
    )


def revised(history: Iterable[Entry], day: date) -> list[Observation]:
    """The figures that a later publication had replaced by a day; what was put right on the day
    that it became known was a mistake of entry, not a revision.
    """
    rows = {entry.row: entry for entry in history}
    later = (e for e in rows.values() if isinstance(e, Observation) and e.known_on <= day)
    pairs = ((rows.get(entry.replaces or 0), entry) for entry in later)
    return [o for o, e in pairs if isinstance(o, Observation) and o.known_on < e.known_on]


def facts(phrasebook: Phrasebook, target: Target) -> tuple[tuple[str, str], ...]:
    """What the plan in force says of a target, as (label, text) in reading order; nothing empty."""
    language = phrasebook.language
    pairs = [
        (message("Where it stands"), place(phrasebook, target.source)),
        (message("Printed"), f"“{target.source.printed}”"),
        (message("Changed"), amendment(phrasebook, target)),
        (message("How we read it"), language.pick(target.reading) if target.reading else ""),
        (message("An actual is"), language.t(words.MEASURE[target.measure])),
        (message("Judged"), language.t(words.JUDGED[target.judged])),
        (message("Due"), language.day(phrasebook.plan.due(target))),
        (message("Published"), _published(phrasebook, target)),
        (message("Baseline"), baseline(phrasebook, target)),
        (message("Lead unit"), phrasebook.owner(target.owner) if target.owner else ""),
        (message("Step of"), phrasebook.name(target.part_of) if target.part_of else ""),
        (message("Supporting units"), supporting(phrasebook, target)),
    ]
    return tuple((language.t(label), text) for label, text in pairs if text)


def supporting(phrasebook: Phrasebook, target: Target) -> str:
    """The units that help with a target."""
    return phrasebook.language.listed(map(phrasebook.owner, target.supports))


def _published(phrasebook: Phrasebook, target: Target) -> str:
    """How often figures are published, and the calendar that names their days."""
    calendar = phrasebook.plan.calendars_by_id.get(target.calendar or "")
    named = phrasebook.language.pick(calendar.name) if calendar else ""
    return inline(phrasebook.t(words.CADENCE[target.cadence]), named)


def baseline(phrasebook: Phrasebook, target: Target) -> str:
    """The earlier value with its year and place; empty where there is none."""
    earlier = target.baseline
    if earlier is None:
        return ""
    return phrasebook.t(
        "{value} in {year} ({place}, “{printed}”)",
        value=phrasebook.quantity(earlier.value, target),
        year=earlier.year,
        place=place(phrasebook, earlier.source),
        printed=earlier.source.printed,
    )


def numbers(phrasebook: Phrasebook, target: Target, path: Path) -> tuple[PathRow, ...]:
    """The numbers of a path in the order of their days, the target last; the pace at the days that
    the axis names. What is of earlier years lies outside the drawing, and so of its table.
    """
    language, names = phrasebook.language, path.names
    ticks = {day for day, _ in path.axes.days}
    dated = [(point.day, names["judged"], point.label) for point in path.judged]
    dated += [(point.day, names["drawn"], point.label) for point in path.drawn]
    dated += [
        # A pace is drawn, never compared; to one place it reads as people say it.
        (day, names["pace"], phrasebook.quantity(Decimal(str(round(value, 1))).normalize(), target))
        for day, value in path.pace
        if day in ticks
    ]
    rows = [
        PathRow(language.day(day), what, figure)
        for day, what, figure in sorted(dated, key=itemgetter(0))
        if day >= path.axes.first
    ]
    if path.baseline is not None and target.baseline is not None:
        rows.insert(0, PathRow(str(target.baseline.year), names["baseline"], path.baseline.label))
    if path.goal:
        due = language.day(phrasebook.plan.due(target))
        rows.append(PathRow(due, names["target"], phrasebook.asks(target)))
    if path.before and target.amended is not None:
        changed = language.day(target.amended.known_on)
        rows.insert(-1, PathRow(changed, names["before"], path.before))
    return tuple(rows)


def actual_rows(
    phrasebook: Phrasebook, history: Sequence[Entry], as_of: date, judged: Observation | None = None
) -> Iterator[ActualRow]:
    """Every recorded row, the latest first; `judged` is the one that counts as of the day."""
    language = phrasebook.language
    replacers = {entry.replaces: entry for entry in history if entry.replaces is not None}
    counting = judged.row if judged else None
    for entry in sorted(history, key=lambda e: e.row, reverse=True):
        by = _replacer(entry, replacers, as_of)
        state = _state(entry, by, counting, as_of)
        named = entry.replaces if isinstance(entry, Withdrawal) else by.row if by else 0
        actual = entry if isinstance(entry, Observation) else None
        yield ActualRow(
            row=entry.row,
            period=language.period(actual.period) if actual else "",
            value=phrasebook.actual(actual) if actual else "",
            nature=phrasebook.nature(actual) if actual else "",
            known_on=entry.known_on.isoformat(),
            source=actual.source if actual else "",
            note=reason(entry, language) if isinstance(entry, Withdrawal) else entry.note,
            recorded=inline(
                language.t("no. {row}", row=entry.row),
                author_name(entry.recorded_by, language),
                phrasebook.language.short_moment(entry.recorded_at),
            ),
            state=state,
            state_word=language.t(_STATES[state], row=named),
            open=actual is not None and by is None,
        )


def _replacer(entry: Entry, replacers: Mapping[int, Entry], as_of: date) -> Entry | None:
    """What stands in a row's place as of a day: a later link of the chain may be known earlier."""
    by = first = replacers.get(entry.row)
    while by is not None and by.known_on > as_of:
        by = replacers.get(by.row)
    return by or first


def _state(entry: Entry, by: Entry | None, counting: int | None, as_of: date) -> str:
    if isinstance(entry, Withdrawal):
        return "withdrawal"
    if by is not None and by.known_on <= as_of:
        return "withdrawn" if isinstance(by, Withdrawal) else "replaced"
    if entry.known_on > as_of:
        return "not_yet"
    return "counting" if entry.row == counting else "shown"
