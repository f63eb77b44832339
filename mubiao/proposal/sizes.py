"""Whether a figure's size is doubtful: beside what is recorded, the last one, or the target."""

from decimal import Decimal
from fractions import Fraction

from mubiao.model import Comparator, Measure, Target
from mubiao.problems import Problem, message

# Scales that people mix up, and how far from them a ratio may be to be taken for a mix-up:
# per cent and shares, ha and km²; 万; 亿.
_SCALES = ((100, Fraction(8, 5)), (10**4, Fraction(3)), (10**8, Fraction(3)))
# A change on a year earlier goes through nought: below this many points ratios say nothing; and
# no office revises one by more.
_FAR = 10
# A change nearer to nought than this changes its sign in an ordinary revision.
_NEAR_NOUGHT = Fraction(1, 2)
# Of a size that stays about the same, the one is at most this many times the other.
_ABOUT = Fraction(5, 4)
# A first figure that is no more than this of what it is held against has lost some digits.
_LITTLE = Fraction(1, 100)
_VERY_LITTLE = Fraction(1, 1000)
# A share of something moves less: farther than this its point has slipped.
_SHARE = Fraction(1, 5)
# Three places may be thousands with a point: within this of the target 1.050 is 1050.
_THOUSANDS = Fraction(1, 30)
_OF_LAST = {
    "more": message("{value} looks like another scale: {times} times the last value, {other}"),
    "less": message("{value} looks like another scale: {other} last, {times} times as much"),
    "tenfold": message("{value} is ten times the last value or more: {other}"),
    "tenth": message("{value} is a tenth of the last value or less: {other}"),
}
_OF_RECORDED = {
    "more": message("{value} looks like another scale: {times} times what is recorded, {other}"),
    "less": message("{value} looks like another scale: {other} is recorded, {times} times as much"),
    "tenfold": message("{value} is ten times what is recorded or more: {other}"),
    "tenth": message("{value} is a tenth of what is recorded or less: {other}"),
}


def doubtful(text: str, field: str = "value", /, **values: object) -> Problem:
    """A warning about a field, its numbers written out."""
    written = {k: format(v, "f") if isinstance(v, Decimal) else v for k, v in values.items()}
    return Problem(text, written, field=field)


def against_same(value: Decimal, recorded: Decimal, *, change: bool) -> Problem | None:
    """Held against what is recorded for the same days; `change` says that it is one in per cent.

    Doubtful are: ten times as much, a tenth (of a change in per cent from a step of one point on)
    or another scale; the other sign at about the same size (one at most 5/4 of the other; of a
    change in per cent from half a point on); and a change in per cent that moves by more than ten
    points.
    """
    if (beside := _beside(value, recorded, change=change, same=True)) is not None:
        return beside
    small, large = sorted((Fraction(abs(value)), Fraction(abs(recorded))))
    turned = value * recorded < 0 and large <= small * _ABOUT
    if turned and (not change or large >= _NEAR_NOUGHT):
        msgid = message("{value} has the other sign than what is recorded, {other}")
        return doubtful(msgid, value=value, other=recorded)
    if change and abs(value - recorded) > _FAR:
        msgid = message("{value} is more than {points} points from what is recorded, {other}")
        return doubtful(msgid, value=value, points=_FAR, other=recorded)
    return None


def against_last(value: Decimal, last: Decimal, *, change: bool) -> Problem | None:
    """Held against the last one of the same kind, for days before: ten times, a tenth or another
    scale; of a change in per cent only with a step of ten points or in the same direction.
    """
    return _beside(value, last, change=change, same=False)


def _beside(value: Decimal, last: Decimal, *, change: bool, same: bool) -> Problem | None:
    msgids, far = (_OF_RECORDED, 1) if same else (_OF_LAST, _FAR)
    if not value or not last:
        return None
    ratio = Fraction(abs(value)) / Fraction(abs(last))
    times = _scale(ratio, tight=change)
    # A share typed for per cent is small beside the last value, and so is many a change.
    slip = times is not None and (value > 0) is (last > 0)
    if change and abs(value - last) < far and not slip:
        return None
    if times is not None:
        msgid = msgids["less" if ratio < 1 else "more"]
        return doubtful(msgid, value=value, times=times, other=last)
    if ratio >= 10:
        return doubtful(msgids["tenfold"], value=value, other=last)
    if ratio <= Fraction(1, 10) and (same or not change):
        return doubtful(msgids["tenth"], value=value, other=last)
    return None


def against_target(
    months: int, value: Decimal, target: Target, *, change: bool, share: bool
) -> Problem | None:
    """Without a last value only what cannot be the year's beginning is doubtful; `months` is how
    many the figure is of, and `share` says that it is per cent of something.
    """
    goal = target.value
    if not value or not goal:
        return None
    counted = target.measure is Measure.COUNT
    ratio = Fraction(abs(value)) / Fraction(abs(goal))
    # A count begins small: its first figure may be a thirtieth of the year's work.
    times = _scale(ratio, tight=False, grown=30 if counted and ratio < 1 else 1)
    if times == 100 and counted:
        times = None
    if value.as_tuple().exponent == -3 and _THOUSANDS <= ratio * 1000 <= 1 / _THOUSANDS:
        times = 1000
    if times is not None:
        msgid = message("{value} looks like another scale: {times} times the target, {other}")
        if ratio < 1:
            msgid = message("{value} looks like another scale: the target is {other}")
        return doubtful(msgid, value=value, times=times, other=goal)
    if ratio >= 10:
        msgid = message("{value} is ten times the target or more: {other}")
        return doubtful(msgid, value=value, other=goal)
    if share and not _SHARE < ratio < 1 / _SHARE:
        msgid = message("{value} is far from the target, {other}: is its point in the right place?")
        return doubtful(msgid, value=value, other=goal)
    if not change and ratio <= _least(months, target):
        msgid = message("{value} is very little beside the target, {other}: are digits missing?")
        return doubtful(msgid, value=value, other=goal)
    return None


def _least(months: int, target: Target) -> Fraction:
    """The share of the target up to which a first figure is doubtful.

    Of a level a thousandth. Of a count a hundredth of what an even pace gives for its months, so
    that January may bring little: 1/1200, the first half 1/200. None where little is promised.
    """
    if target.measure is not Measure.COUNT:
        return _VERY_LITTLE
    if target.comparator in (Comparator.AT_MOST, Comparator.BELOW):
        return Fraction(-1)
    return _LITTLE * Fraction(min(months, 12), 12)


def _scale(ratio: Fraction, *, tight: bool, grown: int = 1) -> int | None:
    """The scale by which two values differ, either way; `grown` allows for work still to come."""
    size = ratio if ratio >= 1 else 1 / ratio
    for times, slack in _SCALES:
        near = Fraction(5, 4) if tight and times == 100 else slack
        if times / near <= size <= times * max(near, Fraction(grown)):
            return times
    return None
