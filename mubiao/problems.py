"""What is wrong with data (values) and what is refused (one exception family).

Messages are English gettext ids with named places, so that the edge (a page, the
command line) says them in the reader's language: `language.t(p.message, **p.values)`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePath

# The values that name a place on the server, and those that quote its system, with the folders of
# a path in such a text.
_PLACES = frozenset({"where", "file", "folder"})
_QUOTED = frozenset({"reason"})
_FOLDERS = re.compile(r"(?:\b[A-Za-z]:)?(?<![\w.])[/\\](?:[^\s/\\'\":]+[/\\])+")


def message(text: str) -> str:
    """Mark a text for the catalogs without translating it here."""
    return text


def excerpt(text: str) -> str:
    """A short, printable form of what somebody wrote, for a message about it."""
    short = text if len(text) <= 40 else text[:39] + "…"
    if short.isprintable():
        return short
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in short)


class TargetId(str):
    """A target's id among a problem's values: pages say the target's name in its place."""

    __slots__ = ()


class Phrase(str):
    """A message id among a problem's values, said in each reader's language."""

    __slots__ = ()


class Cause(str):
    """What a database or its driver said of a fault, among a problem's values: in its own words,
    which may be SQL or the address of a server, so pages leave it to the log.
    """

    __slots__ = ()


_IN_LOG = Phrase(message("the server's log has the details"))


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A word of the plan among a problem's values, said in each reader's language."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en


class Choices(tuple[StrEnum, ...]):
    """Ids of the model among a problem's values, said in words to who reads no English."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)


def choice_words(choice: StrEnum) -> str:
    """The words of an id, which are a message: at_least is "at least"."""
    return choice.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment among a problem's values, said in the time zone of the reader's plan."""

    at: datetime

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (file and line, or a field), what, and what was expected.

    `line` counts from 1; 0 means that the problem has no line. `field` names the form field
    or column concerned, "" for none.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The problem in English, for logs and tests, and among the values of another."""
        return self.message.format_map(dict(self.values))

    def for_page(self) -> "Problem":
        """The same for a reader of a page: of a server's path only the last part, and no cause."""
        values = {
            name: _IN_LOG
            if isinstance(value, Cause)
            else PurePath(str(value)).name
            if name in _PLACES
            else _FOLDERS.sub("", str(value))
            if name in _QUOTED
            else value
            for name, value in self.values.items()
        }
        return replace(self, values=values, file=PurePath(self.file).name)


class Refused(Exception):
    """An operation was not carried out; nothing was changed. Carries every reason at once.

    `outcome` says of which kind it is, to whoever runs the server.
    """

    outcome = "refused"

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "; ".join(p.text for p in self.problems)


class Unavailable(Refused):
    """The plan or the database cannot be used at all (missing, damaged, unreachable)."""

    outcome = "unavailable"


class Problems(list[Problem]):
    """What is wrong, collected while the checks go on."""

    def add(self, field: str, msgid: str, /, **values: object) -> None:
        """Add a problem of a field."""
        self.append(Problem(msgid, values, field=field))

    def refuse(self) -> None:
        """Raises Refused with all of them, where there are any."""
        if self:
            raise Refused(self)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Adds the problems of a refusal inside, so that the checks can go on."""
        try:
            yield
        except Refused as refusal:
            self.extend(refusal.problems)


def refused(msgid: str, /, *, field: str = "", **values: object) -> Refused:
    """A refusal for one reason."""
    return Refused([Problem(msgid, values, field=field)])


def unavailable(msgid: str, /, **values: object) -> Unavailable:
    """What cannot be used for one reason."""
    return Unavailable([Problem(msgid, values)])
