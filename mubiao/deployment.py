"""The record that a server keeps open for its whole life, for its pages and the API."""

from mubiao import clock
from mubiao.memo import Memo
from mubiao.plan.loader import PlanFile
from mubiao.settings import Settings
from mubiao.store import Store, open_store, seed

_opened = Memo(64)


def record(settings: Settings) -> Store:
    """The record, opened once."""
    url, backups, access = settings.database, settings.backups, settings.access
    return _opened.get(
        ("record", url, backups, access), lambda: open_store(url, backups=backups, access=access)
    )


def record_of(settings: Settings, file: PlanFile) -> Store:
    """The record, which begins with the published figures of a plan; looked at once for each
    version of the plan.
    """
    store = record(settings)
    key = ("seed", settings.database, file.version)
    _opened.get(key, lambda: seed(store, file, clock.now()))
    return store
