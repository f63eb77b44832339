"""What changed between two judgements of a plan: statuses, the figures that turned them, or only
time. Nothing is judged here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mubiao.counting import latest
from mubiao.i18n import Language
from mubiao.model import Assessment, Meeting, Observation, Status
from mubiao.plain_text import capitalised, uncapitalised
from mubiao.problems import message
from mubiao.views.counts import Count, StatusMark, count, mark
from mubiao.wording.phrasebook import Phrasebook, before_after
from mubiao.wording.sentences import sentence

_RANK = {status: place for place, status in enumerate(Status)}

_TURNS = {
    "worse": message("Worse"),
    "first": message("Judged for the first time"),
    "better": message("Better"),
    "lost": message("No longer judged"),
}
_STEADY = message("Another figure, the same status")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One target before and after: its statuses, what turned it, its sentence on the later day, its
    figures, before and now.
    """

    id: str
    name: str
    before: StatusMark
    after: StatusMark
    cause: str = ""
    sentence: str = ""
    figures: str = ""


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

    `earlier` and `later` are their days.
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


def looked_before(meetings: Iterable[Meeting], as_of: date) -> date:
    """The day to compare with: the last meeting's within the month, or the end of that before."""
    days = (meeting.as_of for meeting in meetings if meeting.as_of < as_of)
    return max([month_end_before(as_of), *days])


def groups(changes: Changes, language: Language) -> tuple[tuple[str, tuple[ChangeRow, ...]], ...]:
    """Everything that changed, a name and rows each: by turn, then figures without one."""
    turned = tuple((turn.name, turn.rows) for turn in changes.turns)
    return (*turned, (language.t(_STEADY), changes.steady)) if changes.steady else turned


def turned(changes: Changes, language: Language) -> str:
    """The message of what changed: "Since 30 June 2020: 1 worse, 2 better"."""
    since = language.t("Since {earlier}", earlier=changes.earlier)
    if not changes.turns:
        return language.labelled(since, language.t("no status changed"))
    return language.labelled(since, _counted(changes.turns, language))


def _counted(turns: Iterable[Turn], language: Language) -> str:
    return language.phrases(
        language.t("{n} {status}", n=len(turn.rows), status=uncapitalised(turn.name))
        for turn in turns
    )


def changes(
    phrasebook: Phrasebook, earlier: Sequence[Assessment], later: Sequence[Assessment]
) -> Changes:
    """What changed from one judgement of the plan to a later one.

    Both hold every target of the plan in its order. Raises ValueError if they do not.
    """
    language, headline = phrasebook.language, phrasebook.plan.headline
    pairs = list(zip(earlier, later, strict=True))
    rows: dict[str, list[ChangeRow]] = {turn: [] for turn in _TURNS}
    # The worst status of the later day first, headline targets before others.
    for before, after in sorted(
        (pair for pair in pairs if pair[0].status is not pair[1].status),
        key=lambda pair: (-_RANK[pair[1].status], pair[1].target.section != headline),
    ):
        rows[_turn(before.status, after.status)].append(_row(phrasebook, before, after))
    turns = tuple(
        Turn(turn, language.t(_TURNS[turn]), tuple(of)) for turn, of in rows.items() if of
    )
    first, second = (language.day(judged[0].as_of) for judged in (earlier, later))
    return Changes(
        earlier=first,
        later=second,
        summary=_summary((first, second), turns, len(later), language),
        counts_earlier=count(earlier, language),
        counts_later=count(later, language),
        turns=turns,
        steady=tuple(
            _row(phrasebook, before, after)
            for before, after in pairs
            if before.status is after.status and _causes(phrasebook, before, after)
        ),
    )


def _turn(before: Status, after: Status) -> str:
    """No data is outside the order: what was unknown has become neither better nor worse."""
    if before is Status.NO_DATA:
        return "first"
    if after is Status.NO_DATA:
        return "lost"
    return "worse" if _RANK[after] > _RANK[before] else "better"


def _row(phrasebook: Phrasebook, before: Assessment, after: Assessment) -> ChangeRow:
    language = phrasebook.language
    causes = _causes(phrasebook, before, after)
    cause = language.clauses(causes or [language.t("no other figure: only time has passed")])
    return ChangeRow(
        id=after.target.id,
        name=phrasebook.name(after.target.id),
        before=mark(before.status, language),
        after=mark(after.status, language),
        cause=capitalised(cause),
        sentence=sentence(phrasebook, after),
        figures=_figures(phrasebook, before.observation, after.observation),
    )


def _figures(phrasebook: Phrasebook, old: Observation | None, new: Observation | None) -> str:
    if old is None and new is not None:
        return phrasebook.t("new: {value}", value=phrasebook.actual(new))
    return before_after(*("" if o is None else phrasebook.actual(o) for o in (old, new)))


def _summary(sides: tuple[str, str], turns: Sequence[Turn], total: int, language: Language) -> str:
    form = message("From {earlier} to {later} none of {total} targets changed its status.")
    if turns:
        form = message("From {earlier} to {later}, {n} of {total} targets changed status: {parts}.")
    return language.t(
        form,
        earlier=sides[0],
        later=sides[1],
        n=sum(len(turn.rows) for turn in turns),
        total=total,
        parts=_counted(turns, language),
    )


def _causes(phrasebook: Phrasebook, before: Assessment, after: Assessment) -> list[str]:
    """What differs between two judgements of a target; none when only time passed."""
    causes = []
    if before.observation != after.observation:
        causes.append(_own_figure(phrasebook, before.observation, after.observation))
    causes += _broken(phrasebook, before, after)
    if before.counterpart != after.counterpart:
        causes.append(_counterpart(phrasebook, after))
    if after.target.amended != before.target.amended and after.target.amended is not None:
        day = phrasebook.language.day(after.target.amended.known_on)
        causes.append(phrasebook.t("the target was changed on {day}", day=day))
    return causes


def _own_figure(phrasebook: Phrasebook, old: Observation | None, new: Observation | None) -> str:
    """What became of the counting figure; what it says now is in the target's sentence."""
    before = phrasebook.with_period(old) if old is not None else ""
    if new is None:
        return phrasebook.t("withdrawn: {figure}; nothing counts now", figure=before)
    if old is None:
        form = message("first figure, known on {day}")
    elif new.replaces == old.row or (new.period == old.period and new.replaces is not None):
        form = message("corrected, known on {day}; before {old}")
    elif latest((new, old)) is old:
        form = message("withdrawn: {old}; {figure} counts again")
    elif new.period == old.period:
        form = message("published again, known on {day}; before {old}")
    else:
        form = message("new figure, known on {day}; before {old}")
    day = phrasebook.language.day(new.known_on)
    return phrasebook.t(form, day=day, old=before, figure=phrasebook.with_period(new))


def _broken(phrasebook: Phrasebook, before: Assessment, after: Assessment) -> list[str]:
    """For a promise for all year: figures besides the latest that break it now, or did before."""
    counted = (before.observation, after.observation)
    new = [o for o in after.broken_by if o not in (*before.broken_by, *counted)]
    gone = [o for o in before.broken_by if o not in (*after.broken_by, *counted)]
    breaks = message("{figure} breaks the promise")
    broke = message("{figure}, which broke the promise, no longer stands")
    causes = [*((breaks, figure) for figure in new), *((broke, figure) for figure in gone)]
    return [phrasebook.t(form, figure=phrasebook.with_period(figure)) for form, figure in causes]


def _counterpart(phrasebook: Phrasebook, after: Assessment) -> str:
    """What became of the figure that a target is held against."""
    other = phrasebook.name(after.target.counterpart or "")
    if after.counterpart is None:
        return phrasebook.t("no figure of {other} for the same period", other=other)
    figure = phrasebook.with_period(after.counterpart)
    return phrasebook.t("held against {other}, {figure}", other=other, figure=figure)
