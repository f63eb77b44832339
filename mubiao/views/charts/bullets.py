"""The bullet of a target: one actual beside its target, with the zones around it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Stage
from mubiao.views.charts import Zone, near_limit, scale
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet on a scale of its own, all positions from 0 to 1 (Stephen Few's design).

    `zones` are (from, to, zone); `bar` runs from zero to the actual; `goal` is the target's
    mark; `zero` is where the bar starts. `value` and `goal_value` are the actual and the target
    themselves, in the target's unit, for charts with an axis.
    """

    id: str
    label: str
    zones: tuple[tuple[float, float, Zone], ...] = ()
    bar: tuple[float, float] | None = None
    goal: float | None = None
    zero: float | None = None
    value: float | None = None
    goal_value: float | None = None


def bullet(phrasebook: Phrasebook, assessment: Assessment) -> Bullet:
    """The bullet of a numeric target; without a scale where nothing can be compared yet."""
    target, observation = assessment.target, assessment.observation
    label = phrasebook.language.labelled(phrasebook.name(target.id), phrasebook.asks(target))
    value = observation.value if observation else None
    criterion = criterion_of(assessment)
    if criterion is None or isinstance(value, Stage):
        return Bullet(target.id, label)
    if observation is not None:
        label += f"<br>{phrasebook.actual(observation)}"
    near = near_limit(phrasebook.plan, assessment, criterion)
    numbers: list[Decimal | Fraction] = [Decimal(0), criterion.goal, criterion.threshold, near]
    if assessment.scheduled is None:
        # As much of "met" is shown as of "near", also where the target is zero growth.
        numbers.append(2 * Fraction(criterion.goal) - Fraction(near))
    low, high = scale(numbers if value is None else [*numbers, value])

    def at(number: Decimal | Fraction) -> float:
        return (float(number) - low) / (high - low)

    inner, outer, zero = at(criterion.threshold), at(near), at(Decimal(0))
    zones: tuple[tuple[float, float, Zone], ...] = (
        (0.0, outer, "beyond"),
        (outer, inner, "near"),
        (inner, 1.0, "met"),
    )
    if not criterion.upwards:
        zones = ((0.0, inner, "met"), (inner, outer, "near"), (outer, 1.0, "beyond"))
    return Bullet(
        target.id,
        label,
        zones,
        bar=None if value is None else (zero, at(value)),
        goal=at(criterion.goal),
        zero=zero,
        value=None if value is None else float(value),
        goal_value=float(criterion.goal),
    )
