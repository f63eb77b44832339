"""The chapters of the report, each with its counts; inside, the reported apart from the others."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from mubiao.model import Status
from mubiao.views.counts import StatusMark
from mubiao.views.overview import SectionRows, TargetRow


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
