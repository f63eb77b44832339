"""What stands around a figure in its paragraph."""

import re
from dataclasses import dataclass
from functools import cached_property

from mubiao.plan.numerals import PrintedNumber, ends_range, figures_in

# The marks of a text typed in Western ones; a comma within a number stays.
_WESTERN = re.compile(r"[;:!?()]|(?<!\d),|,(?!\d{3}(?!\d))")
_MARKS = str.maketrans(",;:!?()", "，；：！？（）")
QUOTES = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"))
_BREAKS, _STOPS = "，。；！？：", "。；！？"
_BREAK = re.compile(f"[{_BREAKS}]")


@dataclass(frozen=True)
class Context:
    """A figure with the text before and after it; `upper` ends the range that it begins."""

    text: str
    number: PrintedNumber
    previous: PrintedNumber | None = None
    following: PrintedNumber | None = None

    @cached_property
    def before(self) -> str:
        """The paragraph up to the figure."""
        return self.text[: self.number.start]

    @cached_property
    def after(self) -> str:
        """The paragraph from the end of the figure's unit on."""
        return self.text[self.number.tail :]

    @cached_property
    def clause(self) -> str:
        """The clause up to the figure."""
        return self._since(_BREAKS)

    @cached_property
    def rest(self) -> str:
        """The clause from the end of the figure's unit on."""
        return _BREAK.split(self.after, maxsplit=1)[0]

    @cached_property
    def sentence(self) -> str:
        """The sentence up to the figure."""
        return self._since(_STOPS)

    @cached_property
    def statement(self) -> str:
        """All clauses from the last full stop up to the figure."""
        return self._since("。！？")

    def _since(self, marks: str) -> str:
        """The paragraph from behind the last of these marks up to the figure."""
        return self.before[max(map(self.before.rfind, marks)) + 1 :]

    @property
    def upper(self) -> PrintedNumber | None:
        """The upper end of the range that the figure begins."""
        other = self.following
        return other if other and ends_range(self.text, self.number, other) else None

    @property
    def is_upper(self) -> bool:
        """Whether the figure is the upper end of a range."""
        return self.previous is not None and ends_range(self.text, self.previous, self.number)


def plain(text: str) -> str:
    """A text, as long as before, with Chinese punctuation."""
    return _WESTERN.sub(lambda mark: mark[0].translate(_MARKS), text)


def contexts(text: str) -> list[Context]:
    """Each figure of a paragraph with what stands around it, in order."""
    numbers, text = figures_in(text), plain(text)
    around = [None, *numbers, None]
    return [Context(text, n, around[at], around[at + 2]) for at, n in enumerate(numbers)]
