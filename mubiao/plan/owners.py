"""Who answers for which target, where that is kept apart from the plan: at first in a file, later
by assignments of the record.

The file has the plan's name and lies in the folder `owners` beside the plans' own, as
`data/owners/beijing-2020.csv` beside `data/plans/beijing-2020.yaml`. A CSV has the columns
`target,owner,supports`; a YAML file lists the same under `targets`, and may name units under
`owners`. A unit is named by its id, its name or its short name; several are separated by 、 or ;.
"""

import os.path
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from mubiao.channels import NO_CHANNEL, is_contact, kind
from mubiao.model import Assignment, Owner, OwnerId, Part, Plan, Target, Text
from mubiao.plain_text import folded
from mubiao.plan.textfile import csv_rows, file_stamp, read_text
from mubiao.plan.typed import typed
from mubiao.plan.yamlfile import Document, Issue, KeyPath, Lines, read_yaml
from mubiao.problems import Bilingual, Problem, Refused, excerpt, message, refused

COLUMNS = ("target", "owner", "supports")
_SUFFIXES = (".csv", ".yaml", ".yml")
_BETWEEN_UNITS = re.compile(r"[;；、|,，]")


class Assigned(Part):
    """The units of one target, as the file names them."""

    target: str
    owner: OwnerId | None = None
    supports: tuple[OwnerId, ...] = ()


class AssignmentFile(Part):
    """Units, and the targets that they answer for."""

    owners: tuple[Owner, ...] = ()
    targets: tuple[Assigned, ...] = ()


def owners_folder(plans: Path) -> str:
    """Where the assignments of the plans of a folder lie."""
    return os.path.normpath(plans / ".." / "owners")


def assignment_files(plan_file: Path) -> list[Path]:
    """The files beside a plan that assign its targets; there should be one at most."""
    folder = Path(owners_folder(plan_file.parent))
    named = (folder / f"{plan_file.stem}{suffix}" for suffix in _SUFFIXES)
    return [path for path in named if any(file_stamp(path))]


def owner_named(plan: Plan, text: str, option: str) -> Owner:
    """The unit that an option of a call names by its id or a name. Raises Refused for none."""
    for owner in plan.owners:
        if folded(text) in map(folded, owner.names):
            return owner
    if not plan.owners:
        raise refused(message("the plan names no units; leave {option} out"), option=option)
    names = (owner.name for owner in plan.owners)
    zh, en = zip(*((name.zh, name.en) for name in names), strict=True)
    listed = Bilingual("、".join(zh), ", ".join(en))
    raise refused(message("there is no unit “{name}”; there are: {names}"), name=text, names=listed)


def assigned(plan: Plan, assignments: Iterable[Assignment], day: date) -> Plan:
    """The plan with the units that answer for its targets on a day: for each the last assignment,
    in the order of the record, that has begun. One to a unit that the plan does not have changes
    nothing.
    """
    units = {"", *plan.owners_by_id}
    owners = {one.target: one.owner for one in assignments if one.since <= day}
    targets = tuple(_given(one, owners, units) for one in plan.targets)
    if targets == plan.targets:
        return plan
    # Made anew: a copy would have what the plan looked up by id.
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_construct(plan.model_fields_set, **fields | {"targets": targets})


def _given(target: Target, owners: Mapping[str, str], units: Collection[str]) -> Target:
    owner = owners.get(target.id)
    if owner is None or owner not in units or owner == (target.owner or ""):
        return target
    supports = tuple(one for one in target.supports if one != owner)
    return target.model_copy(update={"owner": owner or None, "supports": supports})


def with_assignment(plan: Plan, files: Sequence[Path]) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan with the units that the file beside it names, and every problem of that file."""
    if not files:
        return plan, ()
    path, *others = files
    if others:
        msgid = message("{file} assigns the same plan's targets; keep one of them")
        values = {"file": others[0].name}
        return plan, (Problem(msgid, values, str(path), 1),)
    document, problems = _read(path)
    if document is None:
        return plan, problems
    assignment, issues, _ = typed(document, AssignmentFile)
    if assignment is not None and not issues:
        assigned = _Units(plan, assignment)
        plan, issues = assigned.plan(), assigned.issues
    return plan, tuple(sorted(map(document.lines.problem, issues), key=lambda p: p.line))


def owner_issues(owners: Sequence[Owner], others: Iterable[Owner] = ()) -> Iterator[Issue]:
    """An issue at every unit with a name that an earlier one has, or one of those elsewhere, and at
    every contact that is a channel nobody can be reached by.
    """
    first = {folded(name): owner for owner in others for name in owner.names}
    for position, owner in enumerate(owners):
        for name in owner.names:
            if first.setdefault(folded(name), owner) is not owner:
                msgid = message("the unit {id} is also called {name}; give each unit its own name")
                values = {"id": first[folded(name)].id, "name": name}
                yield Issue(("owners", position), msgid, values)
                break
        contact = owner.contact or ""
        if not is_contact(contact):
            yield Issue(("owners", position, "contact"), NO_CHANNEL, {"kind": kind(contact)})


def approval_issues(plan: Plan) -> Iterator[Issue]:
    """An issue for each unit whose reports are to be approved and that there is not."""
    named = plan.approval and plan.approval.owners
    for position, id_ in enumerate(named or ()):
        if id_ not in plan.owners_by_id:
            allowed = ", ".join(sorted(plan.owners_by_id))
            msgid = message("the plan's owners have no {owner}; expected one of: {allowed}")
            values = {"owner": id_, "allowed": allowed}
            yield Issue(("approval", "owners", position), msgid, values)


def _read(path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    if path.suffix != ".csv":
        return read_yaml(path)
    try:
        return _read_csv(path), ()
    except Refused as refusal:
        return None, tuple(replace(problem, file=str(path)) for problem in refusal.problems)


def _read_csv(path: Path) -> Document:
    """A CSV as the YAML file that says the same. Raises Refused."""
    rows = [(line, cells) for line, cells in csv_rows(read_text(path)) if any(cells)]
    line, columns = rows[0] if rows else (1, [])
    names = [name.strip() for name in columns]
    if sorted(names) != sorted(COLUMNS):
        msgid = message("the columns are {found}; expected {expected}")
        values = {"found": excerpt(",".join(columns)), "expected": ",".join(COLUMNS)}
        raise Refused([Problem(msgid, values, line=line)])
    targets: list[dict[str, Any]] = []
    lines: dict[KeyPath, int] = {(): line}
    for line, cells in rows[1:]:
        if len(cells) != len(names):
            msgid = message("the line has {count} cells; expected {expected}")
            sizes = {"count": len(cells), "expected": len(names)}
            raise Refused([Problem(msgid, sizes, line=line)])
        texts = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        supports = _BETWEEN_UNITS.split(texts.pop("supports"))
        lines["targets", len(targets)] = line
        given: dict[str, Any] = {name: text for name, text in texts.items() if text}
        targets.append(given | {"supports": [text.strip() for text in supports if text.strip()]})
    return Document({"targets": targets}, Lines(str(path), lines))


class _Units:
    """A plan's units and an assignment of them; its names are the units where a plan names none."""

    def __init__(self, plan: Plan, assignment: AssignmentFile) -> None:
        self._plan, self._assignment = plan, assignment
        self._owners = {owner.id: owner for owner in (*plan.owners, *assignment.owners)}
        self._open = not self._owners
        self._ids: dict[str, str] = {}
        for owner in self._owners.values():
            self._ids |= {folded(name): owner.id for name in owner.names}
        self.issues = list(owner_issues(assignment.owners, plan.owners))
        self._assigned = dict(self._by_target())

    def plan(self) -> Plan:
        """The plan with its units; as it was where there are issues."""
        if self.issues:
            return self._plan
        targets = tuple(
            target.model_copy(update=self._assigned.get(target.id, {}))
            for target in self._plan.targets
        )
        owners = tuple(self._owners.values())
        return self._plan.model_copy(update={"owners": owners, "targets": targets})

    def _by_target(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        # Not `by_id`: a copy of the plan would keep it as it was.
        targets = {target.id: target for target in self._plan.targets}
        known: dict[str, int] = defaultdict(int)
        for position, one in enumerate(self._assignment.targets):
            path: KeyPath = ("targets", position)
            target = targets.get(one.target)
            known[one.target] += 1
            if target is None:
                self._issue(path, message("there is no target {id} in the plan"), id=one.target)
                continue
            if known[one.target] > 1:
                msgid = message("the target {id} is assigned twice")
                self._issue(path, msgid, id=one.target)
            owner = self._unit(path, one.owner) if one.owner else target.owner
            if target.owner not in (None, owner):
                msgid = message("the plan itself gives this target to {owner}; say it in one place")
                self._issue(path, msgid, owner=target.owner)
            supports = tuple(dict.fromkeys(self._unit(path, name) for name in one.supports))
            if owner in supports:
                msgid = message("{owner} leads this target; leave it out of those that support it")
                self._issue(path, msgid, owner=one.owner or owner)
            yield one.target, {"owner": owner, "supports": supports or target.supports}

    def _unit(self, path: KeyPath, name: str) -> str:
        if self._open and folded(name) not in self._ids:
            self._ids[folded(name)] = name
            self._owners[name] = Owner(id=name, name=Text(zh=name, en=name))
        if folded(name) in self._ids:
            return self._ids[folded(name)]
        msgid = message("there is no unit {name} among the plan's owners; expected one of: {known}")
        self._issue(path, msgid, name=name, known=", ".join(self._owners))
        return name

    def _issue(self, path: KeyPath, msgid: str, **values: object) -> None:
        self.issues.append(Issue(path, msgid, values))
