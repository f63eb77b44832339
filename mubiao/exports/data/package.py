"""The open data of a site: the contracts as they are, and a Frictionless data package of them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import orjson

from mubiao.exports.data.documents import assess_document, targets_document, to_json
from mubiao.exports.site.content import Content, File
from mubiao.model import Comparator, Flag, Judged, Measure, Nature, Qualifier, Status
from mubiao.observation.contract import write_csv

FOLDER = "data"
OBSERVATIONS, TARGETS, ASSESSMENTS = "observations.csv", "targets.json", "assessments.json"
PACKAGE = "datapackage.json"
_Schema = dict[str, Any]


def files(content: Content) -> Iterator[File]:
    """The four files."""
    made: dict[str, Callable[[], bytes]] = {
        OBSERVATIONS: partial(_observations, content),
        TARGETS: lambda: to_json(targets_document(content.plan)),
        ASSESSMENTS: lambda: to_json(assess_document(content.plan, content.seen.assessments)),
        PACKAGE: partial(package, content),
    }
    for name, make in made.items():
        yield File(f"{FOLDER}/{name}", make)


def _observations(content: Content) -> bytes:
    standing = sorted(content.seen.standing, key=lambda one: one.row)
    return write_csv(standing).encode()


def package(content: Content) -> bytes:
    """The descriptor, beside the files that it describes."""
    plan = content.plan
    described: _Schema = {
        "profile": "data-package",
        "name": plan.id,
        "title": f"{plan.title.zh} / {plan.title.en}",
        "description": f"As of {content.seen.as_of.isoformat()}",
        "sources": [{"title": title} for title in _sources(content)],
        "resources": _resources(),
    }
    if content.base_url:
        described["homepage"] = content.base_url
    if content.licence:
        named = "path" if "://" in content.licence else "name"
        described["licenses"] = [{named: content.licence}]
    return orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _sources(content: Content) -> list[str]:
    published = sorted({one.source for one in content.seen.standing if one.source})
    return [content.plan.title.zh, *published]


def _resources() -> list[_Schema]:
    to_targets = {"fields": "target", "reference": {"resource": "targets", "fields": "id"}}
    return [
        {
            "name": "observations",
            "path": OBSERVATIONS,
            "profile": "tabular-data-resource",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": _observation_fields(), "foreignKeys": [to_targets]},
        },
        _documents("targets", TARGETS, _target_fields(), {"primaryKey": "id"}),
        _documents(
            "assessments",
            ASSESSMENTS,
            _assessment_fields(),
            {"primaryKey": "target", "foreignKeys": [to_targets]},
        ),
    ]


def _documents(name: str, path: str, fields: list[_Schema], keys: _Schema) -> _Schema:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "schema": {"fields": fields, **keys},
    }


def _field(name: str, kind: str, told: str, **constraints: object) -> _Schema:
    made: _Schema = {"name": name, "type": kind, "description": told}
    if kind == "date":
        made["format"] = "%Y-%m-%d"
    return made | ({"constraints": constraints} if constraints else {})


def _one_of(values: Iterable[str], *more: str) -> list[str]:
    return [*more, *(str(value) for value in values)]


def _observation_fields() -> list[_Schema]:
    periods = "2020, 2020-H1, 2020-Q3, 2020-03, 2020-01..2020-09, 2020-06-30"
    return [
        _field("target", "string", "the target's id", required=True),
        _field("period", "string", f"the span described: {periods}", required=True),
        _field("value", "string", "a decimal number; of a milestone its stage", required=True),
        _field("qualifier", "string", "how exact the value is", enum=_one_of(Qualifier)),
        _field("nature", "string", "how settled the value is", enum=_one_of(Nature)),
        _field("known_on", "date", "the day the value became public", required=True),
        _field("source", "string", "who published it"),
        _field("note", "string", "what a reader must know"),
    ]


def _target_fields() -> list[_Schema]:
    return [
        _field("id", "string", "stable name of the target", required=True, unique=True),
        _field("section", "string", "section of the report", required=True),
        _field("name_zh", "string", "name in Chinese", required=True),
        _field("name_en", "string", "name in English", required=True),
        _field("measure", "string", "what an actual is", enum=_one_of(Measure)),
        _field("comparator", "string", "what satisfies the target", enum=_one_of(Comparator)),
        _field("value", "number", "the value asked for, signed; none for a milestone"),
        _field("unit", "string", "the unit's id in the plan"),
        _field("tolerance", "number", "in the unit; percentage points for per cent"),
        _field("judged", "string", "at the year's end or all year", enum=_one_of(Judged)),
        _field("due", "date", "the last day", required=True),
        _field("baseline", "object", "value, unit and year of an earlier figure"),
        _field("source", "object", "section, paragraph and printed words", required=True),
    ]


def _assessment_fields() -> list[_Schema]:
    return [
        _field("target", "string", "the target's id", required=True, unique=True),
        _field("status", "string", "the judgement", required=True, enum=_one_of(Status)),
        _field("flags", "array", f"remarks beside it: {', '.join(Flag)}", required=True),
        _field("value", "any", "the counting value; of a milestone its stage"),
        _field("period", "string", "the period of that value"),
        _field("progress", "number", "share of the way done, 1 is all"),
        _field("scheduled", "number", "share of the year's work that should be done"),
        _field("required_rest", "number", "what the rest of the year must average, in the unit"),
        _field("sentence_zh", "string", "the judgement in a sentence, Chinese", required=True),
        _field("sentence_en", "string", "the judgement in a sentence, English", required=True),
    ]
