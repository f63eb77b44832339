"""The chapters of the report, each with its counts; inside, the reported apart from the others; and
the units in the same way.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from mubiao.model import Status
from mubiao.views.counts import StatusMark
from mubiao.views.overview import SectionRows, TargetRow
from mubiao.views.owed import owner_name, owner_of
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section: the statuses of its judged targets with their numbers, best first; `share` is its
    length among the chapters, the longest being 1; `silent` are the targets without a judgement.
    """

    id: str
    name: str
    share: float
    counts: tuple[tuple[StatusMark, int], ...]
    judged: tuple[TargetRow, ...]
    silent: tuple[TargetRow, ...]

    @property
    def total(self) -> int:
        """All its targets."""
        return len(self.judged) + len(self.silent)


def chapters(sections: Iterable[SectionRows], above: Container[str]) -> tuple[Chapter, ...]:
    """The sections in order, without the targets that stand `above` them on the page."""
    left = [(s, [row for row in s.rows if row.id not in above]) for s in sections]
    longest = max((len(rows) for _, rows in left), default=1)
    return tuple(_chapter(section, rows, longest) for section, rows in left if rows)


def units(phrasebook: Phrasebook, sections: Iterable[SectionRows]) -> tuple[Chapter, ...]:
    """Each unit with its targets of these sections as a chapter is, those with most first; none
    where the plan names no units.
    """
    plan, groups = phrasebook.plan, defaultdict[str, list[TargetRow]](list)
    if not plan.owners:
        return ()
    for row in (row for section in sections for row in section.rows):
        groups[owner_of(plan.by_id[row.id])].append(row)
    most_first = sorted(groups.items(), key=lambda group: -len(group[1]))
    longest = max((len(rows) for _, rows in most_first), default=1)
    return tuple(
        _chapter(SectionRows(id_, owner_name(phrasebook, id_), ()), rows, longest)
        for id_, rows in most_first
    )


def _chapter(section: SectionRows, rows: list[TargetRow], longest: int) -> Chapter:
    judged = tuple(row for row in rows if row.mark.status is not Status.NO_DATA)
    marks = Counter(row.mark for row in judged)
    return Chapter(
        section.id,
        section.name,
        len(rows) / longest,
        tuple((mark, marks[mark]) for status in Status for mark in marks if mark.status is status),
        judged,
        tuple(row for row in rows if row.mark.status is Status.NO_DATA),
    )
