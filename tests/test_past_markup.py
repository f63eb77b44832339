"""HTML of what is looked back on: no text can break out of it, and nothing is left out."""

from collections.abc import Callable

import pytest
from hypothesis import example, given

from mubiao.model import Status
from mubiao.ui.shell import past_markup
from mubiao.views.changes import ChangeRow, Changes
from mubiao.views.history import Group, HistoryRow
from mubiao.views.overview import Count
from mubiao.views.remarks import Note
from tests.test_markup import HERE, Tree, filled, mark_of, tags, texts


def line_of(text: str, target: str = "one") -> HistoryRow:
    """A correction in which every text is this one."""
    return HistoryRow(text, target, text, text, text, text, text, (text, text))


def group_of(text: str, lines: int = 2) -> Group:
    """A save with so many rows."""
    rows = (line_of(text),) * (lines - 1) + (line_of(text, "elsewhere"),)
    return Group(1, text, text, text, "entry", text, (text, text), undo=True, lines=rows)


def change_of(text: str, status: Status = Status.MISSED) -> ChangeRow:
    """A change from at risk in which every text is this one."""
    return ChangeRow("one", text, mark_of(text), mark_of(text, status), text, text)


def changes_of(text: str) -> Changes:
    """Two days of which every text is this one."""
    counts = (Count(mark_of(text), 2, text),)
    return Changes(text, text, text, counts, counts, (), ())


def note_of(text: str) -> Note:
    """A judgement in which every text is this one."""
    return Note(1, mark_of(text), text, text, text, text, text)


PARTS: dict[str, Callable[[str], str]] = {
    "group": lambda t: past_markup.group(group_of(t), {"one": t}, t, t),
    "long group": lambda t: past_markup.group(group_of(t, 30), {"one": t}, t, t),
    "days": lambda t: past_markup.days(changes_of(t)),
    "turns": lambda t: past_markup.turns(t, [change_of(t), change_of(t)], {"one": t}),
    "steady": lambda t: past_markup.steady(t, [change_of(t, Status.AT_RISK)], {}),
    "both": lambda t: past_markup.both(change_of(t)),
    "beside": lambda t: past_markup.beside(mark_of(t), t, [(note_of(t), t)]),
    "note": lambda t: past_markup.note(note_of(t), t),
    "expired": lambda t: past_markup.expired(t, [(note_of(t), t)]),
    "quiet": past_markup.quiet,
}


def test_every_part_is_tried_below() -> None:
    made = {
        name
        for name, part in vars(past_markup).items()
        if getattr(part, "__module__", "") == past_markup.__name__ and not name.startswith("_")
    }
    assert made == PARTS.keys() - {"long group"}


@pytest.mark.parametrize("name", PARTS)
@given(text=texts)
@example(text="</b><script>alert(1)</script>&amp;\" onclick='x'")
def test_a_text_stays_a_text_whatever_is_in_it(name: str, text: str) -> None:
    html = PARTS[name](text)
    assert Tree(html).parts == filled(Tree(PARTS[name](HERE)).parts, text)


def test_all_rows_of_a_long_save_are_there_most_of_them_folded_away() -> None:
    html = past_markup.group(group_of("x", 30), {"one": "target?target=one"}, "save 1", "more")
    assert len(tags(html, "li")) == 30
    folded = html[html.index("<details>") :]
    assert len(tags(folded.removesuffix("</section>"), "li")) == 30 - past_markup.LINES_AT_FIRST
    assert "<details>" not in past_markup.group(group_of("x", 3), {}, "", "more")


def test_what_is_not_in_the_plan_has_no_link() -> None:
    html = past_markup.group(group_of("x"), {"one": "target?target=one"}, "", "")
    assert [link["href"] for link in tags(html, "a")] == ["target?target=one"]


def test_the_same_status_on_both_days_is_shown_once() -> None:
    steady = past_markup.steady("", [change_of("x", Status.AT_RISK)], {})
    turned = past_markup.turns("", [change_of("x")], {})
    assert (steady.count("mb-status"), turned.count("mb-status")) == (1, 2)
