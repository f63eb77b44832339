"""What importing a file would do to the record, and to the judgement of targets."""

from datetime import date

from mubiao.model import Plan
from mubiao.proposal.effects import Change, effects
from mubiao.spreadsheet import importing
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.table import Table
from mubiao.store import Store


def dry_run(
    store: Store, plan: Plan, table: Table, today: date, seen: importing.Bases | None = None
) -> Import:
    """What importing a file's table would do to the record as it is now; writes nothing.

    Reads what stands of the file's targets, and the whole history only of those whose rows say
    something new. `seen` are the bases of an earlier dry run that the person has been shown.
    """
    targets = importing.targets_of(table, plan)
    # The bases first: what is recorded between the two readings is then a conflict, not missed.
    bases = store.greatest_rows(plan.id, targets)
    standing = store.as_of(plan.id, date.max, targets)
    return importing.dry_run(
        table,
        plan,
        standing,
        today,
        history=lambda target: store.history(plan.id, target),
        bases=bases,
        seen=seen,
    )


def import_effects(store: Store, plan: Plan, found: Import, as_of: date) -> tuple[Change, ...]:
    """What saving an import would change as of a day: the targets whose judgement changes."""
    entries = found.entries
    if not entries:
        return ()
    targets = {entry.target for entry in entries}
    # Of the others what counts is enough; of these an earlier figure may come to count.
    known = [one for one in store.counting(plan.id, as_of) if one.target not in targets]
    known += store.as_of(plan.id, as_of, targets)
    changes = effects(plan, known, entries, as_of)
    return tuple(change for change in changes if change.before != change.after)
