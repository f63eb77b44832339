"""Running what is awaited from a test that is none itself."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


def awaited(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """What it returns. In a thread of its own: a browser of another test may have left a loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
