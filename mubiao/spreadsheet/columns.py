"""The columns of our spreadsheets: by the contract's id, or by their header in either language."""

import re
from collections.abc import Mapping

from mubiao.i18n import CODES, Language, language
from mubiao.observation.contract import COLUMNS
from mubiao.plain_text import folded, half_width
from mubiao.problems import Bilingual, message
from mubiao.wording.words import FIELDS

# What a row says beyond the contract: held against the plan, never recorded.
NAME, UNIT = "name", "unit"
LAST_VALUE, LAST_PERIOD = "last_value", "last_period"
# The number of the recorded row that a file's row was made from, 0 where nothing was recorded for
# its period: tells whether it is behind.
ROW = "row"

NEEDED = ("target", "period", "value", "known_on")
READ = (*COLUMNS, NAME, UNIT, ROW)

HEADERS: Mapping[str, str] = {
    "target": message("Target id"),
    NAME: message("Name"),
    UNIT: message("Unit"),
    LAST_VALUE: message("Last value"),
    LAST_PERIOD: message("Last period"),
    **{name: FIELDS[name] for name in COLUMNS if name != "target"},
    ROW: message("No."),
    "kind": message("Kind of row"),
    "recorded_by": message("Recorded by"),
    "recorded_at": message("Recorded at (UTC)"),
    "replaces": message("Replaces no."),
    "save": message("Save no."),
}
# The number of a line says nothing.
PASSED_OVER = ("序号", "no", "编号")
_TOTALS = ("合计", "总计", "小计", "总和", "平均", "total", "subtotal", "sum", "average")
_IN_BRACKETS = re.compile(r"(.+?)[(\[]([^()\[\]]+)[)\]]|(.+?)[/,:;、](.+)")
_UNIT_LABEL = re.compile(r"\(?(?:计量|数据)?(?:单位|units?)\s*:\s*([^()]+)\)?")
# Alone they name the column of ids; beside one, the column of names.
_EITHER = ("指标", "目标", "target")
# What people call a column besides.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "target": ("id", *_EITHER, "指标id", "目标编号"),
    NAME: ("指标名称", "目标名称", "名称", "项目", "target name"),
    "period": ("期间", "时间", "月份", "季度", "报告期", "month", "quarter"),
    "value": (
        *("实际值", "实际", "绝对量", "值", "完成值", "实际完成值", "实际完成", "指标值"),
        *("actual", "actual value"),
    ),
    "known_on": ("公布日期", "发布日期", "发布日"),
    "source": ("数据来源",),
    "note": ("说明", "notes"),
}


def header(column: str, language: Language) -> str:
    """What a column is called in a language."""
    return language.t(HEADERS[column])


def named(*columns: str) -> Bilingual:
    """What columns are called, in a message."""
    zh, en = (one.listed(header(c, one) for c in columns) for one in map(language, ("zh", "en")))
    return Bilingual(zh, en)


def column_of(text: str) -> str:
    """The column that a header names; empty for one that nobody knows."""
    return _KNOWN.get(_compact(text), "")


def column_and_unit(text: str) -> tuple[str, str]:
    """The column that a header names, and what stands behind its name: 实际值（%）, Value / %."""
    if column := column_of(text):
        return column, ""
    match = _IN_BRACKETS.fullmatch(half_width(text))
    if match is None:
        return "", ""
    name, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
    return column_of(name), unit_of(unit) or unit.strip()


def unit_of(text: str) -> str:
    """The unit that a text above the header names: 单位：万人; empty for none."""
    match = _UNIT_LABEL.fullmatch(half_width(text).casefold())
    return match[1].strip() if match else ""


def is_total(text: str) -> bool:
    """Whether a text names a total or mean of what stands beside it."""
    return _compact(text) in _TOTALS


def is_either(text: str) -> bool:
    """Whether a header may mean the target's id or, beside a column of ids, its name."""
    return _compact(text) in _EITHER


def _compact(text: str) -> str:
    # A star marks a column that must be filled in; people write headers with and without spaces.
    return "".join(folded(text).replace("_", " ").split()).strip("*")


_KNOWN: Mapping[str, str] = {
    _compact(text): column
    for column, name in HEADERS.items()
    for text in (column, *_ALSO.get(column, ()), *(language(code).t(name) for code in CODES))
}
