"""The shipped plan with an assignment of the tests: who answers for what is made up."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from mubiao.assessment import assess
from mubiao.i18n import language
from mubiao.model import Owner, Plan, Text
from mubiao.views.briefing import Briefing, briefing
from mubiao.views.seen import Seen
from mubiao.wording.phrasebook import Phrasebook
from tests.briefings import JULY, seen
from tests.real import PLAN_FILE, real_plan

# By id: the names in both languages and the share of the targets, out of the sum of all.
UNITS: dict[str, tuple[str, str, int]] = {
    "ndrc": ("市发展改革委", "Development and Reform", 21),
    "transport": ("市交通委", "Transport", 17),
    "planning": ("市规划自然资源委", "Planning and Resources", 13),
    "sports": ("市体育局", "Sports", 13),
    "science": ("市科委、中关村管委会", "Science and Technology", 11),
    "services": ("市政务服务局", "Government Services", 11),
    "rural": ("市农业农村局", "Agriculture", 9),
    "city": ("市城市管理委", "Urban Management", 9),
    "commerce": ("市商务局", "Commerce", 8),
    "culture": ("市文化和旅游局", "Culture and Tourism", 8),
    "water": ("市水务局", "Water", 7),
    "health": ("市卫生健康委", "Health", 7),
    "housing": ("市住房城乡建设委", "Housing", 7),
    "ecology": ("市生态环境局", "Ecology", 6),
    "parks": ("市园林绿化局", "Parks", 4),
    "education": ("市教委", "Education", 4),
    "civil": ("市民政局", "Civil Affairs", 3),
    "labour": ("市人力社保局", "Labour", 2),
    "statistics": ("市统计局", "Statistics", 2),
}


@cache
def assigned_plan() -> Plan:
    """The targets go round the units, each in its share; the last one is nobody's."""
    plan = real_plan()
    owners = tuple(Owner(id=id_, name=Text(zh=zh, en=en)) for id_, (zh, en, _) in UNITS.items())
    turns = [id_ for turn in range(21) for id_, (_, _, n) in UNITS.items() if turn < n]
    targets = [
        target.model_copy(update={"owner": owner, "supports": () if owner == "ndrc" else ("ndrc",)})
        for target, owner in zip(plan.targets[:-1], turns, strict=True)
    ]
    return changed(plan, owners=owners, targets=(*targets, plan.targets[-1]))


def changed(plan: Plan, **fields: object) -> Plan:
    """A plan with other fields; a mere copy would have what the first one looked up by id."""
    return Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | fields)


def assigned_seen() -> Seen:
    """What was known on 31 July 2020, judged by that plan."""
    look = seen(JULY)
    return replace(look, assessments=tuple(assess(assigned_plan(), look.standing, JULY)))


def assigned_briefing(code: str) -> Briefing:
    """As of 31 July 2020."""
    return briefing(Phrasebook(assigned_plan(), language(code)), assigned_seen())


def assigned_files(folder: Path) -> Path:
    """The shipped plan's file and its figures with the assignment beside it; the plans' folder."""
    for name in ("plans", "actuals", "owners"):
        (folder / name).mkdir()
    for file in (PLAN_FILE, PLAN_FILE.parents[1] / "actuals" / "beijing-2020.csv"):
        copy = folder / file.parent.name / file.name
        copy.write_bytes(file.read_bytes())
    plan = assigned_plan()
    text = {
        "owners": [{"id": owner.id, "name": dict(owner.name)} for owner in plan.owners],
        "targets": [
            {"target": target.id, "owner": target.owner, "supports": list(target.supports)}
            for target in plan.targets
            if target.owner
        ],
    }
    content = yaml.safe_dump(text, allow_unicode=True)
    (folder / "owners" / PLAN_FILE.name).write_text(content, encoding="utf-8")
    return folder / "plans"
