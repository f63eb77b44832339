"""The table beside a chart: the numbers of a path as rows, for whoever cannot see the drawing."""

from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from mubiao.model import Target
from mubiao.views.charts.paths import Path
from mubiao.wording.phrasebook import Phrasebook


class PathRow(NamedTuple):
    """One row: the last day of what it describes, what it is, and the figure with its period."""

    day: str
    what: str
    figure: str


def numbers(phrasebook: Phrasebook, target: Target, path: Path) -> tuple[PathRow, ...]:
    """The numbers of a path in the order of their days, the target last; the pace at the days that
    the axis names. What is of earlier years lies outside the drawing, and so of its table.
    """
    language, names = phrasebook.language, path.names
    ticks = {day for day, _ in path.axes.days}
    dated = [(point.day, names["judged"], point.label) for point in path.judged]
    dated += [(point.day, names["drawn"], point.label) for point in path.drawn]
    dated += [
        # A pace is drawn, never compared; to one place it reads as people say it.
        (day, names["pace"], phrasebook.quantity(Decimal(str(round(value, 1))).normalize(), target))
        for day, value in path.pace
        if day in ticks
    ]
    rows = [
        PathRow(language.day(day), what, figure)
        for day, what, figure in sorted(dated, key=itemgetter(0))
        if day >= path.axes.first
    ]
    if path.baseline is not None and target.baseline is not None:
        rows.insert(0, PathRow(str(target.baseline.year), names["baseline"], path.baseline.label))
    if path.goal:
        due = language.day(phrasebook.plan.due(target))
        rows.append(PathRow(due, names["target"], phrasebook.asks(target)))
    if path.before and target.amended is not None:
        changed = language.day(target.amended.known_on)
        rows.insert(-1, PathRow(changed, names["before"], path.before))
    return tuple(rows)
