"""What to look at in a drafted target: the order in which a person reviews goes by it."""

import re
from collections.abc import Callable

from mubiao.model import Comparator, Target
from mubiao.plan.numerals import PERCENT
from mubiao.plan.printed import comparator_as_printed, worded_comparator
from mubiao.problems import message
from mubiao.report.review import Reviewed
from mubiao.report.text import Figure

LEFT = message("no target and no reason accounts for this figure")
_OF_EACH = re.compile("(?<![年月日人平])均|各")
_LONG = 14
_FEW = 5

_DOUBTS: tuple[tuple[int, str, Callable[[Target], bool]], ...] = (
    (40, message("the name says nothing of what is counted"), lambda t: _is_bare(t.name.zh)),
    (40, message("the figure has no unit"), lambda t: t.unit == "（无单位）"),
    (
        *(30, message("without a figure: how is it judged?")),
        lambda t: t.is_milestone or t.comparator is Comparator.IN_STEP_WITH,
    ),
    (
        *(30, message("read otherwise than the phrase is worded")),
        lambda t: comparator_as_printed(t) is not t.comparator,
    ),
    (
        *(30, message("one figure for several: is each of them a target?")),
        lambda t: _OF_EACH.search(t.source.printed) is not None,
    ),
    (25, message("further figures belong to it as conditions"), lambda t: bool(t.conditions)),
    (
        *(20, message("few of something may be a name, not a promise")),
        lambda t: t.value is not None and t.unit != PERCENT and 0 < t.value <= _FEW,
    ),
    (
        *(15, message("the name is long and may hold more than the indicator")),
        lambda t: len(t.name.zh) > _LONG,
    ),
    (
        *(10, message("no word says whether more or less is better")),
        lambda t: t.value is not None and worded_comparator(t.source.printed) is None,
    ),
)


def doubts(target: Target) -> list[str]:
    """What is doubtful in a drafted target, as messages, the most doubtful first."""
    return [msgid for _, msgid, holds in _DOUBTS if holds(target)]


def by_doubt(review: Reviewed) -> list[Target | Figure]:
    """Figures that nothing accounts for, then the open targets, the most doubtful first."""
    left = [figure for figure in review.figures if not review.claims.get(figure)]
    return [*left, *sorted(review.open_targets(), key=_weight)]


def _weight(target: Target) -> int:
    return -sum(weight for weight, _, holds in _DOUBTS if holds(target))


def _is_bare(name: str) -> bool:
    return len(name) < 2 or name[:1].isdigit()
