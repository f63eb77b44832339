"""What changed lately, in a few lines: since the end of the month before, or a later meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mubiao.model import Assessment, Meeting, Observation
from mubiao.views.changes import changes, groups, month_end_before
from mubiao.views.counts import StatusMark
from mubiao.wording.phrasebook import Phrasebook, before_after


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A target with its figure, before and now, and its status on both days."""

    id: str
    name: str
    figures: str
    before: StatusMark
    after: StatusMark


@dataclass(frozen=True, slots=True)
class Recent:
    """What changed: how many targets each way, and all of them, those of another status first."""

    since: date
    counts: tuple[tuple[str, int], ...]
    rows: tuple[RecentRow, ...]


def since(meetings: Iterable[Meeting], as_of: date) -> date:
    """The day to compare with: the last meeting's within the month, or the end of that before."""
    days = (meeting.as_of for meeting in meetings if meeting.as_of < as_of)
    return max([month_end_before(as_of), *days])


def recent(
    phrasebook: Phrasebook, earlier: Sequence[Assessment], later: Sequence[Assessment]
) -> Recent:
    """What changed from one judgement of the plan to a later one."""
    old = {a.target.id: a.observation for a in earlier}
    new = {a.target.id: a.observation for a in later}
    turned = groups(changes(phrasebook, earlier, later), phrasebook.language)
    return Recent(
        since=earlier[0].as_of,
        counts=tuple((name, len(rows)) for name, rows in turned),
        rows=tuple(
            RecentRow(
                row.id,
                row.name,
                _figures(phrasebook, old[row.id], new[row.id]),
                row.before,
                row.after,
            )
            for _, rows in turned
            for row in rows
        ),
    )


def _figures(phrasebook: Phrasebook, old: Observation | None, new: Observation | None) -> str:
    if old is None and new is not None:
        return phrasebook.t("new: {value}", value=phrasebook.actual(new))
    return before_after(*("" if o is None else phrasebook.actual(o) for o in (old, new)))
