"""The contents of files that a call names: read up to a limit, written whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mubiao import atomic
from mubiao.problems import Problem, Unavailable, message

_UNREADABLE = message("the file cannot be read: {reason}")
_UNWRITABLE = message("the file cannot be written: {reason}")


def read(path: Path, most: int) -> bytes:
    """A file's content, of a longer one `most` bytes and one more; Unavailable if unreadable."""
    with _explained(path, _UNREADABLE), path.open("rb") as stream:
        return stream.read(most + 1)


def write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there as it was. Raises Refused."""
    with _explained(path, _UNWRITABLE):
        atomic.write(path, content)


@contextmanager
def _explained(path: Path, msgid: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        values = {"reason": error.strerror or error}
        raise Unavailable([Problem(msgid, values, str(path))]) from error
