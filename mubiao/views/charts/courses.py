"""The year of a headline target as a small line: its figures that count beside what is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mubiao.counting import counts, latest_by_period
from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Observation, Status
from mubiao.views.charts import scale
from mubiao.views.charts.points import box_lines
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure on the line: `x` is the share of the year gone, `y` that of the row's height from
    below; `text` is written beside it, the lines of `box` say all of it.
    """

    x: float
    y: float
    text: str
    box: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A row: what satisfies as a band from `low` to `high`, the target's line with its number, and
    the figures in order, the last one in the colour of the status. Heights are shares of the
    row's; `as_of` is the share of the year gone on the day looked at, 1 once it is over.
    """

    status: Status
    as_of: float
    marks: tuple[Mark, ...] = ()
    low: float = 0.0
    high: float = 0.0
    goal: float | None = None
    goal_text: str = ""


def course(
    phrasebook: Phrasebook, assessment: Assessment, standing: Iterable[Observation]
) -> Course:
    """The row of a numeric target; `standing` are the figures that stand as of the day."""
    target, plan = assessment.target, phrasebook.plan
    first = date(plan.year, 1, 1)
    length = (date(plan.year, 12, 31) - first).days

    def across(day: date) -> float:
        return max(0.0, min((day - first).days / length, 1.0))

    own = [o for o in standing if o.target == target.id and counts(plan, target, o)]
    values = [(o, o.value) for o in latest_by_period(own) if isinstance(o.value, Decimal)]
    criterion, as_of = criterion_of(assessment), across(assessment.as_of)
    if criterion is None:
        return Course(assessment.status, as_of)
    numbers: list[Decimal | Fraction] = [criterion.goal, criterion.threshold]
    low, high = scale([*numbers, *(value for _, value in values)])

    def up(value: Decimal) -> float:
        return (float(value) - low) / (high - low)

    last, language = len(values) - 1, phrasebook.language
    marks = tuple(
        Mark(
            across(o.period.last),
            up(value),
            language.number(value) if place in (0, last) else "",
            tuple(box_lines(phrasebook, o, assessment)),
        )
        for place, (o, value) in enumerate(values)
    )
    edge = up(criterion.threshold)
    band = (edge, 1.0) if criterion.upwards else (0.0, edge)
    percent = "%" if target.unit == "%" or target.in_step_with else ""
    goal_text = language.number(criterion.goal) + percent
    return Course(assessment.status, as_of, marks, *band, up(criterion.goal), goal_text)
