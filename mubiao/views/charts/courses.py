"""The year of a headline target as a small line: its figures that count beside what is asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mubiao.counting import counts, latest_by_period
from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Observation, Status
from mubiao.views.charts import scale
from mubiao.views.charts.points import Point, point
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Course:
    """A row from `first` to `last` of the year, and from `low` to `high` in the target's unit.

    `points` are the figures in order, the last one in the colour of the status; the first and the
    last have their number beside them. `band` is what satisfies, `goal` the target's line with its
    number; None where nothing can be compared yet.
    """

    status: Status
    as_of: date
    first: date
    last: date
    points: tuple[Point, ...] = ()
    low: float = 0.0
    high: float = 1.0
    band: tuple[float, float] = (0.0, 0.0)
    goal: float | None = None
    goal_text: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the day looked at lies inside the year, and there are figures before it."""
        return bool(self.points) and self.first < self.as_of < self.last

    def across(self, day: date) -> float:
        """The share of the year that is gone on a day."""
        return max(0.0, min((day - self.first).days / (self.last - self.first).days, 1.0))

    def up(self, value: float) -> float:
        """How far up a value lies, as a share of the row's line."""
        return (value - self.low) / (self.high - self.low)

    @property
    def zero(self) -> float | None:
        """How far up zero lies; None outside the row, and where the target is zero."""
        return self.up(0.0) if self.low < 0 < self.high and self.goal else None

    def numbers(self, apart: float) -> tuple[tuple[str, float, str], ...]:
        """What stands behind the year, as kind, height and text: the goal's number, and zero's
        where it has room. They are `apart`, a share of the row, also from a last figure there.
        """
        if self.goal is None:
            return ()
        at, taken = self.up(self.goal), []
        if self.points and self.across(self.points[-1].day) >= 0.9:
            last = self.up(self.points[-1].value)
            taken.append(last)
            if abs(last - at) < apart:
                at = last + apart if at >= last else last - apart
        numbers = [("goal", at, self.goal_text)]
        if self.zero is not None and all(abs(self.zero - one) >= apart for one in (at, *taken)):
            numbers.append(("zero", self.zero, "0"))
        return tuple(numbers)


def course(
    phrasebook: Phrasebook, assessment: Assessment, standing: Iterable[Observation]
) -> Course:
    """The row of a numeric target; `standing` are the figures that stand as of the day."""
    target, plan, language = assessment.target, phrasebook.plan, phrasebook.language
    own = [o for o in standing if o.target == target.id and counts(plan, target, o)]
    values = [(o, o.value) for o in latest_by_period(own) if isinstance(o.value, Decimal)]
    criterion = criterion_of(assessment)
    year = Course(assessment.status, assessment.as_of, plan.span.first, plan.span.last)
    if criterion is None:
        return year
    limits = (criterion.goal, criterion.threshold, criterion.far, target.upper)
    numbers = [end for end in limits if end is not None]
    low, high = scale([*numbers, *(value for _, value in values)])
    edge, outer = float(criterion.threshold), (high if criterion.upwards else low)
    if criterion.far is not None:
        outer = float(criterion.far)
    ends = [end for end in (target.value, target.upper) if end is not None]
    goals = ends if len(ends) > 1 else [criterion.goal]  # of a range both
    percent = "%" if target.unit == "%" or target.counterpart else ""
    return replace(
        year,
        points=tuple(
            replace(
                point(phrasebook, o, assessment),
                text=language.number(value) if place in (0, len(values) - 1) else "",
            )
            for place, (o, value) in enumerate(values)
        ),
        low=low,
        high=high,
        band=(min(edge, outer), max(edge, outer)),
        goal=float(criterion.goal),
        goal_text="–".join(map(language.number, goals)) + percent,
    )
