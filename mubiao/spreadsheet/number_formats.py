"""What a cell shows by its number format: the formats that are sure to be rendered, and no others.

A format has up to four sections: for numbers above, below and equal to nought, and for text; or
sections by conditions. What is not rendered surely (fractions, exponents, numerals, conditions on
negative numbers) is None, so that a person is asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[(?P<aside>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<date>[ymdhseb]+|g+|a{3,4}|AM/PM|A/P|上午/下午)"
    r"|(?P<digit>[0#?])|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_EXPONENT = re.compile(r"(?<=[0#?])E[-+]", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)", re.ASCII)
_COMPARE = {"<": lt, ">": gt, "<=": le, ">=": ge, "=": eq, "<>": ne}
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+|[黑蓝绿红白黄]色?|蓝绿色?|洋红色?"
    r"|颜色 ?\d+",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"\$([^-]*)(-[0-9a-f]*)?", re.IGNORECASE)
_GENERAL = 11
_BARE = re.compile(r"[-/.,:;()\s年月日号时分秒@-]*|星期|周")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_YEAR, _MONTH, _DAY = re.compile("[yeb]+", re.IGNORECASE), re.compile("m+"), re.compile("dd?")


@dataclass(frozen=True, slots=True)
class _Part:
    """A token of a section: `kind` is digit, date, sign, aside or general, or literal."""

    kind: str
    text: str


_Section = tuple[_Part, ...]


def is_general(form: str) -> bool:
    """Whether a format shows any number as it is."""
    return form in ("", "@", "G/通用格式") or form.casefold() == "general"


def shown_number(number: Decimal, form: str) -> str | None:
    """What a cell shows of a number; None where that is not sure."""
    if is_general(form):
        return _general(number)
    section = _section(number, form)
    return None if section is None else _rendered(number, section[0], is_negative=section[1])


def _general(number: Decimal) -> str:
    """A number without a format: in a column that is wide enough its first eleven characters."""
    text = format(number, "f")
    whole, point, _ = text.lstrip("-").partition(".")
    places = _GENERAL - len(whole) - 1
    if not point or len(text.lstrip("-")) <= _GENERAL or places < 1:
        return text
    rounded = format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return rounded.rstrip("0").rstrip(".")


def is_percent(number: Decimal, form: str) -> bool:
    """Whether a cell shows a number as per cent: by the section that applies to it."""
    section = _section(number, form)
    return section is not None and _percents(section[0]) > 0


def scales_by_condition(form: str) -> bool:
    """Whether it depends on a number how large it is shown: [<1]0.0%;0.0 shows 0.9 as 90.0%."""
    sections = _sections(form)[:3]
    if not any(map(_condition, sections)):
        return False
    shows = [s for s in sections if any(part.kind in ("digit", "general") for part in s)]
    return len({(_percents(section), _commas(section)[1]) for section in shows}) > 1


def shown_text(text: str, form: str) -> str | None:
    """What a cell shows of a text; None where that is not sure."""
    sections = _sections(form)
    last = sections[3] if len(sections) == 4 else sections[-1]
    if len(sections) < 4 and _Part("sign", "@") not in last:
        return text
    parts = [text if part == _Part("sign", "@") else _plain(part) for part in last]
    return None if None in parts else "".join(filter(None, parts))


def is_date(form: str) -> bool:
    """Whether a number with this format is a day or a time."""
    return any(part.kind == "date" or _is_elapsed(part) for part in _sections(form)[0])


def date_fields(form: str) -> frozenset[str]:
    """Which of year, month and day a format of dates shows; a month beside hours is minutes."""
    fields, before = set(), ""
    for part in _sections(form)[0]:
        if part.kind != "date" and not _is_elapsed(part):
            continue
        text = part.text.casefold()
        if _YEAR.fullmatch(text):
            fields.add("year")
        elif _MONTH.fullmatch(text) and before[:1] != "h" and part.kind == "date":
            fields.add("month")
        elif _DAY.fullmatch(text):
            fields.add("day")
        elif text[:1] == "s" and before[:1] == "m":
            fields.discard("month")
        before = text
    return frozenset(fields)


def is_bare_date(form: str) -> bool:
    """Whether a format shows of a day its fields alone: no words that make it a span of time."""
    first = _sections(form)[0]
    texts = [_plain(part) if part.kind != "sign" else part.text for part in first]
    return all(
        part.kind == "date" or _is_elapsed(part) or (text is not None and _BARE.fullmatch(text))
        for part, text in zip(first, texts, strict=True)
        if part.kind != "aside"
    ) and not any(map(_condition, _sections(form)))


@lru_cache(maxsize=1024)
def _sections(form: str) -> tuple[_Section, ...]:
    sections: list[list[_Part]] = [[]]
    for part in _parts(_EXPONENT.sub("\N{REPLACEMENT CHARACTER}", form)):
        if part == _Part("sign", ";"):
            sections.append([])
        else:
            sections[-1].append(part)
    return tuple(map(tuple, sections))


def _parts(form: str) -> Iterator[_Part]:
    for match in _TOKEN.finditer(form):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "date":
            # yyyymmdd has no signs between its fields.
            yield from (_Part(kind, run[0]) for run in re.finditer(r"(.)\1*", text, re.IGNORECASE))
        elif kind in ("quoted", "escaped"):
            yield _Part("literal", text)
        elif kind in ("space", "fill"):
            yield _Part("literal", " " if kind == "space" else "")
        else:
            yield _Part(kind, text)


def _section(number: Decimal, form: str) -> tuple[_Section, bool] | None:
    """The section that applies to a number, and whether it stands for negative numbers alone."""
    sections = _sections(form)[:3]
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        return _conditional(number, sections, conditions)
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if not number and len(sections) > 2 else 0], False


def _conditional(
    number: Decimal, sections: Sequence[_Section], conditions: Sequence[re.Match[str] | None]
) -> tuple[_Section, bool] | None:
    if number < 0:
        return None  # whether a minus is shown depends on the conditions
    for section, condition in zip(sections, conditions, strict=True):
        if condition is None and section is not sections[-1]:
            continue  # that of negative numbers
        if condition is None or _COMPARE[condition[1]](number, Decimal(condition[2])):
            return section, False
    return None


def _condition(section: _Section) -> re.Match[str] | None:
    asides = (_CONDITION.fullmatch(part.text) for part in section if part.kind == "aside")
    return next(filter(None, asides), None)


def _percents(section: _Section) -> int:
    return section.count(_Part("sign", "%"))


def _is_elapsed(part: _Part) -> bool:
    return part.kind == "aside" and bool(_ELAPSED.fullmatch(part.text))


def _plain(part: _Part) -> str | None:
    """What a part shows that holds no digit; None where that is not sure."""
    if part.kind == "aside":
        if currency := _CURRENCY.fullmatch(part.text):
            return currency[1]
        return "" if _COLOUR.fullmatch(part.text) or _CONDITION.fullmatch(part.text) else None
    if part.kind == "literal" or (
        part.kind == "sign" and part.text not in "/@\N{REPLACEMENT CHARACTER}"
    ):
        return part.text
    return None


def _rendered(number: Decimal, section: _Section, *, is_negative: bool) -> str | None:
    parts = [part for part in section if part.kind != "sign" or part.text != ","]
    plain = [None if part.kind in ("digit", "general") else _plain(part) for part in parts]
    if any(
        p is None and part.kind not in ("digit", "general")
        for p, part in zip(plain, parts, strict=True)
    ):
        return None
    size = abs(number).scaleb(2 * _percents(section))
    minus = "-" if number < 0 and not is_negative else ""
    places = [at for at, part in enumerate(parts) if part.kind == "digit"]
    general = [at for at, part in enumerate(parts) if part.kind == "general"]
    if general:
        texts = {general[0]: _general(size)}
        return None if places or len(general) > 1 else minus + _joined(plain, texts)
    if not places:
        return _joined(plain, {})  # nothing of the number is shown
    grouped, scaling = _commas(section)
    texts = _digits(parts, places, size.scaleb(-3 * scaling), grouped=grouped)
    return minus + _joined(plain, texts)


def _joined(plain: Sequence[str | None], texts: dict[int, str]) -> str:
    return "".join(texts.get(at, text or "") for at, text in enumerate(plain)).strip()


def _commas(section: _Section) -> tuple[bool, int]:
    """Whether thousands are grouped, and how often a number is divided by thousand: by the commas
    between the places of digits, and by those behind the last one before the point or the end.
    """
    signs = "".join(
        "0" if part.kind == "digit" else part.text
        for part in section
        if part.kind == "digit" or (part.kind == "sign" and part.text in ",.")
    )
    whole = signs.partition(".")[0]
    scaling = len(signs) - len(signs.rstrip(",")) or len(whole) - len(whole.rstrip(","))
    return "," in whole.strip(","), scaling


def _digits(
    parts: Sequence[_Part], places: Sequence[int], size: Decimal, *, grouped: bool
) -> dict[int, str]:
    """The digits at each place: the first place takes what has no place of its own."""
    point = next((at for at, part in enumerate(parts) if part == _Part("sign", ".")), len(parts))
    whole = [at for at in places if at < point]
    behind = [at for at in places if at > point]
    rounded = size.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP)
    integer, _, fraction = format(rounded, "f").partition(".")
    texts: dict[int, str] = {}
    integer = integer.lstrip("0")
    for order, at in enumerate(reversed(whole)):
        digits = integer[-1:] if at != whole[0] else integer
        integer = integer[: len(integer) - len(digits)]
        texts[at] = digits or ("0" if parts[at].text == "0" else "")
        if grouped:
            texts[at] = _with_commas(texts[at], order)
    trailing = True
    for at, digit in reversed(list(zip(behind, fraction, strict=True))):
        trailing = trailing and digit == "0" and parts[at].text != "0"
        texts[at] = "" if trailing else digit
    return texts


def _with_commas(digits: str, order: int) -> str:
    """Digits, of which the last stands for 10 to the power of `order`, grouped by thousands."""
    signs = (
        digit + ("," if power and power % 3 == 0 else "")
        for digit, power in zip(digits, range(order + len(digits) - 1, order - 1, -1), strict=True)
    )
    return "".join(signs)
