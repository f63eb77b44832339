"""The entries of a plan that account for the figures of one paragraph: targets, and no_promise."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from mubiao.model import Comparator, Measure
from mubiao.period import month_end
from mubiao.plan.numerals import PrintedNumber, figures_in
from mubiao.plan.printed import FALL, occurrences, worded_comparator
from mubiao.plan.yamlfile import Data
from mubiao.problems import message
from mubiao.report.drafting import Drafted, Promise
from mubiao.report.indicators import indicators_of
from mubiao.report.text import Span, shortest, spread
from mubiao.report.wordings import Wording

Both = Callable[[str], Mapping[str, str]]
"""A message in both languages, as a plan holds it."""

_NO_UNIT = "（无单位）"
_DUE = re.compile(r"(\d{1,2})月(?:底|末|份)?之?前|(上半年)")
_LOWER = re.compile("价格|失业|能耗|浓度|死亡|赤字|事故|负债|杠杆|成本|排放|违法")
# METHOD, section 3d: 8%以上、力争10% is one promise, and what is striven for beyond it.
_STRIVING = re.compile("[、，]?(?:并|且)?(?:力争|争取|冲刺)(?:达到?|完成|实现|增长|下降|降低)?")
# METHOD, section 3d: about 2% of prices is asked for on both sides.
_BOTH_SIDES = re.compile("价格|物价|CPI")
_NOT_CITED = message("a promise that no short phrase cites alone; write its target by hand")


class Terms(NamedTuple):
    """What a plan can ask by a wording; `numbers` are the figures of the conditions."""

    value: Decimal
    upper: Decimal | None
    comparator: Comparator
    measure: Measure
    base_year: int | None
    conditions: tuple[Decimal, ...]
    numbers: tuple[PrintedNumber, ...]


@dataclass
class Entries:
    """The entries of the paragraph of a section; `year` is the plan's."""

    section: str
    paragraph: int
    text: str
    year: int
    both: Both
    left: list[tuple[PrintedNumber, str]] = field(default_factory=list)

    @cached_property
    def figures(self) -> tuple[PrintedNumber, ...]:
        """The figures of the paragraph."""
        return figures_in(self.text)

    def targets(self, drafts: Sequence[Drafted]) -> list[Data]:
        """A target for each promise with its conditions; what no target takes is left."""
        made: list[list[Data]] = []
        waiting: list[Drafted] = []
        upper: PrintedNumber | None = None
        before: Drafted | None = None
        for draft in drafts:
            stretch = before and made and self._stretch(before, draft)
            before = draft if draft.wording else None
            if stretch:
                made[-1] = [self._striving(target, *stretch) for target in made[-1]]
            elif draft.wording is not None:
                target = self._target(draft, draft.wording, waiting)
                names = indicators_of(draft.context, draft.wording, draft.indicator)
                made += [[{**target, "name": {"zh": name}} for name in names]] if target else []
                waiting, upper = [], draft.context.upper
            elif draft.context.number == upper:
                upper = None  # the target of the lower end has it
            elif draft.promise is Promise.NO:
                self._leave(draft)
            else:
                waiting.append(draft)
        for draft in waiting:
            self._leave(draft)
        targets = [target for group in made for target in group]
        return [{"id": self.identity(n), **target} for n, target in enumerate(targets, 1)]

    def nothings(self) -> list[Data]:
        """The entries of no_promise for the figures that are left."""
        free = {number.start for number, _ in self.left}
        entries: list[Data] = []

        def is_free(span: Span) -> bool:
            return self._inside(span) <= free

        for number, reason in self.left:
            span = spread(self.text, (number.start, number.tail), is_free)
            if number.start in free and span:  # without one the proof names the figure
                phrase = self.text[slice(*span)]
                free.difference_update(*map(self._inside, occurrences(self.text, phrase)))
                entries.append({**self._place(phrase), "reason": dict(self.both(reason))})
        return entries

    def _inside(self, span: Span) -> set[int]:
        return {n.start for n in self.figures if span[0] <= n.start and n.end <= span[1]}

    def _leave(self, draft: Drafted, reason: str = "") -> None:
        self.left.append((draft.context.number, reason or draft.reason))

    def identity(self, position: int, kind: str = "p") -> str:
        """A target's id: where it stands in the report, and which one it is there."""
        return f"{kind}{self.section.replace('.', '-')}-{self.paragraph}-{position}"

    def completed(self, data: Data, phrase: str, reason: str, **more: object) -> Data:
        """A target's keys with those that every drafted target has."""
        keys = {"section": self.section, **data, "cadence": "quarterly"}
        keys |= {"source": self._place(phrase), **more}
        return {**keys, "reading": dict(self.both(reason)), "review": "open"}

    def _place(self, phrase: str) -> Data:
        return {"section": self.section, "paragraph": self.paragraph, "printed": phrase}

    def _target(self, draft: Drafted, wording: Wording, waiting: Sequence[Drafted]) -> Data | None:
        """The target of a promise, with the conditions that its phrase can hold."""
        for conditions in dict.fromkeys((tuple(waiting), ())):
            terms = terms_of(wording, [other.context.number for other in conditions], self.year)
            span = self._phrase(draft, wording, terms)
            if span is not None:
                for other in waiting if not conditions else ():
                    self._leave(other)
                return self._data(draft, wording, terms, self.text[slice(*span)])
        for other in (*waiting, draft):
            self._leave(other, _NOT_CITED if other is draft else "")
        self.left += [(draft.context.upper, _NOT_CITED)] if draft.context.upper else []
        return None

    def _stretch(self, before: Drafted, draft: Drafted) -> tuple[Decimal, Span] | None:
        """What is striven for beyond the promise before (8%以上、力争10%), and both's phrase."""
        first, then = before.wording, draft.wording
        if first is None or then is None or (first.unit, first.falls) != (then.unit, then.falls):
            return None
        if first.upper is not None or first.comparator is Comparator.EXACTLY:
            return None
        if not _STRIVING.fullmatch(self.text[first.stop : draft.context.number.start]):
            return None
        says = _says(self.text[first.start : first.stop], falls=first.falls)
        own = [before.context.number, draft.context.number]
        values = [number.value for number in own]

        def fits(span: Span) -> bool:
            inside = self._inside(span)
            held = [n.start for n in self.figures if n.start in inside and n.value in values]
            same = _says(self.text[slice(*span)], falls=first.falls) == says
            return same and held == [number.start for number in own]

        span = shortest(self.text, (first.start, then.stop), fits)
        return span and (then.value, span)

    def _striving(self, target: Data, value: Decimal, span: Span) -> Data:
        keys: Data = {}
        for key, held in target.items():
            keys |= {key: held, "stretch": value} if key == "value" else {key: held}
        return keys | {"source": self._place(self.text[slice(*span)])}

    def _phrase(self, draft: Drafted, wording: Wording, terms: Terms) -> Span | None:
        """The shortest phrase that holds the target's numbers first and says what it promises."""
        number, upper = draft.context.number, draft.context.upper
        own = {number.start, *(n.start for n in terms.numbers), *([upper.start] if upper else [])}
        base_year = [Decimal(terms.base_year)] if terms.base_year else []
        ends = [abs(end) for end in (terms.value, terms.upper) if end is not None]
        wanted = [*ends, *terms.conditions, *base_year]
        says = _says(self.text[wording.start : wording.stop], falls=wording.falls)

        def fits(span: Span) -> bool:
            left = list(wanted)
            claimed = set()
            for figure in self.figures:
                if span[0] <= figure.start and figure.end <= span[1] and figure.value in left:
                    left.remove(figure.value)
                    claimed.add(figure.start)
            same = _says(self.text[slice(*span)], falls=wording.falls) == says
            return claimed == own and not left and same

        start = min(wording.start, *own)
        return shortest(self.text, (start, wording.stop), fits)

    def _data(self, draft: Drafted, wording: Wording, terms: Terms, phrase: str) -> Data:
        clause = draft.context.clause
        lower = _LOWER.search(f"{draft.indicator}{clause}") is not None
        data: Data = {
            "name": {"zh": draft.indicator},
            "measure": str(terms.measure),
            "comparator": str(terms.comparator),
            "value": terms.value,
            **({} if terms.upper is None else {"upper": terms.upper}),
            "unit": wording.unit or _NO_UNIT,
        }
        if terms.comparator is Comparator.ABOUT:
            counted = terms.measure is Measure.COUNT
            data["better"] = "lower" if lower and not counted else "higher"
            if _BOTH_SIDES.search(f"{draft.indicator}{clause}"):
                data["better"] = "neither"
        elif terms.comparator is Comparator.BETWEEN:
            capped = lower or wording.falls or wording.plainly is Comparator.AT_MOST
            data["better"] = "lower" if capped else "higher"
        data |= {"base_year": terms.base_year} if terms.base_year else {}
        data |= {"due": due} if (due := _due(clause, self.year)) else {}
        more = {"conditions": list(terms.conditions)} if terms.conditions else {}
        return self.completed(data, phrase, draft.reason, **more)


def terms_of(wording: Wording, conditions: Sequence[PrintedNumber], year: int) -> Terms:
    """What a plan asks by a wording: of a range both ends, unless its words bound one alone."""
    value, upper, measure, base_year = wording.value, wording.upper, wording.measure, None
    numbers = [number.value for number in conditions]
    comparator = wording.comparator
    if upper is not None and comparator is Comparator.BETWEEN:
        value, upper = min(value, upper), max(value, upper)
    elif upper is not None:
        if comparator in (Comparator.AT_MOST, Comparator.BELOW) and not wording.falls:
            value, upper = upper, value
        numbers.append(abs(upper))
        upper = None
    if measure is Measure.SINCE_BASE:
        base_year = wording.base_year if wording.base_year in numbers else None
        earlier = base_year is not None and base_year < year
        if earlier:
            numbers.remove(Decimal(base_year or 0))
        base_year, measure = (base_year, measure) if earlier else (None, Measure.RATE)
    return Terms(value, upper, comparator, measure, base_year, tuple(numbers), tuple(conditions))


def _says(phrase: str, *, falls: bool) -> tuple[Comparator | None, bool]:
    return worded_comparator(phrase, falls=falls), FALL.search(phrase) is not None


def _due(clause: str, year: int) -> date | None:
    """The day by which a clause wants it, where it names a month or the first half of the year."""
    match = _DUE.search(clause)
    if match is None:
        return None
    month = int(match[1] or 6)
    return month_end(year, month) if 1 <= month <= 12 else None
