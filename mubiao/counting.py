"""Which figures stand on a day, and which of these counts (METHOD, section 2)."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from mubiao.model import Entry, Indicator, Judged, Measure, Observation, Plan, Target
from mubiao.period import Period


def counts(plan: Plan, target: Indicator, observation: Observation) -> bool:
    """Whether an observation is of the kind that is judged.

    A rate must end within the plan year, or by a due day after it. A promise for all year asks for
    figures up to the due day only: what happened afterwards cannot break it.
    """
    period = observation.period
    match target:
        case Target(judged=Judged.ALL_YEAR) if period.last > plan.due(target):
            return False
    in_time = period.last >= plan.span.first
    match target.measure:
        case Measure.STAGE:
            return True
        case Measure.COUNT:
            return in_time and (period.is_day or period.first == plan.span.first)
        case Measure.RATE:
            in_year = period.first == plan.span.first and period.last <= plan.end(target)
            return in_year and not period.is_day
        case _:
            return in_time


def latest(observations: Iterable[Observation]) -> Observation | None:
    """The latest: the greatest last day, then the greatest known_on, then the last recorded."""
    return max(observations, key=lambda o: (o.period.last, o.known_on, o.row), default=None)


def latest_by_period(observations: Iterable[Observation]) -> list[Observation]:
    """Of each target and period (same days) the one known last, then recorded last."""
    newest: dict[tuple[str, Period], Observation] = {}
    for one in observations:
        other = newest.setdefault((one.target, one.period), one)
        if (one.known_on, one.row) > (other.known_on, other.row):
            newest[one.target, one.period] = one
    return list(newest.values())


def standing(history: Iterable[Entry], as_of: date) -> list[Observation]:
    """The observations that stood on a day, in the order of recording.

    What became known later does not count. A correction or withdrawal hides, from its own
    `known_on` on, the row it replaces and all that this one replaced before it. The order of
    `history` does not matter; rows that replace others must come with those.
    """
    ordered = sorted(history, key=attrgetter("row"))
    known = [entry for entry in ordered if entry.known_on <= as_of]
    replaces = {entry.row: entry.replaces for entry in ordered}
    hidden: set[int] = set()
    for entry in known:
        replaced = entry.replaces
        while replaced is not None and replaced not in hidden:
            hidden.add(replaced)
            replaced = replaces.get(replaced)
    return [e for e in known if isinstance(e, Observation) and e.row not in hidden]
