"""Reading a text file from disk: the text, or the one problem that is in the way."""

from pathlib import Path

from mubiao.problems import Problem, message

MAX_BYTES = 2 * 1024 * 1024


def read_text(path: Path) -> str | Problem:
    """The text of an ordinary UTF-8 file (with or without a byte order mark) of at most 2 MB.

    The size is looked at before anything is read. Anything else (missing file, folder, device,
    no permission, other encoding) is a Problem at line 1 (of the first bad byte for encoding).
    """
    content = _content(path)
    if isinstance(content, Problem):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        msgid = message("the file is not UTF-8 text; save it as UTF-8")
        return Problem(msgid, {}, str(path), line)


def _content(path: Path) -> bytes | Problem:
    values: dict[str, object] = {}
    try:
        size = path.stat().st_size
        if path.is_dir():
            msgid = message("this is a folder; expected a file")
        elif not path.is_file():
            msgid = message("this is not an ordinary file; expected a text file")
        elif size > MAX_BYTES:
            msgid = message("the file is larger than 2 MB; expected at most 2 MB")
        else:
            with path.open("rb") as stream:
                return stream.read(MAX_BYTES)
    except FileNotFoundError:
        msgid = message("there is no such file")
    # ValueError: a path that no file can have, such as one with a NUL in it.
    except (OSError, ValueError) as error:
        msgid = message("the file cannot be read: {reason}")
        values = {"reason": getattr(error, "strerror", None) or str(error)}
    return Problem(msgid, values, str(path), 1)


def file_stamp(path: Path) -> tuple[int, int]:
    """When a file was last changed (ns) and its size in bytes; 0, 0 if it cannot be read."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
