"""What entries would change in the judgement of targets, before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mubiao.assessment import assess
from mubiao.model import Assessment, Observation, Plan
from mubiao.observation.draft import Draft, read_draft
from mubiao.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry would do to one target."""

    before: Assessment
    after: Assessment


def read_entry(
    plan: Plan,
    draft: Draft,
    day: date,
    replaces: int | None = None,
    *,
    needs_source: bool = True,
) -> Observation:
    """A person's entry, checked whole. Raises Refused with every problem and its field."""
    entry = read_draft(draft, plan, day, needs_source=needs_source)
    return replace(entry, replaces=replaces)


def effect(
    plan: Plan,
    standing: Iterable[Observation],
    entry: Observation | None,
    replaces: int | None,
    as_of: date,
) -> tuple[Change, ...]:
    """What an entry would change as of a day, before anything is written.

    `entry` None takes the row `replaces` back. The entry's own target always comes first, also
    when it stays as it is; then every other target that changes.
    """
    known = list(standing)
    if entry is None:
        taken = [o for o in known if o.row == replaces]
        changes = effects(plan, known, (), as_of, taken_back=taken)
        own = next((o.target for o in taken), "")
    else:
        changes = effects(plan, known, [replace(entry, replaces=replaces)], as_of)
        own = entry.target
    return tuple(sorted(changes, key=lambda change: change.before.target.id != own))


def effects(
    plan: Plan,
    standing: Iterable[Observation],
    entries: Sequence[Observation],
    as_of: date,
    *,
    taken_back: Sequence[Observation] = (),
) -> tuple[Change, ...]:
    """What several entries together would change as of a day, before anything is written.

    The targets of the entries and of the rows `taken_back`, also those that stay as they are, and
    every other target that changes, in the plan's order. An entry's `replaces` is the row whose
    place it takes, once it is known: a later correction leaves that row standing until then.
    """
    before = [o for o in standing if o.known_on <= as_of]
    known = [entry for entry in entries if entry.known_on <= as_of]
    replaced = {entry.replaces for entry in known} | {o.row for o in taken_back}
    last = max((o.row for o in before), default=0)
    # Rows that are not written yet come after all others, in their order.
    added = [replace(entry, row=last + place) for place, entry in enumerate(known, 1)]
    after = [o for o in before if o.row not in replaced] + added
    touched = {one.target for one in (*entries, *taken_back)}
    pairs = zip(assess(plan, before, as_of), assess(plan, after, as_of), strict=True)
    return tuple(Change(w, i) for w, i in pairs if w != i or w.target.id in touched)


def judged_anew(
    store: Store, plan: Plan, figures: Sequence[Observation], as_of: date
) -> tuple[Change, ...]:
    """What saving figures would change as of a day: the targets whose judgement changes."""
    if not figures:
        return ()
    targets = {figure.target for figure in figures}
    # Of the others what counts is enough; of these an earlier figure may come to count.
    known = [one for one in store.counting(plan.id, as_of) if one.target not in targets]
    known += store.as_of(plan.id, as_of, targets)
    changes = effects(plan, known, figures, as_of)
    return tuple(change for change in changes if change.before != change.after)
