"""Data of a YAML file made into a pydantic model, every misfit told in our own words.

pydantic's lax mode would turn a quoted "6" into a number and a number into a day; here each
kind of value must be written as what it is.
"""

import difflib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mubiao.plan.yamlfile import Document, Issue, KeyPath
from mubiao.problems import message

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Typed(Generic[M]):
    """A document's model, None where the types do not fit, with the issues of file and types.

    `spoilt` are the paths that have an issue: nothing more can be said about what is there.
    """

    model: M | None
    issues: tuple[Issue, ...]
    spoilt: frozenset[KeyPath]


def typed(model: type[M], document: Document) -> Typed[M]:
    """Make the model from the document; the document's own issues come first."""
    issues = list(document.issues)
    spoilt = set(document.spoilt)
    for issue in _misfits(model, document.data, ()):
        if not within(issue.path, spoilt):
            issues.append(issue)
        spoilt.add(issue.path)
    made = None
    try:
        made = model.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            issue = _issue(model, detail)
            if not within(issue.path, spoilt) and not _follows(detail, document.data):
                issues.append(issue)
            spoilt.add(issue.path)
    return Typed(made, tuple(issues), frozenset(spoilt))


def within(path: KeyPath, spoilt: AbstractSet[KeyPath]) -> bool:
    """Whether a path is one of the spoilt ones or below one."""
    return any(path[:length] in spoilt for length in range(len(path) + 1))


def _follows(detail: ErrorDetails, data: Any) -> bool:  # noqa: ANN401 - as the file gave it
    """Whether this only says that a list whose every item is wrong has no right ones left."""
    if detail["type"] != "too_short":
        return False
    for part in detail["loc"]:
        data = data[part]
    return bool(len(data) >= detail["ctx"]["min_length"])


# Types: what YAML gave against what the model expects.


def _core(annotation: Any) -> tuple[Any, bool]:  # noqa: ANN401 - an annotation is any object
    """An annotation without Annotated and None, and whether None is allowed."""
    if get_origin(annotation) is Annotated:
        return _core(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        rest = [part for part in get_args(annotation) if part is not NoneType]
        return _core(rest[0])[0], True
    return annotation, False


def _misfits(annotation: Any, data: object, path: KeyPath) -> Iterator[Issue]:  # noqa: ANN401
    """Data of another kind than the model's: nothing is turned from text into number or back."""
    kind, optional = _core(annotation)
    if data is None:
        if not optional:
            yield Issue(path, message("{key} is empty; expected a value"), {"key": _label(path)})
        return
    told = _other_kind(kind, data)
    if told:
        yield Issue(path, told, {"key": _label(path), "found": _shown(data)})
    elif isinstance(data, dict):
        fields = getattr(kind, "model_fields", None)
        for key, value in data.items():
            if fields is None:
                yield from _misfits(get_args(kind)[1], value, (*path, key))
            elif key in fields:
                yield from _misfits(fields[key].annotation, value, (*path, key))
    elif isinstance(data, list):
        for position, item in enumerate(data):
            yield from _misfits(get_args(kind)[0], item, (*path, position))


def _other_kind(kind: Any, data: object) -> str:  # noqa: ANN401
    if get_origin(kind) is tuple:
        return "" if isinstance(data, list) else message("{key} must be a list; found {found}")
    if get_origin(kind) is not None or issubclass(kind, BaseModel):
        told = message("{key} must be a mapping of keys; found {found}")
        return "" if isinstance(data, dict) else told
    if kind is date:
        told = message("{key} must be a day written YYYY-MM-DD without quotes; found {found}")
        return "" if isinstance(data, date) else told
    if kind is int:
        whole = isinstance(data, Decimal) and data == data.to_integral_value()
        return "" if whole else message("{key} must be a whole number; found {found}")
    if kind is Decimal:
        told = message("{key} must be a plain decimal number such as 6 or -20.5; found {found}")
        return "" if isinstance(data, Decimal) else told
    told = message(
        "{key} must be a text, in quotes if it looks like a number or day; found {found}"
    )
    return "" if isinstance(data, str) else told


def _shown(data: object) -> str:
    if isinstance(data, dict | list):
        return "{…}" if isinstance(data, dict) else "[…]"
    text = f'"{data}"' if isinstance(data, str) else str(data)
    return text if len(text) <= 40 else text[:39] + "…"


def _label(path: KeyPath) -> str:
    """How a message names a place: the keys below the list item that its line shows."""
    below = path[2:] if len(path) > 2 and isinstance(path[1], int) else path
    name = "".join(f".{part}" if isinstance(part, str) else f"[{part}]" for part in below)
    return name.removeprefix(".") or "plan"


# Contents: pydantic's findings in our words.


_TOLD: Mapping[str, str] = {
    "missing": message("the key {key} is missing"),
    "enum": message("{key} is {found}; expected one of: {allowed}"),
    "string_pattern_mismatch": message("{key} is {found}; expected {form}"),
    "string_too_short": message("{key} is empty; expected a text"),
    "string_too_long": message("{key} is too long; expected at most {max_length} characters"),
    "too_short": message("{key} has {actual_length} items; expected at least {min_length}"),
    "too_long": message("{key} has more items than the {max_length} expected"),
    "greater_than": message("{key} is {found}; expected more than {gt}"),
    "greater_than_equal": message("{key} is {found}; expected at least {ge}"),
    "less_than_equal": message("{key} is {found}; expected at most {le}"),
}
# What the model's patterns ask for, by an example that needs no translation.
_FORMS: Mapping[str, str] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "gdp-growth (a-z 0-9 -)",
    r"^\d+\.\d+$": "2.0",
}


def _issue(model: type[BaseModel], detail: ErrorDetails) -> Issue:
    path: KeyPath = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, path)
    context = detail.get("ctx", {})
    values = {"key": _label(path), "found": _shown(detail["input"]), **context}
    if detail["type"] == "enum":
        values["allowed"] = ", ".join(_core(_annotation(model, path))[0])
    if "pattern" in context:
        values["form"] = _FORMS.get(context["pattern"], context["pattern"])
    told = _TOLD.get(detail["type"], message("{key} is not valid: {reason}"))
    return Issue(path, told, {**values, "reason": detail["msg"]})


def _annotation(model: type[BaseModel], path: KeyPath) -> Any:  # noqa: ANN401
    """What the model expects at a path."""
    kind: Any = model
    for part in path:
        kind, _ = _core(kind)
        arguments = get_args(kind)
        if arguments:
            kind = arguments[0] if get_origin(kind) is tuple else arguments[1]
        else:
            kind = kind.model_fields[part].annotation
    return kind


def _unknown_key(model: type[BaseModel], path: KeyPath) -> Issue:
    known = list(_core(_annotation(model, path[:-1]))[0].model_fields)
    key = str(path[-1])
    values = {"key": key, "known": ", ".join(known)}
    if near := difflib.get_close_matches(key, known, 1):
        told = message("unknown key {key}; did you mean {near}?")
        return Issue(path, told, {**values, "near": near[0]})
    return Issue(path, message("unknown key {key}; expected one of: {known}"), values)
