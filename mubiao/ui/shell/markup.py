"""HTML of the pages, from views: rows, summary, notices. Every text is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

from mubiao.views.detail import ActualRow
from mubiao.views.overview import Count, Overview, SectionRows, StatusMark, TargetRow
from mubiao.wording.explanation import Step

ATTENTION_AT_FIRST = 12


def href(page: str, choices: Mapping[str, str]) -> str:
    """The address of a page with choices in it."""
    return f"{page}?{urlencode(choices)}" if choices else page


def brand(place: str) -> str:
    """The name of the product and of the plan, above the navigation."""
    return f'<div class="mb-brand"><b>目标 Mubiao</b><span>{escape(place)}</span></div>'


def notice(title: str, text: str, items: Iterable[str] = ()) -> str:
    """A state that a person can do something about: what, what to do, and the details."""
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    more = f"<ul>{listed}</ul>" if listed else ""
    return (
        f'<div class="mb-notice" role="alert"><h1>{escape(title)}</h1>'
        f"<p>{escape(text)}</p>{more}</div>"
    )


def status(mark: StatusMark) -> str:
    """A status: colour, shape and word."""
    return (
        f'<span class="mb-status mb-{mark.status.value}"><i aria-hidden="true">{mark.shape}</i> '
        f"{escape(mark.word)}</span>"
    )


def opening(shown: Overview) -> str:
    """Title, caption, the one sentence, and the strip of counts."""
    return (
        f'<header class="mb-opening"><h1>{escape(shown.title)}</h1>'
        f'<p class="mb-caption">{escape(shown.caption)}</p>'
        f'<p class="mb-summary">{escape(shown.summary)}</p></header>{strip(shown.counts)}'
    )


def strip(counts: Sequence[Count]) -> str:
    """The counts by status as one bar, and as words with numbers."""
    bars = "".join(
        f'<span class="mb-{c.mark.status.value}" style="flex-grow:{c.number}"></span>'
        for c in counts
        if c.number
    )
    legend = "".join(f"<li>{status(c.mark)} <b>{c.number}</b></li>" for c in counts if c.number)
    return (
        f'<div class="mb-strip" aria-hidden="true">{bars}</div><ul class="mb-legend">{legend}</ul>'
    )


def heading(text: str, note: str = "") -> str:
    """A heading with a hairline under it."""
    small = f" <small>{escape(note)}</small>" if note else ""
    return f'<h2 class="mb-heading">{escape(text)}{small}</h2>'


def figure(row: TargetRow) -> str:
    """The actual with its unit, and its period under it."""
    unit = f" <small>{escape(row.unit)}</small>" if row.unit else ""
    kinds = ["mb-remark"] * len(row.remarks)
    if row.judged:
        kinds[-1] += " mb-own"
    remarks = "".join(
        f'<span class="{kind}"> · {escape(remark)}</span>'
        for kind, remark in zip(kinds, row.remarks, strict=True)
    )
    value = f"<b>{escape(row.value)}</b>{unit}" if row.value else ""
    return (
        f'<span class="mb-figure">{value}<small class="mb-period">'
        f"{escape(row.period)}{remarks}</small></span>"
    )


def name(row: TargetRow, links: Mapping[str, str]) -> str:
    """The target's name as a link to its page, and what it asks."""
    return (
        f'<span class="mb-name"><a href="{escape(links[row.id])}" target="_self">'
        f"{escape(row.name)}</a><small>{escape(row.asks)}</small></span>"
    )


def bullet_rows(rows: Iterable[TargetRow], links: Mapping[str, str]) -> str:
    """The texts beside the bullets: they lie over the chart, one row a bullet."""
    items = "".join(
        f'<li>{name(row, links)}<span class="mb-gap"></span>{figure(row)}{status(row.mark)}</li>'
        for row in rows
    )
    return f'<ul class="mb-bullets">{items}</ul>'


def bullet_key(words: Mapping[str, str]) -> str:
    """What the parts of a bullet mean: a mark and its word each."""
    items = "".join(
        f'<span><i class="mb-key-{part}" aria-hidden="true"></i>{escape(word)}</span>'
        for part, word in words.items()
    )
    return f'<p class="mb-key">{items}</p>'


def attention_rows(rows: Sequence[TargetRow], links: Mapping[str, str], more: str) -> str:
    """What needs attention, each with its sentence; all but the first few folded away."""

    def listed(part: Sequence[TargetRow]) -> str:
        items = "".join(
            f'<li>{status(row.mark)}<a href="{escape(links[row.id])}" target="_self">'
            f"{escape(row.name)}</a><span>{escape(row.sentence)}</span></li>"
            for row in part
        )
        return f'<ul class="mb-attention">{items}</ul>'

    first, rest = rows[:ATTENTION_AT_FIRST], rows[ATTENTION_AT_FIRST:]
    folded = f"<details><summary>{escape(more)}</summary>{listed(rest)}</details>" if rest else ""
    return listed(first) + folded


def section_rows(section: SectionRows, links: Mapping[str, str]) -> str:
    """All targets of a section."""
    items = "".join(
        f"<li>{name(row, links)}{figure(row)}{status(row.mark)}</li>" for row in section.rows
    )
    return (
        f'<section class="mb-section"><h3><span>{escape(section.id)}</span> '
        f"{escape(section.name)} <small>{len(section.rows)}</small></h3>"
        f'<ul class="mb-rows">{items}</ul></section>'
    )


def target_opening(row: TargetRow) -> str:
    """Name, status and sentence of one target."""
    return (
        f'<header class="mb-opening"><h1>{escape(row.name)}</h1>'
        f'<p class="mb-target-line">{status(row.mark)} {figure(row)}</p>'
        f'<p class="mb-summary">{escape(row.sentence)}</p></header>'
    )


def meeting(lines: Iterable[str]) -> str:
    """What a page of a meeting shows and what it does not; the first line says which."""
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="mb-meeting" role="note">{told}</div>'


def steps(items: Sequence[Step]) -> str:
    """The reasoning from the promise to the status."""
    return pairs([(step.name, step.text) for step in items])


def pairs(items: Iterable[tuple[str, str]]) -> str:
    """Labels and texts under each other."""
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in items)
    return f'<dl class="mb-pairs">{rows}</dl>'


def passage(before: str, marked: str, after: str) -> str:
    """The report's passage with the figure marked."""
    return (
        f'<blockquote class="mb-passage">{escape(before)}<mark>{escape(marked)}</mark>'
        f"{escape(after)}</blockquote>"
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """A plain table; it scrolls sideways by itself where it must."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    # Whoever comes to it by Tab, to scroll it, is told what it is: by its columns.
    named = escape(", ".join(columns))
    return (
        f'<div class="mb-scroll" tabindex="0" role="group" aria-label="{named}">'
        f'<table class="mb-table {css}"><thead><tr>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def folded_table(name_: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table under its name, folded until somebody opens it."""
    return (
        f'<details class="mb-numbers"><summary>{escape(name_)}</summary>'
        f"{table(columns, rows)}</details>"
    )


def actual_line(actual: ActualRow) -> str:
    """One recorded row: figure and period, its state, and where it comes from."""
    figures = " · ".join(filter(None, (actual.period, actual.value, actual.nature)))
    origin = " · ".join(filter(None, (actual.known_on, actual.source, actual.note)))
    return (
        f'<div class="mb-actual mb-row-{actual.state}"><b>{escape(figures)}</b> '
        f"<em>{escape(actual.state_word)}</em><small>{escape(origin)}</small>"
        f"<small>{escape(actual.recorded)}</small></div>"
    )


def title(text: str, note: str) -> str:
    """A page's title with a quiet line under it."""
    return (
        f'<header class="mb-opening"><h1>{escape(text)}</h1>'
        f'<p class="mb-caption">{escape(note)}</p></header>'
    )


def empty(text: str) -> str:
    """A quiet line where there is nothing to show."""
    return f'<p class="mb-empty">{escape(text)}</p>'


def standing(mark: StatusMark, asks: str, sentence: str) -> str:
    """Where a target stands, in one block above a form."""
    return (
        f'<div class="mb-standing"><p>{status(mark)} <span>{escape(asks)}</span></p>'
        f"<p>{escape(sentence)}</p></div>"
    )


def problems(items: Iterable[str]) -> str:
    """What is wrong with an entry, a line each."""
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<ul class="mb-problems" role="alert">{listed}</ul>'


def effect(name: str, before: StatusMark, after: StatusMark, sentence: str) -> str:
    """What an entry does to one target: status before and after, and the new sentence."""
    return (
        f'<div class="mb-effect"><b>{escape(name)}</b><span>{status(before)}'
        f'<span class="mb-arrow">→</span>{status(after)}</span><span></span>'
        f"<p>{escape(sentence)}</p></div>"
    )


class Citation(NamedTuple):
    """A phrase of the report and where it went; `link` is empty where nothing is promised."""

    place: str
    printed: str
    text: str
    link: str


def citations(section: str, name_: str, lines: Iterable[Citation]) -> str:
    """The phrases of a section, each with its target or its reason."""
    items = "".join(
        f"<li><small>{escape(line.place)}</small><q>{escape(line.printed)}</q>"
        + (
            f'<a href="{escape(line.link)}" target="_self">{escape(line.text)}</a></li>'
            if line.link
            else f"<em>{escape(line.text)}</em></li>"
        )
        for line in lines
    )
    return (
        f'<section class="mb-section"><h3><span>{escape(section)}</span> {escape(name_)}</h3>'
        f'<ul class="mb-citations">{items}</ul></section>'
    )


def bullets(items: Iterable[str]) -> str:
    """A plain list."""
    return '<ul class="mb-list">' + "".join(f"<li>{escape(i)}</li>" for i in items) + "</ul>"
