"""The description of the API for programs (OpenAPI 3.1), from the types of its documents."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter

from mubiao.api.answers import JSON, PROBLEM, TITLES
from mubiao.api.recording import CSV, LONGEST_KEY, PARAMETERS, ROWS
from mubiao.api.resources import RESOURCES, Resource
from mubiao.exports.data.imports import ImportDocument
from mubiao.spreadsheet.columns import NEEDED, READ
from mubiao.spreadsheet.sheets import MAX_ROWS

_REFERENCE = "#/components/schemas/{model}"
_PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "plan": {
        "description": "The plan's id, or the name of its file; else the one that opens.",
        "schema": {"type": "string"},
    },
    "as_of": {
        "description": "The day looked at from, from 1990 to 2100; else today at the plan's place.",
        "schema": {"type": "string", "format": "date"},
        "example": "2020-07-31",
    },
    "owner": {"description": "One unit alone, by its id or a name.", "schema": {"type": "string"}},
    "dry_run": {
        "description": "Only say what would be recorded.",
        "schema": {"type": "boolean", "default": False},
    },
    "conflicts": {
        "description": "Where the record has later figures: keep theirs, or take those sent.",
        "schema": {"enum": ["theirs", "file"]},
    },
    "yes": {
        "description": "Record what is doubtful too, having looked at it.",
        "schema": {"type": "boolean", "default": False},
    },
    "confirm": {
        "description": "Record the doubtful row of this mark, as the dry run reads it.",
        "schema": {"type": "array", "items": {"type": "string"}},
    },
    "leave_out": {
        "description": "Leave out the doubtful row of this mark, or closed periods (“closed”).",
        "schema": {"type": "array", "items": {"type": "string"}},
    },
}
_CELL = {"type": ["string", "number", "null"]}
_ROW = {
    "type": "object",
    "description": "A row of the CSV contract; periods and values may be written as in a file.",
    "required": [*NEEDED],
    "properties": dict.fromkeys(READ, _CELL),
    "additionalProperties": False,
}
_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "Why a call was not answered (RFC 9457), in the language of Accept-Language.",
    "required": ["type", "title", "status", "detail", "problems"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail", "field"],
                "properties": {"detail": {"type": "string"}, "field": {"type": ["string", "null"]}},
            },
        },
        "rows": {"type": "array", "items": {"$ref": "#/components/schemas/RowDocument"}},
        "statuses": {"type": "array", "items": {"$ref": "#/components/schemas/StatusDocument"}},
    },
}


@cache
def description(base: str) -> bytes:
    """The description as JSON; `base` is the address that the paths begin with."""
    schemas: dict[str, Any] = {"Problem": _PROBLEM_SCHEMA}
    paths = {
        f"/v1/{name}": {"get": _reading(name, one, schemas)} for name, one in RESOURCES.items()
    }
    paths["/v1/observations"]["post"] = _recording(schemas)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "目标 Mubiao",
            "version": "1",
            "description": "A government's yearly promises, and what became of them.",
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _reading(name: str, resource: Resource, schemas: dict[str, Any]) -> dict[str, Any]:
    """The GET of a resource; the types of its document are added to the schemas."""
    items = {"type": "array", "items": schema_of(resource.item, schemas)}
    return {
        "operationId": name,
        "summary": resource.summary,
        "parameters": [_parameter(one) for one in resource.parameters],
        "responses": {
            "200": {
                "description": "The document.",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {JSON: {"schema": items}},
            },
            "304": {"description": "It is as the caller has it (If-None-Match)."},
            **problems(400, 401, 404, 429, 503),
        },
        "security": [{}, {"token": []}],
    }


def _recording(schemas: dict[str, Any]) -> dict[str, Any]:
    """The POST of observations."""
    content = {JSON: {"schema": schema_of(ImportDocument, schemas)}}
    rows = {"type": "array", "minItems": 1, "maxItems": MAX_ROWS, "items": _ROW}
    return {
        "operationId": "record",
        "summary": "Record figures: all of them or none, with the outcomes of `import --json`.",
        "parameters": [_parameter(name) for name in PARAMETERS]
        + [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "The caller's name for this body: sent twice it is recorded once.",
                "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
            }
        ],
        "requestBody": {
            "required": True,
            "content": {ROWS: {"schema": rows}, CSV: {"schema": {"type": "string"}}},
        },
        "responses": {
            "200": {
                "description": "What became of every row; of a dry run, what would.",
                "content": content,
            },
            "202": {
                "description": "The same; rows of targets that ask for approval wait for it.",
                "content": content,
            },
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
        },
        "security": [{"token": []}],
    }


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", **_PARAMETERS[name]}


def schema_of(document: type, schemas: dict[str, Any]) -> dict[str, str]:
    """A reference to the schema of a document, which is added with those that it names."""
    schema = TypeAdapter(document).json_schema(ref_template=_REFERENCE, mode="serialization")
    schemas.update(schema.pop("$defs", {}))
    schemas[document.__name__] = schema
    return {"$ref": _REFERENCE.format(model=document.__name__)}


def problems(*statuses: int) -> dict[str, Any]:
    """The responses that are problem documents."""
    content = {PROBLEM: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}}
    return {str(one): {"description": f"{TITLES[one]}.", "content": content} for one in statuses}
