"""HTML of the slides, from views: places and words, and how much of a long text has room."""

from collections.abc import Iterable, Sequence
from html import escape

from mubiao.i18n import Language
from mubiao.theme import Theme
from mubiao.ui.shell import markup, past_markup
from mubiao.views.briefing import Briefing, Subject
from mubiao.views.charts import Path
from mubiao.views.remarks import Note
from mubiao.views.slides import Slide

# What fits beside the chart of a slide: lines, and the width of one in half ideographs.
_LINES, _WIDTH = 19, 54
# So many rows of what needs attention have room for larger type.
_FEW = 5


def wide(text: str) -> float:
    """About how wide a text is, in half ideographs."""
    return sum(2.0 if sign >= "\u2e80" or sign in "“”‘’—…" else 1.05 for sign in text)


def shortened(text: str, width: float) -> str:
    """A text no wider than that many half ideographs; "…" where something is missing."""
    if wide(text) <= width:
        return text
    kept, used = "", 2.0
    for sign in text:
        used += wide(sign)
        if used > width:
            break
        kept += sign
    return f"{kept.rstrip()}…"


def slide(inside: str, shown: Slide) -> str:
    """A slide around its content."""
    return (
        f'<section class="mb-slide mb-slide-{shown.kind.value}" aria-label="{escape(shown.title)}">'
        f"{inside}</section>"
    )


def themes(slides: Theme, fields: Theme) -> str:
    """The theme of the slides; Streamlit's own fields keep the one that it draws them in."""
    docks = ".stApp :is(.st-key-dock, .st-key-whatif-dock)"
    return (
        f"<style>.stApp {{ color-scheme: {slides} !important; }}"
        f"{docks} {{ color-scheme: {fields} !important; color: var(--ink); }}</style>"
    )


def opening(shown: Briefing, first: Slide, notes: Iterable[str]) -> str:
    """The meeting's name or the plan's, the one sentence large, the counts with their words."""
    under = f'<p class="mb-slide-under">{escape(shown.title)}</p>' if shown.name else ""
    told = "".join(f'<p class="mb-slide-note">{escape(note)}</p>' for note in notes)
    counts = markup.strip(shown.overview.counts)
    return slide(
        f"<header><h1>{escape(first.title)}</h1>{under}</header>"
        f'<p class="mb-slide-lead">{escape(first.lead)}</p>{counts}{told}',
        first,
    )


def headline(shown: Slide, key: str) -> str:
    """The headline targets: their texts around the bullets, which are drawn below them."""
    rows = "".join(
        f"<li>{_name(s)}<span></span>{markup.figure(s.row)}{markup.status(s.row.mark)}</li>"
        for s in shown.subjects
    )
    return slide(f'{_title(shown)}{key}<ul class="mb-slide-rows">{rows}</ul>', shown)


def bullets_height(pixels: int) -> str:
    """How high the bullets are at 1920 x 1080: a style of its own, as it goes with their number."""
    return f"<style>.st-key-slide-bullets {{ --h: {pixels}px; }}</style>"


def attention(shown: Slide) -> str:
    """What needs attention, each with its sentence."""
    rows = "".join(
        f"<li>{markup.status(s.row.mark)}<b>{escape(s.row.name)}</b>"
        f"<span>{escape(s.row.sentence)}</span></li>"
        for s in shown.subjects
    )
    few = " mb-few" if len(shown.subjects) <= _FEW else ""
    return slide(f'{_title(shown)}<ul class="mb-slide-rows{few}">{rows}</ul>', shown)


def chapter(shown: Slide) -> str:
    """A chapter's counts, its targets worst first, and in words what is not on the slide."""
    rows = "".join(
        f"<li>{_name(s)}{markup.figure(s.row)}{markup.status(s.row.mark)}</li>"
        for s in shown.subjects
    )
    more = f'<p class="mb-slide-more">{escape(shown.more)}</p>' if shown.more else ""
    return slide(f'{_title(shown)}<ul class="mb-slide-rows">{rows}</ul>{more}', shown)


def changes(shown: Slide) -> str:
    """What changed: status before and after, and what turned it."""
    rows = "".join(
        f'<li><b>{escape(row.name)}</b><span class="mb-both">{past_markup.both(row)}'
        f"<small>{escape(turn)}</small></span>"
        f"<span>{escape(row.cause)}</span></li>"
        for turn, row in shown.changes
    )
    return slide(f'{_title(shown)}<ul class="mb-slide-rows">{rows}</ul>', shown)


def focus(shown: Slide, subject: Subject, words: Language, trial: str, *, drawn: bool) -> str:
    """One target; `trial` takes the place of what people say while a figure is tried."""
    row, origin = subject.row, words.labelled(words.t("Report"), subject.promise)
    if subject.source:
        origin += " · " + words.labelled(words.t("Figure"), subject.source)
    sentence, rest = parted(row.sentence, subject.rest)
    bring = f'<p class="mb-slide-rest">{escape(rest)}</p>' if rest else ""
    room = _LINES - sum(_lines(text) * 1.3 for text in (sentence, rest) if text)
    said = trial or _said(subject, words, room)
    return slide(
        f"<header><h1>{escape(row.name)}</h1>"
        f'<p class="mb-target-line">{markup.status(row.mark)} {markup.figure(row)} '
        f"<span>{escape(row.asks)}</span></p></header>"
        f'<div class="mb-slide-text{"" if drawn else " mb-slide-whole"}">'
        f"<p>{escape(sentence)}</p>{bring}{said}</div>"
        f'<p class="mb-slide-source">{escape(shortened(origin, 270))}</p>',
        shown,
    )


def parted(sentence: str, rest: str) -> tuple[str, str]:
    """A target's sentence and, apart from it, what the rest of the year must bring."""
    if not rest or rest not in sentence:
        return sentence, rest
    before, _, after = sentence.partition(rest)
    stop = "。" if sentence.endswith("。") else "."
    told = before.rstrip(" ;；,，") + stop
    return told, rest[:1].upper() + rest[1:] + (after.strip() or stop)


def chart_key(path: Path) -> str:
    """What the marks of a path mean: those that it has."""
    there = {
        "judged": path.judged,
        "trial": path.trial,
        "drawn": path.drawn,
        "target": path.goal,
        "pace": path.pace,
        "needed": path.needed,
        "baseline": path.baseline,
        "met": path.met_edge,
        "near": path.near_edge,
    }
    names = {**path.names, "target": path.names["goal"]}
    items = "".join(
        f'<span><i class="mb-mark-{part}" aria-hidden="true"></i>{escape(names[part])}</span>'
        for part, found in there.items()
        if found
    )
    return f'<p class="mb-slide-key">{items}</p>'


def foot(first: str, second: str, place: str, share: float) -> str:
    """The two lines at the bottom of every slide; `share` of the way is behind it."""
    return (
        f'<footer class="mb-foot"><p><b>{escape(first)}</b><span>{escape(place)}</span></p>'
        f"<p>{escape(second)}</p>"
        f'<i style="width:{share * 100:.1f}%" aria-hidden="true"></i></footer>'
    )


def _title(shown: Slide) -> str:
    lead = f"<p>{escape(shown.lead)}</p>" if shown.lead else ""
    return f"<header><h1>{escape(shown.title)}</h1>{lead}</header>"


def _name(subject: Subject) -> str:
    row = subject.row
    return (
        f'<span class="mb-name"><b>{escape(row.name)}</b><small>{escape(row.asks)}</small></span>'
    )


def _lines(text: str) -> int:
    return -int(-wide(text) // _WIDTH)


def _said(subject: Subject, words: Language, room: float) -> str:
    """Own judgements, then commentary, as much as there is room for."""
    told, remarks = [], subject.remarks
    notes = (*remarks.judgements, *remarks.commentary)
    for place, note in enumerate(notes):
        # Two lines for its head and the gap below it.
        lines = int(room) - 2
        if lines < 1:
            told.append(_more(len(notes) - place, words))
            break
        whole = " ".join(note.text.split())
        text = shortened(whole, lines * _WIDTH * 0.93)
        room -= 2 + _lines(text)
        told.append(_note(note, text, words))
        if text != whole:
            told.append(_more(len(notes) - place - 1, words))
            break
    return "".join(told)


def _more(left: int, words: Language) -> str:
    """What is not on the slide: `left` remarks, or the end of the last one."""
    told = words.t("The whole text is on its page.")
    if left:
        told = words.t("Further remarks on its page: {n}", n=left)
    return f'<p class="mb-slide-more">{escape(told)}</p>'


def _note(note: Note, text: str, words: Language) -> str:
    head: Sequence[str] = (note.by, note.written)
    if note.mark is None:
        label = escape(words.t("Commentary"))
    else:
        label = escape(words.t("Own judgement")) + f" {markup.status(note.mark)}"
        head = (*head, words.t("until {day}", day=note.until))
    told = " · ".join(part for part in head if part)
    return (
        f'<div class="mb-slide-said"><p class="mb-slide-head">{label} '
        f"<span>{escape(told)}</span></p><p>{escape(text)}</p></div>"
    )
