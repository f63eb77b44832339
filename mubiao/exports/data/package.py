"""The open data of a site: the contracts as they are, and a Frictionless data package of them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from mubiao.exports.data.documents import assess_document, targets_document, to_json
from mubiao.exports.data.listing import actuals_csv
from mubiao.exports.site import SiteContent, SiteFile
from mubiao.i18n import Language
from mubiao.model import Better, Comparator, Flag, Judged, Measure, Nature, Plan, Qualifier, Status
from mubiao.problems import message

FOLDER = "data"
# What the three files hold, field by field; an `enum` names one of these.
_RESOURCES = Path(__file__).parent / "resources.json"
_ENUMS = {
    kind.__name__: kind for kind in (Better, Comparator, Judged, Measure, Nature, Qualifier, Status)
}


def files(content: SiteContent) -> Iterator[SiteFile]:
    """The four files."""
    for name, (_, make) in _FILES.items():
        yield SiteFile(f"{FOLDER}/{name}", partial(make, content))


def described(language: Language) -> tuple[tuple[str, str], ...]:
    """The files, each with what is in it."""
    return tuple((name, language.t(msgid)) for name, (msgid, _) in _FILES.items())


def package(content: SiteContent) -> bytes:
    """The descriptor, beside the files that it describes."""
    plan = content.plan
    published = sorted({one.source for one in content.seen.standing if one.source})
    descriptor: dict[str, Any] = {
        "profile": "data-package",
        "name": plan.id,
        "title": f"{plan.title.zh} / {plan.title.en}",
        "description": f"As of {content.seen.as_of.isoformat()}",
        "sources": [{"title": title} for title in (plan.title.zh, *published)],
        "resources": _resources(plan),
    }
    if content.base_url:
        descriptor["homepage"] = content.base_url
    if content.licence:
        key = "path" if "://" in content.licence else "name"
        descriptor["licenses"] = [{key: content.licence}]
    return to_json(descriptor)


def _resources(plan: Plan) -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = orjson.loads(_RESOURCES.read_bytes())
    for resource in resources:
        if plan.references:  # their figures are of no target
            resource["schema"].pop("foreignKeys", None)
        for field in resource["schema"]["fields"]:
            constraints = field.get("constraints", {})
            if "enum" in constraints:
                constraints["enum"] = [value.value for value in _ENUMS[constraints["enum"]]]
            field["description"] = field["description"].format(flags=", ".join(Flag))
    return resources


_FILES: Mapping[str, tuple[str, Callable[[SiteContent], bytes]]] = {
    "observations.csv": (
        message("every figure that stands on the day, with its source"),
        lambda content: actuals_csv(sorted(content.seen.standing, key=lambda one: one.row)),
    ),
    "targets.json": (
        message("what is promised, and where the report says it"),
        lambda content: to_json(targets_document(content.plan)),
    ),
    "assessments.json": (
        message("how each target stands, with its sentence in both languages"),
        lambda content: to_json(assess_document(content.plan, content.seen.assessments)),
    ),
    "datapackage.json": (
        message("description of the three as a Frictionless data package"),
        package,
    ),
}
