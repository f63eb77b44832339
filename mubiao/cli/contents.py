"""The contents of files that a call names: read up to a limit, written whole."""

import errno
import os
from pathlib import Path

from mubiao import atomic
from mubiao.plan.textfile import reading
from mubiao.problems import Problem, Unavailable, message


def read(path: Path, most: int, *, whole: bool = False) -> bytes:
    """A file's first `most` bytes and one more; `whole`, all or nothing. Raises Unavailable."""
    with reading(path):
        with path.open("rb") as stream:
            content = stream.read(most + 1)
        if whole and len(content) > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return content


def write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there as it was. Raises Unavailable."""
    try:
        atomic.write(path, content)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        values = {"reason": getattr(error, "strerror", None) or error}
        msgid = message("the file cannot be written: {reason}")
        raise Unavailable([Problem(msgid, values, str(path))]) from error
