"""Values that all sessions share, each made once.

Streamlit's own caches hash their arguments and look at the function's signature on every call, for
a page ten times over, which took longer than all that its page computes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

_T = TypeVar("_T")
_memos: list["Memo"] = []


class Memo:
    """At most so many values by their keys; what was not asked for longest is dropped first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        _memos.append(self)

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The value of a key; made by the first who asks for it, while others wait. An exception
        is nobody else's: the next one makes it anew.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast("_T", self._values[key])
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._values:
                    return cast("_T", self._values[key])
            try:
                return self._keep(key, make())
            finally:
                self._making.pop(key, None)

    def _keep(self, key: Hashable, value: _T) -> _T:
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget every value."""
        with self._lock:
            self._values.clear()


def forget() -> None:
    """Forget what all memos hold, as a server that starts anew."""
    for memo in _memos:
        memo.clear()
