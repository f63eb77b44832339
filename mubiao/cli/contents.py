"""The contents of files that a call names: read up to a limit, written whole."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mubiao import atomic
from mubiao.problems import Problem, Unavailable, message


def read(path: Path, most: int, *, whole: bool = False) -> bytes:
    """A file's first `most` bytes and one more; if it is wanted `whole`, all of it or nothing.

    Raises Unavailable where it cannot be read.
    """
    with _explained(path, message("the file cannot be read: {reason}")):
        with path.open("rb") as stream:
            content = stream.read(most + 1)
        if whole and len(content) > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return content


def write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there as it was. Raises Refused."""
    with _explained(path, message("the file cannot be written: {reason}")):
        atomic.write(path, content)


@contextmanager
def _explained(path: Path, msgid: str) -> Iterator[None]:
    try:
        yield
    # ValueError: a path that no file can have, such as one with a NUL in it.
    except (OSError, ValueError) as error:
        values = {"reason": getattr(error, "strerror", None) or error}
        raise Unavailable([Problem(msgid, values, str(path))]) from error
