"""Handing a figure's spec to Streamlit without building and validating it again."""

from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from mubiao.figures import CONFIG, Spec


class _Ready(go.Figure):
    """A figure whose dict is ready: the tests have validated this kind of spec once."""

    def __init__(self, spec: Spec) -> None:
        # Not the constructor of Figure, which would validate the whole spec on each rerun.
        object.__setattr__(self, "_spec", spec)

    def to_dict(self) -> dict[str, Any]:
        """The spec as it is."""
        spec: Spec = object.__getattribute__(self, "_spec")
        return spec


def draw(spec: Spec, key: str, alt: str, *, stretched: bool = False) -> None:
    """Draw a spec over the whole width, in our own look; `alt` says in a sentence what it shows.

    A `stretched` one is as high as its place, which the style sheet says.
    """
    height: int | Literal["stretch"] = "stretch" if stretched else spec["layout"]["height"]
    st.plotly_chart(
        _Ready(spec), theme=None, config=CONFIG, key=key, width="stretch", height=height, alt=alt
    )
