"""A YAML file read strictly: plain data, the line of every part of it, and every problem at once.

Stricter than YAML on purpose: no aliases, anchors or tags, one document, bounded in size and
depth, each key once. Plain decimal numbers become `Decimal` from their own text, plain ISO days
become `date`, an empty value or `null` becomes None, everything else is text as it is written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml.reader import Reader

from mubiao.plain_text import unseen
from mubiao.plan.textfile import read_text
from mubiao.problems import Problem, Refused, message

MAX_DEPTH = 20
MAX_DIGITS = 28

Data = dict[str, Any]
"""A mapping of a plan file."""

KeyPath = tuple[str | int, ...]
"""Where a part stands in the data: ("targets", 3, "source", "printed"); () is the whole."""

_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TAB_INDENT = re.compile(r" *\t")


class Issue(NamedTuple):
    """What is wrong at one place of the data, in a line of its own where it has one."""

    path: KeyPath
    message: str
    values: Mapping[str, object]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """The line (from 1) of every part of a file."""

    file: str = ""
    at: Mapping[KeyPath, int] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int:
        """The line of a part, or of the nearest part around it that is there; 0 for none."""
        around = (path[:length] for length in range(len(path), -1, -1))
        return next((self.at[part] for part in around if part in self.at), 0)

    def problem(self, issue: Issue) -> Problem:
        """The issue with its file and line."""
        line = issue.line or self.line(issue.path)
        return Problem(issue.message, issue.values, self.file, line)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's data (dict, list, str, Decimal, date, None), its lines and its own issues.

    The issues leave usable data behind, so that the checks that follow can go on; `spoilt` are
    the paths whose data stands for something that was refused and is not worth judging.
    """

    data: object
    lines: Lines
    issues: tuple[Issue, ...] = ()
    spoilt: frozenset[KeyPath] = frozenset()


def read_yaml(path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read a file: the document (which may carry issues), or None and what is in the way."""
    try:
        return parse_yaml(read_text(path), str(path))
    except Refused as refusal:
        return None, refusal.problems


def parse_yaml(text: str, file: str = "") -> tuple[Document | None, tuple[Problem, ...]]:
    """The same of a text; `file` is what its problems name."""
    try:
        _refuse_characters(text, file)
        return _Builder(file).document(text), ()
    except Refused as refusal:
        return None, refusal.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = ", ".join(part for part in (error.problem, error.context) if part)
    # The pure Python loader lets int() and chr() speak for bad escapes like "\U00110000".
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        line, reason = 1, str(error)
    msgid = message("the file is not valid YAML: {reason}")
    return None, (Problem(msgid, {"reason": reason}, file, line),)


def _refuse_characters(text: str, file: str) -> None:
    problems = []
    if bad := Reader.NON_PRINTABLE.search(text):
        msgid = message("the character {code} is not allowed in YAML")
        line = text.count("\n", 0, bad.start()) + 1
        problems.append(Problem(msgid, {"code": _code(bad.group())}, file, line))
    for number, line_text in enumerate(text.split("\n"), 1):
        if _TAB_INDENT.match(line_text):
            msgid = message("the indentation contains a tab; indent with spaces")
            problems.append(Problem(msgid, {}, file, number))
    if problems:
        raise Refused(problems)


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _resolved(text: str) -> str:
    """What YAML takes an unquoted text for: int, float, timestamp, null ... or ""."""
    forms = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], [])
    return next((str(tag).rpartition(":")[2] for tag, form in forms if form.match(text)), "")


class _Builder:
    """Builds data from the parser's events; recursion is bounded by MAX_DEPTH."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[KeyPath, int] = {}
        self.issues: list[Issue] = []
        self.spoilt: set[KeyPath] = set()
        self.events: Iterator[yaml.Event] = iter(())

    def document(self, text: str) -> Document:
        self.events = yaml.parse(text, Loader=_LOADER)
        data: object = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._issue_at(event, message("a second document begins; expected only one"))
                    break
            elif isinstance(event, yaml.NodeEvent):
                data = self._value(event, ())
        if documents == 0 or (data is None and () not in self.spoilt):
            self.lines.setdefault((), 1)
            self._spoil((), message("the file is empty; expected a plan"))
        lines = Lines(self.file, self.lines)
        return Document(data, lines, tuple(self.issues), frozenset(self.spoilt))

    def _refusal(self, event: yaml.Event, msgid: str) -> Refused:
        """What makes the rest of the file not worth reading."""
        return Refused([Problem(msgid, {"most": MAX_DEPTH}, self.file, _line(event))])

    def _issue_at(self, event: yaml.Event, msgid: str, **values: object) -> None:
        self.issues.append(Issue((), msgid, values, _line(event)))

    def _spoil(self, path: KeyPath, msgid: str, **values: object) -> None:
        self.issues.append(Issue(path, msgid, values))
        self.spoilt.add(path)

    def _value(self, event: yaml.NodeEvent, path: KeyPath) -> object:
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.AliasEvent):
            msgid = message("an alias (*{name}) is not allowed; write the value out")
            self._issue_at(event, msgid, name=event.anchor)
            self.spoilt.add(path)
            return None
        self._refuse_marks(event, path)
        if len(path) >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            raise self._refusal(event, message("the nesting is deeper than {most} levels"))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path)

    def _refuse_marks(self, event: yaml.NodeEvent, path: KeyPath) -> None:
        if event.anchor is not None:
            msgid = message("an anchor (&{name}) is not allowed; write the value out")
            self._issue_at(event, msgid, name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._issue_at(event, message("a tag ({tag}) is not allowed; leave it out"), tag=tag)
            self.spoilt.add(path)

    def _sequence(self, path: KeyPath) -> list[object]:
        items: list[object] = []
        for event in self.events:
            if not isinstance(event, yaml.NodeEvent):
                break
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: KeyPath) -> dict[str, object]:
        items: dict[str, object] = {}
        for event in self.events:
            if not isinstance(event, yaml.NodeEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, message("a key must be plain text"))
            self._refuse_marks(event, path)
            key = str(event.value)
            below = (*path, key)
            if key in items:
                msgid = message("the key {key} is given twice; it stands in line {first} already")
                self._issue_at(event, msgid, key=key, first=self.lines[below])
            self.lines.setdefault(below, _line(event))
            value = next(self.events)  # the parser gives every key one
            if isinstance(value, yaml.NodeEvent):
                items.setdefault(key, self._value(value, below))
        return items

    def _scalar(self, event: yaml.NodeEvent, path: KeyPath) -> object:
        text = str(getattr(event, "value", ""))
        bad = Reader.NON_PRINTABLE.search(text)
        if sign := bad.group() if bad else unseen(text):
            self._spoil(path, message("the character {code} is not allowed"), code=_code(sign))
        if getattr(event, "style", None):  # quoted or block text
            return text
        tag = _resolved(text)
        if tag in ("int", "float"):
            return self._number(text, path)
        if tag == "timestamp" and _DAY.fullmatch(text):
            return self._day(text, path)
        return None if tag == "null" else text

    def _number(self, text: str, path: KeyPath) -> Decimal:
        if not _NUMBER.fullmatch(text) or len(text) > MAX_DIGITS:
            msgid = message(
                "{text} is not a plain decimal number; expected digits with at most one point, "
                "such as 6 or -20.5 (or quotes around it, if it is a text)"
            )
            self._spoil(path, msgid, text=text[:40])
            return Decimal(0)
        return Decimal(text) or Decimal(0)  # no -0

    def _day(self, text: str, path: KeyPath) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._spoil(path, message("there is no day {text}; expected YYYY-MM-DD"), text=text)
            return date.min
