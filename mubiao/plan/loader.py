"""The plan loader: a YAML file to a Plan, or every problem at once with its file and line."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from mubiao.model import Comparator, Measure, Plan, Target, Thresholds
from mubiao.plan.rules import Surroundings, repeated_ids, target_issues
from mubiao.plan.typed import typed, within
from mubiao.plan.yamlfile import Document, Issue, KeyPath, Lines, read_yaml
from mubiao.problems import Problem, message
from mubiao.report.printed import half_a_unit

# Stand in for a target's damaged keys, so that its sound ones can be judged all the same.
_STAND_IN: Mapping[str, object] = {
    "id": "stand-in",
    "name": {"zh": "x", "en": "x"},
    "section": "2.0",
    "cadence": "yearly",
    "source": {"section": "2.0", "paragraph": 1, "printed": "x"},
}


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan and the lines of its parts: `lines.line(("targets", 3, "source"))`."""

    plan: Plan
    lines: Lines


def load_plan(path: Path) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan and no problems, or None and every problem, sorted by line.

    Whatever the file is or holds, what is wrong comes back as a Problem with the path as it was
    given and a line from 1.
    """
    loaded, problems = read_plan(path)
    return (loaded.plan if loaded else None), problems


def read_plan(path: Path) -> tuple[LoadedPlan | None, tuple[Problem, ...]]:
    """As load_plan, with the lines of the plan's parts for later problems."""
    document, problems = read_yaml(path)
    if document is None:
        return None, problems
    plan, issues = _plan(document)
    if plan is not None and not issues:
        return LoadedPlan(plan, document.lines), ()
    found = [document.lines.problem(issue) for issue in issues]
    return None, tuple(sorted(found, key=lambda problem: problem.line))


def find_plans(folder: Path) -> list[Path]:
    """The plan files of a folder (*.yaml, *.yml), sorted by name; none if there is no folder."""
    return sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of a plan file, for editors."""
    schema = Plan.model_json_schema(schema_generator=_EditorSchema)
    return {"$schema": _EditorSchema.schema_dialect, **schema}


def write_schema(path: Path) -> None:
    """Write the JSON Schema, as `data/plans/plan.schema.json` holds it."""
    text = json.dumps(plan_schema(), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


class _EditorSchema(GenerateJsonSchema):
    """Decimals as the plain numbers that a plan file holds, not as number or text."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        limits = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum"}
        given = {limits[key]: _plain(value) for key, value in schema.items() if key in limits}
        return {"type": "number", **given}

    def encode_default(self, dft: object) -> object:
        return _plain(dft)


def _plain(value: object) -> object:
    match value:
        case BaseModel():
            return {key: _plain(part) for key, part in value}
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _plan(document: Document) -> tuple[Plan | None, list[Issue]]:
    """The plan, if the types fit, and the issues of the file, of the types and of the rules."""
    found = typed(Plan, document)
    issues = list(found.issues)
    if isinstance(document.data, dict):
        rules = _rule_issues(document.data, found.spoilt)
        issues += [issue for issue in rules if not within(issue.path, found.spoilt)]
    plan = found.model
    return (None if plan is None or issues else _with_tolerances(plan)), issues


def _with_tolerances(plan: Plan) -> Plan:
    """METHOD, section 1: a tolerance that nobody has set is half a unit of the last printed digit.

    Without a printed figure ("level with last year") it is half a unit of the value itself.
    """
    unset = [t for t in plan.targets if t.comparator is Comparator.ABOUT and t.tolerance is None]
    if not unset:
        return plan
    targets = tuple(
        t.model_copy(update={"tolerance": half_a_unit(t)}) if t in unset else t
        for t in plan.targets
    )
    return plan.model_copy(update={"targets": targets})


# The rules go over everything that is sound, however damaged the rest is.


def _rule_issues(data: dict[str, Any], spoilt: AbstractSet[KeyPath]) -> Iterator[Issue]:
    damaged: defaultdict[KeyPath, set[str | int]] = defaultdict(set)
    for path in spoilt:
        if len(path) > 2:
            damaged[path[:2]].add(path[2])
    targets = {
        position: target
        for position, item in enumerate(_items(data, "targets"))
        if (target := _sound_target(item, damaged["targets", position])) is not None
    }
    yield from repeated_ids(_ids(data, "targets"))
    yield from repeated_ids(_ids(data, "sections"))
    around = _surroundings(data, targets, spoilt)
    for position, target in targets.items():
        yield from target_issues(target, ("targets", position), around)
    yield from _plan_issues(data, around, spoilt)


def _items(data: dict[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _ids(data: dict[str, Any], key: str) -> list[tuple[KeyPath, str]]:
    return [
        ((key, position, "id"), item["id"])
        for position, item in enumerate(_items(data, key))
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    ]


def _sound_target(item: object, damaged: AbstractSet[str | int]) -> Target | None:
    """The target with its damaged keys left out; None where nothing can be said about it."""
    if not isinstance(item, dict) or damaged & {"measure", "comparator"}:
        return None
    sound = {key: value for key, value in item.items() if key not in damaged}
    return Target.model_validate({**_STAND_IN, **sound})


def _surroundings(
    data: dict[str, Any], targets: Mapping[int, Target], spoilt: AbstractSet[KeyPath]
) -> Surroundings:
    units, year = data.get("units"), data.get("year")
    measures: dict[str, Measure | None] = {name: None for _, name in _ids(data, "targets")}
    measures |= {target.id: target.measure for target in targets.values()}
    return Surroundings(
        year=int(year) if isinstance(year, Decimal) and ("year",) not in spoilt else None,
        units=units.keys() if isinstance(units, dict) else None,
        sections=frozenset(name for _, name in _ids(data, "sections")) or None,
        measures=measures,
    )


def _plan_issues(
    data: dict[str, Any], around: Surroundings, spoilt: AbstractSet[KeyPath]
) -> Iterator[Issue]:
    headline = data.get("headline")
    # What is no text is told by its type already.
    known = around.sections
    if isinstance(headline, str) and known is not None and headline not in known:
        told = message(
            "the headline section {section} is not in the plan's sections; "
            "expected one of: {allowed}"
        )
        allowed = ", ".join(sorted(known))
        yield Issue(("headline",), told, {"section": headline, "allowed": allowed})
    if "thresholds" in data and not any(path[:1] == ("thresholds",) for path in spoilt):
        given = Thresholds.model_validate(data["thresholds"])
        if given.on_track >= given.at_risk:
            told = message("on_track is {on_track}; expected less than at_risk, which is {at_risk}")
            values = {"on_track": given.on_track, "at_risk": given.at_risk}
            yield Issue(("thresholds", "on_track"), told, values)
