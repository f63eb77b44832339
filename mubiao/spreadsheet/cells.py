"""One cell of a spreadsheet as a text, read as it is shown: by its type and its number format."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import isfinite

from mubiao.observation.contract import unescaped
from mubiao.plain_text import half_width
from mubiao.problems import Problem, excerpt, message

MAX_TEXT = 32_767  # what a cell of Excel can hold

# Excel's own way to write characters that XML cannot hold, in every text of a workbook.
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.', re.DOTALL)
# Also the colour, condition or currency of a format, and what an exponent begins with.
_ASIDE = re.compile(rf"{_QUOTED.pattern}|\[[^\]]*\]|E[-+]", re.DOTALL | re.IGNORECASE)
_MINUS = re.compile("[-\u2212\u2013\u2010\u2011\u2012\ufe63\uff0d]")
# Where a format's literal texts hold these, they are no places for digits and no divisions.
_NO_SIGNS = str.maketrans("", "", "0#?;")
_SCALE = re.compile(r"[万亿千百‰]|thousand|million|billion", re.IGNORECASE)


class CellKind(StrEnum):
    """What a file says that a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TRUTH = "truth"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as the file has it; `form` is its number format, "" for none.

    A text, formula or error comes as a str, a number as int or float, a day as a
    date, and a time as a str.
    """

    kind: CellKind
    value: object
    form: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and why it cannot be taken as it stands (`fault` None: it can)."""

    text: str = ""
    fault: Problem | None = None


def cell_of(raw: Raw, column: str) -> Cell:
    """What a cell says in a column of the contract."""
    text = _plain(raw, column)
    match raw.kind:
        case CellKind.FORMULA:
            msgid = message("a formula ({text}); expected the value: copy it and paste values only")
            return _faulty(text, msgid, column)
        case CellKind.ERROR:
            return _faulty(text, message("the error {text}; expected a value"), column)
        case CellKind.DAY if column == "value":
            msgid = message("a date ({text}); expected a number: type it again in a cell of text")
            return _faulty(text, msgid, column)
        case CellKind.NUMBER if column == "value" and (word := _scale(raw.form)):
            msgid = message(
                "{text}, shown with “{word}” by the cell's format; write the number out, or as text"
            )
            return _faulty(text, msgid, column, word=word)
        case CellKind.NUMBER if column == "value" and _adds_minus(raw.value, raw.form):
            msgid = message(
                "{text}, shown with a minus sign that only the cell's format adds; type the "
                "number as it is meant, or as text"
            )
            return _faulty(text, msgid, column)
    if len(text) > MAX_TEXT:
        msgid = message("the text has {length} characters; expected at most {most}")
        return _faulty(excerpt(text), msgid, column, length=len(text), most=MAX_TEXT)
    return Cell(text)


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


def _plain(raw: Raw, column: str) -> str:
    value = raw.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, raw.form, column)
    if isinstance(value, date):
        return _day(value, raw.form, column)
    return str(value)


def _number(value: float, form: str, column: str) -> str:
    """A number as Excel shows it: 15 digits, so that 28.100000000000001 is 28.1."""
    if not isinstance(value, int) and not isfinite(value):
        return str(value)
    exact = Decimal(value if isinstance(value, int) else format(value, ".15g"))
    percent = column == "value" and "%" in _bare(form)
    scaled = exact.scaleb(2) if percent else exact
    # Not normalize(): that rounds to the context's 28 digits.
    text = format(scaled, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text in ("-0", "") else text) + ("%" if percent else "")


def _bare(form: str) -> str:
    """A number format without its literal texts."""
    return _QUOTED.sub("", form)


def _scale(form: str) -> str:
    """The word by which a format makes a number look like another one: 26.1 as 26.1万."""
    literal = "".join(match[1] or match[2] or "" for match in _QUOTED.finditer(form))
    match = _SCALE.search(literal) or _SCALE.search(_bare(form))
    if match and "," in re.sub(r"[#0?],+[#0?]", "", _bare(form)):
        return ""  # the format divides the number as well: what the cell holds is the number
    return match[0] if match else ""


def _adds_minus(value: object, form: str) -> bool:
    """Whether a format puts a minus before a number that has none of its own: 3.2 as -3.2.

    A section of its own for negative numbers must write the minus itself.
    """
    sections = _ASIDE.sub(_literal, form).split(";")
    if not isinstance(value, int | float) or not value or (value < 0 and len(sections) > 1):
        return False
    return bool(_MINUS.search(re.split("[0#?]", sections[0], maxsplit=1)[0]))


def _literal(match: re.Match[str]) -> str:
    return (match[1] or match[2] or "").translate(_NO_SIGNS)


def _day(day: date, form: str, column: str) -> str:
    """A day, or the month where a period's format shows no more than that."""
    if column == "period" and form and "d" not in _bare(form).lower():
        shows_month = "m" in _bare(form).lower()
        return day.isoformat()[: 7 if shows_month else 4]
    return day.isoformat()[:10]
