"""The plans of a place by year: what became of each one's promises, and what the next one asks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from mubiao.i18n import Language
from mubiao.model import Assessment, Plan, Status
from mubiao.outlook import Case
from mubiao.plan.loader import PlanFile
from mubiao.problems import message
from mubiao.series import Promise, Turn, turn
from mubiao.views.counts import Count, StatusMark, count, mark
from mubiao.views.hindsight import closer
from mubiao.wording.phrasebook import Phrasebook

_TURNS = {
    Turn.HARDER: message("harder"),
    Turn.EASIER: message("easier"),
    Turn.SAME: message("as before"),
    Turn.OTHER: message("in other terms"),
}


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A plan judged as of a day by its own record alone, with a closed year's outlooks."""

    plan: Plan
    assessments: tuple[Assessment, ...]
    cases: tuple[Case, ...] = ()

    def name(self, language: Language) -> str:
        """What it is called beside the others."""
        return language.t("{year}", year=self.plan.span.name)

    @property
    def by_series(self) -> dict[str, Assessment]:
        """The targets that have a series, as judged."""
        return {a.target.series: a for a in self.assessments if a.target.series}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many targets of a plan, or of one of its sections (`id`), have each status; `share` is
    that of the kept among the decided; `closer` says in how many cases the outlook came closer to
    the year's end than the year so far.
    """

    id: str
    name: str
    counts: tuple[Count, ...]
    share: str = ""
    closer: str = ""
    sections: tuple["Tally", ...] = ()

    def _of(self, *statuses: Status) -> int:
        return sum(one.number for one in self.counts if one.mark.status in statuses)

    @property
    def total(self) -> int:
        """All its targets."""
        return self._of(*Status)

    @property
    def achieved(self) -> int:
        """The promises that were kept."""
        return self._of(Status.ACHIEVED)

    @property
    def decided(self) -> int:
        """The promises of which it is known whether they were kept."""
        return self._of(Status.ACHIEVED, Status.MISSED)


@dataclass(frozen=True, slots=True)
class Cell:
    """A promise in one plan: what it asks, what became of it, and what it asks beside the one
    before it in its series; None and "" for the first.
    """

    key: str
    year: str
    target: str
    name: str
    asks: str
    actual: str
    mark: StatusMark
    turn: Turn | None
    turn_word: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """An indicator by its latest name, with a cell for each plan, None where it has none;
    `is_headline` says that it is a headline target of the latest that has it.
    """

    name: str
    cells: tuple[Cell | None, ...]
    is_headline: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From one plan to the next: the numbers that no earlier plan had, and those that end there."""

    before: str
    after: str
    anew: tuple[Cell, ...]
    dropped: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """The whole: `title` says how many promises were kept, `rest` what the latest plan asks."""

    title: str
    rest: str
    plans: tuple[Tally, ...]
    series: tuple[SeriesRow, ...]
    steps: tuple[Step, ...]

    @property
    def headline(self) -> tuple[SeriesRow, ...]:
        """The indicators that are headline targets."""
        return tuple(row for row in self.series if row.is_headline)


class Ways(NamedTuple):
    """Addresses of a plan's own pages: the whole, and by status, section and target."""

    whole: str = ""
    statuses: Mapping[str, str] = MappingProxyType({})
    sections: Mapping[str, str] = MappingProxyType({})
    targets: Mapping[str, str] = MappingProxyType({})


def plans_beside(plan: Plan, files: Iterable[PlanFile], as_of: date) -> list[tuple[PlanFile, Plan]]:
    """The plans of a plan's place for other years that were there on a day, by year: of each year
    the one that was delivered last. Places are told apart by their Chinese names: a draft has no
    other, and in English some are alike.
    """
    there = [
        (file, one)
        for file in files
        if (one := file.plan) and one.place.zh == plan.place.zh and one.delivered <= as_of
    ]
    there.sort(key=lambda pair: pair[1].delivered)
    by_year = {one.year: (file, one) for file, one in there if one.year != plan.year}
    return [by_year[year] for year in sorted(by_year)]


def years(given: Sequence[PlanYear], language: Language) -> Years:
    """The plans beside each other; they come by year, one each."""
    plans = tuple(_plan(one, language) for one in given)
    rows = tuple(_series(given, language))
    return Years(
        title=_title(plans, language),
        rest=_rest(rows, plans, language),
        plans=plans,
        series=tuple(row for row in rows if sum(map(bool, row.cells)) > 1),
        steps=tuple(_steps(given, language)),
    )


def _plan(one: PlanYear, language: Language) -> Tally:
    def of(section: str) -> list[Assessment]:
        return [judged for judged in one.assessments if judged.target.section == section]

    names = one.plan.section_names.items()
    sections = (_tally(id_, language.pick(name), of(id_), language) for id_, name in names)
    return replace(
        _tally(one.plan.id, one.name(language), one.assessments, language),
        closer=closer(language, one.cases) if one.cases else "",
        sections=tuple(section for section in sections if section.total),
    )


def _tally(id_: str, name: str, some: Iterable[Assessment], language: Language) -> Tally:
    made = Tally(id_, name, count(some, language))
    if not made.decided:
        return made
    return replace(made, share=language.percent(Fraction(made.achieved, made.decided), 0))


def _title(plans: Sequence[Tally], language: Language) -> str:
    """How many promises were kept of those of which it is known, each year with some."""
    parts = [
        language.ngettext(
            "{year}: {kept} of {n} promise with a result kept",
            "{year}: {kept} of {n} promises with a result kept",
            plan.decided,
            year=plan.name,
            kept=plan.achieved,
        )
        for plan in plans
        if plan.decided
    ]
    return language.clauses(parts) or language.t("No promise has a result yet")


def _rest(rows: Sequence[SeriesRow], plans: Sequence[Tally], language: Language) -> str:
    """What the latest plan asks of the indicators that an earlier one had; "" for none."""
    turns = Counter(row.cells[-1].turn for row in rows if row.cells[-1])
    words = ((turns[one], language.t(_TURNS[one])) for one in Turn if turns[one])
    parts = [language.t("{n} {status}", n=n, status=word) for n, word in words]
    if not parts:
        return ""
    return language.ngettext(
        "of {n} indicator promised again for {year}, {parts}",
        "of {n} indicators promised again for {year}, {parts}",
        sum(turns[one] for one in Turn),
        year=plans[-1].name,
        parts=language.phrases(parts),
    )


def _series(given: Sequence[PlanYear], language: Language) -> Iterator[SeriesRow]:
    """A row for each series, in the order of the latest plan that has it."""
    for series in dict.fromkeys(name for one in reversed(given) for name in one.by_series):
        row = cells(given, series, language)
        *_, (last, one) = ((cell, one) for cell, one in zip(row, given, strict=True) if cell)
        headline = one.plan.by_id[last.target].section == one.plan.headline
        yield SeriesRow(last.name, row, headline)


def cells(given: Sequence[PlanYear], series: str, language: Language) -> tuple[Cell | None, ...]:
    """A series in each of the plans, each promise held against the last plan's that had one."""
    row: list[Cell | None] = []
    last: Promise | None = None
    for one in given:
        judged = one.by_series.get(series)
        if judged is None:
            row.append(None)
            continue
        promise = Promise(one.plan, one.plan.by_id[judged.target.id])
        row.append(_cell(one, judged, turn(last, promise) if last else None, language))
        last = promise
    return tuple(row)


def _cell(one: PlanYear, judged: Assessment, change: Turn | None, language: Language) -> Cell:
    phrasebook, latest = Phrasebook(one.plan, language), judged.observation
    is_whole = judged.final or judged.target.is_milestone
    say = phrasebook.actual if is_whole else phrasebook.with_period
    return Cell(
        key=one.plan.id,
        year=one.name(language),
        target=judged.target.id,
        name=phrasebook.name(judged.target.id),
        asks=phrasebook.asks(one.plan.by_id[judged.target.id]),
        actual=say(latest) if latest is not None else "",
        mark=mark(judged.status, language),
        turn=change,
        turn_word=language.t(_TURNS[change]) if change else "",
    )


def in_words(row: Iterable[Cell | None], language: Language) -> str:
    """A series as a sentence: what each year promised, and what became of it."""
    texts = ((c.year, (c.asks, c.turn_word, c.actual, c.mark.word)) for c in row if c)
    return language.clauses(
        language.labelled(year, language.phrases(filter(None, parts))) for year, parts in texts
    )


def _steps(given: Sequence[PlanYear], language: Language) -> Iterator[Step]:
    known: set[str] = set()
    for before, after in pairwise(given):
        known |= before.by_series.keys()
        anew = _mentions(after, language, known)
        dropped = _mentions(before, language, after.by_series.keys())
        yield Step(before.name(language), after.name(language), anew, dropped)


def _mentions(one: PlanYear, language: Language, without: AbstractSet[str]) -> tuple[Cell, ...]:
    """The targets with a number without a series, or `without` theirs."""
    return tuple(
        _cell(one, judged, None, language)
        for judged in one.assessments
        if not judged.target.is_milestone and judged.target.series not in without
    )
