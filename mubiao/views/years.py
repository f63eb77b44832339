"""The plans of a place by year: what became of each one's promises, and what the next one asks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from mubiao.hindsight import Case
from mubiao.i18n import Language
from mubiao.model import Assessment, Plan, Status
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
_TURNED = {
    Turn.HARDER: message("{n} harder"),
    Turn.EASIER: message("{n} easier"),
    Turn.SAME: message("{n} as before"),
    Turn.OTHER: message("{n} in other terms"),
}


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A plan judged as of a day by its own record alone. `key` names it in addresses; `cases` are
    the outlooks of a closed year.
    """

    key: str
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
    """How many targets of a plan, or of one of its sections, have each status. `id` is the plan's
    key or the section's number, `share` that of the kept among the decided; `closer` says in how
    many cases the outlook came closer to the year's end than the year so far.
    """

    id: str
    name: str
    counts: tuple[Count, ...]
    share: str = ""
    closer: str = ""
    sections: tuple["Tally", ...] = ()

    @property
    def total(self) -> int:
        """All its targets."""
        return sum(one.number for one in self.counts)

    @property
    def achieved(self) -> int:
        """The promises that were kept."""
        return sum(one.number for one in self.counts if one.mark.status is Status.ACHIEVED)

    @property
    def decided(self) -> int:
        """The promises of which it is known whether they were kept."""
        ends = (Status.ACHIEVED, Status.MISSED)
        return sum(one.number for one in self.counts if one.mark.status in ends)


@dataclass(frozen=True, slots=True)
class Cell:
    """A promise of a series in one plan: what it asks, what became of it, and what it asks beside
    the one before it; None and "" for the first.
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
    """An indicator by its latest name, with a cell for each plan; None where it has none."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A target in a list: the key of its plan, its id, its name, and what it asks."""

    key: str
    target: str
    name: str
    asks: str


@dataclass(frozen=True, slots=True)
class Step:
    """From one plan to the next: the targets with a number that no earlier plan had, and those that
    the next has no more.
    """

    before: str
    after: str
    anew: tuple[Mention, ...]
    dropped: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """The whole: `title` says how many promises were kept, `rest` what the latest plan asks."""

    title: str
    rest: str
    plans: tuple[Tally, ...]
    series: tuple[SeriesRow, ...]
    steps: tuple[Step, ...]


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
    sections = (
        _tally(
            section.id,
            language.pick(section.name),
            [a for a in one.assessments if a.target.section == section.id],
            language,
        )
        for section in one.plan.sections
    )
    return replace(
        _tally(one.key, one.name(language), one.assessments, language),
        closer=closer(language, one.cases) if one.cases else "",
        sections=tuple(section for section in sections if section.total),
    )


def _tally(id_: str, name: str, some: Iterable[Assessment], language: Language) -> Tally:
    made = Tally(id_, name, count(some, language))
    share = Fraction(made.achieved, made.decided) if made.decided else None
    return made if share is None else replace(made, share=language.percent(share, 0))


def _title(plans: Sequence[Tally], language: Language) -> str:
    """How many promises were kept of those of which it is known, each year with some."""
    parts = [
        language.t(
            "{year}: {kept} of {decided} promises with a result kept",
            year=plan.name,
            kept=plan.achieved,
            decided=plan.decided,
        )
        for plan in plans
        if plan.decided
    ]
    return language.clauses(parts) or language.t("No promise has a result yet")


def _rest(rows: Sequence[SeriesRow], plans: Sequence[Tally], language: Language) -> str:
    """What the latest plan asks of the indicators that an earlier one had; "" for none."""
    turns = Counter(row.cells[-1].turn for row in rows if row.cells[-1])
    parts = [language.t(_TURNED[one], n=turns[one]) for one in Turn if turns[one]]
    if not parts:
        return ""
    form = message("of {n} indicators promised again for {year}, {parts}")
    total = sum(turns[one] for one in Turn)
    return language.t(form, n=total, year=plans[-1].name, parts=language.phrases(parts))


def _series(given: Sequence[PlanYear], language: Language) -> Iterator[SeriesRow]:
    """A row for each series, in the order of the latest plan that has it."""
    for series in dict.fromkeys(name for one in reversed(given) for name in one.by_series):
        row = cells(given, series, language)
        *_, last = filter(None, row)
        yield SeriesRow(last.name, row)


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
        change = turn(last, promise) if last else None
        row.append(_cell(one, judged, change, language))
        last = promise
    return tuple(row)


def _cell(one: PlanYear, judged: Assessment, change: Turn | None, language: Language) -> Cell:
    phrasebook, latest = Phrasebook(one.plan, language), judged.observation
    actual = ""
    if latest is not None:
        is_whole = judged.final or judged.target.is_milestone
        actual = phrasebook.actual(latest) if is_whole else phrasebook.with_period(latest)
    return Cell(
        key=one.key,
        year=one.name(language),
        target=judged.target.id,
        name=phrasebook.name(judged.target.id),
        asks=phrasebook.asks(one.plan.by_id[judged.target.id]),
        actual=actual,
        mark=mark(judged.status, language),
        turn=change,
        turn_word=language.t(_TURNS[change]) if change else "",
    )


def _steps(given: Sequence[PlanYear], language: Language) -> Iterator[Step]:
    known: set[str] = set()
    for before, after in pairwise(given):
        known |= before.by_series.keys()
        ahead = after.by_series.keys()
        yield Step(
            before.name(language),
            after.name(language),
            anew=_mentions(after, language, known),
            dropped=_mentions(before, language, ahead),
        )


def _mentions(one: PlanYear, language: Language, without: AbstractSet[str]) -> tuple[Mention, ...]:
    """The targets with a number without a series, or `without` theirs."""
    phrasebook = Phrasebook(one.plan, language)
    return tuple(
        Mention(one.key, target.id, phrasebook.name(target.id), phrasebook.asks(target))
        for target in one.plan.targets
        if not target.is_milestone and target.series not in without
    )
