"""Assessments as people see them, in one language: rows, counts and the overview."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from mubiao.duty import Coverage, coverage
from mubiao.i18n import Language
from mubiao.model import Assessment, Observation, Plan, Remark, Stage, Status
from mubiao.plain_text import capitalised
from mubiao.views.attention import worst_first
from mubiao.views.counts import Count, StatusMark, count, halves, mark, standing
from mubiao.views.owed import owner_name, owner_of
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook, inline, qualified
from mubiao.wording.sentences import sentence
from mubiao.wording.titles import title


@dataclass(frozen=True, slots=True)
class PartRow:
    """A milestone that is a step of another, in the line of its steps."""

    id: str
    name: str
    due: str
    mark: StatusMark


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target in a list: every text ready to print; `title` is its message, shorter than the
    sentence. `owner` is the unit that answers for it, "" where nobody is assigned.

    Where it is `judged`, the last of the remarks is a person's own judgement. `parts` are the
    steps of a milestone, by their due days.
    """

    id: str
    name: str
    asks: str
    section: str
    mark: StatusMark
    value: str
    unit: str
    period: str
    remarks: tuple[str, ...]
    sentence: str
    title: str
    search: str
    parts: tuple[PartRow, ...] = ()
    judged: bool = False
    owner: str = ""

    @property
    def known(self) -> str:
        """The period and the remarks on the figure."""
        return inline(self.period, *self.remarks)


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section of the report, or a unit, with its targets."""

    id: str
    name: str
    rows: tuple[TargetRow, ...]

    @property
    def judged(self) -> tuple[TargetRow, ...]:
        """The rows with a judgement."""
        return tuple(row for row in self.rows if row.mark.status is not Status.NO_DATA)

    @property
    def silent(self) -> tuple[TargetRow, ...]:
        """The rows without one."""
        return tuple(row for row in self.rows if row.mark.status is Status.NO_DATA)

    @property
    def counts(self) -> list[tuple[StatusMark, int]]:
        """The statuses of the judged with their numbers, best first."""
        order = list(Status)
        counted = Counter(row.mark for row in self.judged)
        return sorted(counted.items(), key=lambda one: order.index(one[0].status))


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole plan as of a day; `reported` and `unreported` are the sentence's two halves."""

    title: str
    caption: str
    summary: str
    reported: str
    unreported: str
    coverage: Coverage
    counts: tuple[Count, ...]
    headline: SectionRows
    attention: tuple[TargetRow, ...]
    sections: tuple[SectionRows, ...]


def own_judgements(standing: Iterable[Remark], day: date) -> dict[str, Status]:
    """By target the newest of the judgements in force on a day."""
    ordered = sorted(standing, key=lambda remark: remark.row)
    return {r.target: r.status for r in ordered if r.status is not None and r.in_force(day)}


def row(
    phrasebook: Phrasebook, assessment: Assessment, parts: Iterable[Assessment] = ()
) -> TargetRow:
    """One target as of a day, for a list; `parts` are its steps."""
    target, t = assessment.target, phrasebook.language.t
    value, unit = short_value(phrasebook, assessment.observation)
    owner = phrasebook.plan.owners_by_id.get(target.owner or "")
    names = (target.id, target.name.zh, target.name.en, target.source.printed)
    return TargetRow(
        id=target.id,
        name=phrasebook.name(target.id),
        asks=t("target: {asks}", asks=phrasebook.asks(target)),
        section=target.section,
        mark=mark(assessment.status, phrasebook.language),
        value=value,
        unit=unit,
        period=_period_or_cadence(phrasebook, assessment),
        remarks=tuple(t(words.flag_name(assessment, flag)) for flag in assessment.flags),
        sentence=sentence(phrasebook, assessment),
        title=title(phrasebook, assessment),
        search=" ".join((*names, *(owner.names if owner else ()))).lower(),
        owner=phrasebook.owner(owner.id) if owner else "",
        parts=_parts(phrasebook, parts),
    )


def parts_of(assessments: Iterable[Assessment]) -> dict[str, list[Assessment]]:
    """By milestone its steps, for those that have any."""
    grouped: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        if whole := assessment.target.part_of:
            grouped.setdefault(whole, []).append(assessment)
    return grouped


def _parts(phrasebook: Phrasebook, parts: Iterable[Assessment]) -> tuple[PartRow, ...]:
    plan, language = phrasebook.plan, phrasebook.language
    return tuple(
        PartRow(
            one.target.id,
            phrasebook.name(one.target.id),
            language.day(plan.due(one.target)),
            mark(one.status, language),
        )
        for one in sorted(parts, key=lambda one: plan.due(one.target))
    )


def short_value(phrasebook: Phrasebook, observation: Observation | None) -> tuple[str, str]:
    """The figure and, apart from it, the unit that may stand smaller beside it."""
    if observation is None:
        return "", ""
    unit = phrasebook.unit(phrasebook.plan.indicators[observation.target])
    if unit is None or unit.en == "%" or isinstance(observation.value, Stage):
        return phrasebook.actual(observation), ""
    language = phrasebook.language
    if unit.before:  # of "£118 million" the scale may stand smaller
        scale = language.number(observation.value).partition(" ")[2]
        number = language.quantity(observation.value, unit).removesuffix(f" {scale}")
        return qualified(number, observation.qualifier, language), scale
    number = language.number(observation.value)
    return qualified(number, observation.qualifier, language), language.pick(unit)


def _period_or_cadence(phrasebook: Phrasebook, assessment: Assessment) -> str:
    if assessment.observation is not None:
        return phrasebook.period(assessment.observation.period)
    if assessment.target.is_milestone:
        return ""
    t = phrasebook.language.t
    return t("published {cadence}", cadence=t(words.CADENCE[assessment.target.cadence]))


def judged_so(status: Status, language: Language) -> str:
    """A person's own judgement in short, with shape and word."""
    return language.t("own judgement: {status}", status=mark(status, language).text)


def with_judgement(row: TargetRow, own: Status | None, language: Language) -> TargetRow:
    """A row with a person's own judgement as its last remark; its status stays the computed one."""
    if own is None:
        return row
    remark = judged_so(own, language)
    if not row.period:
        return replace(row, period=remark)
    return replace(row, remarks=(*row.remarks, remark), judged=True)


def overview(
    phrasebook: Phrasebook,
    assessments: Sequence[Assessment],
    as_of: date,
    own: Mapping[str, Status] = MappingProxyType({}),
) -> Overview:
    """Everything the overview shows; lists by section say people's `own` judgements, too."""
    plan, language = phrasebook.plan, phrasebook.language
    parts = parts_of(assessments)
    rows = {a.target.id: row(phrasebook, a, parts.get(a.target.id, ())) for a in assessments}
    by_section: dict[str, list[TargetRow]] = {section.id: [] for section in plan.sections}
    for target in plan.targets:
        judged = with_judgement(rows[target.id], own.get(target.id), language)
        by_section[target.section].append(judged)
    sections = tuple(
        SectionRows(section.id, language.pick(section.name), tuple(by_section[section.id]))
        for section in plan.sections
        if by_section[section.id]
    )
    counts = count(assessments, language)
    place, day = language.pick(plan.place), language.day(as_of)
    reported, unreported = halves(counts, language)
    if is_closed(plan, as_of):
        reported = language.t("{year} is over: {text}", year=plan.span.name, text=reported)
    return Overview(
        title=language.t("{place} {year}: how the targets stand", place=place, year=plan.span.name),
        caption=_caption(assessments, language),
        summary=language.t("As of {day}: {text}.", day=day, text=standing(counts, language)),
        reported=capitalised(reported),
        unreported=unreported,
        coverage=coverage(assessments),
        counts=counts,
        headline=next((s for s in sections if s.id == plan.headline), sections[0]),
        attention=tuple(rows[a.target.id] for a in worst_first(plan, assessments)),
        sections=sections,
    )


def apart(sections: Iterable[SectionRows], above: Container[str]) -> tuple[SectionRows, ...]:
    """The sections in order, without the targets that stand `above` them on the page."""
    left = (
        replace(section, rows=tuple(row for row in section.rows if row.id not in above))
        for section in sections
    )
    return tuple(section for section in left if section.rows)


def units(phrasebook: Phrasebook, sections: Iterable[SectionRows]) -> list[SectionRows]:
    """Each unit with its targets of these sections, those with most first; none where the plan
    names no units.
    """
    plan, groups = phrasebook.plan, defaultdict[str, list[TargetRow]](list)
    if not plan.owners:
        return []
    for row in (row for section in sections for row in section.rows):
        groups[owner_of(plan.by_id[row.id])].append(row)
    named = (
        SectionRows(id_, owner_name(phrasebook, id_), tuple(rows)) for id_, rows in groups.items()
    )
    return sorted(named, key=lambda unit: -len(unit.rows))


def is_closed(plan: Plan, day: date) -> bool:
    """Whether the plan year is over."""
    return day > plan.span.last


def _caption(assessments: Sequence[Assessment], language: Language) -> str:
    known = [a.observation.known_on for a in assessments if a.observation is not None]
    numeric = sum(not a.target.is_milestone for a in assessments)
    targets = language.ngettext(
        "{n} target, {numeric} with a number",
        "{n} targets, {numeric} with a number",
        len(assessments),
        numeric=numeric,
    )
    if not known:
        return targets
    return inline(language.t("Latest figure known on {day}", day=language.day(max(known))), targets)
