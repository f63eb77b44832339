"""What people see, as plain values in one language: rows, counts and the overview.

Made from assessments; formatted here once, so that pages, command line and exports cannot
disagree. Nothing here judges, and nothing draws.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mubiao.i18n import Language
from mubiao.model import Assessment, Flag, Observation, Plan, Stage, Status, Target
from mubiao.problems import message
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook, qualified
from mubiao.wording.sentences import sentence

ATTENTION = (Status.MISSED, Status.OFF_TRACK, Status.AT_RISK)

_COUNTED = {
    Status.ACHIEVED: message("{n} achieved"),
    Status.ON_TRACK: message("{n} on track"),
    Status.AT_RISK: message("{n} at risk"),
    Status.OFF_TRACK: message("{n} off track"),
    Status.MISSED: message("{n} missed"),
    Status.NO_DATA: message("{n} without data"),
}


@dataclass(frozen=True, slots=True)
class StatusMark:
    """A status as people see it: always shape and word, and an id that has a colour."""

    status: Status
    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """One target in a list: every text ready to print.

    Where it is `judged`, the last of the remarks is a person's own judgement.
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
    search: str
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many targets have a status."""

    mark: StatusMark
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section of the report with its targets."""

    id: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole plan as of a day."""

    title: str
    caption: str
    summary: str
    counts: tuple[Count, ...]
    headline: SectionRows
    attention: tuple[Row, ...]
    sections: tuple[SectionRows, ...]


def mark(status: Status, language: Language) -> StatusMark:
    """A status with its shape and word."""
    return StatusMark(status, words.SHAPE[status], language.t(words.STATUS[status]))


def row(plan: Plan, assessment: Assessment, language: Language, *, with_day: bool = True) -> Row:
    """One target as of a day, for a list; `with_day` as in `sentence`."""
    target = assessment.target
    name = language.pick(target.name)
    value, unit = short_value(plan, target, assessment.observation, language)
    return Row(
        id=target.id,
        name=name,
        asks=language.t("target: {asks}", asks=Phrasebook(plan, language).asks(target)),
        section=target.section,
        mark=mark(assessment.status, language),
        value=value,
        unit=unit,
        period=_period_or_cadence(plan, assessment, language),
        remarks=tuple(language.t(remark(assessment, flag)) for flag in assessment.flags),
        sentence=sentence(Phrasebook(plan, language), assessment, with_day=with_day),
        search=f"{target.id} {target.name.zh} {target.name.en} {target.source.printed}".lower(),
    )


def remark(assessment: Assessment, flag: Flag) -> str:
    """A flag's word; of a figure that is no final one, what it is: an estimate, or preliminary."""
    if flag is Flag.PRELIMINARY and assessment.observation is not None:
        return words.NATURE[assessment.observation.nature]
    return words.FLAG[flag]


def short_value(
    plan: Plan, target: Target, observation: Observation | None, language: Language
) -> tuple[str, str]:
    """The figure and, apart from it, the unit that may stand smaller beside it."""
    if observation is None:
        return "", ""
    if isinstance(observation.value, Stage):
        return language.t(words.STAGE[observation.value]), ""
    unit = Phrasebook(plan, language).unit(target)
    if unit is None or unit.en == "%":
        return Phrasebook(plan, language).actual(observation), ""
    number = language.number(observation.value)
    return qualified(number, observation.qualifier, language), language.pick(unit)


def _period_or_cadence(plan: Plan, assessment: Assessment, language: Language) -> str:
    if assessment.observation is not None:
        return language.period(assessment.observation.period, plan.year)
    if assessment.target.is_milestone:
        return ""
    return language.t(
        "published {cadence}", cadence=language.t(words.CADENCE[assessment.target.cadence])
    )


def count(assessments: Iterable[Assessment], language: Language) -> tuple[Count, ...]:
    """How many targets have each status, best first; never one score out of unlike things."""
    numbers = Counter(assessment.status for assessment in assessments)
    return tuple(
        Count(mark(status, language), numbers[status], language.t(form, n=numbers[status]))
        for status, form in _COUNTED.items()
    )


def summary(assessments: Sequence[Assessment], as_of: date, language: Language) -> str:
    """The first sentence: "As of 31 July 2020: of 59 targets, 3 achieved, 9 on track, …"."""
    parts = [entry.text for entry in count(assessments, language) if entry.number]
    comma = "，" if language.code == "zh" else ", "
    return language.t(
        "As of {day}: of {total} targets, {counts}.",
        day=language.day(as_of),
        total=len(assessments),
        counts=comma.join(parts),
    )


def overview(
    plan: Plan, assessments: Sequence[Assessment], as_of: date, language: Language
) -> Overview:
    """Everything the overview shows, in one language."""
    rows = {a.target.id: row(plan, a, language) for a in assessments}
    by_section: dict[str, list[Row]] = {section.id: [] for section in plan.sections}
    for target in plan.targets:
        by_section[target.section].append(rows[target.id])
    sections = tuple(
        SectionRows(section.id, language.pick(section.name), tuple(by_section[section.id]))
        for section in plan.sections
        if by_section[section.id]
    )
    return Overview(
        title=language.t(
            "{place} {year}: how the targets stand", place=language.pick(plan.place), year=plan.year
        ),
        caption=_caption(assessments, language),
        summary=summary(assessments, as_of, language),
        counts=count(assessments, language),
        headline=next((s for s in sections if s.id == plan.headline), sections[0]),
        attention=tuple(rows[a.target.id] for a in worst_first(plan, assessments)),
        sections=sections,
    )


def worst_first(plan: Plan, assessments: Iterable[Assessment]) -> list[Assessment]:
    """The targets that need attention: worst status first, headline targets before others,
    and within these by how far behind they are where that can be said.
    """
    order = {status: place for place, status in enumerate(ATTENTION)}

    def behind(a: Assessment) -> Fraction:
        if a.scheduled is None or a.progress is None:
            return Fraction(0)
        return a.scheduled - a.progress

    return sorted(
        (a for a in assessments if a.status in order),
        key=lambda a: (order[a.status], a.target.section != plan.headline, -behind(a)),
    )


def _caption(assessments: Sequence[Assessment], language: Language) -> str:
    known = [a.observation.known_on for a in assessments if a.observation is not None]
    numeric = sum(not a.target.is_milestone for a in assessments)
    parts = []
    if known:
        parts.append(language.t("Latest figure known on {day}", day=language.day(max(known))))
    parts.append(
        language.t(
            "{total} targets, {numeric} with a number", total=len(assessments), numeric=numeric
        )
    )
    return " · ".join(parts)
