"""Writing a file whole: a name never stands for half of a file, whatever goes wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from uuid import uuid4

from mubiao.problems import Problem, Refused, message

UNFINISHED = ".unfinished"
_SPECIAL = message("this is no ordinary file (a folder, a link or a device); name another")


def refuse_special(path: Path) -> None:
    """Raises Refused for what is no ordinary file: to replace a link or a device destroys it."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused([Problem(_SPECIAL, {}, str(path))])


@contextmanager
def replacing(path: Path, *, private: bool = False, lasting: bool = False) -> Iterator[Path]:
    """An empty file beside `path`, which takes its place when the body ends without an error.

    Otherwise what stands at `path` stays as it was; nothing else is left behind, and that includes
    files that begin with the new file's name (SQLite's journals). `private` makes the file
    readable by its owner alone; `lasting` makes its new name survive a loss of power.
    Raises Refused for what is no ordinary file, and OSError.
    """
    refuse_special(path)
    part = path.with_name(f".{path.name}.{uuid4().hex}{UNFINISHED}")
    try:
        part.touch(0o600 if private else 0o666, exist_ok=False)
        yield part
        part.replace(path)
        if lasting:
            _sync(path.parent)
    finally:
        for left in path.parent.glob(f"{escape(part.name)}*"):
            left.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a file, or leave what is there as it was. Raises Refused and OSError as `replacing`."""
    with replacing(path) as part:
        part.write_bytes(content)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
