"""Plotly figures as plain specs, from what a chart shows; a figure decides nothing.

A spec is a dict as `go.Figure(spec).to_dict()` would give it. The tests validate each kind
once with Plotly; pages hand the dict over as it is (building and validating Figure objects
on each rerun costs twenty times as much).
"""

from mubiao.figures.bullets import ROW_HEIGHT, bullets
from mubiao.figures.layout import CONFIG, Spec
from mubiao.figures.paths import ON_PAGE, ON_SLIDE, PATH_HEIGHT, Size, as_of_marks, path

__all__ = [
    "CONFIG",
    "ON_PAGE",
    "ON_SLIDE",
    "PATH_HEIGHT",
    "ROW_HEIGHT",
    "Size",
    "Spec",
    "as_of_marks",
    "bullets",
    "path",
]
