"""The JSON Schema of plan files, for editors."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from mubiao.model import Plan


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of a plan file."""
    schema = Plan.model_json_schema(schema_generator=_EditorSchema)
    return {"$schema": _EditorSchema.schema_dialect, **schema}


def write_schema(path: Path) -> None:
    """Write the JSON Schema, as `data/plans/plan.schema.json` holds it."""
    text = json.dumps(plan_schema(), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


class _EditorSchema(GenerateJsonSchema):
    """Decimals as the plain numbers that a plan file holds, not as number or text."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        names = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum"}
        limits = {names[key]: _plain(value) for key, value in schema.items() if key in names}
        return {"type": "number", **limits}

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
