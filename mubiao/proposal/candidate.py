"""One figure that somebody proposes: typed, pasted or read from a file, and what it is based on."""

from dataclasses import dataclass, replace
from datetime import date

from mubiao.model import Observation, Plan
from mubiao.observation.draft import Draft, read_draft
from mubiao.problems import Problem, Refused

_CONTENT = ("value", "qualifier", "nature", "known_on", "source", "note")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed figure of a target, or why there is none.

    `place` orders candidates and names each: a file's row, or the position in a grid. A correction
    keeps what the `silent` fields of the corrected figure say; fields that are `shared` with other
    candidates make no difference by themselves. `doubts` are about how the figure is written.
    `named` is the recorded row that it was made from: 0 for none, None where nothing says so.
    `seen` is the greatest row of the figure's target and days that the person has seen, None where
    nobody knows.
    """

    target: str
    figure: Observation | None = None
    problems: tuple[Problem, ...] = ()
    place: int = 0
    silent: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    doubts: tuple[Problem, ...] = ()
    named: int | None = None
    seen: int | None = None

    def over(self, old: Observation) -> Observation | None:
        """The figure as a correction of another: what it is silent about stays."""
        if self.figure is None:
            return None
        return replace(self.figure, **{name: getattr(old, name) for name in self.silent})

    def repeats(self, old: Observation, *, fully: bool = False) -> bool:
        """Whether it says nothing but what a recorded figure says; `fully` does not pass over
        silent fields.
        """
        figure = self.figure if fully else self.over(old)
        if figure is None or figure.period != old.period:
            return False
        names = [name for name in _CONTENT if name not in self.shared]
        return all(getattr(figure, name) == getattr(old, name) for name in names)


def read(candidate: Candidate, draft: Draft, plan: Plan, today: date) -> Candidate:
    """The candidate with the figure that a draft says, or with every problem of it.

    `today` is the last day on which the figure can have become known. A missing source is no
    problem here: the effect is shown before it is typed.
    """
    try:
        return replace(candidate, figure=read_draft(draft, plan, today, needs_source=False))
    except Refused as refusal:
        return replace(candidate, problems=refusal.problems)
