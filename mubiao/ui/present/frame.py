"""The keys, controls and timer of the slides: one component in the browser, which knows their order
and says which is wanted by its id: however fast somebody presses, the last wish counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

KEY = "frame"
# What the frame may ask for: another slide, the way out, the other theme, a look at the record.
GO, LEAVE, THEME, LOOK = "go", "leave", "theme", "look"
LOOKS_EVERY = 30

# Trusted and static: what changes comes as data and is set as text, never as HTML.
_JS = (Path(__file__).parent / "present.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the browser needs of the slides: their ids in order, which one is shown, its title.

    `extra` is the id of a slide that is shown but is none of these, "" for none; `at` is then
    where it would stand. `every` is after how many seconds the next one comes by itself, None for
    never; `keys` are the keys with what each does.
    """

    ids: Sequence[str]
    at: int
    title: str
    theme: str
    lang: str
    labels: Mapping[str, str]
    keys: Sequence[tuple[str, str]]
    every: int | None
    extra: str = ""


_SIGNS = {"previous": "‹", "next": "›", "theme": "◐", "pause": "‖", "help": "?", "leave": "✕"}


def mount(frame: Frame, on_go: Callable[[str], None], on_theme: Callable[[str], None]) -> bool:
    """Put the frame onto the page; whether somebody wants to leave. `on_go` gets the id of the
    slide that is wanted before the page is drawn again.
    """
    data = asdict(frame) | {"signs": _SIGNS, "look": LOOKS_EVERY}
    component = st.components.v2.component("mubiao_frame", js=_JS, isolate_styles=False)
    state = component(
        key=KEY,
        data=data,
        width="content",
        on_go_change=lambda: on_go(_sent(GO)),
        on_theme_change=lambda: on_theme(_sent(THEME)),
        on_leave_change=_nothing,
        on_look_change=_nothing,
    )
    return bool(state.get(LEAVE))


def _sent(name: str) -> str:
    """What the browser has sent: any text, as it is not only ours that can send."""
    held: Any = st.session_state.get(KEY)
    value = held.get(name) if held is not None else None
    return value if isinstance(value, str) else ""


def _nothing() -> None:
    """A wish that the page looks at when it is drawn, or that only wants it drawn again."""
