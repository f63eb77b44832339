"""Observations as people and files bring them, checked whole, and which of them stand."""

from mubiao.observation.contract import (
    COLUMNS,
    Draft,
    clean_text,
    read_csv,
    read_draft,
    standing,
    write_csv,
)

__all__ = [
    "COLUMNS",
    "Draft",
    "clean_text",
    "read_csv",
    "read_draft",
    "standing",
    "write_csv",
]
