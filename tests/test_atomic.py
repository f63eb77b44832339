import os
from pathlib import Path

import pytest

from mubiao import atomic
from mubiao.problems import Refused


def test_a_file_is_replaced_whole_with_the_rights_of_a_new_one(tmp_path: Path) -> None:
    file = tmp_path / "a [1].txt"
    file.write_text("old and long")
    atomic.write(file, b"new")
    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]
    (tmp_path / "plain").touch()
    assert file.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a [1].txt"
    file.write_text("old")

    def fail() -> None:
        with atomic.replacing(file) as part:
            part.write_text("half")
            Path(f"{part}-journal").touch()
            raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    with atomic.replacing(file, private=True, lasting=True) as part:
        assert part.stat().st_mode & 0o777 == 0o600
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["folder", "link", "broken link", "pipe"])
def test_what_is_no_ordinary_file_is_refused_and_left_alone(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "special"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(Path(__file__) if kind == "link" else tmp_path / "gone")
    before = path.lstat()
    with pytest.raises(Refused, match="no ordinary file"):
        atomic.write(path, b"new")
    assert path.lstat() == before
    assert list(tmp_path.iterdir()) == [path]
