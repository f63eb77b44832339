"""The report's text: its sections and paragraphs, its figures, and the passages that are cited.

Sections are numbered as the report prints them: 2.0 is Part II up to its first chapter, 2.1 its
chapter (一). Paragraphs count from 1 after the heading; paragraph 0 is the heading.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mubiao.model import Source
from mubiao.plan.printed import arabic_numbers, chinese_number, occurrences
from mubiao.plan.textfile import file_stamp, read_text
from mubiao.problems import Problem, Unavailable, message

PART_II = "2."
_PART = re.compile(r"([一二三四五六七八九十]+)、")
_CHAPTER = re.compile(r"[(（]([一二三四五六七八九十]+)[)）]")


class ReportParagraph(NamedTuple):
    """A paragraph's text, without the spaces around it, and its line in the file, from 1."""

    text: str
    line: int


Report = Mapping[tuple[str, int], ReportParagraph]
"""The paragraphs of a report by (section, paragraph), in the report's order."""


class Figure(NamedTuple):
    """An Arabic figure of the report: where it stands, as printed, and its value with 万 and 亿."""

    section: str
    paragraph: int
    start: int
    end: int
    text: str
    value: Decimal


def parse_report(text: str) -> Report:
    """The paragraphs of a report's text; lines before the first part's heading belong to none.

    A heading is a line that begins with a greater number than the last one of its kind, so an
    enumeration inside a chapter does not begin the chapters anew.
    """
    paragraphs: dict[tuple[str, int], ReportParagraph] = {}
    part = chapter = count = 0
    for number, line in enumerate(text.split("\n"), 1):
        content = line.strip()
        if not content:
            continue
        count += 1
        if (begins := _number(_PART, content)) > part:
            part, chapter, count = begins, 0, 0
        elif part and (begins := _number(_CHAPTER, content)) > chapter:
            chapter, count = begins, 0
        if part:
            paragraphs[f"{part}.{chapter}", count] = ReportParagraph(content, number)
    return paragraphs


def _number(heading: re.Pattern[str], line: str) -> int:
    match = heading.match(line)
    return chinese_number(match[1]) if match else 0


def read_report(path: Path) -> Report:
    """The report in a text file. Raises Unavailable where there is none or it has no Part II."""
    report = parse_report(read_text(path))
    if ("2.0", 0) not in report:
        msgid = message("this is not a report's text: no line begins with 二、, as Part II does")
        raise Unavailable([Problem(msgid, {}, str(path), 1)])
    return report


def report_of(folder: Path | None, plan_id: str) -> Report | None:
    """A plan's report in a folder, None if absent. Raises Unavailable for what is no report."""
    path = folder / f"{plan_id}.txt" if folder else None
    return _report(path, file_stamp(path)) if path and path.exists() else None


@lru_cache(maxsize=16)
def _report(path: Path, _stamp: tuple[int, int]) -> Report:
    return read_report(path)


def figures(report: Report) -> list[Figure]:
    """Every Arabic figure of Part II, in the report's order."""
    return [
        Figure(section, paragraph, *number)
        for (section, paragraph), (text, _) in report.items()
        if section.startswith(PART_II)
        for number in arabic_numbers(text)
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
