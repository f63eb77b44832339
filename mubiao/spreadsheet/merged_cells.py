"""Cells of a sheet that lie under a merged one: nobody sees what they hold."""

import re
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from mubiao.spreadsheet.conditional_formats import area_of
from mubiao.spreadsheet.sheets import MAX_COLUMNS, MAX_ROWS
from mubiao.spreadsheet.workbook_parts import MAX_EVENTS, Parts, too_much

# By row the columns, counted from 0.
Covered = Mapping[int, AbstractSet[int]]
# They stand behind the rows, which are many; so the part is not parsed once more for them.
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([^"']*)""")


def covered_cells(parts: Parts, sheet: str) -> Covered:
    """The cells of a sheet's part that a merged cell hides: all of it but its first."""
    with parts.open(sheet) as content:
        whole = content.read()
    covered: defaultdict[int, set[int]] = defaultdict(set)
    left = MAX_EVENTS
    for match in _MERGED.finditer(whole, max(whole.rfind(b"sheetData"), 0)):
        (first, last), columns = area_of(match[1].decode("utf-8", "replace"))
        last = min(last, 2 * MAX_ROWS)
        left -= max(last - first, 0) + 1
        if left < 0:
            raise too_much()
        for row in range(first, last + 1):
            corner = row == first
            covered[row].update(range(columns[0] + corner, min(columns[1], MAX_COLUMNS) + 1))
    return covered
