"""Writing a site into a folder: only what has changed, each file whole, nothing of other people's.

A manifest in the folder names the files that were published there. Only these are ever removed,
and a folder that holds files without a manifest is left alone.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import orjson

from mubiao import atomic
from mubiao.exports.data.documents import to_json
from mubiao.exports.site import SiteFile
from mubiao.problems import Problem, Refused, Unavailable, message

MANIFEST = "mubiao-site.json"


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, were right already, and were removed."""

    written: int
    unchanged: int
    removed: int


def publish(folder: Path, files: Sequence[SiteFile]) -> Published:
    """Make the folder hold these files, whatever an earlier call left there.

    Raises Refused for a folder with files of others, or a file of theirs in the way of ours;
    Unavailable where nothing can be written. A call that is broken off can simply be repeated.
    """
    try:
        before = _published_before(folder)
        _refuse_others(folder, files, before)
        ours = {file.path for file in files}
        # Named before they are written, so that a call after a broken one knows them as ours.
        _write(folder / MANIFEST, _manifest(before | ours))
        written = sum(_write(folder / file.path, file.content()) for file in files)
        gone = before - ours
        for path in sorted(gone):
            _remove(folder, path)
        _write(folder / MANIFEST, _manifest(ours))
    except OSError as error:
        msgid = message("the site cannot be written: {reason}")
        values = {"reason": error.strerror or error}
        raise Unavailable([Problem(msgid, values, str(error.filename or folder))]) from error
    return Published(written, len(files) - written, len(gone))


def _published_before(folder: Path) -> set[str]:
    """The paths of an earlier publish; none for a folder that is empty or not there."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            msgid = message(
                "this is no folder that publish made, and it is not empty; "
                "name an empty one, or one that is not there yet"
            )
            raise Refused([Problem(msgid, {}, str(folder))])
        return set()
    try:
        named = orjson.loads(manifest.read_bytes())["files"]
    except (orjson.JSONDecodeError, TypeError, KeyError):
        named = None
    if not isinstance(named, list) or not all(map(_inside, named)):
        msgid = message("the list of published files cannot be read; publish into a new folder")
        raise Refused([Problem(msgid, {}, str(manifest))])
    return set(named)


def _inside(path: object) -> bool:
    """Whether a manifest's entry is a path that stays in the folder."""
    if not isinstance(path, str) or "\\" in path or ":" in path:
        return False
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts


def _refuse_others(folder: Path, files: Sequence[SiteFile], before: set[str]) -> None:
    """Raises Refused with every file and every link of other people in the way of our files."""
    wanted, earlier = {folder / file.path for file in files}, {folder / path for path in before}
    # A link that leads nowhere is somebody's too.
    others = {path for path in wanted - earlier if os.path.lexists(path)}
    # What was published as a file or a folder, and is a link now, leads out of the folder.
    places = {place for path in wanted | earlier for place in (path, *path.parents)}
    others |= {place for place in places if folder in place.parents and place.is_symlink()}
    msgid = message("this file was not made by publish and is in its way; move it first")
    if others:
        raise Refused(Problem(msgid, {}, str(path)) for path in sorted(others))


def _manifest(paths: set[str]) -> bytes:
    return to_json({"made_by": "python -m mubiao publish", "files": sorted(paths)})


def _write(path: Path, content: bytes) -> bool:
    """Write a file whole unless it holds these bytes already; True if it was written."""
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(path, content)
    return True


def _remove(folder: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    (folder / path).unlink(missing_ok=True)
    for inner in (folder / path).parents:
        if inner == folder or not inner.is_dir() or any(inner.iterdir()):
            return
        inner.rmdir()
