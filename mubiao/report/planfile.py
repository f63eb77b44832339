"""A plan file made of what rules found: every target open for review, with the reason."""

import re

from mubiao.plan.edits import yaml_text
from mubiao.report.aims import aims
from mubiao.report.drafting import Draft
from mubiao.report.entries import Both, Data, Entries
from mubiao.report.phrases import LONGEST
from mubiao.report.scope import Scope, delivered, place_name
from mubiao.report.text import Report

PLAN_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_MARK = re.compile(
    r"^(?:[（(][^）)]{1,4}[）)]|[一二三四五六七八九十]+(?:、|是)|第.{1,3}[，、]|\d+[.．、])\s*"
)


def plan_text(draft: Draft, name: str, both: Both) -> str:
    """The YAML of the plan, whose id is the report's name where that can be one."""
    report, scope = draft.report, draft.scope
    targets: list[Data] = []
    nothings: list[Data] = []
    for (section, number), (paragraph, _) in report.items():
        here = [f for f in draft.figures if (f.section, f.paragraph) == (section, number)]
        if scope.covers(section):
            entries = Entries(section, number, paragraph, scope.year, both)
            figured = entries.targets(here)
            targets += [*figured, *aims(entries, [*targets, *figured])]
            nothings += entries.nothings()
    plan_id = name if PLAN_ID.fullmatch(name) else f"plan-{scope.year}"
    data = {"id": plan_id, **_head(draft.text, report, scope)}
    data["units"] = {t["unit"]: {"zh": t["unit"]} for t in targets if "unit" in t}
    return yaml_text(data | {"targets": targets} | ({"no_promise": nothings} if nothings else {}))


def _head(text: str, report: Report, scope: Scope) -> Data:
    """What a plan says of itself."""
    place = place_name(text)
    sections = dict.fromkeys(section for section, _ in report if scope.covers(section))
    headline = (s for (s, _), (t, _) in report.items() if s in sections and "预期目标" in t)
    return {
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
