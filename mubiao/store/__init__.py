"""The record of actuals: append-only, in SQLite or PostgreSQL."""

from mubiao.store.conflicts import Conflicting
from mubiao.store.opening import open_store
from mubiao.store.record import Store

__all__ = [
    "Conflicting",
    "Store",
    "open_store",
]
