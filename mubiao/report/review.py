"""A plan under review beside its report: what became of each figure, the steps taken so far, and
what is doubtful in the targets that are left.

Each decision is a step, which can be taken back. A step that would make something wrong that was
right before is refused.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache

import orjson

from mubiao.model import Comparator, Plan, Review, Target
from mubiao.plan.edits import Change, applied, changes_between, edited_text
from mubiao.plan.loader import checked_plan
from mubiao.plan.numerals import PERCENT
from mubiao.plan.printed import comparator_as_printed, worded_comparator
from mubiao.plan.yamlfile import Data, Document, Issue, Lines, parse_yaml
from mubiao.problems import Problem, Refused, message, refused
from mubiao.report.completeness import Claims, claims_of, report_issues
from mubiao.report.corrections import corrected
from mubiao.report.text import Figure, Report, figures, parse_report

Step = tuple[Change, ...]
_NAMING = ("in_step_with", "reference", "part_of")
LEFT = message("no target and no reason accounts for this figure")
_OF_EACH = re.compile("(?<![年月日人平])均|各")
_BARE = re.compile(r"\d|.?$")
_LONG = 14
_FEW = 5

_DOUBTS: tuple[tuple[int, str, Callable[[Target], bool]], ...] = (
    (
        40,
        message("the name says nothing of what is counted"),
        lambda t: _BARE.match(t.name.zh) is not None,
    ),
    (40, message("the figure has no unit"), lambda t: t.unit == "（无单位）"),
    (
        *(30, message("without a figure: how is it judged?")),
        lambda t: t.is_milestone or t.comparator is Comparator.IN_STEP_WITH,
    ),
    (
        *(30, message("read otherwise than the phrase is worded")),
        lambda t: comparator_as_printed(t) is not t.comparator,
    ),
    (
        *(30, message("one figure for several: is each of them a target?")),
        lambda t: _OF_EACH.search(t.source.printed) is not None,
    ),
    (25, message("further figures belong to it as conditions"), lambda t: bool(t.conditions)),
    (
        *(20, message("few of something may be a name, not a promise")),
        lambda t: t.value is not None and t.unit != PERCENT and 0 < t.value <= _FEW,
    ),
    (
        *(15, message("the name is long and may hold more than the indicator")),
        lambda t: len(t.name.zh) > _LONG,
    ),
    (
        *(10, message("no word says whether more or less is better")),
        lambda t: t.value is not None and worded_comparator(t.source.printed) is None,
    ),
)


@dataclass(frozen=True)
class Reviewed:
    """A report's text, the plan file's text as it was opened, and the steps taken since.

    `typed` is what stands in the fields of targets that are not accepted yet, and `saved` the
    plan's text as it was last written into the folder of plans.
    """

    report_text: str
    plan_text: str
    steps: tuple[Step, ...] = ()
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    saved: str = ""

    @cached_property
    def data(self) -> Data:
        """The plan's data after all steps; not to be changed."""
        changes = [change for step in self.steps for change in step]
        return applied(_data(self.plan_text), changes)

    @cached_property
    def _checked(self) -> tuple[Plan | None, list[Issue]]:
        return checked_plan(Document(self.data, Lines()))

    @property
    def plan(self) -> Plan:
        """The plan after all steps. Raises Refused where the data is none."""
        plan, issues = self._checked
        if plan is None:
            raise Refused(map(_problem, issues))
        return plan

    @cached_property
    def report(self) -> Report:
        """The report's paragraphs."""
        return parse_report(self.report_text, self.plan.ends)

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures that the proof asks for, in the report's order."""
        return figures(self.report, self.plan.covers)

    @cached_property
    def claims(self) -> Claims:
        """Which entries of the plan account for each figure."""
        return claims_of(self.plan, self.report)

    @cached_property
    def issues(self) -> list[Issue]:
        """What is wrong with the plan, by itself and beside its report."""
        plan, issues = self._checked
        if plan is None:
            return issues
        return [*issues, *report_issues(plan, self.report, self.claims)]

    def file_text(self) -> str:
        """The plan file as it is now, with comments and order as they were opened."""
        return edited_text(self.plan_text, [change for step in self.steps for change in step])

    def entry(self, target: str) -> tuple[int, Data]:
        """A target's position in the plan and its data."""
        targets = enumerate(self.data["targets"])
        return next((place, data) for place, data in targets if data["id"] == target)

    def figures_of(self, target: str) -> list[Figure]:
        """The figures that a target accounts for."""
        claim = "targets", self.entry(target)[0]
        return [figure for figure in self.figures if claim in self.claims.get(figure, ())]

    def stepped(self, data: Data, *, target: str = "") -> "Reviewed":
        """The review after a step to this data of the plan. Raises Refused where something is wrong
        that was not before, or anything with this target.
        """
        after = replace(self, steps=(*self.steps, changes_between(self.data, data)))
        known = {_key(issue) for issue in self.issues}
        own = ("targets", after.entry(target)[0]) if target else None
        wrong = [i for i in after.issues if _key(i) not in known or i.path[:2] == own]
        if wrong:
            raise Refused(map(_problem, wrong))
        return after

    def accepted(self, target: str, texts: Mapping[str, str]) -> "Reviewed":
        """The review with a target decided by its fields, and what names it. Raises Refused."""
        place, entry = self.entry(target)
        decided = corrected(entry, texts, self.report)
        decided.pop("review", None)
        new = {target: decided["id"]}
        targets, units = list(self.data["targets"]), dict(self.data["units"])
        targets[place] = decided
        for n, other in enumerate(targets):
            naming = {key: new[other[key]] for key in _NAMING if other.get(key) in new}
            targets[n] = {**other, **naming} if naming and new[target] != target else other
        if unit := decided.get("unit"):
            units.setdefault(unit, {"zh": unit})
        data = {**self.data, "targets": targets, "units": units}
        return self.stepped(data, target=new[target])

    def with_typed(self, target: str, texts: Mapping[str, str] | None) -> "Reviewed":
        """The review with what stands in the fields of a target, None once that is settled."""
        others = {name: typed for name, typed in self.typed.items() if name != target}
        return replace(self, typed=others | ({target: texts} if texts else {}))

    def as_saved(self, text: str) -> "Reviewed":
        """The review after this text was written into the folder of plans."""
        return replace(self, saved=text)

    def undone(self) -> "Reviewed":
        """The review before the last step."""
        return replace(self, steps=self.steps[:-1])

    def open_targets(self) -> Iterator[Target]:
        """The targets that nobody has decided yet."""
        return (target for target in self.plan.targets if target.review is Review.OPEN)

    def decided(self) -> int:
        """How many figures belong to decided targets or are decided to promise nothing."""
        return sum(self.is_decided(figure) for figure in self.figures)

    def is_decided(self, figure: Figure) -> bool:
        """Whether somebody, or a rule that needs nobody, decided what became of a figure."""
        claims = self.claims.get(figure, ())
        return bool(claims) and not any(
            kind == "targets" and self.plan.targets[place].review is Review.OPEN
            for kind, place in claims
        )


def written(review: Reviewed) -> str:
    """A review as a text, to be kept."""
    return orjson.dumps({one.name: getattr(review, one.name) for one in fields(review)}).decode()


def read(text: str) -> Reviewed:
    """The review in a text that `written` made. Raises Refused for one of another version."""
    try:
        data = orjson.loads(text)
        steps = tuple(tuple(Change(**change) for change in step) for step in data.pop("steps"))
        review = Reviewed(**data, steps=steps)
        _ = review.plan
    except (KeyError, TypeError, ValueError) as error:
        raise refused(message("the review that was kept here cannot be read any more")) from error
    return review


def reviewed(report_text: str, plan_text: str, file: str) -> Reviewed:
    """A review that begins. Raises Refused, with the lines of `file`, for a plan that is none."""
    document, problems = parse_yaml(plan_text, file)
    if document is None:
        raise Refused(problems)
    plan, issues = checked_plan(document)
    if plan is None or issues:
        raise Refused(map(document.lines.problem, issues))
    return Reviewed(report_text, plan_text)


@lru_cache(maxsize=16)
def _data(plan_text: str) -> Data:
    document, _ = parse_yaml(plan_text)
    return document.data if document and isinstance(document.data, dict) else {}


def _problem(issue: Issue) -> Problem:
    names = [str(name) for name in issue.path[2:]]
    return Problem(issue.message, issue.values, field=".".join(names))


def _key(issue: Issue) -> tuple[str, str]:
    values: Mapping[str, object] = issue.values
    return issue.message, str(sorted((name, str(value)) for name, value in values.items()))


def doubts(target: Target) -> list[str]:
    """What is doubtful in a drafted target, as messages, the most doubtful first."""
    return [msgid for _, msgid, holds in _DOUBTS if holds(target)]


def by_doubt(review: Reviewed) -> list[Target | Figure]:
    """Figures that nothing accounts for, then the open targets, the most doubtful first."""
    left = [figure for figure in review.figures if not review.claims.get(figure)]

    def weight(target: Target) -> int:
        return sum(weight for weight, _, holds in _DOUBTS if holds(target))

    return [*left, *sorted(review.open_targets(), key=weight, reverse=True)]
