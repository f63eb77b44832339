"""The record of actuals: append-only, in SQLite or PostgreSQL."""

from mubiao.store.record import (
    SEED,
    Store,
    open_store,
)

__all__ = [
    "SEED",
    "Store",
    "open_store",
]
