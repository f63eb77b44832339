"""What a chart shows, before anything is drawn: bullets and the path of a target.

Geometry only: positions and ready labels made from assessments. Floats appear here for the first
time; nothing is compared.
"""

from mubiao.views.charts.bullets import Bullet, bullet
from mubiao.views.charts.paths import (
    LABELLED_AT_MOST,
    Axes,
    Path,
    Point,
    path,
    with_trial,
)
from mubiao.views.charts.scales import nice_ticks
from mubiao.views.charts.zones import Curve, Zone

__all__ = [
    "LABELLED_AT_MOST",
    "Axes",
    "Bullet",
    "Curve",
    "Path",
    "Point",
    "Zone",
    "bullet",
    "nice_ticks",
    "path",
    "with_trial",
]
