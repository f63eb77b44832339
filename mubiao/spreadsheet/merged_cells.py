"""Cells of a sheet that lie under a merged one: nobody sees what they hold."""

from collections import defaultdict
from collections.abc import Mapping
from xml.etree.ElementTree import iterparse

from mubiao.spreadsheet.conditional_formats import area_of
from mubiao.spreadsheet.sheets import MAX_COLUMNS, MAX_ROWS
from mubiao.spreadsheet.workbook_parts import MAX_EVENTS, Parts, tag, too_much

_NAME = b"mergeCell"

# By row the columns from one to another, counted from 0.
Covered = Mapping[int, list[range]]


def covered_cells(parts: Parts, sheet: str) -> Covered:
    """The cells of a sheet's part that a merged cell hides: all of it but its first."""
    covered: defaultdict[int, list[range]] = defaultdict(list)
    with parts.open(sheet) as content:
        if _NAME not in content.read():
            return covered
    rows_left = MAX_EVENTS
    with parts.open(sheet) as content:
        for _, element in iterparse(content):  # noqa: S314 - entities were refused
            if tag(element) == "row":
                element.clear()
            if tag(element) != _NAME.decode():
                continue
            rows, columns = area_of(element.get("ref", ""))
            rows_left -= (last := min(rows[1], 2 * MAX_ROWS)) - rows[0]
            if rows_left < 0:
                raise too_much()
            for row in range(rows[0], last + 1):
                first = columns[0] + (row == rows[0])
                covered[row].append(range(first, min(columns[1], MAX_COLUMNS) + 1))
    return covered
