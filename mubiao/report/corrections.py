"""A drafted target as the fields that a person corrects, and what is typed there as its data."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from mubiao.plain_text import half_width
from mubiao.plan.edits import yaml_text
from mubiao.plan.numerals import numbers_in
from mubiao.plan.printed import occurrences
from mubiao.plan.yamlfile import Data, parse_yaml
from mubiao.problems import Problem, Problems, Refused, excerpt, message
from mubiao.report.text import Place, Report

Fields = Mapping[str, str]
"""What each field holds, by its name; "" for nothing."""

FIELDS = (
    *("id", "name_zh", "name_en", "value", "upper", "unit", "comparator", "measure", "section"),
    *("due", "printed", "baseline_value", "baseline_year", "baseline_printed", "more"),
)
# The keys of a target that have fields of their own, or none.
_OWN = {*FIELDS, "name", "source", "baseline", "review"}
_NUMBER = message("{text} is no number; expected one such as 6, -20.5 or 28万")
_DAY = message("{text} is no day; expected one such as 2020-12-31")
_MORE = message("the further keys are no YAML of the kind “key: value”: {reason}")
_NOWHERE = message("“{text}” does not stand in the report")
_OFTEN = message("“{text}” stands in {n} paragraphs of the report; lengthen it until it is in one")
_WHOLE = message("the baseline lacks {missing}; give all of it or none")


def fields_of(target: Data) -> dict[str, str]:
    """What the fields of a target hold."""
    baseline = target.get("baseline") or {}
    name = target.get("name") or {}
    held = {
        **target,
        "name_zh": name.get("zh"),
        "name_en": name.get("en"),
        "printed": target["source"]["printed"],
        "baseline_value": baseline.get("value"),
        "baseline_year": baseline.get("year"),
        "baseline_printed": (baseline.get("source") or {}).get("printed"),
        "more": keys_text({key: value for key, value in target.items() if key not in _OWN}),
    }
    return {name: _text(held.get(name)) for name in FIELDS}


def corrected(target: Data, fields: Fields, report: Report) -> Data:
    """A target's data with what its fields hold. Raises Refused: a problem a field."""
    problems = Problems()
    held = {**fields_of(target), **{name: text.strip() for name, text in fields.items()}}
    unchanged = fields_of(target)
    more = keys_in(held["more"], problems)
    data = {key: value for key, value in target.items() if key in _OWN} | more
    for name in ("section", "comparator", "measure", "unit"):
        data[name] = held[name] or None
    data["id"] = held["id"] or target["id"]
    data["name"] = {code: held[f"name_{code}"] for code in ("zh", "en") if held[f"name_{code}"]}
    for name in ("value", "upper"):
        data[name] = _number(name, held[name], problems)
    data["due"] = _day(held["due"], problems)
    data["source"] = {**target["source"], "printed": held["printed"]}
    if any(held[name] != unchanged[name] for name in FIELDS if name.startswith("baseline")):
        own = target["source"]["section"], int(target["source"]["paragraph"])
        elsewhere = {place: one for place, one in report.items() if place != own}
        data["baseline"] = _baseline(held, elsewhere, problems)
    problems.refuse()
    order = [*target, *(key for key in data if key not in target)]
    return {key: data[key] for key in order if data.get(key) not in (None, {})}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _number(field: str, text: str, problems: Problems) -> Decimal | None:
    """A number as a plan has it, or as reports print it (28万)."""
    if not text:
        return None
    plain = half_width(text).replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        printed = numbers_in(plain)
        number = printed[0].value if len(printed) == 1 else Decimal("NaN")
        number = -number if plain.startswith("-") else number
    if number.is_finite():
        return number
    problems.append(Problem(_NUMBER, {"text": excerpt(text)}, field=field))
    return None


def _day(text: str, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(half_width(text)) if text else None
    except ValueError:
        problems.append(Problem(_DAY, {"text": excerpt(text)}, field="due"))
        return None


def keys_text(data: Data) -> str:
    """Keys of a plan as a person edits them; "" for none."""
    return yaml_text(data).strip() if data else ""


def keys_in(text: str, problems: Problems) -> Data:
    """The keys in a text, none where they cannot be read."""
    document, wrong = parse_yaml(text) if text else (None, ())
    if document is not None and isinstance(document.data, dict) and not document.issues:
        return document.data
    if text:
        reason = wrong[0].text if wrong else excerpt(text)
        problems.append(Problem(_MORE, {"reason": reason}, field="more"))
    return {}


def _baseline(held: Fields, report: Report, problems: Problems) -> Data | None:
    """The baseline with its place in the report, where its phrase stands once."""
    parts = {name: held[f"baseline_{name}"] for name in ("value", "year", "printed")}
    if not any(parts.values()):
        return None
    if missing := [name for name, text in parts.items() if not text]:
        values = {"missing": ", ".join(missing)}
        problems.append(Problem(_WHOLE, values, field=f"baseline_{missing[0]}"))
        return None
    value = _number("baseline_value", parts["value"], problems)
    year = _number("baseline_year", parts["year"], problems)
    printed = parts["printed"]
    with problems.collected():
        section, paragraph = place_of(printed, report, "baseline_printed")
        source = {"section": section, "paragraph": Decimal(paragraph), "printed": printed}
        return {"value": value, "year": year, "source": source}


def place_of(printed: str, report: Report, field: str = "") -> Place:
    """The one paragraph that holds a phrase. Raises Refused, by the field, where not one does."""
    places = [place for place, (text, _) in report.items() if occurrences(text, printed)]
    if len(places) != 1:
        msgid = _OFTEN if places else _NOWHERE
        values = {"text": excerpt(printed), "n": str(len(places))}
        raise Refused([Problem(msgid, values, field=field)])
    return places[0]
