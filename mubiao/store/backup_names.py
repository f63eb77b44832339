"""Where the backups of a record go, and what they are called: several records may share a folder.

Nothing of a server's address but the database's name is in a name.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain, count
from os.path import relpath
from pathlib import Path

from mubiao.settings import ROOT
from mubiao.store.database import located

_FORM = "%Y%m%dT%H%M%SZ"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a record's backups, and how their names begin."""

    folder: Path
    record: str

    def named(self, label: str, moment: datetime) -> Path:
        """What a backup of a moment is called; there may be one already."""
        return self.folder / f"{self.record}-{label}-{moment.astimezone(UTC):{_FORM}}.sqlite"

    def free(self, label: str, moment: datetime) -> Path:
        """As `named`, numbered where the name is taken."""
        first = self.named(label, moment)
        others = (first.with_name(f"{first.stem}-{turn}.sqlite") for turn in count(2))
        return next(path for path in chain([first], others) if not path.exists())

    def all(self, label: str) -> Mapping[Path, datetime]:
        """The record's own backups of a label, and their moments, which their names say."""
        name = re.compile(rf"{re.escape(self.record)}-{label}-([0-9]{{8}}T[0-9]{{6}}Z)\.sqlite")
        moments: dict[Path, datetime] = {}
        for path in self.folder.glob("*.sqlite"):
            if match := name.fullmatch(path.name):
                with suppress(ValueError):  # digits that are no moment: a file of somebody's own
                    moments[path] = datetime.strptime(match[1], _FORM).replace(tzinfo=UTC)
        return moments


def place_of(url: str, folder: Path | None = None) -> Place:
    """Where the backups of the record at a URL go: `folder`; without one `backups` beside an
    SQLite file, `var/backups` for a server's database.

    Raises Unavailable for an address that is not understood.
    """
    address, file = located(url)
    if file is not None:
        folder = file.parent / "backups" if folder is None else folder
        # From the folder, so that both may be moved together, or seen under another path.
        return Place(folder, _record(file.stem, relpath(file.resolve(), folder.resolve())))
    host = address.host or address.query.get("host", "localhost")
    port = address.port or address.query.get("port", 5432)
    name = address.database or ""
    return Place(folder or ROOT / "var" / "backups", _record(name, f"{host}:{port}/{name}"))


def _record(name: str, where: str) -> str:
    """A name that a file may have, and six digits that tell two records of that name apart."""
    plain = re.sub(r"[^\w.-]+", "_", name)[:_LONGEST]
    return f"{plain or 'record'}-{sha256(where.encode()).hexdigest()[:6]}"
