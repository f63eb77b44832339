"""What changed between two days: statuses, the figures that turned them, or only time.

Two judgements of the same plan go in; nothing is judged here. Whatever differs between them is
told by the figure that counts: a first or newer one, one published again, a correction, a
withdrawal, another target's figure, or, with all figures the same, the days that went by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mubiao.i18n import Language
from mubiao.model import Assessment, Observation, Plan, Status
from mubiao.problems import message
from mubiao.views.overview import Count, StatusMark, count, mark
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence

_RANK = {status: place for place, status in enumerate(Status)}
_SEMICOLON = {"zh": "；", "en": "; "}

_TURNS = {
    "worse": (message("Worse"), message("{n} worse")),
    "first": (message("Judged for the first time"), message("{n} judged for the first time")),
    "better": (message("Better"), message("{n} better")),
    "lost": (message("No longer judged"), message("{n} no longer judged")),
}

_STEADY = message("Another figure, the same status")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One target on both days: its statuses, what turned it, and its sentence on the later day."""

    id: str
    name: str
    before: StatusMark
    after: StatusMark
    cause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The targets that turned one way: worse, first (judged for the first time), better or lost
    (no longer judged), the worst status of the later day first.
    """

    id: str
    name: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Two looks side by side; `steady` are targets whose figure changed but not their status.

    `earlier` and `later` name the two: their days, or what tells two looks at one day apart.
    """

    earlier: str
    later: str
    summary: str
    counts_earlier: tuple[Count, ...]
    counts_later: tuple[Count, ...]
    turns: tuple[Turn, ...]
    steady: tuple[ChangeRow, ...]


def month_end_before(day: date) -> date:
    """The last day of the month before a day's: what a monthly meeting saw."""
    return day.replace(day=1) - timedelta(days=1)


def groups(found: Changes, language: Language) -> tuple[tuple[str, tuple[ChangeRow, ...]], ...]:
    """Everything that changed, a name and rows each: by turn, then figures without one."""
    turned = tuple((turn.name, turn.rows) for turn in found.turns)
    return (*turned, (language.t(_STEADY), found.steady)) if found.steady else turned


def changes(
    plan: Plan,
    earlier: Sequence[Assessment],
    later: Sequence[Assessment],
    language: Language,
    sides: tuple[str, str] | None = None,
) -> Changes:
    """What changed from one judgement of the plan to a later one.

    `sides` names the two where their days do not. Both hold every target of the plan in its
    order. Raises ValueError if they do not.
    """
    found: dict[str, list[tuple[Assessment, ChangeRow]]] = {turn: [] for turn in _TURNS}
    steady = []
    for before, after in zip(earlier, later, strict=True):
        causes = _causes(plan, before, after, language)
        if before.status is not after.status:
            row = _row(plan, before, after, causes, language)
            found[_turn(before.status, after.status)].append((after, row))
        elif causes:
            steady.append(_row(plan, before, after, causes, language))
    turns = tuple(
        Turn(turn, language.t(_TURNS[turn][0]), _worst_first(plan, pairs))
        for turn, pairs in found.items()
        if pairs
    )
    first, second = sides or [language.day(judged[0].as_of) for judged in (earlier, later)]
    return Changes(
        earlier=first,
        later=second,
        summary=_summary((first, second), turns, len(later), language),
        counts_earlier=count(earlier, language),
        counts_later=count(later, language),
        turns=turns,
        steady=tuple(steady),
    )


def _turn(before: Status, after: Status) -> str:
    """No data is outside the order: what was unknown has become neither better nor worse."""
    if before is Status.NO_DATA:
        return "first"
    if after is Status.NO_DATA:
        return "lost"
    return "worse" if _RANK[after] > _RANK[before] else "better"


def _worst_first(
    plan: Plan, pairs: Iterable[tuple[Assessment, ChangeRow]]
) -> tuple[ChangeRow, ...]:
    def place(pair: tuple[Assessment, ChangeRow]) -> tuple[int, bool]:
        return -_RANK[pair[0].status], pair[0].target.section != plan.headline

    return tuple(row for _, row in sorted(pairs, key=place))


def _row(
    plan: Plan, before: Assessment, after: Assessment, causes: Sequence[str], language: Language
) -> ChangeRow:
    told = causes or [language.t("no other figure: only time has passed")]
    cause = _SEMICOLON[language.code].join(told)
    return ChangeRow(
        id=after.target.id,
        name=language.pick(after.target.name),
        before=mark(before.status, language),
        after=mark(after.status, language),
        cause=cause[:1].upper() + cause[1:],
        sentence=sentence(Phrasebook(plan, language), after),
    )


def _summary(sides: tuple[str, str], turns: Sequence[Turn], total: int, language: Language) -> str:
    earlier, later = sides
    if not turns:
        return language.t(
            "From {earlier} to {later} none of {total} targets changed its status.",
            earlier=earlier,
            later=later,
            total=total,
        )
    parts = [language.t(_TURNS[turn.id][1], n=len(turn.rows)) for turn in turns]
    comma = "，" if language.code == "zh" else ", "
    return language.t(
        "From {earlier} to {later}, {n} of {total} targets changed status: {parts}.",
        earlier=earlier,
        later=later,
        n=sum(len(turn.rows) for turn in turns),
        total=total,
        parts=comma.join(parts),
    )


def _causes(plan: Plan, before: Assessment, after: Assessment, language: Language) -> list[str]:
    """The figures that differ between two judgements of a target; none when only time passed."""
    causes = []
    if before.observation != after.observation:
        causes.append(_own(plan, before.observation, after.observation, language))
    causes += _broken(plan, before, after, language)
    if before.counterpart != after.counterpart:
        causes.append(_other(plan, after, language))
    return causes


def _own(
    plan: Plan,
    old: Observation | None,
    new: Observation | None,
    language: Language,
) -> str:
    """What became of the counting figure; what it says now is in the target's sentence."""
    was, is_ = (_figure(plan, seen, language) for seen in (old, new))
    if new is None:
        return language.t("withdrawn: {figure}; nothing counts now", figure=was)
    day = language.day(new.known_on)
    if old is None:
        return language.t("first figure, known on {day}", day=day)
    if new.replaces == old.row or (new.period == old.period and new.replaces is not None):
        return language.t("corrected, known on {day}; before {old}", day=day, old=was)
    if _order(new) < _order(old):
        return language.t("withdrawn: {old}; {figure} counts again", figure=is_, old=was)
    if new.period == old.period:
        return language.t("published again, known on {day}; before {old}", day=day, old=was)
    return language.t("new figure, known on {day}; before {old}", day=day, old=was)


def _order(seen: Observation) -> tuple[date, date, int]:
    """Which of two figures counts: the greater one (METHOD, section 2)."""
    return seen.period.last, seen.known_on, seen.row


def _broken(plan: Plan, before: Assessment, after: Assessment, language: Language) -> list[str]:
    """For a promise for all year: figures besides the latest that break it now, or did before."""
    counted = (before.observation, after.observation)
    now = [o for o in after.broken_by if o not in before.broken_by and o not in counted]
    then = [o for o in before.broken_by if o not in after.broken_by and o not in counted]
    texts = (
        (now, message("{figure} breaks the promise")),
        (then, message("{figure}, which broke the promise, no longer stands")),
    )
    return [
        language.t(text, figure=_figure(plan, seen, language))
        for figures, text in texts
        for seen in figures
    ]


def _other(plan: Plan, after: Assessment, language: Language) -> str:
    """What became of the figure that a target is held against."""
    other = plan.by_id[after.target.in_step_with or ""]
    name = language.pick(other.name)
    if after.counterpart is None:
        return language.t("no figure of {other} for the same period", other=name)
    figure = _figure(plan, after.counterpart, language)
    return language.t("held against {other}, {figure}", other=name, figure=figure)


def _figure(plan: Plan, seen: Observation | None, language: Language) -> str:
    """A figure with its period: "Q1: −6.6%"; empty for none."""
    if seen is None:
        return ""
    period = language.period(seen.period, plan.year)
    return language.labelled(period, Phrasebook(plan, language).actual(seen))
