"""A YAML file's data as a plan; pydantic's errors become the product's messages."""

import difflib
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import NoneType
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mubiao.model import Part
from mubiao.plan.yamlfile import Document, Issue, KeyPath
from mubiao.problems import excerpt, message

_Part = TypeVar("_Part", bound=Part)


def typed(
    document: Document, kind: type[_Part]
) -> tuple[_Part | None, list[Issue], frozenset[KeyPath]]:
    """The document as a plan or what else it is to be, None where the types do not fit; its issues,
    the document's own first; and the paths with an issue: nothing more can be said about what is
    there.
    """
    try:
        return kind.model_validate(document.data), list(document.issues), document.spoilt
    except ValidationError as error:
        details = error.errors(include_url=False)
    misfits = [_issue(detail, kind) for detail in details if not _follows(detail)]
    issues = [issue for issue in misfits if not within(issue.path, document.spoilt)]
    spoilt = document.spoilt.union(issue.path for issue in misfits)
    return None, [*document.issues, *issues], spoilt


def within(path: KeyPath, spoilt: AbstractSet[KeyPath]) -> bool:
    """Whether a path is one of the spoilt ones or below one."""
    return any(path[:length] in spoilt for length in range(len(path) + 1))


def _follows(detail: ErrorDetails) -> bool:
    """Whether this only says that a list whose every item is wrong has no right ones left."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


_A_MAPPING = message("{key} must be a mapping of keys; found {found}")
_A_NUMBER = message("{key} must be a plain decimal number such as 6 or -20.5; found {found}")
# Our messages for pydantic's types of errors.
_MESSAGES: Mapping[str, str] = {
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "tuple_type": message("{key} must be a list; found {found}"),
    "date_type": message("{key} must be a day written YYYY-MM-DD without quotes; found {found}"),
    "int_type": message("{key} must be a whole number; found {found}"),
    "is_instance_of": _A_NUMBER,  # of Decimal: the models ask for no other class
    "string_type": message(
        "{key} must be a text, in quotes if it looks like a number or day; found {found}"
    ),
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
ADDRESS_FORM = r"^https?://[^\s?#]*[^\s?#/]$"
HOUR_FORM = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
# What the model's patterns ask for, by an example that needs no translation.
_FORMS: Mapping[str, str] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "gdp-growth (a-z 0-9 -)",
    r"^\d+\.\d+$": "2.0",
    r"^\d+(\.\d+)?$": "2, 2.0",
    r"^[^\s,;，；、|][^,;，；、|]*$": "transport-commission",
    r"^(\.\./)?([^./\\:][^/\\:]*/)*[^./\\:][^/\\:]*\.csv$": "figures.csv, ../actuals/figures.csv",
    ADDRESS_FORM: "https://localhost",
    HOUR_FORM: "09:00",
}
_AFTER_KIND = re.compile(r"(?<=://)\S+")


def _issue(detail: ErrorDetails, kind: type[Part]) -> Issue:
    path: KeyPath = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return _unknown_key(path, kind)
    context = detail.get("ctx", {})
    values = {"key": _label(path), "found": _brief(detail["input"]), **context}
    if detail["input"] is None:
        return Issue(path, message("{key} is empty; expected a value"), values)
    if detail["type"] == "enum":  # 'count', 'rate' or 'level'
        values["allowed"] = context["expected"].replace("'", "").replace(" or ", ", ")
    if "pattern" in context:
        values["form"] = _FORMS.get(context["pattern"], context["pattern"])
    msgid = _MESSAGES.get(detail["type"], message("{key} is not valid: {reason}"))
    return Issue(path, msgid, {**values, "reason": detail["msg"]})


def _brief(data: object) -> str:
    if isinstance(data, dict | list):
        return "{…}" if isinstance(data, dict) else "[…]"
    return excerpt(f'"{_without_key(data)}"' if isinstance(data, str) else str(data))


def _without_key(text: str) -> str:
    """A text without what may be the key of a channel that stands where it does not belong."""
    return _AFTER_KIND.sub("…", text)


def _label(path: KeyPath) -> str:
    """How a message names a place: the keys below the list item that its line shows."""
    below = path[2:] if len(path) > 2 and isinstance(path[1], int) else path
    name = "".join(
        f".{_without_key(part)}" if isinstance(part, str) else f"[{part}]" for part in below
    )
    return name.removeprefix(".") or "plan"


def _unknown_key(path: KeyPath, whole: type[Part]) -> Issue:
    kind: Any = whole
    for part in path[:-1]:
        if hasattr(kind, "model_fields"):
            kind = kind.model_fields[part].annotation
            kind = get_args(kind)[0] if NoneType in get_args(kind) else kind
        else:  # an item of a list or mapping
            kind = next(k for k in get_args(kind) if hasattr(k, "model_fields"))
    known, key = list(kind.model_fields), str(path[-1])
    values = {"key": key, "known": ", ".join(known)}
    if near := difflib.get_close_matches(key, known, 1):
        msgid = message("unknown key {key}; did you mean {near}?")
        return Issue(path, msgid, {**values, "near": near[0]})
    return Issue(path, message("unknown key {key}; expected one of: {known}"), values)
