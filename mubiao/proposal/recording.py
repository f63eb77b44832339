"""The one way to record what a proposal says: saved, or submitted where approval is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from mubiao.model import Act, Filing, Plan, Save, SaveKind, Submission
from mubiao.problems import message, refused
from mubiao.store import Store

SUBMITTED = message("Submitted as no. {number}, not public yet; waiting for approval: {n}.")

_ALONE = message(
    "save {number} was made without a second pair of eyes, which this plan asks for now; correct "
    "or withdraw its figures instead, which is submitted for approval"
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The save of some rows, and the filing of those that wait for approval: at least one."""

    save: Save | None
    filing: Filing | None = None


def record(  # noqa: PLR0913 - what, of which kind, where, and by which act
    store: Store,
    plan: Plan,
    submissions: Iterable[Submission],
    act: Act,
    *,
    kind: SaveKind = SaveKind.ENTRY,
    part: str = "",
) -> Recorded:
    """Save what needs no approval and submit the rest, in one transaction. Raises as these do."""
    waiting: list[Submission] = []
    direct: list[Submission] = []
    for one in submissions:
        (waiting if plan.needs_approval(one.entry.target) else direct).append(one)
    if not waiting:
        return Recorded(store.save(plan.id, direct, act, kind=kind))
    filing, saved = store.submit(plan.id, waiting, act, kind=kind, part=part, direct=direct)
    return Recorded(saved, filing)


def undo(store: Store, plan: Plan, number: int, act: Act) -> Save:
    """Undo one's own save. With four eyes, what nobody else has published is not taken out of the
    record by one person either. Raises as `Store.undo`.
    """
    if plan.approval is not None and plan.approval.four_eyes:
        for save in store.saves(plan.id, ids={number}):
            entries = store.entries(plan.id, save.rows).values()
            alone = any(plan.needs_approval(e.target) and e.actor == save.actor for e in entries)
            if alone and save.id == number:
                raise refused(_ALONE, number=number)
    return store.undo(plan.id, number, act)
