"""The shortest phrase that cites figures in their paragraph and nothing that it should not."""

from collections.abc import Callable, Iterator

from mubiao.plan.printed import occurrences

LONGEST = 40
"""The characters that a plan's printed phrase may have."""

Span = tuple[int, int]


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
