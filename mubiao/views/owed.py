"""Who owes reports: by unit, or by part of the report where nobody is assigned, most first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

from mubiao.duty import Debt, by_target, debts
from mubiao.i18n import Language
from mubiao.model import Assessment, Indicator, Plan, Target
from mubiao.plain_text import uncapitalised
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.reminders import owed_periods

By = Literal["owner", "section"]

# In the place of a unit's id: the plan's office, which answers for what nobody is assigned to. No
# unit can be called so.
OFFICE = "|"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many targets have filed all that is asked by now, lack a report that is late though an
    earlier one is there (`behind`), lack it and never had one (`silent`), lack only one whose due
    day is still to come, or have nothing to report yet (`later`).
    """

    filed: int
    behind: int
    silent: int
    coming: int
    later: int

    @property
    def due(self) -> int:
        """Targets of which something was to be reported by now."""
        return self.filed + self.owed

    @property
    def owed(self) -> int:
        """Targets that owe a report, late or not."""
        return self.overdue + self.coming

    @property
    def overdue(self) -> int:
        """Targets that owe a report whose due day is over."""
        return self.behind + self.silent


@dataclass(frozen=True, slots=True)
class Debtor:
    """A unit or a part of the report with what it owes, a target's debts by period."""

    id: str
    name: str
    tally: Tally
    debts: tuple[Debt, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """The whole: `title` says who owes most, `rest` how much of it is late. `debtors` owe most
    first; the `settled` have filed something and owe nothing.
    """

    title: str
    rest: str
    whole: Tally
    debtors: tuple[Debtor, ...]
    settled: tuple[Debtor, ...]


def owner_of(target: Target) -> str:
    """The id of the unit that answers for a target; OFFICE without one."""
    return target.owner or OFFICE


def is_of(target: Indicator, owner: str) -> bool:
    """Whether a unit answers for a target; "" stands for any unit, and for none of a reference."""
    return owner in {"", owner_of(target) if isinstance(target, Target) else ""}


def by_of(plan: Plan) -> By:
    """By unit wherever a plan names some."""
    return "owner" if plan.owners else "section"


def by_owner(plan: Plan, assessments: Iterable[Assessment]) -> dict[str, list[Assessment]]:
    """The targets of each unit in the plan's order; the plan's office comes last."""
    groups: dict[str, list[Assessment]] = {id_: [] for id_ in (*plan.owners_by_id, OFFICE)}
    for assessment in assessments:
        groups[owner_of(assessment.target)].append(assessment)
    return {id_: some for id_, some in groups.items() if some}


def owed(phrasebook: Phrasebook, assessments: Sequence[Assessment], by: By) -> Owed:
    """What is owed as of the assessments' day, by unit or by part of the report."""
    plan, language = phrasebook.plan, phrasebook.language
    unfiled = by_target(debts(plan, assessments))

    def debtor(id_: str, name: str, some: Sequence[Assessment]) -> Debtor:
        own = tuple(debt for a in some for debt in unfiled.get(a.target.id, ()))
        return Debtor(id_, name, _tally(some, unfiled), own)

    if by == "owner":
        groups = by_owner(plan, assessments)
        named = {id_: owner_name(phrasebook, id_) for id_ in groups}
    else:
        named = {section.id: language.pick(section.name) for section in plan.sections}
        groups = {id_: [a for a in assessments if a.target.section == id_] for id_ in named}
    all_of_them = [debtor(id_, named[id_], some) for id_, some in groups.items()]
    owing = [one for one in all_of_them if one.tally.owed]
    owing.sort(key=attrgetter("tally.owed", "tally.overdue"), reverse=True)
    whole = _tally(assessments, unfiled)
    overdue = language.t("{n} of them overdue", n=whole.overdue)
    apart = overdue_parts([whole], language)
    return Owed(
        _title(owing, whole, language, by),
        language.labelled(overdue, apart) if apart else "",
        whole,
        tuple(owing),
        tuple(one for one in all_of_them if one.tally.due and not one.tally.owed),
    )


def owner_name(phrasebook: Phrasebook, owner: str) -> str:
    """A unit by its id, or the plan's office."""
    return phrasebook.owner(None if owner == OFFICE else owner)


def most(debtors: Sequence[Debtor], language: Language) -> str:
    """Which of them owes most: "Transport commission most, 15"; "" where no one does alone."""
    first = debtors[:1]
    if not first or [one.tally.owed for one in debtors[1:2]] == [first[0].tally.owed]:
        return ""
    name = first[0].name
    unit = uncapitalised(name) if first[0].id == OFFICE else name  # inside a sentence
    return language.t("{unit} most, {n}", unit=unit, n=first[0].tally.owed)


def _tally(assessments: Iterable[Assessment], unfiled: Mapping[str, Sequence[Debt]]) -> Tally:
    filed = behind = silent = coming = later = 0
    for assessment in assessments:
        own = unfiled.get(assessment.target.id, ())
        if any(debt.overdue_days for debt in own):
            silent += assessment.observation is None
            behind += assessment.observation is not None
        else:
            coming += bool(own)
            filed += not own and assessment.observation is not None
            later += not own and assessment.observation is None
    return Tally(filed, behind, silent, coming, later)


def _title(owing: Sequence[Debtor], whole: Tally, language: Language, by: By) -> str:
    t, n = language.t, whole.owed
    if not n:
        return t("No report is owed: all that is due is there")
    targets = language.ngettext("{n} target owes a report", "{n} targets owe a report", n)
    if by == "owner":
        units = language.ngettext("{n} unit", "{n} units", len(owing))
        form = message("{units}: {targets}")
        targets = t(form, units=units, targets=targets)
    leader = most(owing, language) if len(owing) > 1 else ""
    return language.clauses(filter(None, (targets, leader)))


def overdue_parts(tallies: Iterable[Tally], language: Language) -> str:
    """How many overdue targets have no report (the coverage's owed), how many lack the newest."""
    some = list(tallies)
    parts = (
        (message("{n} never reported"), sum(one.silent for one in some)),
        (message("{n} without the newest report"), sum(one.behind for one in some)),
    )
    return language.phrases(language.t(form, n=n) for form, n in parts if n)


@dataclass(frozen=True, slots=True)
class OwedTarget:
    """A target that owes reports: of which periods, when the oldest was due, and for how many days
    it is overdue. `unit` is who answers for it, its part of the report where nobody is assigned.
    """

    id: str
    name: str
    unit: str
    periods: str
    due: date
    overdue_days: int


def owed_targets(phrasebook: Phrasebook, assessments: Iterable[Assessment]) -> list[OwedTarget]:
    """Every target that owes a report, the longest overdue first."""
    plan, language = phrasebook.plan, phrasebook.language

    def unit(target: Target) -> str:
        if not plan.owners:
            return language.pick(plan.section_names[target.section])
        return owner_name(phrasebook, owner_of(target))

    rows = [
        OwedTarget(
            id_,
            phrasebook.name(id_),
            unit(own[0].target),
            owed_periods(phrasebook, own),
            min(debt.due for debt in own),
            max(debt.overdue_days for debt in own),
        )
        for id_, own in by_target(debts(plan, assessments)).items()
    ]
    return sorted(rows, key=lambda row: row.due)
