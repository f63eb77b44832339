"""What is doubtful about an entry that can be read: slips that a person looks at before saving.

A warning never refuses anything: ten times the last value may be the truth. It is a `Problem` as
any other, with the field that it is about; the page has it confirmed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import attrgetter

from mubiao.counting import counts, latest
from mubiao.model import Actor, Indicator, Measure, Observation, Plan, SaveKind, Stage, Target
from mubiao.period import Period, YearSpan
from mubiao.problems import Problem, message
from mubiao.proposal.rows import ProposalRow
from mubiao.proposal.sizes import against_last, against_same, against_target, doubtful

_GOES_BACK = {
    Stage.COMPLETE: message("the milestone was complete already; this takes it back"),
    Stage.UNDER_WAY: message("the milestone was under way already; this takes it back"),
}
_KNOWN_LATER = message("beside what became known only after {day}: {doubt}")
_SMALL = Decimal("0.1")
_BEFORE = {
    Stage.COMPLETE: (Stage.NOT_STARTED, Stage.UNDER_WAY, Stage.CANCELLED),
    Stage.UNDER_WAY: (Stage.NOT_STARTED,),
}


def warnings(
    plan: Plan,
    entry: Observation,
    standing: Iterable[Observation],
    today: date,
    *,
    before: Observation | None = None,
) -> tuple[Problem, ...]:
    """Everything that is doubtful about an entry, in a fixed order.

    `standing` are the observations that stand, of any targets, without the one that the entry
    replaces: that is `before`, None for a new entry. A figure is held against the one recorded for
    the same days first (`before`, or the last of those in `standing`), then against those of the
    same target and kind for other days.
    """
    target = plan.indicators[entry.target]
    if isinstance(target, Target):
        target = target.in_force(today)
    all_ = [o for o in standing if o.target == entry.target]
    others = [o for o in all_ if o.period != entry.period]
    same = before if before is not None and before.period == entry.period else None
    same = same or latest(o for o in all_ if o.period == entry.period)
    doubts = [_too_early(entry, today)]
    if isinstance(entry.value, Decimal):
        alike = [o for o in others if counts(plan, target, o) == counts(plan, target, entry)]
        doubts += [
            _not_a_share(plan, target, entry.value),
            _like_a_share(plan, target, entry.value) if same is None else None,
            *_falling_total(plan, target, entry, entry.value, alike),
            _other_sign(target, entry.value, all_ if same is None else [*all_, same]),
            _size(plan, target, entry, (same, _before(entry, alike))),
        ]
    else:
        doubts.append(_going_back(entry.value, same or _before(entry, others)))
    return tuple(problem for problem in doubts if problem is not None)


def _before(entry: Observation, others: Iterable[Observation]) -> Observation | None:
    """The last of the observations whose period ended earlier."""
    return latest(o for o in others if o.period.last < entry.period.last)


def _too_early(entry: Observation, today: date) -> Problem | None:
    last = entry.period.last
    if today < last:
        msgid = message("{period} is not over; it ends on {last}")
        return doubtful(msgid, "period", period=entry.period.text, last=last)
    if entry.known_on < last:
        msgid = message("known on {day}, before {period} ended on {last}")
        period = entry.period.text
        return doubtful(msgid, "known_on", day=entry.known_on, period=period, last=last)
    return None


def _is_percent(plan: Plan, target: Indicator) -> bool:
    return target.unit is not None and plan.units[target.unit].en == "%"


def _is_change(plan: Plan, target: Indicator) -> bool:
    """Whether the figure is a change in per cent, which swings around nought."""
    return _is_percent(plan, target) and target.measure in (Measure.RATE, Measure.SINCE_BASE)


def _not_a_share(plan: Plan, target: Indicator, value: Decimal) -> Problem | None:
    if not _is_percent(plan, target):
        return None
    if value > 100:
        return doubtful(message("{value} is above 100 per cent"), value=value)
    if value < 0 and not _is_change(plan, target):
        return doubtful(message("{value} is below 0 per cent"), value=value)
    if value < -100:
        return doubtful(message("{value} is a fall by more than all there was"), value=value)
    return None


def _like_a_share(plan: Plan, target: Indicator, value: Decimal) -> Problem | None:
    """Offices give one place or two of a per cent: 0.032 is a share, 3.2 per cent."""
    places = -int(value.normalize().as_tuple().exponent)
    if not _is_percent(plan, target) or not 0 < abs(value) < (1 if places > 2 else _SMALL):
        return None
    msgid = message("{value} looks like a share; in per cent it is {percent}")
    return doubtful(msgid, value=value, percent=value.scaleb(2))


def _other_sign(
    target: Indicator, value: Decimal, recorded: Iterable[Observation]
) -> Problem | None:
    """A sign opposite to the target's, which no recorded figure has: a fall without its minus."""
    if not isinstance(target, Target) or not target.value or value * target.value >= 0:
        return None
    if any(isinstance(o.value, Decimal) and o.value * value > 0 for o in recorded):
        return None
    msgid = message(
        "{value} has the other sign than the target, {other}; no recorded figure has it"
    )
    return doubtful(msgid, value=value, other=target.value)


def _falling_total(
    plan: Plan, target: Indicator, entry: Observation, value: Decimal, alike: Iterable[Observation]
) -> Iterable[Problem]:
    """A running total is never below an earlier one of the year, nor above a later one."""
    if target.measure is not Measure.COUNT:
        return
    year = YearSpan.of(entry.period.last, plan.span.first.month)
    same_year = [o for o in alike if o.period.last in year]
    later = [o for o in same_year if o.period.last > entry.period.last]
    for other in (
        _before(entry, same_year),
        min(later, key=attrgetter("period.last"), default=None),
    ):
        if other is None or not isinstance(other.value, Decimal):
            continue
        msgid = ""
        if other.period.last < entry.period.last and value < other.value:
            msgid = message("a running total does not fall: {value} after {other} for {period}")
        elif other.period.last > entry.period.last and value > other.value:
            msgid = message("a running total does not fall: {value} before {other} for {period}")
        if msgid:
            yield doubtful(msgid, value=value, other=other.value, period=other.period.text)


def _going_back(stage: Stage, before: Observation | None) -> Problem | None:
    if before is None or not isinstance(before.value, Stage):
        return None
    if stage in _BEFORE.get(before.value, ()):
        return doubtful(_GOES_BACK[before.value])
    return None


def _size(
    plan: Plan,
    target: Indicator,
    entry: Observation,
    others: tuple[Observation | None, Observation | None],
) -> Problem | None:
    """A value far from that of the same days, or else the last one before, or else the target."""
    value, change = entry.value, _is_change(plan, target)
    assert isinstance(value, Decimal)  # noqa: S101 - the caller asked
    same, last = (o.value if o is not None else None for o in others)
    if isinstance(same, Decimal) and (problem := against_same(value, same, change=change)):
        return problem
    if isinstance(last, Decimal):
        return against_last(value, last, change=change)
    if not isinstance(target, Target) or isinstance(same, Decimal):
        return None
    share = _is_percent(plan, target) and not change
    span = entry.period
    months = plan.span.number(span.last) if span.is_day else span.months
    return against_target(months, value, target, change=change, share=share)


# The field of a file's row that names the recorded row it was made from.
ROW = "row"


def doubted(
    plan: Plan,
    standing: Iterable[Observation],
    rows: Sequence[ProposalRow],
    days: tuple[date, date],
    actor: Actor | None,
) -> tuple[ProposalRow, ...]:
    """The rows with the warnings about each that would be written, or was left out.

    Each is held against the figure that stands for its days, and against what would stand with
    all others saved: first as of the second of `days`, which are today and the as-of day; where
    nothing is doubtful then, against what became known later too, and this is said. `actor`
    is who records; None where everything says what it was made from.
    """
    figures = [row.figure for row in rows if row.saves and row.figure is not None]
    today, as_of = days
    by_then = _afterwards([o for o in standing if o.known_on <= as_of], figures)
    ever = _afterwards(standing, figures)

    def doubt(row: ProposalRow, figure: Observation) -> tuple[Problem, ...]:
        known, before = max(as_of, figure.known_on), row.was or row.beside
        early = [o for o in by_then[figure.target] if o is not figure and o.known_on <= known]
        doubts = warnings(plan, figure, early, today, before=before)
        late = [o for o in ever[figure.target] if o is not figure]
        if late != early and not any(doubt.field == "value" for doubt in doubts):
            others = warnings(plan, figure, late, today, before=before)
            doubts += tuple(
                Problem(_KNOWN_LATER, {"day": as_of, "doubt": one}, field=one.field)
                for one in others
                if one not in doubts
            )
        return (
            *row.candidate.doubts,
            *(_of_others(row, actor) if actor is not None else ()),
            *doubts,
        )

    return tuple(
        replace(row, warnings=doubt(row, row.figure))
        if row.figure and (row.saves or (row.is_left_out and not row.problems))
        else row
        for row in rows
    )


def _afterwards(
    standing: Iterable[Observation], figures: Sequence[Observation]
) -> defaultdict[str, list[Observation]]:
    """By target what would stand with everything saved: of each period its last figure."""
    replaced = {figure.replaces for figure in figures}
    left = sorted(standing, key=attrgetter("known_on", "row"))
    last: dict[tuple[str, Period], Observation] = {
        (one.target, one.period): one for one in left if one.row not in replaced
    }
    for figure in sorted(figures, key=attrgetter("known_on")):
        key = figure.target, figure.period
        if key not in last or last[key].known_on <= figure.known_on:
            last[key] = figure
    by_target: defaultdict[str, list[Observation]] = defaultdict(list)
    for one in last.values():
        by_target[one.target].append(one)
    return by_target


def _of_others(row: ProposalRow, actor: Actor) -> Iterable[Problem]:
    """A correction without a base may be older than what another person recorded."""
    was = row.replaces
    is_based = row.candidate.named is not None or row.conflict is not None
    if is_based or was is None or was.recorded_by in ("", SaveKind.SEED):
        return
    if actor.did(was.actor, was.recorded_by):
        return
    msgid = message(
        "changes what {person} recorded on {day}; the file does not say what it was made from"
    )
    day = was.recorded_at.date() if was.recorded_at else was.known_on
    yield Problem(msgid, {"person": was.recorded_by, "day": day}, field=ROW)
