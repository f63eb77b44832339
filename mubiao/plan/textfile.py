"""Reading a text file from disk, or one refusal that says what is in the way."""

import csv
import errno
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mubiao.problems import Problem, Refused, Unavailable, message

MAX_BYTES = 2 * 1024 * 1024

_TOO_LARGE = message("the file is larger than 2 MB; expected at most 2 MB")
_FAULTS: Mapping[type[Exception], str] = {
    FileNotFoundError: message("there is no such file"),
    IsADirectoryError: message("this is a folder; expected a file"),
}


@contextmanager
def reading(path: Path, line: int = 0) -> Iterator[None]:
    """Raises Unavailable, at a line of the file, for a folder and for whatever cannot be read."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        yield
    # ValueError: a path that no file can have, such as one with a NUL in it.
    except (OSError, ValueError) as error:
        msgid = _FAULTS.get(type(error), message("the file cannot be read: {reason}"))
        reason = getattr(error, "strerror", None) or str(error)
        raise _unavailable(path, msgid, line, reason=reason) from error


def read_text(path: Path) -> str:
    """The text of an ordinary UTF-8 file (with or without a byte order mark) of at most 2 MB.

    Raises Unavailable for anything else, at line 1 or that of the first bad byte.
    """
    return text_of(read_content(path), path)


def read_content(path: Path) -> bytes:
    """The bytes of an ordinary file of at most 2 MB, whose size is looked at before it is read.

    Raises Unavailable for anything else (missing file, folder, device, no permission), at line 1.
    """
    with reading(path, 1):
        size = path.stat().st_size
        if not path.is_file():
            msgid = message("this is not an ordinary file; expected a text file")
            raise _unavailable(path, msgid, 1)
        if size > MAX_BYTES:
            raise _unavailable(path, _TOO_LARGE, 1)
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES)


def text_of(content: bytes, path: Path) -> str:
    """The text of a UTF-8 file's content. Raises Unavailable for anything else, at its line."""
    if len(content) > MAX_BYTES:
        raise _unavailable(path, _TOO_LARGE, 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        msgid = message("the file is not UTF-8 text; save it as UTF-8")
        raise _unavailable(path, msgid, line) from error


def csv_rows(text: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows of a text, each with the line it begins on. Raises Refused where it is not CSV."""
    # Splitting the whole would copy it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        msgid = message("the line is not CSV ({reason}); check its quotation marks")
        raise Refused([Problem(msgid, {"reason": str(error)}, line=line)]) from error


def _unavailable(path: Path, msgid: str, line: int, **values: object) -> Unavailable:
    return Unavailable([Problem(msgid, values, str(path), line)])


def folder_stamp(folder: Path | str) -> tuple[tuple[str, int, int], ...]:
    """The name and the stamp of each file in a folder, sorted; none if there is no folder."""
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted((entry.name, *file_stamp(entry)) for entry in entries))
    except OSError:
        return ()


def file_stamp(path: Path | os.DirEntry[str]) -> tuple[int, int]:
    """When a file was last changed (ns) and its size in bytes; 0, 0 if it cannot be read."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_mtime_ns, status.st_size
