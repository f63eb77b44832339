"""The record of actuals: append-only, in SQLite or PostgreSQL."""

from mubiao.store.conflicts import Conflicting
from mubiao.store.drafts import StoredDraft
from mubiao.store.record import Store, open_store, seed

__all__ = ["Conflicting", "Store", "StoredDraft", "open_store", "seed"]
