"""The record of actuals: append-only, in SQLite or PostgreSQL."""

from mubiao.store.clashes import Conflict
from mubiao.store.opening import open_store
from mubiao.store.record import Store

__all__ = [
    "Conflict",
    "Store",
    "open_store",
]
