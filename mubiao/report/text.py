"""The report's text: its sections and paragraphs, its figures, and the phrases that cite them.

Sections are numbered as the report prints them: 2.0 is Part II up to its first chapter, 2.1 its
chapter (一). Parts without numerals are counted; a text without any heading is section 0.0.
Paragraphs count from 1 after the heading; paragraph 0 is the heading.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mubiao.model import Plan, Source
from mubiao.plan.numerals import figures_in
from mubiao.plan.printed import occurrences
from mubiao.plan.textfile import file_stamp, read_content
from mubiao.report import headings
from mubiao.report.headings import number_of
from mubiao.report.reportfile import report_text

LONGEST = 40
"""The characters that a plan's printed phrase may have."""

Span = tuple[int, int]


class ReportParagraph(NamedTuple):
    """A paragraph's text, without the spaces around it, and its line in the file, from 1."""

    text: str
    line: int


Place = tuple[str, int]
"""A section and a paragraph of it."""

Report = Mapping[Place, ReportParagraph]
"""The paragraphs of a report by (section, paragraph), in the report's order."""


class Figure(NamedTuple):
    """A figure of the report with its value and unit; `tail` is where scale and unit end."""

    section: str
    paragraph: int
    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    tail: int


def parse_report(text: str, ends: str | None = None) -> Report:
    """The paragraphs of a report's text up to its glossaries and annexes.

    These begin with the line that begins with `ends`, or else with one in the second half that says
    so. Lines before the first part belong to no section, but where they state aims.
    """
    stripped = [(line.strip(), number) for number, line in enumerate(text.split("\n"), 1)]
    lines = [ReportParagraph(content, number) for content, number in stripped if content]
    paragraphs: dict[tuple[str, int], ReportParagraph] = {}
    for part, inside in _parts(lines[: _end(lines, ends)]):
        paragraphs |= _sections(
            part, inside, below_titles=not number_of(headings.PART, inside[0].text)
        )
    return paragraphs


def _end(lines: Sequence[ReportParagraph], ends: str | None) -> int:
    """How many of the lines are the report's own."""
    for place, (line, _) in enumerate(lines):
        late = place > len(lines) / 2
        if line.startswith(ends) if ends else late and headings.ends_text(line):
            return place
    return len(lines)


def _parts(lines: Sequence[ReportParagraph]) -> Iterator[tuple[int, Sequence[ReportParagraph]]]:
    """Each part's number and lines, its heading first.

    A heading by numeral has a greater number than the last one, so that an enumeration inside a
    part does not begin the parts anew; a table of contents, whose lines come again, begins none.
    What stands before them all is part 0, where it states the aims of a year.
    """
    texts = [line.text for line in lines]
    bare, lasts = headings.titles(texts), {text: place for place, text in enumerate(texts)}
    starts: list[tuple[int, int]] = []
    for place, line in enumerate(texts):
        last = starts[-1][0] if starts else 0
        bare_number = last + 1 if line in bare else 0
        number = bare_number if bare else number_of(headings.PART, line)
        if number > last and place == lasts[line]:
            starts.append((number, place))
    if not lines:
        return
    if not starts or any(map(headings.states_aims, texts[: starts[0][1]])):
        starts = [(0, 0), *starts]
    stops = [*(place for _, place in starts[1:]), len(lines)]
    for (number, start), stop in zip(starts, stops, strict=True):
        yield number, lines[start:stop]


def _sections(
    part: int, lines: Sequence[ReportParagraph], *, below_titles: bool
) -> Iterator[tuple[tuple[str, int], ReportParagraph]]:
    """The paragraphs of a part by section and number; a text without a heading counts from 1."""
    mark = headings.chapter_mark([line.text for line in lines[1:]], below_titles=below_titles)
    chapter, count = 0, 0 if part else 1
    for place, line in enumerate(lines):
        number = number_of(mark, line.text) if place else 0
        chapter, count = (number, 0) if number > chapter else (chapter, count)
        yield (f"{part}.{chapter}", count), line
        count += 1


def read_report(path: Path, ends: str | None = None) -> Report:
    """The report in a file. Raises Refused where there is none."""
    return parse_report(report_text(read_content(path), path), ends)


def report_of(folder: Path | None, plan: Plan) -> Report | None:
    """A plan's report in a folder, None if absent. Raises Unavailable for what is no text."""
    path = folder / f"{plan.id}.txt" if folder else None
    return _report(path, file_stamp(path), plan.ends) if path and path.exists() else None


@lru_cache(maxsize=16)
def _report(path: Path, _stamp: tuple[int, int], ends: str | None) -> Report:
    return read_report(path, ends)


def covers(sections: Collection[str], section: str) -> bool:
    """Whether a section is one of these, or a chapter of a part that is one of these."""
    return section in sections or section.partition(".")[0] in sections


def figures(report: Report, sections: Collection[str] | None = None) -> list[Figure]:
    """Every figure of these sections, or of all, in the report's order."""
    return [
        Figure(section, paragraph, *number)
        for (section, paragraph), (text, _) in report.items()
        if sections is None or covers(sections, section)
        for number in figures_in(text)
    ]


def places(report: Report, source: Source) -> tuple[str, list[tuple[int, int]]]:
    """The cited paragraph ("" if there is none) and each (start, end) of the printed phrase."""
    paragraph = report.get((source.section, source.paragraph))
    return (paragraph.text, occurrences(paragraph.text, source.printed)) if paragraph else ("", [])


def passage(report: Report, source: Source) -> tuple[str, str, str] | None:
    """The cited paragraph as text before, the printed phrase, and text after; None if not there."""
    text, spans = places(report, source)
    if not spans:
        return None
    start, end = spans[0]
    return text[:start], text[start:end], text[end:]


def shortest(text: str, span: Span, fits: Callable[[Span], bool]) -> Span | None:
    """The span itself, or the nearest longer one around it, that fits and stands there once."""
    for start, stop in _around(span, len(text)):
        unique = occurrences(text, text[start:stop]) == [(start, stop)]
        if unique and text[start:stop] == text[start:stop].strip() and fits((start, stop)):
            return start, stop
    return None


def spread(text: str, span: Span, free: Callable[[Span], bool]) -> Span | None:
    """The span itself, or the nearest longer one, all of whose occurrences are free."""
    for start, stop in _around(span, len(text)):
        phrase = text[start:stop]
        standing = occurrences(text, phrase)  # nowhere, where it would cut a figure in two
        if phrase == phrase.strip() and (start, stop) in standing and all(map(free, standing)):
            return start, stop
    return None


def _around(span: Span, length: int) -> Iterator[Span]:
    """The span and the longer ones around it, the shortest first, those to the right before."""
    start, stop = span
    for more in range(LONGEST - (stop - start) + 1):
        for left in range(more + 1):
            if left <= start and stop + more - left <= length:
                yield start - left, stop + more - left
