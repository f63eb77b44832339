"""The office's monthly notice (督查通报), every text ready to print, from a meeting's briefing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mubiao.duty import by_target
from mubiao.model import Assessment, Status
from mubiao.plain_text import uncapitalised
from mubiao.problems import message
from mubiao.views.attention import ATTENTION, attention
from mubiao.views.briefing import Briefing
from mubiao.views.counts import Count
from mubiao.views.owed import Debtor, by_of, overdue_parts, owed
from mubiao.views.years import in_words
from mubiao.wording.phrasebook import Phrasebook, inline
from mubiao.wording.reminders import owed_periods

# What such notices call a status; the three in between are one to them.
PROGRESS: Mapping[Status, str] = {
    Status.ACHIEVED: message("Completed"),
    Status.ON_TRACK: message("On schedule"),
    **dict.fromkeys(ATTENTION, message("Behind schedule")),
    Status.NO_DATA: message("Not reported"),
}


@dataclass(frozen=True, slots=True)
class ProgressCount:
    """How many targets stand so, and what to know about some of them, "" for nothing."""

    progress: str
    number: int
    remark: str


@dataclass(frozen=True, slots=True)
class BehindTarget:
    """A target behind schedule: what is so, who answers for it and supports it, and what the rest
    of the year must bring ("" where nothing can be said), each in sentences.
    """

    heading: str
    what: str
    units: str
    rest: str


@dataclass(frozen=True, slots=True)
class UnreportedUnit:
    """A unit, or a part of the report where nobody is assigned: how many of its targets are overdue
    that never had a report, how many that lack the newest, and their names.
    """

    name: str
    silent: int
    behind: int
    targets: str


@dataclass(frozen=True, slots=True)
class YearsRow:
    """A headline indicator, and what each plan asked of it and what became of that, as one text."""

    name: str
    years: str


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A target in the annex; where it `heads` the rows of a part of the report, its name alone."""

    number: str
    name: str
    asks: str = ""
    latest: str = ""
    progress: str = ""
    unit: str = ""
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Circular:
    """The notice. A `…_head` stands over its part, `…_columns` name those of its table; `none` is
    said of a part without any, `notes` what to know about a meeting opened again. `years` are empty
    for a plan alone.
    """

    title: str
    subtitle: str
    lead: str
    overall_head: str
    count_columns: tuple[str, ...]
    counts: tuple[ProgressCount, ...]
    behind_head: str
    behind: tuple[BehindTarget, ...]
    unreported_head: str
    unreported_columns: tuple[str, ...]
    unreported: tuple[UnreportedUnit, ...]
    years_head: str
    years_lead: str
    years_columns: tuple[str, ...]
    years: tuple[YearsRow, ...]
    annex_head: str
    annex_columns: tuple[str, ...]
    annex: tuple[AnnexRow, ...]
    none: str
    notes: tuple[str, ...]


def circular(
    phrasebook: Phrasebook, assessments: Sequence[Assessment], briefing: Briefing
) -> Circular:
    """The notice of what a briefing says of these assessments."""
    language, t = phrasebook.language, phrasebook.t
    counts = tuple(_counts(phrasebook, briefing.overview.counts))
    behind = tuple(_behind(phrasebook, assessments, briefing))
    by = by_of(phrasebook.plan)
    debtors = owed(phrasebook, assessments, by).debtors
    unreported = tuple(_unit(phrasebook, assessments, one) for one in debtors if one.tally.overdue)
    owing = overdue_parts((one.tally for one in debtors), language) or t("none")
    about, rows = ((y.title, y.rest), y.headline) if (y := briefing.years) else ((), ())
    title = language.pick(phrasebook.plan.title)
    unit = t("Lead unit") if by == "owner" else t("Part of the report")
    return Circular(
        title=t("Notice on the progress of “{title}”", title=title),
        subtitle=inline(briefing.name, briefing.stamp),
        lead=_lead(phrasebook, assessments, counts),
        overall_head=t("1. Overall"),
        count_columns=(t("How it stands"), t("Number"), t("Of these")),
        counts=counts,
        behind_head=t("2. Behind schedule ({n})", n=len(behind)),
        behind=behind,
        unreported_head=t("3. Overdue reports ({text})", text=owing),
        unreported_columns=(unit, t("Never reported"), t("Newest missing"), t("Promise")),
        unreported=unreported,
        years_head=t("4. Beside other years"),
        years_lead=_sentence(phrasebook, language.clauses(filter(None, about))),
        years_columns=(t("Indicator"), t("What was promised, and what became of it")),
        years=tuple(YearsRow(row.name, in_words(row.cells, language)) for row in rows),
        annex_head=t("Annex: every target"),
        annex_columns=(
            *(t("No."), t("Promise"), t("Asked"), t("Latest actual"), t("How it stands")),
            t("Lead unit"),
        ),
        annex=tuple(_annex(phrasebook, assessments, briefing)),
        none=t("None."),
        notes=briefing.notes,
    )


def _counts(phrasebook: Phrasebook, counts: Sequence[Count]) -> Iterator[ProgressCount]:
    for progress in dict.fromkeys(PROGRESS.values()):
        own = [one for one in counts if PROGRESS[one.mark.status] == progress]
        remark = own[0].remark
        if len(own) > 1:  # these do not say by themselves what they are
            remark = phrasebook.language.phrases(one.text for one in reversed(own) if one.number)
        yield ProgressCount(phrasebook.t(progress), sum(one.number for one in own), remark)


def _lead(
    phrasebook: Phrasebook, assessments: Sequence[Assessment], counts: Sequence[ProgressCount]
) -> str:
    language, t = phrasebook.language, phrasebook.t
    plain, remarked = message("{progress}: {n}"), message("{progress}: {n} ({remark})")
    parts = [
        t(
            remarked if one.remark else plain,
            progress=uncapitalised(one.progress),
            n=one.number,
            remark=one.remark,
        )
        for one in counts
    ]
    day = language.day(assessments[0].as_of)
    head = t("As of {day}, of {total} targets", day=day, total=len(assessments))
    return t("{text}.", text=language.labelled(head, language.clauses(parts)))


def _behind(
    phrasebook: Phrasebook, assessments: Sequence[Assessment], briefing: Briefing
) -> Iterator[BehindTarget]:
    targets, subjects = phrasebook.plan.by_id, briefing.subjects
    for number, row in enumerate(attention(phrasebook, assessments), start=1):
        target, t = targets[row.id], phrasebook.t
        supports = phrasebook.language.listed(map(phrasebook.owner, target.supports))
        units = [
            (message("Lead unit"), phrasebook.owner(target.owner) if target.owner else ""),
            (message("Supporting units"), supports),
        ]
        named = [phrasebook.language.labelled(t(label), text) for label, text in units if text]
        named[1:] = [uncapitalised(text) for text in named[1:]]
        yield BehindTarget(
            heading=t("{n}. {name} ({status})", n=number, name=row.name, status=row.mark.word),
            what=_sentence(phrasebook, row.what) if row.rest else subjects[row.id].row.sentence,
            units=_sentence(phrasebook, phrasebook.language.clauses(named)),
            rest=_sentence(phrasebook, row.rest),
        )


def _unit(
    phrasebook: Phrasebook, assessments: Iterable[Assessment], debtor: Debtor
) -> UnreportedUnit:
    """A unit's overdue targets; of those that lack only the newest, for which period."""
    reported = {a.target.id for a in assessments if a.observation}
    late = by_target(debt for debt in debtor.debts if debt.overdue_days)
    names = []
    for id_, debts in late.items():
        name = phrasebook.name(id_)
        if id_ in reported:
            periods = owed_periods(phrasebook, debts)
            name = phrasebook.t("{name} ({periods})", name=name, periods=periods)
        names.append(name)
    targets = phrasebook.language.clauses(names)
    return UnreportedUnit(debtor.name, debtor.tally.silent, debtor.tally.behind, targets)


def _annex(
    phrasebook: Phrasebook, assessments: Sequence[Assessment], briefing: Briefing
) -> Iterator[AnnexRow]:
    owners, number = phrasebook.plan.owners_by_id, 0
    units = {a.target.id: a.target.owner for a in assessments}
    for chapter in briefing.chapters:
        yield AnnexRow("", chapter.name, heads=True)
        for subject in chapter.subjects:
            row, number = subject.row, number + 1
            owner = owners.get(units[row.id] or "")
            value = f"{row.value} {row.unit}" if row.unit and row.value else row.value
            progress = phrasebook.t(PROGRESS[row.mark.status])
            if row.mark.status in ATTENTION:
                progress = phrasebook.t(
                    "{progress} ({status})", progress=progress, status=row.mark.word
                )
            yield AnnexRow(
                number=str(number),
                name=row.name,
                asks=subject.asks,
                latest=inline(value, row.period) if value else "",
                progress=progress,
                unit=phrasebook.language.pick(owner.short or owner.name) if owner else "",
            )


def _sentence(phrasebook: Phrasebook, text: str) -> str:
    return phrasebook.t("{text}.", text=text) if text else ""
