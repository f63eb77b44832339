"""One cell of a spreadsheet as a text, read as it is shown: by its type and its number format."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import isfinite

from mubiao.observation.contract import unescaped
from mubiao.plain_text import half_width
from mubiao.problems import Problem, excerpt, message
from mubiao.spreadsheet.number_formats import (
    date_fields,
    is_bare_date,
    is_date,
    is_general,
    is_percent,
    scales_by_condition,
    shown_number,
    shown_text,
)

MAX_TEXT = 32_767  # what a cell of Excel can hold

# Excel's own way to write characters that XML cannot hold, in every text of a workbook.
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class CellKind(StrEnum):
    """What a file says that a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TRUTH = "truth"
    FORMULA = "formula"
    ERROR = "error"


class Mark(StrEnum):
    """How a cell, or a part of its text, looks otherwise than its text says."""

    STRUCK = "struck out"
    PARTLY_STRUCK = "partly struck out"
    RAISED = "superscript or subscript"
    HIDDEN = "in a hidden column"
    COVERED = "under a merged cell"
    BLENDED = "in the colour of its ground"


# Where a text may look as it likes, as long as a person has looked at it.
_TEXTS = ("source", "note", "name", "unit")
_NO_DIGIT = re.compile(r"\D", re.ASCII)
_LOST = re.compile(r"\d*\.1", re.ASCII)
_PARTS = {
    Mark.PARTLY_STRUCK: message("a part of “{text}” is struck out; leave only what is meant"),
    Mark.RAISED: message(
        "a part of “{text}” is in superscript or subscript, such as the mark of a footnote; leave "
        "only what is meant"
    ),
}
_WHOLE = frozenset({"year", "month", "day"})
SHOWN = message("the cell shows “{shown}”; it holds {text}, and that is read")
_UNKNOWN_FORM = message("the cell's format “{form}” may show something else than {text}")
_BY_CONDITION = message(
    "by a conditional format, “{form}”, the cell may show something else than {text}"
)
_SCALES = message(
    "the cell's format “{form}” shows numbers in different scales; this one as “{shown}”"
)
_LOST_NOUGHT = message("{text} is a number: if {text}0 was typed, the spreadsheet dropped its 0")
_NO_YEAR = message(
    "the cell holds the day {day}, and its format “{form}” shows no year: Excel may have made it "
    "of a span such as “{span}”"
)
_FIRST_DAY = message("the cell holds the day {day}; programs write so a whole month too, {month}")
_PART_OF_DAY = message("the cell holds the day {day}; its format “{form}” shows only a part of it")


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as the file has it; `form` is its number format, "" for none, `conditional_forms`
    those that it can get by a condition.

    A text, formula or error comes as a str, a number as int or float, a day as a
    date, and a time as a str.
    """

    kind: CellKind
    value: object
    form: str = ""
    marks: tuple[Mark, ...] = ()
    conditional_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and why it cannot be taken as it stands (`fault` None: it can).

    `display` is what a person sees of a value where that is not its text. `doubts` are to be
    confirmed.
    """

    text: str = ""
    fault: Problem | None = None
    display: str = ""
    doubts: tuple[Problem, ...] = ()
    marks: tuple[Mark, ...] = ()


def cell_of(raw: Raw, column: str) -> Cell:
    """What a cell says in a column of the contract: what a person sees there, or it is asked."""
    cell = _with_conditions(_plain(raw, column), raw, column)
    if raw.marks:
        cell = replace(cell, marks=raw.marks)
    for mark, msgid in _PARTS.items():
        if mark in raw.marks and column in _TEXTS:
            doubt = Problem(msgid, {"text": excerpt(cell.text)}, field=column)
            cell = replace(cell, doubts=(*cell.doubts, doubt))
        elif mark in raw.marks:
            return _faulty(cell.text, msgid, column)
    match raw.kind:
        case CellKind.FORMULA:
            msgid = message("a formula ({text}); expected the value: copy it and paste values only")
            return _faulty(cell.text, msgid, column)
        case CellKind.ERROR:
            return _faulty(cell.text, message("the error {text}; expected a value"), column)
        case CellKind.DAY if column == "value":
            msgid = message("a date ({text}); expected a number: type it again in a cell of text")
            return _faulty(cell.text, msgid, column)
    if len(cell.text) > MAX_TEXT:
        msgid = message("the text has {length} characters; expected at most {most}")
        return _faulty(excerpt(cell.text), msgid, column, length=len(cell.text), most=MAX_TEXT)
    return cell


def _with_conditions(cell: Cell, raw: Raw, column: str) -> Cell:
    """A cell with the doubt that one of its conditional formats says something else."""
    for form in raw.conditional_forms:
        is_bare = isinstance(raw.value, date) and not is_date(form)  # a day as a mere number
        if is_bare or _plain(replace(raw, form=form), column) != cell:
            values = {"form": excerpt(form), "text": excerpt(cell.text)}
            doubt = Problem(_BY_CONDITION, values, field=column)
            return replace(cell, doubts=(*cell.doubts, doubt))
    return cell


def csv_cell(raw: Raw, column: str) -> Cell:
    """What a cell of a text file says: an apostrophe that guards a formula is taken off."""
    text = str(raw.value)
    plain = unescaped(text) if column in ("source", "note") else text
    # In a text file a formula is only a text, but nobody means it as a value.
    formula = column == "value" and half_width(plain).startswith("=")
    return cell_of(Raw(CellKind.FORMULA if formula else CellKind.TEXT, plain), column)


def decoded(text: str) -> str:
    """A workbook's text with the characters that are written as _x000D_."""
    if "_x" not in text:
        return text
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text)


def _faulty(text: str, msgid: str, column: str, **values: object) -> Cell:
    return Cell(text, Problem(msgid, {"text": excerpt(text), **values}, field=column))


def _plain(raw: Raw, column: str) -> Cell:
    value = raw.value
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        return _number(value, raw.form, column)
    if isinstance(value, date):
        return _day(value, raw.form, column)
    if raw.kind is CellKind.TEXT and not is_general(raw.form):
        return _seen(str(value), shown_text(str(value), raw.form), raw.form, column)
    return Cell(str(value))


def _number(value: float, form: str, column: str) -> Cell:
    """A number in 15 digits, as Excel keeps it: 28.100000000000001 is 28.1. Beside a value it is
    said what is shown of it; elsewhere that is the text.
    """
    if not isinstance(value, int) and not isfinite(value):
        return Cell(str(value))
    number = Decimal(value if isinstance(value, int) else format(value, ".15g"))
    if is_general(form):
        text = _digits(number)
        if column == "value":
            return _seen(text, shown_number(Decimal(text), form), form, column)
        return _whole_text(text, column)
    display = shown_number(number, form)
    if column == "value":
        percent = is_percent(number, form)
        text = _digits(number.scaleb(2)) + "%" if percent else _digits(number)
        cell = _seen(text, display, form, column)
        if not scales_by_condition(form):
            return cell
        values = {"form": excerpt(form), "shown": excerpt(display or "")}
        return replace(cell, doubts=(*cell.doubts, Problem(_SCALES, values, field=column)))
    if display is not None and _NO_DIGIT.sub("", _digits(number)) in _NO_DIGIT.sub("", display):
        return _whole_text(display, column)
    return _seen(_digits(number), display, form, column)


def _whole_text(text: str, column: str) -> Cell:
    """A number as a text; for a period with the doubt that a nought at its end was lost."""
    doubt = Problem(_LOST_NOUGHT, {"text": text}, field=column)
    return Cell(text, doubts=(doubt,) if column == "period" and _LOST.fullmatch(text) else ())


def _digits(number: Decimal) -> str:
    # Not normalize(): that rounds to the context's 28 digits.
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _seen(text: str, display: str | None, form: str, column: str) -> Cell:
    """A text with what a person sees of it; None where nobody knows."""
    if display is None:
        doubt = Problem(_UNKNOWN_FORM, {"form": excerpt(form), "text": excerpt(text)}, field=column)
        return Cell(text, doubts=(doubt,))
    if display == text:
        return Cell(text)
    if column == "value":
        return Cell(text, display=display or " ")
    doubt = Problem(SHOWN, {"shown": excerpt(display), "text": excerpt(text)}, field=column)
    return Cell(text, doubts=(doubt,))


def _day(day: date, form: str, column: str) -> Cell:
    """A day, or for a period the month or year where the format shows no more than that."""
    fields = date_fields(form) if is_date(form) else _WHOLE
    text = day.isoformat()[:10]
    if column == "period" and not is_bare_date(form):
        return _seen(text, None, form, column)
    if column == "period" and fields in (_WHOLE - {"day"}, {"year"}):
        return Cell(text[: 7 if "month" in fields else 4])
    if fields == _WHOLE or column == "value":
        doubt = Problem(_FIRST_DAY, {"day": text, "month": text[:7]}, field=column)
        return Cell(text, doubts=(doubt,) if column == "period" and day.day == 1 else ())
    values = {"day": text, "form": excerpt(form), "span": f"{day.month}-{day.day}"}
    msgid = _NO_YEAR if column == "period" and "year" not in fields else _PART_OF_DAY
    return Cell(text, doubts=(Problem(msgid, values, field=column),))
