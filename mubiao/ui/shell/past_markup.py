"""HTML of what is looked back on: saves with their rows, changes between days, remarks."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from mubiao.ui.shell import markup
from mubiao.views.changes import ChangeRow, Changes
from mubiao.views.history import Group, HistoryRow
from mubiao.views.overview import StatusMark
from mubiao.views.remarks import Note

LINES_AT_FIRST = 12
_ARROW = '<span class="mb-arrow" role="img" aria-label="→">→</span>'

Links = Mapping[str, str]


def group(shown: Group, links: Links, number: str, more: str) -> str:
    """One save with its rows, all but the first few folded away; `number` names the save."""
    parts = filter(None, (shown.at, shown.kind_word, number, *shown.notes))
    told = " · ".join(f"<span>{escape(part)}</span>" for part in parts)
    first, rest = shown.lines[:LINES_AT_FIRST], shown.lines[LINES_AT_FIRST:]
    folded = ""
    if rest:
        folded = f"<details><summary>{escape(more)}</summary>{_lines(rest, links)}</details>"
    return (
        f'<section class="mb-save mb-save-{shown.kind}"><h2><b>{escape(shown.person)}</b> '
        f"<small>{told}</small></h2>{_lines(first, links)}{folded}</section>"
    )


def _lines(lines: Iterable[HistoryRow], links: Links) -> str:
    return f'<ul class="mb-past">{"".join(_line(line, links) for line in lines)}</ul>'


def _line(line: HistoryRow, links: Links) -> str:
    old = f"<s>{escape(line.old)}</s> {_ARROW} " if line.old else ""
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in line.facts)
    deed = f" · {escape(line.deed)}" if line.deed else ""
    return (
        f'<li><span class="mb-name">{_link(line.name, links.get(line.target))}'
        f"<small>{escape(line.period)}</small></span>"
        f'<span class="mb-turned">{old}<b>{escape(line.new)}</b>'
        f"<small>{escape(line.number)}{deed}</small></span>"
        f'<span class="mb-facts">{facts}</span></li>'
    )


def _link(name: str, address: str | None) -> str:
    """A target's name; what is not in the plan (any more) has no page to lead to."""
    if address is None:
        return f"<span>{escape(name)}</span>"
    return f'<a href="{escape(address)}" target="_self">{escape(name)}</a>'


def days(shown: Changes, level: int = 3) -> str:
    """What changed in a sentence, and the counts by status of both days.

    The days are headings of this level: one below what stands above them.
    """
    both = "".join(
        f'<div class="mb-day"><h{level}>{escape(day)}</h{level}>{markup.strip(counts)}</div>'
        for day, counts in (
            (shown.earlier, shown.counts_earlier),
            (shown.later, shown.counts_later),
        )
    )
    return f'<p class="mb-summary">{escape(shown.summary)}</p>{both}'


def turns(name: str, rows: Sequence[ChangeRow], links: Links) -> str:
    """The targets that turned one way: status before and after, what did it, the sentence."""
    return markup.heading(name, str(len(rows))) + _changed(rows, links)


def steady(title: str, rows: Sequence[ChangeRow], links: Links) -> str:
    """The targets with another figure and the same status, folded away."""
    return f"<details><summary>{escape(title)}</summary>{_changed(rows, links)}</details>"


def _changed(rows: Iterable[ChangeRow], links: Links) -> str:
    items = "".join(
        f"<li>{_link(row.name, links.get(row.id))}"
        f'<span class="mb-both">{both(row)}</span>'
        f'<p class="mb-cause">{escape(row.cause)}</p><p>{escape(row.sentence)}</p></li>'
        for row in rows
    )
    return f'<ul class="mb-changes">{items}</ul>'


def both(row: ChangeRow) -> str:
    """The status before and after, once where it is the same."""
    if row.before == row.after:
        return markup.status(row.after)
    return f"{markup.status(row.before)} {_ARROW} {markup.status(row.after)}"


def beside(computed: StatusMark, by_rule: str, judged: Sequence[tuple[Note, str]]) -> str:
    """The computed status and people's own judgements side by side, each with what it rests on.

    `judged` are notes with the line that says whose they are and until when.
    """
    own = "".join(
        f"<div>{_marked(note)}<p>{escape(note.text)}</p><small>{escape(whose)}</small></div>"
        for note, whose in judged
    )
    return (
        f'<div class="mb-beside"><div>{markup.status(computed)}'
        f"<small>{escape(by_rule)}</small></div>{own}</div>"
    )


def note(shown: Note, whose: str) -> str:
    """One commentary, or a judgement whose last day is over."""
    return (
        f'<article class="mb-note">{_marked(shown)}<p>{escape(shown.text)}</p>'
        f"<small>{escape(whose)}</small></article>"
    )


def expired(title: str, judged: Iterable[tuple[Note, str]]) -> str:
    """Judgements whose last day is over, folded away."""
    notes = "".join(note(shown, whose) for shown, whose in judged)
    return f"<details><summary>{escape(title)}</summary>{notes}</details>"


def _marked(shown: Note) -> str:
    return markup.status(shown.mark) if shown.mark else ""


def quiet(text: str) -> str:
    """What a few fields are for."""
    return f'<p class="mb-quiet">{escape(text)}</p>'
