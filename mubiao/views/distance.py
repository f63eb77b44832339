"""How far a figure is from satisfying its target, for key figures, rows and charts alike."""

from decimal import Decimal
from typing import NamedTuple

from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Comparator, Observation
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
    """How far a value is from satisfying, or may still give way; None where nothing can be
    compared.
    """
    target, criterion = assessment.target, criterion_of(assessment)
    # The other target's figure is known for the period that counts alone.
    other = target.comparator is Comparator.IN_STEP_WITH and observation != assessment.observation
    value = None if observation is None or other else observation.value
    if criterion is None or not isinstance(value, Decimal):
        return None
    gap, satisfied = abs(value - criterion.threshold), criterion.satisfied_by(value)
    msgid = message("Short of it by")
    if satisfied:
        msgid = message("Beyond it by") if target.higher_is_better else message("Room left")
    label, size = phrasebook.t(msgid), phrasebook.difference(gap, target)
    form = message("{label} {size}")
    if not gap:
        form = message("Exactly at the limit, which does not satisfy the target")
        if satisfied:
            form = message("Exactly what is asked for")
    return Distance(label, size, phrasebook.t(form, label=label, size=size))
