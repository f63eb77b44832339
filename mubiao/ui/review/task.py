"""What is decided now: what its fields hold, and the acts that decide, a step each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from mubiao.i18n import in_both
from mubiao.plan.edits import HEAD, head_of
from mubiao.plan.loader import plan_files
from mubiao.problems import Problem, Refused, message
from mubiao.report import decisions
from mubiao.report.corrections import corrected, fields_of, keys_text
from mubiao.report.review import Reviewed, by_doubt
from mubiao.report.text import Figure
from mubiao.series import has_english_name, known_indicators, plain_name
from mubiao.ui.review import keeping
from mubiao.ui.review.keeping import Held
from mubiao.ui.shell import act, address
from mubiao.ui.shell.page import Screen
from mubiao.views.review import item_of

PLACE = "review-done"
REASON = "review-reason"
UNFIGURED = "unfigured"
STATED = message("what is there already, or happens anyhow")


@dataclass(frozen=True)
class Task:
    """A target or a figure to decide, by its name, in a review after so many `steps`, or what the
    plan says of itself (HEAD); "" once all is decided.
    """

    screen: Screen
    held: Held
    item: str
    steps: int

    @property
    def review(self) -> Reviewed:
        """The review as it is now."""
        return self.held.review

    @property
    def is_target(self) -> bool:
        """Whether it is a target, and not a figure without one."""
        return self.item in self.review.plan.by_id

    @property
    def figure(self) -> Figure | None:
        """The figure without a target."""
        figures = (one for one in self.review.figures if item_of(one) == self.item)
        return next(figures, None)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return any(item_of(one) == self.item for one in by_doubt(self.review))

    def key(self, name: str) -> str:
        """The key of a field's widget: another one after each step."""
        return f"review-{name}-{self.item}-{self.steps}"

    def texts(self) -> Mapping[str, str]:
        """What the fields hold: what was typed, or what the plan has; and what another plan calls
        the indicator where this one has no English name for it.
        """
        if self.item == HEAD:
            texts = {"more": keys_text(head_of(self.review.data))}
        else:
            texts = fields_of(self.review.entry(self.item)[1])
            texts |= {} if texts["name_en"] else self._known(texts)
        return {**texts, **self.review.typed.get(self.item, {})}

    def _known(self, texts: Mapping[str, str]) -> dict[str, str]:
        """What other plans know of the indicator: English name and, of the place, id and series."""
        own, files = self.review.plan, plan_files(self.screen.settings.plans)
        plans = [file.plan for file in files if file.plan and file.plan.id != own.id]
        here = [plan for plan in plans if plan.place.zh == own.place.zh]
        name = plain_name(texts["name_zh"])
        other, at = (known_indicators(some).get(name) for some in (plans, here))
        known = {"name_en": other.name.en} if other and has_english_name(other) else {}
        if at and has_english_name(at) and at.id not in own.by_id:  # and no draft's p2-0-1-3
            known["id"] = at.id
        taken = {target.series for target in own.targets}
        if at and at.series and at.series not in taken and not own.by_id[self.item].series:
            known["more"] = f"series: {at.series}\n{texts['more']}"
        return known

    def problems(self, texts: Mapping[str, str]) -> tuple[Problem, ...]:
        """What cannot be read of what was typed into the fields."""
        if self.item not in self.review.typed:
            return ()
        try:
            if self.item == HEAD:
                self.review.stepped(decisions.headed(self.review, texts["more"]))
            else:
                corrected(self.review.entry(self.item)[1], texts, self.review.report)
        except Refused as refusal:
            return refusal.problems
        return ()


def chosen(screen: Screen, held: Held) -> Task:
    """What the address names, or else what is most doubtful."""
    task = Task(screen, held, screen.address.item, len(held.review.steps))
    if task.is_target or task.figure or task.item == HEAD:
        return task
    return replace(task, item=next(map(item_of, by_doubt(held.review)), ""))


def keep_typed(task: Task) -> None:
    """Keep what was typed, also where it cannot be read yet."""
    with act.attempt(PLACE):
        keeping.keep(task.screen, task.held, task.review.with_typed(task.item, _held_texts(task)))


def accept(task: Task) -> None:
    """Take a target, or what the plan says of itself, as the fields have it."""
    texts = _held_texts(task)
    if texts != task.texts():
        keep_typed(task)  # first: what is refused stays in the fields
    if task.item == HEAD:
        _decide(task, lambda r: r.stepped(decisions.headed(r, texts["more"])))
    else:
        _decide(task, lambda r: r.accepted(task.item, texts))


def nothing(task: Task) -> None:
    """Say that a target, or a figure that nothing accounts for, promises nothing."""
    reason = in_both(str(st.session_state.get(REASON) or STATED))
    figure = task.figure
    if task.is_target:
        _decide(task, lambda r: r.stepped(decisions.as_nothing(r, task.item, reason)))
    elif figure is not None:
        _decide(task, lambda r: r.stepped(decisions.explained(r, figure, reason)))


def merge(task: Task) -> None:
    """Have the next figure be part of the target."""
    _decide(task, lambda r: r.stepped(decisions.merged(r, task.item)), then=task.item)


def split(task: Task) -> None:
    """Have each condition of the target be a target, or its figure stand for one target more."""
    _decide(task, lambda r: r.stepped(decisions.split(r, task.item, in_both)), then=task.item)


def complete(task: Task) -> None:
    """Have a phrase that was typed be a target without a figure, and go on with that."""
    key = task.key(UNFIGURED)
    if not (printed := str(st.session_state.get(key, "")).strip()):
        return
    known = task.review.plan.by_id.keys()
    _decide(task, lambda r: r.stepped(decisions.completion(r, printed, in_both)), then=task.item)
    address.write("item", next(iter(task.review.plan.by_id.keys() - known), task.item))


def promise(task: Task) -> None:
    """Have a figure be a target, and go on with that."""
    if (figure := task.figure) is None:
        return
    _decide(task, lambda r: r.stepped(decisions.as_promise(r, figure, in_both)))
    claims = task.review.claims.get(figure, ())
    targets = [task.review.plan.targets[at].id for kind, at in claims if kind == "targets"]
    address.write("item", next(iter(targets), task.item))


def go_on(task: Task) -> None:
    """Leave it for later: on to the next doubtful one."""
    items = list(map(item_of, by_doubt(task.review)))
    at = items.index(task.item) + 1 if task.item in items else 0
    address.write("item", items[at % len(items)] if items else "")


def undo(task: Task) -> None:
    """Take the last step back, and go back to what it decided."""
    if not task.review.steps or task.steps != len(task.review.steps):
        return
    before = {target.id for target in task.review.open_targets()}
    with act.attempt(PLACE):
        keeping.keep(task.screen, task.held, task.review.undone())
        again = (t.id for t in task.review.open_targets() if t.id not in before)
        address.write("item", next(again, ""))


def _decide(task: Task, decide: Callable[[Reviewed], Reviewed], then: str = "") -> None:
    """Take a step, and go on to what is most doubtful then. A refusal leaves all as it was; a key
    that was pressed twice, before the step after the first was to be seen, decides nothing more.
    """
    if task.steps != len(task.review.steps):
        return
    with act.attempt(PLACE):
        keeping.keep(task.screen, task.held, decide(task.review).with_typed(task.item, None))
        address.write("item", then)


def _held_texts(task: Task) -> dict[str, str]:
    """What the fields hold now; those that are not drawn yet hold what they would show."""
    state, texts = st.session_state, task.texts()
    return {name: str(state.get(task.key(name), text)) for name, text in texts.items()}
