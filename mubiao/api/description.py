"""The description of the API for programs (OpenAPI 3.1), from the types of its documents."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter

from mubiao.api.answers import JSON, PROBLEM
from mubiao.api.resources import RESOURCES, Resource

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
    "owner": {
        "description": "One unit alone, by its id or a name.",
        "schema": {"type": "string"},
    },
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
                "properties": {
                    "detail": {"type": "string"},
                    "field": {"type": ["string", "null"]},
                },
            },
        },
    },
}


@cache
def description(base: str) -> bytes:
    """The description as JSON; `base` is the address that the paths begin with."""
    schemas: dict[str, Any] = {"Problem": _PROBLEM_SCHEMA}
    paths = {
        f"/v1/{name}": {"get": _reading(name, each, schemas)} for name, each in RESOURCES.items()
    }
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "目标 Mubiao",
            "version": "1",
            "description": "A government's yearly promises, and what became of them.",
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _reading(name: str, resource: Resource, schemas: dict[str, Any]) -> dict[str, Any]:
    """The GET of a resource; the types of its document are added to the schemas."""
    items = {"type": "array", "items": schema_of(resource.item, schemas)}
    return {
        "operationId": name,
        "summary": resource.summary,
        "parameters": [
            {"name": one, "in": "query", **_PARAMETERS[one]} for one in resource.parameters
        ],
        "responses": {
            "200": {
                "description": "The document.",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {JSON: {"schema": items}},
            },
            "304": {"description": "It is as the caller has it (If-None-Match)."},
            **problems(400, 404, 503),
        },
    }


def schema_of(document: type, schemas: dict[str, Any]) -> dict[str, str]:
    """A reference to the schema of a document, which is added with those that it names."""
    schema = TypeAdapter(document).json_schema(ref_template=_REFERENCE, mode="serialization")
    schemas.update(schema.pop("$defs", {}))
    schemas[document.__name__] = schema
    return {"$ref": _REFERENCE.format(model=document.__name__)}


def problems(*statuses: int) -> dict[str, Any]:
    """The responses that are problem documents."""
    content = {PROBLEM: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}}
    texts = {
        400: "A parameter is wrong.",
        404: "There is no such plan.",
        503: "The record cannot be used now.",
    }
    return {str(one): {"description": texts[one], "content": content} for one in statuses}
