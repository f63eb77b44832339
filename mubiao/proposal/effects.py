"""What figures would change in the judgement of targets, before anything is written."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mubiao import counting
from mubiao.assessment import assess
from mubiao.model import Assessment, Entry, Observation, Plan, Status
from mubiao.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """What figures would do to one target."""

    before: Assessment
    after: Assessment

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The status before and after; one where it stays."""
        return tuple(dict.fromkeys((self.before.status, self.after.status)))

    @property
    def turns(self) -> bool:
        """Whether the status changes."""
        return len(self.statuses) > 1


def effects(
    plan: Plan,
    standing: Iterable[Observation],
    figures: Sequence[Observation],
    as_of: date,
    *,
    taken_back: Sequence[Observation] = (),
) -> tuple[Change, ...]:
    """What several figures together would change as of a day, before anything is written.

    The targets of the figures and of the rows `taken_back`, also those that stay as they are, and
    every other target that changes, in the plan's order. A figure's `replaces` is the row whose
    place it takes, once it is known: a later correction leaves that row standing until then.
    """
    before = [o for o in standing if o.known_on <= as_of]
    known = [figure for figure in figures if figure.known_on <= as_of]
    replaced = {figure.replaces for figure in known} | {o.row for o in taken_back}
    last = max((o.row for o in before), default=0)
    # Rows that are not written yet come after all others, in their order.
    added = [replace(figure, row=last + place) for place, figure in enumerate(known, 1)]
    after = [o for o in before if o.row not in replaced] + added
    own = {one.target for one in (*figures, *taken_back)}
    return _changes(plan, before, after, own, as_of)


def made_by(
    plan: Plan,
    standing: Iterable[Observation],
    history: Sequence[Entry],
    rows: Collection[int],
    as_of: date,
) -> tuple[Change, ...]:
    """What rows that are recorded have changed as of a day: before is the record without them.

    `history` is everything recorded for the rows' targets. The targets are those of `effects`.
    """
    own, after = {entry.target for entry in history}, list(standing)
    without = counting.standing((e for e in history if e.row not in rows), as_of)
    before = [o for o in after if o.target not in own] + without
    return _changes(plan, before, after, own, as_of)


def _changes(
    plan: Plan,
    before: Sequence[Observation],
    after: Sequence[Observation],
    own: Collection[str],
    as_of: date,
) -> tuple[Change, ...]:
    pairs = zip(assess(plan, before, as_of), assess(plan, after, as_of), strict=True)
    return tuple(Change(w, i) for w, i in pairs if w != i or w.target.id in own)


def judged_anew(
    store: Store, plan: Plan, figures: Sequence[Observation], as_of: date
) -> tuple[Change, ...]:
    """What saving figures would change as of a day: the targets whose judgement changes."""
    if not figures:
        return ()
    changes = effects(plan, store.as_of(plan.id, as_of), figures, as_of)
    return tuple(change for change in changes if change.before != change.after)
