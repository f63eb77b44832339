"""A page drawn once more from constants: what Streamlit itself costs, without any of our work.

`recording` notes every call that a page makes to Streamlit; `draw` makes the same calls again
with the same arguments, in the same containers, and does nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import pytest
import streamlit as st
from streamlit.components import v2 as components
from streamlit.delta_generator import DeltaGenerator
from streamlit.delta_generator_singletons import context_dg_stack

# Where each call is found that draws, or that makes a component known to the server.
CALLS: dict[str, object] = {
    "_ensure_component_on_active_runtime": components,
    **dict.fromkeys(("set_page_config", "_bidi_component"), st),
    **{
        name: st
        for name in dir(DeltaGenerator)
        if not name.startswith("_") and callable(getattr(st, name, None))
    },
}
_SIDEBAR, _PAGE = "sidebar", "page"


@dataclass(frozen=True)
class Call:
    """One call: the container it was made in (of `draw`'s), and the state its widget started with.

    A container is known by the place of the call that made it.
    """

    name: str
    within: int | str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    state: dict[str, Any]


@dataclass
class Recording:
    """The calls of a page, and the containers that they made."""

    calls: list[Call] = field(default_factory=list)
    made: dict[int, int] = field(default_factory=dict)

    def within(self) -> int | str:
        """The container that is open now."""
        inner = context_dg_stack.get()[-1]
        if inner is st.sidebar:
            return _SIDEBAR
        return self.made.get(id(inner), _PAGE)


@contextmanager
def recording(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recording]:
    """Note the calls of the pages that run meanwhile."""
    notes = Recording()

    def noted(name: str) -> Any:  # noqa: ANN401
        original = getattr(CALLS[name], name)

        @wraps(original)
        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            key = kwargs.get("key")
            settable = not name.endswith(("button", "component")) and key in st.session_state
            state = {key: st.session_state[key]} if settable else {}
            notes.calls.append(Call(name, notes.within(), args, kwargs, state))
            place = len(notes.calls) - 1
            result = original(*args, **kwargs)
            if isinstance(result, DeltaGenerator):
                notes.made[id(result)] = place
            return result

        return call

    with monkeypatch.context() as patched:
        for name, owner in CALLS.items():
            patched.setattr(owner, name, noted(name))
        yield notes


def draw(calls: list[Call]) -> None:
    made: dict[int | str, Any] = {_SIDEBAR: st.sidebar, _PAGE: nullcontext()}
    for place, call in enumerate(calls):
        for key, value in call.state.items():
            st.session_state[key] = value
        with made[call.within]:
            made[place] = getattr(CALLS[call.name], call.name)(*call.args, **call.kwargs)
