"""How far a figure is from satisfying its target, for key figures, rows and charts alike."""

from decimal import Decimal
from typing import NamedTuple

from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Measure, Observation
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook


class Distance(NamedTuple):
    """The size under its label, "Short of it by" and "8.7 percentage points", and all in one."""

    label: str
    size: str
    text: str


def distance(
    phrasebook: Phrasebook, assessment: Assessment, observation: Observation | None
) -> Distance | None:
    """How far a value is from satisfying, or may still give way; None without a comparison."""
    target, criterion = assessment.target, criterion_of(assessment)
    # The other target's figure is known for the period that counts alone.
    other = target.counterpart is not None and observation != assessment.observation
    value = None if observation is None or other else observation.value
    if criterion is None or not isinstance(value, Decimal):
        return None
    limits = (criterion.threshold, criterion.far)
    gap = min(abs(value - limit) for limit in limits if limit is not None)
    satisfied, two_sided = criterion.satisfied_by(value), criterion.far is not None
    outside = two_sided and target.measure is not Measure.COUNT
    msgid = message("Outside it by") if outside else message("Short of it by")
    if target.measure is Measure.COUNT and not criterion.upwards:
        msgid = message("Over it by")
    if satisfied:
        only_up = target.higher_is_better and not two_sided
        msgid = message("Beyond it by") if only_up else message("Room left")
    label, size = phrasebook.t(msgid), phrasebook.difference(gap, target)
    form = message("{label} {size}")
    if not gap:
        form = message("Exactly at the limit, which does not satisfy the target")
        if satisfied:
            form = message("Exactly what is asked for")
    return Distance(label, size, phrasebook.t(form, label=label, size=size))
