"""A plan file made of what rules found: every target open for review, with the reason."""

import re
from collections.abc import Sequence
from decimal import Decimal

import yaml

from mubiao.report.aims import aims
from mubiao.report.drafting import Drafted
from mubiao.report.entries import Both, Data, Entries
from mubiao.report.phrases import LONGEST
from mubiao.report.scope import Scope, delivered, place_name
from mubiao.report.text import Report

_MARK = re.compile(
    r"^(?:[（(][^）)]{1,4}[）)]|[一二三四五六七八九十]+(?:、|是)|第.{1,3}[，、]|\d+[.．、])\s*"
)


def plan_text(
    text: str, report: Report, scope: Scope, drafts: Sequence[Drafted], both: Both
) -> str:
    """The YAML of the plan. `both` says a reason in both languages."""
    targets: list[Data] = []
    nothings: list[Data] = []
    for (section, number), (paragraph, _) in report.items():
        here = [draft for draft in drafts if (draft.section, draft.paragraph) == (section, number)]
        if scope.covers(section):
            entries = Entries(section, number, paragraph, scope.year, both)
            figured = entries.targets(here)
            targets += [*figured, *aims(entries, [*targets, *figured])]
            nothings += entries.nothings()
    data = _head(text, report, scope)
    data["units"] = {t["unit"]: {"zh": t["unit"]} for t in targets if "unit" in t}
    return _yaml(data | {"targets": targets} | ({"no_promise": nothings} if nothings else {}))


def _head(text: str, report: Report, scope: Scope) -> Data:
    """What a plan says of itself."""
    place = place_name(text)
    sections = dict.fromkeys(section for section, _ in report if scope.covers(section))
    headline = (s for (s, _), (t, _) in report.items() if s in sections and "预期目标" in t)
    return {
        "id": f"plan-{scope.year}",
        "year": scope.year,
        "place": {"zh": place},
        "title": {"zh": f"{place}{scope.year}年政府工作报告"},
        "delivered": delivered(text, scope.year),
        "timezone": "Asia/Shanghai",
        "headline": next(headline, next(iter(sections))),
        "covers": list(scope.parts),
        "units": {},
        "sections": [
            {"id": section, "name": {"zh": _name(report, section)}} for section in sections
        ],
    }


def _name(report: Report, section: str) -> str:
    """The section's heading without its mark, as far as its first stop."""
    heading = next(text for (name, _), (text, _) in report.items() if name == section)
    return re.split("[。；：]", _MARK.sub("", heading))[0][:LONGEST] or section


def _yaml(data: Data) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


class _Dumper(yaml.SafeDumper):
    """Decimals as plain numbers, never in powers of ten."""


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    whole = value == value.to_integral_value()
    text = f"{value:f}"
    text = f"{int(value)}" if whole else text.rstrip("0")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'int' if whole else 'float'}", text)


_Dumper.add_representer(Decimal, _decimal)
