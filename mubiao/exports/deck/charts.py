"""The bars of a deck: how many targets of each status, how much is reported."""

from collections.abc import Sequence

from markupsafe import Markup

from mubiao.exports.deck.drawing import MUTED, TextStyle, fill, rgb
from mubiao.exports.deck.looks import area
from mubiao.exports.deck.native_chart import NativeChart, Scale, Series
from mubiao.model import Status
from mubiao.views.counts import Count
from mubiao.views.unreported import CoverageRow


def counts_chart(counts: Sequence[Count], description: str, style: TextStyle) -> NativeChart:
    """How many of the judged have each status, as one bar; where none is, the unreported."""
    judged = [c for c in counts if c.mark.status is not Status.NO_DATA]
    series = tuple(
        Series(c.mark.text, (float(c.number),), area(rgb(style.palette.fills[c.mark.status])))
        for c in judged or counts
    )
    return NativeChart("shares", ("",), series, description)


def coverage_chart(
    rows: Sequence[CoverageRow], names: Sequence[str], description: str, style: TextStyle
) -> NativeChart:
    """How much of each part is reported, owed and not yet due, which `names` say, in rows."""
    hollow = Markup('<a:noFill/><a:ln w="9525">{}</a:ln>').format(fill(MUTED))
    looks = (area(MUTED), hollow, area(rgb(style.palette.unreported)))
    numbers = [(r.coverage.reported, r.coverage.owed, r.coverage.not_due) for r in rows]
    series = tuple(
        Series(name, tuple(float(each[place]) for each in numbers), looks[place])
        for place, name in enumerate(names)
    )
    most = max((row.coverage.total for row in rows), default=1)
    categories = tuple(row.name for row in rows)
    return NativeChart("coverage", categories, series, description, scale=Scale(0, most))
