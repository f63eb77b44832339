"""Areas of a sheet whose cells show their values otherwise, or not at all: by a conditional format,
or under a merged cell.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple
from xml.etree.ElementTree import Element, iterparse

from mubiao.spreadsheet.sheets import MAX_COLUMNS, MAX_ROWS
from mubiao.spreadsheet.workbook_parts import (
    MAX_EVENTS,
    UNKNOWN_FORM,
    Parts,
    format_code,
    is_true,
    tag,
    too_much,
)

_NAME = b"conditionalFormatting"
SHOWS_NOTHING = ";;;"  # the format that shows nothing
_END = 1 << 30
# More areas than these are taken for one that is everywhere: each cell looks at all of them.
_MOST = 100
# They stand behind the rows, which are many; so the part is not parsed once more for them.
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([^"']*)""")
_AREA = re.compile(r"\$?([A-Z]{0,3})\$?(\d*)(?::\$?([A-Z]{0,3})\$?(\d*))?", re.ASCII)


# By row the columns, counted from 0.
Covered = Mapping[int, AbstractSet[int]]


class Area(NamedTuple):
    """Cells from one row and column to another, and the number format that they can get."""

    form: str
    rows: tuple[int, int] = (1, _END)
    columns: tuple[int, int] = (0, _END)


def areas_of(parts: Parts, sheet: str) -> tuple[Area, ...]:
    """Where in a sheet's part a condition decides on the number format."""
    with parts.open(sheet) as content:
        if _NAME not in content.read():
            return ()
    areas: list[Area] = []
    with parts.open(sheet) as content:
        for count, (_, element) in enumerate(iterparse(content)):  # noqa: S314 - entities were refused
            if count > MAX_EVENTS:
                raise too_much()
            if tag(element) == _NAME.decode():
                areas += _areas(element, parts)
            if tag(element) in ("row", _NAME.decode()):
                element.clear()
    if len(areas) > _MOST:
        forms = {area.form for area in areas}
        return tuple(map(Area, forms)) if len(forms) <= _MOST else (Area(UNKNOWN_FORM),)
    return tuple(areas)


def forms_at(areas: tuple[Area, ...], row: int, column: int) -> tuple[str, ...]:
    """The number formats that a cell can get by a condition."""
    return tuple(
        area.form
        for area in areas
        if area.rows[0] <= row <= area.rows[1] and area.columns[0] <= column <= area.columns[1]
    )


def covered_cells(parts: Parts, sheet: str) -> Covered:
    """The cells of a sheet's part that a merged cell hides: all of it but its first."""
    with parts.open(sheet) as content:
        whole = content.read()
    covered: defaultdict[int, set[int]] = defaultdict(set)
    left = MAX_EVENTS
    for match in _MERGED.finditer(whole, max(whole.rfind(b"sheetData"), 0)):
        (first, last), columns = _area_of(match[1].decode("utf-8", "replace"))
        last = min(last, 2 * MAX_ROWS)
        left -= max(last - first, 0) + 1
        if left < 0:
            raise too_much()
        for row in range(first, last + 1):
            corner = row == first
            covered[row].update(range(columns[0] + corner, min(columns[1], MAX_COLUMNS) + 1))
    return covered


def _areas(element: Element, parts: Parts) -> Iterator[Area]:
    # Newer rules stand in an extension, with their cells in an element and their look in the rule.
    cells = element.get("sqref") or element.findtext("{*}sqref") or ""
    forms = {form for rule in element.iterfind("{*}cfRule") for form in _forms(rule, parts)}
    for form in forms - {""}:
        yield from (Area(form, *_area_of(text)) for text in cells.split() or [""])


def _forms(rule: Element, parts: Parts) -> Iterator[str]:
    if any(
        not is_true(sign, "showValue", default=True)
        for kind in ("dataBar", "iconSet")
        for sign in rule.iterfind(f"{{*}}{kind}")
    ):
        yield SHOWS_NOTHING
    look = rule.get("dxfId", "")
    if look.isdecimal() and int(look) < len(parts.conditional_forms):
        yield parts.conditional_forms[int(look)]
    yield from (format_code(form) for form in rule.iterfind("{*}dxf/{*}numFmt"))


def _area_of(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The rows from 1 and the columns from 0 of an area: B2:C5; all where that is not known."""
    match = _AREA.fullmatch(text)
    if match is None:
        return (1, _END), (0, _END)
    left, top, right, bottom = match.groups()
    right, bottom = (left, top) if ":" not in text else (right, bottom)
    # An area of entire rows names no columns.
    first, last = column_at(left) if left else 0, column_at(right) if right else _END
    return (int(top or 1), int(bottom or _END)), (first, last)


def column_at(letters: str) -> int:
    """A column's position from 0, by its letters."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
