"""A plan file made of what rules found: every target open for review, with the reason."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mubiao.plan.edits import yaml_text
from mubiao.plan.numerals import figures_in
from mubiao.plan.printed import occurrences
from mubiao.plan.yamlfile import Data
from mubiao.problems import message
from mubiao.report.contexts import plain
from mubiao.report.drafting import Draft
from mubiao.report.entries import Both, Entries
from mubiao.report.scope import Scope, delivered, place_name
from mubiao.report.text import LONGEST, Report

PLAN_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_MARK = re.compile(
    r"^(?:[（(][^）)]{1,4}[）)]|[一二三四五六七八九十]+(?:、|是)|第.{1,3}[，、]|\d+[.．、])\s*"
)
_AIMS = re.compile("预期目标[^。：]{0,12}(?:[：:]|是|为)([^。]*)")
_CLAUSE = re.compile("([^，。；、：]+)(、?)")
# What is said of everything that is listed before: 水、土壤等指标达到国家要求.
_OF_ALL = re.compile("等.{0,4}?((?:达到|完成|保持|[高快优好]于|持续|继续).*)$")
_SAYS = re.compile(
    "同步|持平|国家(?:下达)?(?:的)?(?:要求|目标|任务|计划)|约束性|完成.*(?:任务|目标|指标)"
    "|[高快优好]于|基本平衡|保持稳定|持续(?:下降|改善|提升)|继续(?:下降|改善|提升)"
)
_OUTPUT = re.compile("生产总值增|经济增|生产总值")
_STEP = "[与和同].{0,4}经济增长|经济.{0,4}同步"


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
        "sections": [{"id": s, "name": {"zh": _name(report, s)}} for s in sections],
    }


def _name(report: Report, section: str) -> str:
    """The section's heading without its mark, as far as its first stop."""
    heading = next(text for (name, _), (text, _) in report.items() if name == section)
    return re.split("[。；：]", _MARK.sub("", heading))[0][:LONGEST] or section


def aims(entries: Entries, targets: Sequence[Data]) -> Iterator[Data]:
    """A target for each clause of the aims without a figure, and for each thing that it lists."""
    text = plain(entries.text)
    sentence = _AIMS.search(text)
    clauses = _CLAUSE.finditer(text, *sentence.span(1)) if sentence else ()
    position, listed = 0, list[str]()
    for clause in clauses:
        phrase = entries.text[slice(*clause.span(1))].strip()
        cited = len(phrase) <= LONGEST and len(occurrences(entries.text, phrase)) == 1
        unfigured, says = not figures_in(phrase), _SAYS.search(phrase)
        if says and unfigured and cited:
            of_all = _OF_ALL.search(phrase)
            for name in (*(f"{one}{of_all[1]}" for one in listed if of_all), phrase):
                position += 1
                target = _target(entries, phrase, targets) | {"name": {"zh": name}}
                yield {"id": entries.identity(position, "aim"), **target}
        listed = [*listed, phrase] if clause[2] and unfigured and not says else []


def _target(entries: Entries, phrase: str, targets: Sequence[Data]) -> Data:
    rates = (target for target in targets if target["measure"] == "rate")
    # The growth of the economy, with which others are to keep step.
    output = next((rate["id"] for rate in rates if _OUTPUT.search(rate["name"]["zh"])), None)
    if re.search(_STEP, phrase) and "同步" in phrase and output:
        judged: Data = {"measure": "rate", "comparator": "in_step_with", "unit": "%"}
        judged |= {"better": "higher", "tolerance": Decimal("0.5"), "in_step_with": output}
        reason = message("read as in step with another figure")
    elif "持平" in phrase:
        judged = {"measure": "rate", "comparator": "about", "value": 0, "unit": "%"}
        judged |= {"better": "higher"}
        reason = message("read as no change on the year before")
    else:
        judged = {"measure": "stage", "comparator": "done"}
        reason = message("a promise without a figure; say how it is judged")
    return entries.completed({"name": {"zh": phrase}, **judged}, phrase, reason)
