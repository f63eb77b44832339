"""A value beside the unit that the file names, and beside what its cell shows of it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from mubiao.model import Indicator, Observation, Plan
from mubiao.observation.draft import unit_words
from mubiao.observation.values import ParsedFigure, parse_figure
from mubiao.plain_text import folded, half_width
from mubiao.problems import Bilingual, Problem, Problems, Refused, excerpt, message
from mubiao.spreadsheet.cells import SHOWN
from mubiao.spreadsheet.columns import UNIT
from mubiao.spreadsheet.table import TableRow

_CURRENCY = re.compile("[¥￥]|RMB", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[^%‰]*[\d)]", re.ASCII)


def with_unit(row: TableRow, header: str, plan: Plan, target: Indicator, doubts: Problems) -> str:
    """A value with the unit that its row names where that is not the plan's: 万人 changes it.

    A unit that stands in the header alone is asked where it is another one.
    """
    value, typed = row.text("value"), row.text(UNIT).strip()
    if typed:
        return value if _is_ours(typed, plan, target) else f"{value} {typed}"
    if not header or not value.strip() or _is_ours(header, plan, target):
        return value
    # Apart, so that digits of the header are no digits of the value.
    whole = f"{value} {header}"
    alone, scaled = (_figure(text, plan, target) for text in (value, whole))
    if alone is None or not _NUMBER_ALONE.fullmatch(half_width(value)):
        return value
    if scaled is not None and scaled.value == alone.value:
        return value
    msgid = message("the file says “{unit}”; the target is counted in {ours}, and {value} is read")
    ours = plan.units.get(target.unit or "")
    reading = scaled or alone
    values = {"unit": excerpt(header), "ours": Bilingual(ours.zh, ours.en) if ours else ""}
    doubts.add("value", msgid, **values, value=format(reading.value, "f"))
    return value if scaled is None else whole


def seen_otherwise(
    row: TableRow, figure: Observation, plan: Plan, doubts: Problems
) -> Iterator[Problem]:
    """The problem of a cell that shows another number than it holds; one that shows what is no
    number, or a rounded one, is asked.
    """
    cell = row.cells["value"]
    if not cell.display:
        return
    target = plan.indicators[figure.target]
    seen = _figure(_CURRENCY.sub("", cell.display), plan, target)
    held = _figure(cell.text, plan, target)
    if seen is not None and seen == held:
        return
    values = {"shown": excerpt(cell.display.strip()), "text": excerpt(cell.text)}
    if seen is None or held is None or _is_rounded(seen.value, held.value, cell.display):
        doubts.add("value", SHOWN, **values)
        return
    msgid = message(
        "the cell shows “{shown}”, but the number in it is {text}; type what is meant as a text"
    )
    yield Problem(msgid, values, field="value")


def _is_ours(typed: str, plan: Plan, target: Indicator) -> bool:
    unit = plan.units.get(target.unit or "")
    ours = {unit.zh, unit.en, unit.one, target.unit} if unit else {target.unit}
    return folded(typed) in {folded(text) for text in ours if text}


def _figure(text: str, plan: Plan, target: Indicator) -> ParsedFigure | None:
    with suppress(Refused):
        return parse_figure(text, unit_words(plan, target))
    return None


def _is_rounded(seen: Decimal, held: Decimal, display: str) -> bool:
    """Whether what is shown is the number itself, with fewer digits."""
    digits = re.sub(r"[^\d.]", "", display)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    plain = Decimal(digits or 0)
    scale = abs(seen) / plain if plain else Decimal(1)
    return abs(seen - held) <= step * scale / 2
