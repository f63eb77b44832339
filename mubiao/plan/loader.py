"""Plan files: those of a folder, and each loaded, or every problem at once with file and line."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from mubiao.model import Cadence, Comparator, Measure, Plan, Review, Target, Thresholds, version_of
from mubiao.period import YearSpan
from mubiao.plan.owners import (
    approval_issues,
    assignment_files,
    owner_issues,
    owners_folder,
    with_assignment,
)
from mubiao.plan.printed import as_amended, half_a_unit
from mubiao.plan.relations import (
    Surroundings,
    calendar_issues,
    reference_issues,
    repeated_ids,
    span_issues,
)
from mubiao.plan.rules import target_issues
from mubiao.plan.textfile import file_stamp, folder_stamp
from mubiao.plan.typed import typed, within
from mubiao.plan.yamlfile import Data, Document, Issue, KeyPath, Lines, read_yaml
from mubiao.problems import Problem, excerpt, message, refused

# Stand in for a target's damaged keys, so that its sound ones can be judged all the same.
_STAND_IN: Mapping[str, object] = {
    "id": "stand-in",
    "name": {"zh": "x", "en": "x"},
    "section": "2.0",
    "cadence": "yearly",
    "source": {"section": "2.0", "paragraph": 1, "printed": "x"},
}


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file: its plan and no problems, or None and every problem, sorted by line.

    `version` changes when the file or the assignment of its targets does; `lines` are those of the
    file's parts. A plan whose assignment is wrong is not used either.
    """

    path: Path
    plan: Plan | None
    problems: tuple[Problem, ...]
    version: str
    lines: Lines = field(default_factory=Lines)


def read_plan(path: Path) -> PlanFile:
    """A plan file, read anew.

    Whatever the file is or holds, what is wrong comes back as a Problem with the path as it was
    given and a line from 1.
    """
    version = version_of(f"{path}:{_stamps(path)}")
    document, problems = read_yaml(path)
    if document is None:
        return PlanFile(path, None, problems, version)
    plan, issues = checked_plan(document)
    located = sorted(map(document.lines.problem, issues), key=lambda problem: problem.line)
    if plan is None or located:
        return PlanFile(path, None, tuple(located), version, document.lines)
    plan, problems = with_assignment(_with_tolerances(plan), assignment_files(path))
    problems += tuple(map(document.lines.problem, approval_issues(plan)))
    return PlanFile(path, None if problems else plan, problems, version, document.lines)


def checked_plan(document: Document) -> tuple[Plan | None, list[Issue]]:
    """A document as a plan, None where its types do not fit, and all that is wrong with it."""
    plan, issues, spoilt = typed(document, Plan)
    if isinstance(document.data, dict):
        rules = _rule_issues(document.data, spoilt)
        issues += [issue for issue in rules if not within(issue.path, spoilt)]
    if plan is not None:
        issues += [*owner_issues(plan.owners), *calendar_issues(plan.calendars, plan.span)]
        issues += span_issues(plan)
        for position, one in enumerate(plan.references):
            issues += reference_issues(one, ("references", position), plan.units.keys())
    return plan, issues


def open_reviews(plan: Plan) -> Iterator[Issue]:
    """An issue for each target that nobody has looked at since it was drafted."""
    for position, target in enumerate(plan.targets):
        if target.review is Review.OPEN:
            msgid = message("{id} was drafted and is not reviewed; remove review: open once it is")
            yield Issue(("targets", position, "review"), msgid, {"id": target.id})


def find_plans(folder: Path) -> list[Path]:
    """The plan files of a folder (*.yaml, *.yml), sorted by name; none if there is no folder."""
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
    return []


def plan_files(folder: Path) -> tuple[PlanFile, ...]:
    """Every plan file of the folder, sorted by name.

    Two plans with one id would share a record, so the later file has a problem and no plan.
    """
    return _plan_files(folder, folder_stamp(folder), folder_stamp(owners_folder(folder)))


@lru_cache(maxsize=8)
def _plan_files(folder: Path, *_stamps_of_files: object) -> tuple[PlanFile, ...]:
    files: list[PlanFile] = []
    taken: dict[str, Path] = {}
    for path in find_plans(folder):
        file = _plan_file(path, _stamps(path))
        name = file.plan.id if file.plan else ""
        if name and name in taken:
            msgid = message("the plan's id {id} is also that of {file}; give each plan its own")
            values = {"id": name, "file": taken[name].name}
            repeated = Problem(msgid, values, file=str(path), line=1, field="id")
            file = replace(file, plan=None, problems=(repeated,))
        taken.setdefault(name, path)
        files.append(file)
    return tuple(files)


def named_plan(files: Iterable[PlanFile], name: str) -> PlanFile | None:
    """The file that has this name, or whose plan has this id."""
    ours = (file for file in files if name in {file.path.stem, file.plan and file.plan.id})
    return next(ours, None) if name else None


def default_plan(files: Sequence[PlanFile], name: str) -> PlanFile | None:
    """The plan that opens where nothing else is chosen: the one that the setting names, or without
    one the first sound one, or else the first broken one. Raises Refused where the name is none's.
    """
    if name and (named := named_plan(files, name)) is None:
        names = ", ".join(file.path.stem for file in files) or "-"
        msgid = message(
            "MUBIAO_PLAN is {name}, but there is no such plan; expected one of: {allowed}"
        )
        raise refused(msgid, name=excerpt(name), allowed=names)
    sound = (file for file in files if file.plan is not None)
    return named if name else next(sound, next(iter(files), None))


@lru_cache(maxsize=64)
def _plan_file(path: Path, _stamps: tuple[tuple[int, int], ...]) -> PlanFile:
    return read_plan(path)


def _stamps(path: Path) -> tuple[tuple[int, int], ...]:
    """What changes with a plan file or the assignment beside it."""
    return tuple(map(file_stamp, (path, *assignment_files(path))))


def _with_tolerances(plan: Plan) -> Plan:
    """METHOD, section 1: a tolerance that nobody has set is half a unit of the last printed digit.

    Without a printed figure ("level with last year") it is half a unit of the value itself.
    """
    targets = []
    for target in plan.targets:
        given, amended = target, as_amended(target)
        if _lacks_tolerance(target):
            given = given.model_copy(update={"tolerance": half_a_unit(target)})
        if target.amended is not None and amended is not None and _lacks_tolerance(amended):
            change = target.amended.model_copy(update={"tolerance": half_a_unit(amended)})
            given = given.model_copy(update={"amended": change})
        targets.append(given)
    return plan.model_copy(update={"targets": tuple(targets)})


def _lacks_tolerance(target: Target) -> bool:
    two_sided = target.comparator in (Comparator.ABOUT, Comparator.EXACTLY)
    return two_sided and target.tolerance is None


# The rules go over everything that is sound, however damaged the rest is.


def _rule_issues(data: Data, spoilt: AbstractSet[KeyPath]) -> Iterator[Issue]:
    for key in ("sections", "owners", "calendars"):
        yield from repeated_ids(_ids(data, key))
    msgid = message("two targets have the series {id}; a plan has one target of a series")
    yield from repeated_ids(_ids(data, "targets", "series"), msgid)
    yield from repeated_ids([*_ids(data, "targets"), *_ids(data, "references")])
    targets: dict[KeyPath, Target] = {}
    for position, item in enumerate(_items(data, "targets")):
        path: KeyPath = ("targets", position)
        damaged = {below[2] for below in spoilt if below[:2] == path and len(below) > 2}
        if isinstance(item, dict) and not damaged & {"measure", "comparator"}:
            sound = {key: value for key, value in item.items() if key not in damaged}
            targets[path] = Target.model_validate({**_STAND_IN, **sound})
    around = _surroundings(data, targets.values(), spoilt)
    for path, target in targets.items():
        yield from target_issues(target, path, around)
    yield from _plan_issues(data, around, spoilt)


def _items(data: Data, key: str) -> list[Any]:
    items = data.get(key)
    return items if isinstance(items, list) else []


def _ids(data: Data, key: str, name: str = "id") -> list[tuple[KeyPath, str]]:
    return [
        ((key, position, name), item[name])
        for position, item in enumerate(_items(data, key))
        if isinstance(item, dict) and isinstance(item.get(name), str)
    ]


def _surroundings(
    data: Data, targets: Collection[Target], spoilt: AbstractSet[KeyPath]
) -> Surroundings:
    units = data.get("units")
    ids = [*_ids(data, "targets"), *_ids(data, "references")]
    measures: dict[str, Measure | None] = {name: None for _, name in ids}
    for item in _items(data, "references"):
        if isinstance(item, dict) and item.get("measure") in list(Measure):
            measures[str(item.get("id"))] = Measure(item["measure"])
    return Surroundings(
        year=_year(data, spoilt),
        units=units.keys() if isinstance(units, dict) else None,
        sections=frozenset(name for _, name in _ids(data, "sections")) or None,
        owners=frozenset(name for _, name in _ids(data, "owners")),
        calendars=frozenset(name for _, name in _ids(data, "calendars")),
        cadences={
            **{
                str(item.get("id")): Cadence(item.get("cadence", Cadence.QUARTERLY))
                for item in _items(data, "references")
                if isinstance(item, dict) and item.get("cadence", "quarterly") in list(Cadence)
            },
            **{target.id: target.cadence for target in targets},
        },
        measures=measures | {target.id: target.measure for target in targets},
        parts={target.id: target.part_of for target in targets if target.part_of},
    )


def _year(data: Data, spoilt: AbstractSet[KeyPath]) -> YearSpan | None:
    """The plan's year, as far as its keys can be used."""
    year, period = data.get("year"), data.get("period")
    first = period.get("first") if isinstance(period, dict) else None
    if isinstance(first, date) and first.day == 1:
        return YearSpan(first)
    sound = isinstance(year, Decimal) and ("year",) not in spoilt
    return YearSpan(date(int(year), 1, 1)) if sound and isinstance(year, Decimal) else None


def _plan_issues(data: Data, around: Surroundings, spoilt: AbstractSet[KeyPath]) -> Iterator[Issue]:
    headline = data.get("headline")
    # A headline that is no text is a misfit of its type already.
    if isinstance(headline, str) and around.sections and headline not in around.sections:
        msgid = message(
            "the headline section {section} is not in the plan's sections; "
            "expected one of: {allowed}"
        )
        allowed = ", ".join(sorted(around.sections))
        yield Issue(("headline",), msgid, {"section": headline, "allowed": allowed})
    if "thresholds" in data and not any(path[:1] == ("thresholds",) for path in spoilt):
        limits = Thresholds.model_validate(data["thresholds"])
        if limits.on_track >= limits.at_risk:
            msgid = message(
                "on_track is {on_track}; expected less than at_risk, which is {at_risk}"
            )
            yield Issue(("thresholds", "on_track"), msgid, dict(limits))
