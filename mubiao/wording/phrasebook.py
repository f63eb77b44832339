"""Phrases of sentences, tables and charts: what targets ask and actuals say, in numbers."""

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from mubiao.criterion import criterion_of
from mubiao.i18n import Language, language
from mubiao.model import (
    Assessment,
    Better,
    Comparator,
    Entry,
    Indicator,
    Observation,
    Plan,
    Qualifier,
    SaveKind,
    Stage,
    Target,
    Unit,
    Withdrawal,
)
from mubiao.period import Period
from mubiao.problems import Problem, TargetId, message
from mubiao.wording import words
from mubiao.wording.words import FIELDS

_QUALIFIED = {
    Qualifier.EXACT: "{value}",
    Qualifier.AT_LEAST: words.ASKS[Comparator.AT_LEAST],
    Qualifier.AT_MOST: message("{value} or less"),
    Qualifier.ABOUT: message("roughly {value}"),
}
_TWO_LIMITS = (Comparator.ABOUT, Comparator.BETWEEN, Comparator.EXACTLY)
_SINCE_BASE_YEAR = (
    message("unchanged from {year}"),
    message("up {size} from {year}"),
    message("down {size} from {year}"),
)
_ON_A_YEAR_EARLIER = (
    message("unchanged on a year earlier"),
    message("up {size} on a year earlier"),
    message("down {size} on a year earlier"),
)
_BRIEFLY = (message("unchanged"), message("up {size}"), message("down {size}"))
_LIMITS_IN_STEP = (
    message("the limit of {value} ({other} {actual}, plus the tolerance of {tolerance})"),
    message("the limit of {value} ({other} {actual}, less the tolerance of {tolerance})"),
)


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Says in one language what a plan's targets ask and what their actuals are.

    Where it is not `dated`, sentences and steps name neither the as-of day nor the days left: for
    pages that change with the judgement alone.
    """

    plan: Plan
    language: Language
    dated: bool = True

    def __post_init__(self) -> None:
        first_month = self.plan.span.first.month
        if self.language.first_month != first_month:
            own = language(self.language.code, self.language.zone, first_month)
            object.__setattr__(self, "language", own)

    def t(self, msgid: str, /, **values: object) -> str:
        """A message in the language with its places filled in."""
        return self.language.t(msgid, **values)

    def name(self, target: str) -> str:
        """The name of a target by its id; the id where this plan does not have it."""
        known = self.plan.indicators.get(target)
        return self.language.pick(known.name) if known else target

    def both_names(self, target: str) -> str:
        """A target's name and the other language's: people look for "PM2.5" in either."""
        name, own = self.plan.indicators[target].name, self.name(target)
        other = name.en if self.language.code == "zh" else name.zh
        return own if other == own else inline(own, other)

    def owner(self, owner: str | None) -> str:
        """The name of a unit by its id; without one it is the plan's office."""
        if owner is None:
            return self.t("The plan's office")
        return self.language.pick(self.plan.owners_by_id[owner].name)

    def unit(self, target: Indicator) -> Unit | None:
        """The words of a target's unit; None for a milestone."""
        return self.plan.units[target.unit] if target.unit else None

    def unit_name(self, target: Indicator) -> str:
        """The unit's word beside a figure; "" for a milestone."""
        unit = self.unit(target)
        return self.language.pick(unit) if unit else ""

    def is_rank(self, target: Indicator) -> bool:
        """Whether its values are places."""
        unit = self.unit(target)
        return unit is not None and unit.rank

    def is_amount(self, target: Indicator) -> bool:
        """Whether it is not counted one by one: an amount of money, written after its sign."""
        unit = self.unit(target)
        return unit is not None and unit.before

    def quantity(
        self, value: Decimal | Fraction, target: Indicator, digits: int | None = None
    ) -> str:
        """A number in the target's unit."""
        return self.language.quantity(value, self.unit(target), digits)

    def span(self, one: Decimal, other: Decimal, target: Indicator) -> str:
        """What lies between two values: "1.5% to 2.5%"."""
        value, upper = (self.quantity(end, target) for end in sorted((one, other)))
        return self.t("{value} to {upper}", value=value, upper=upper)

    def difference(self, value: Decimal | Fraction, target: Indicator) -> str:
        """A difference of two values of a target."""
        return self.language.difference(value, self.unit(target))

    def period(self, period: Period) -> str:
        """A period, without its year where that is the plan's."""
        return self.language.period(period, self.plan.span)

    def problem(self, problem: Problem) -> str:
        """What is wrong, with the names of targets in place of their ids, and no server's paths."""
        problem = problem.for_page()
        values = {
            place: self.name(value) if isinstance(value, TargetId) else value
            for place, value in problem.values.items()
        }
        return self.language.problem(replace(problem, values=values))

    def labelled(self, problem: Problem) -> str:
        """What is wrong, with the name of its field before it."""
        label, text = FIELDS.get(problem.field), self.problem(problem)
        return self.language.labelled(self.t(label), text) if label else text

    def asks(self, target: Target) -> str:
        """What a target asks for: "about 6%", "at least 200 alleys", "in step with GDP"."""
        t = self.language.t
        if target.is_milestone:
            return t("done by {day}", day=self.language.day_of_year(self.plan.due(target)))
        if target.counterpart is not None:
            return t(words.BESIDE[target.comparator], other=self.name(target.counterpart))
        value = target.value or Decimal(0)
        if target.says_change and value == 0 and target.comparator is Comparator.ABOUT:
            return t("level with the year before")
        falls = is_fall(target, value)
        form = words.FALLS[target.comparator] if falls else words.ASKS[target.comparator]
        ends = {"value": value, "upper": target.upper, "stretch": target.stretch}
        texts = {
            name: self.quantity(abs(end) if falls else end, target)
            for name, end in ends.items()
            if end is not None
        }
        if self.is_rank(target) and target.comparator is Comparator.AT_MOST:
            form = message("{value}") if value == 1 else message("{value} or better")
        text = t(form, **texts)
        if target.stretch is not None:
            text = t("{asks}, striving for {stretch}", asks=text, stretch=texts["stretch"])
        if target.base_year is None:
            return text
        return t("{change} from {year}", change=text, year=target.base_year)

    def actual(self, observation: Observation) -> str:
        """A recorded value with its qualifier and unit, or a stage's name.

        Of a target that the plan does not have, the value as it was recorded.
        """
        target = self.plan.indicators.get(observation.target)
        if target is None:
            return str(observation.value)
        if isinstance(observation.value, Stage):
            return self.t(words.STAGE[observation.value])
        text = self.quantity(observation.value, target)
        return qualified(text, observation.qualifier, self.language)

    def value(self, entry: Entry | None) -> str:
        """What a row says: the actual, or that one was withdrawn; "" for no row."""
        if entry is None:
            return ""
        return self.t("withdrawn") if isinstance(entry, Withdrawal) else self.actual(entry)

    def with_period(self, observation: Observation) -> str:
        """An actual with its period: "Q1: −6.6%"."""
        return self.language.labelled(self.period(observation.period), self.actual(observation))

    def nature(self, observation: Observation) -> str:
        """How settled an actual is."""
        return self.t(words.NATURE[observation.nature])

    def origin(self, entry: Entry, period: Period | None = None) -> str:
        """Where a row comes from: nature (not of a stage), number, author, day, source and note; a
        withdrawal's number, author and reason. A period other than the given one stands first.
        """
        number = self.t("no. {row}", row=entry.row) if entry.row else ""
        author = author_name(entry.recorded_by, self.language)
        if isinstance(entry, Withdrawal):
            return inline(number, author, reason(entry, self.language))
        days = "" if period in {None, entry.period} else self.language.period(entry.period)
        nature = "" if isinstance(entry.value, Stage) else self.nature(entry)
        known_on = entry.known_on.isoformat()
        return inline(days, nature, number, author, known_on, entry.source, entry.note)

    def change(
        self, target: Target, value: Decimal, qualifier: Qualifier, *, brief: bool = False
    ) -> str:
        """A change in words: "down 6.6% on a year earlier", "down roughly 24% from 2015"; `brief`
        does not name the year before.
        """
        if value < 0:
            # "At most -23" is a fall of at least 23.
            turned = {Qualifier.AT_LEAST: Qualifier.AT_MOST, Qualifier.AT_MOST: Qualifier.AT_LEAST}
            qualifier = turned.get(qualifier, qualifier)
        size = qualified(self.quantity(abs(value), target), qualifier, self.language)
        on_a_year_earlier = _BRIEFLY if brief else _ON_A_YEAR_EARLIER
        same, up, down = on_a_year_earlier if target.base_year is None else _SINCE_BASE_YEAR
        form = same if value == 0 else up if value > 0 else down
        return self.t(form, size=size, year=target.base_year)

    def band(self, assessment: Assessment) -> str:
        """The width of the warning band: "0.6 percentage points"."""
        # A tenth of 20 is 2.0 in decimals; nobody has measured that last digit.
        width = (assessment.band or Decimal(0)).normalize()
        return self.difference(width, assessment.target)

    def limit(self, assessment: Assessment) -> str:
        """What the actual is held against: "the target of 3.5%", "the lower limit of 5.5%"."""
        target, other = assessment.target, assessment.counterpart
        value = self.quantity(assessment.threshold or Decimal(0), target)
        criterion = criterion_of(assessment)
        upwards = target.higher_is_better if criterion is None else criterion.upwards
        if other is not None and target.tolerance is None:
            other_name, actual = self.name(other.target), self.actual(other)
            return self.t("the {actual} of {other}", other=other_name, actual=actual)
        if other is not None:
            upper, lower = _LIMITS_IN_STEP
            return self.t(
                lower if upwards else upper,
                value=value,
                other=self.name(other.target),
                actual=self.actual(other),
                tolerance=self.difference(target.tolerance or Decimal(0), target),
            )
        if target.comparator not in _TWO_LIMITS:
            return self.t("the target of {value}", value=value)
        if upwards:
            return self.t("the lower limit of {value}", value=value)
        return self.t("the upper limit of {value}", value=value)


def qualified(text: str, qualifier: Qualifier, language: Language) -> str:
    """A value with how exact it is: "at least 28", "roughly 24%"."""
    return language.t(_QUALIFIED[qualifier], value=text)


def author_name(recorded_by: str, language: Language) -> str:
    """Who recorded a row, as it reads: the first figures of a record have no person."""
    return language.t("published figures") if recorded_by == SaveKind.SEED else recorded_by


def reason(withdrawal: Withdrawal, language: Language) -> str:
    """Why a row was withdrawn: what its author wrote, or that its save was undone."""
    return language.t("undone") if withdrawal.reason is None else withdrawal.reason


def inline(*parts: str) -> str:
    """Facts beside each other on one line; empty ones are left out."""
    return " · ".join(filter(None, parts))


def before_after(before: str, after: str) -> str:
    """What something was and became: "old → new"; only once what stayed the same."""
    return " → ".join(dict.fromkeys((before, after)))


def is_fall(target: Target, value: Decimal) -> bool:
    """Whether a value reads as a fall that is asked for: "17% below 2015"."""
    higher = target.higher_is_better and target.better is not Better.NEITHER
    return target.says_change and value < 0 and not higher


def demanding(assessment: Assessment) -> Fraction | None:
    """What the rest of the year must average, to one place, rounded so that it suffices."""
    required = assessment.required_rest
    if required is None:
        return None
    tenths = required * 10
    criterion = criterion_of(assessment)
    upwards = criterion is not None and criterion.upwards
    return Fraction(math.ceil(tenths) if upwards else math.floor(tenths), 10)
