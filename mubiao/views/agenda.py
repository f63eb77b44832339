"""Preparing a meeting: its slides as rows to put in order, and the agenda that edits make."""

from collections.abc import Mapping, Sequence

from mubiao.model import AgendaItem
from mubiao.views.briefing import Briefing
from mubiao.views.slides import TARGET, Slide, parts


def agenda_rows(briefing: Briefing, rows: int) -> tuple[tuple[Slide, AgendaItem], ...]:
    """Each slide or list of slides once, in the agenda's order, with what the agenda says of it."""
    items = {item.slide: item for item in briefing.agenda.items}
    return tuple(
        (slide, items.get(slide.id, AgendaItem(slide.id))) for slide in parts(briefing, rows)
    )


def edited(
    items: Sequence[AgendaItem], edits: Mapping[int, Mapping[str, object]], added: str = ""
) -> tuple[AgendaItem, ...]:
    """The items after edits by their place: `number` moves one to another place (from 1),
    `included` puts it in or leaves it out, `note` is what the speaker wants to say.

    `added` is a target that gets a slide, after the last one that has one. What an edit cannot be
    is left as it was.
    """
    numbered = [(item, edits.get(place, {})) for place, item in enumerate(items)]
    placed = [(_place(at, edit.get("number")), at) for at, (_, edit) in enumerate(numbered)]
    ordered = [_changed(*numbered[at]) for _, at in sorted(placed)]
    if added:
        slide = f"{TARGET}{added}"
        ordered = [item for item in ordered if item.slide != slide]
        targets = [place for place, item in enumerate(ordered) if item.slide.startswith(TARGET)]
        ordered.insert(targets[-1] + 1 if targets else len(ordered), AgendaItem(slide))
    return tuple(ordered)


def _place(place: int, number: object) -> float:
    """Where an item goes: before the one of that place when going up, behind it going down."""
    if not isinstance(number, int | float) or number - 1 == place:
        return place
    return number - 1 + (0.5 if number - 1 > place else -0.5)


def _changed(item: AgendaItem, edit: Mapping[str, object]) -> AgendaItem:
    included, note = edit.get("included"), edit.get("note", item.note)
    left_out = item.left_out if not isinstance(included, bool) else not included
    return AgendaItem(item.slide, note if isinstance(note, str) else "", left_out)
