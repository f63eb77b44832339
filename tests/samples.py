"""Small plans and observations for tests, made from the model itself."""

from datetime import date
from decimal import Decimal
from typing import Any

from mubiao.i18n import language
from mubiao.model import (
    Baseline,
    Nature,
    NoPromise,
    Observation,
    Plan,
    Qualifier,
    Section,
    Source,
    Stage,
    Target,
    Text,
    Unit,
)
from mubiao.period import Period

EN, ZH = language("en"), language("zh")
PERCENT = Unit(zh="%", en="%")
PEOPLE = Unit(zh="人", en="people", one="person")
UNITS = {
    "%": PERCENT,
    "people": PEOPLE,
    "alleys": Unit(zh="条", en="alleys"),
    "place": Unit(zh="第", en="rank", before=True, rank=True),
    "ug/m3": Unit(zh="微克/立方米", en="µg/m³"),
    "yuan": Unit(zh="元/人", en="yuan per person"),
}


def target(name: str, **fields: Any) -> Target:  # noqa: ANN401 - any field of the model
    """A target with sensible defaults; numbers may be given as text."""
    if fields.get("measure") != "stage":
        fields.setdefault("unit", "%")
    if isinstance(fields.get("baseline"), tuple):
        value, year = fields["baseline"]
        source = Source(section="1.0", paragraph=3, printed="基期")
        fields["baseline"] = Baseline(value=Decimal(value), year=year, source=source)
    return Target(
        **{
            "id": name,
            "name": Text(zh=f"目标{name}", en=name),
            "section": "2.0",
            "cadence": "quarterly",
            "source": Source(section="2.0", paragraph=3, printed="目标"),
            **typed(fields),
        }
    )


def typed(fields: dict[str, Any]) -> dict[str, Any]:
    """A target's fields, numbers and days given as text or int made what the model wants."""
    made = dict(fields)
    for name in ("value", "upper", "stretch", "tolerance", "band"):
        if made.get(name) is not None:
            made[name] = Decimal(made[name])
    for name in ("profile", "conditions"):
        if name in made:
            made[name] = tuple(Decimal(number) for number in made[name])
    if isinstance(made.get("due"), str):
        made["due"] = date.fromisoformat(made["due"])
    return made


def plan_of(*targets: Target, no_promise: tuple[NoPromise, ...] = ()) -> Plan:
    """A plan of 2020 with these targets in one section."""
    return Plan(
        id="sample-2020",
        year=2020,
        place=Text(zh="样例市", en="Sample"),
        title=Text(zh="样例报告", en="Sample report"),
        delivered=date(2020, 1, 12),
        headline="2.0",
        units=UNITS,
        sections=(Section(id="2.0", name=Text(zh="主要目标", en="Headline")),),
        targets=targets,
        no_promise=no_promise,
    )


def observation(
    name: str,
    period: str,
    value: str | Decimal | Stage,
    known_on: str | date,
    *,
    qualifier: Qualifier = Qualifier.EXACT,
    nature: Nature = Nature.FINAL,
    row: int = 0,
) -> Observation:
    """An actual; days and numbers may be given as text."""
    return Observation(
        target=name,
        period=Period.parse(period),
        value=value if isinstance(value, Stage | Decimal) else Decimal(value),
        known_on=known_on if isinstance(known_on, date) else date.fromisoformat(known_on),
        qualifier=qualifier,
        nature=nature,
        source="sample",
        row=row,
    )
