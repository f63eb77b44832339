"""The catalogue: the plan files of a folder, each read again only after it has changed."""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from mubiao.model import Plan
from mubiao.plan.loader import find_plans, load_plan
from mubiao.plan.textfile import file_stamp
from mubiao.problems import Problem, message


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file: its plan, or None and the problems; `version` changes when the file does."""

    path: Path
    plan: Plan | None
    problems: tuple[Problem, ...]
    version: str


def plan_files(folder: Path) -> tuple[PlanFile, ...]:
    """Every plan file of the folder, sorted by name.

    Two plans with one id would share a record, so the later file has a problem and no plan.
    """
    files: list[PlanFile] = []
    taken: dict[str, Path] = {}
    for path in find_plans(folder):
        file = _plan_file(path, *file_stamp(path))
        name = file.plan.id if file.plan else ""
        if name and name in taken:
            msgid = message("the plan's id {id} is also that of {file}; give each plan its own")
            values = {"id": name, "file": taken[name].name}
            repeated = Problem(msgid, values, file=str(path), line=1, field="id")
            file = replace(file, plan=None, problems=(repeated,))
        taken.setdefault(name, path)
        files.append(file)
    return tuple(files)


@lru_cache(maxsize=64)
def _plan_file(path: Path, changed_ns: int, size: int) -> PlanFile:
    plan, problems = load_plan(path)
    version = hashlib.sha256(f"{path}:{changed_ns}:{size}".encode()).hexdigest()[:16]
    return PlanFile(path, plan, problems, version)
