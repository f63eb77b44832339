"""HTML of the pages: each function fills the template part of its name (`mubiao.html`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from mubiao.html import part

# A page loads the views that it shows, not those of all other pages.
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mubiao.i18n import Language
    from mubiao.ui.shell.visitor import Visitor
    from mubiao.views.changes import ChangeRow, Changes
    from mubiao.views.citations import CitedSection
    from mubiao.views.counts import StatusMark
    from mubiao.views.detail import ActualRow, Detail
    from mubiao.views.frame import Frame
    from mubiao.views.history import Group
    from mubiao.views.key_figures import KeyFigure
    from mubiao.views.overview import TargetRow
    from mubiao.views.remarks import Note
    from mubiao.views.years import Cell
    from mubiao.wording.glossary import Meaning

LINES_AT_FIRST = 12

Links = Mapping[str, str]

# Where links, images, tags, icons, arrows or lists would begin: an invisible joiner parts them.
# Escapes would not do: Streamlit makes links and arrows after they are taken off, and reads them
# out as the names of fields.
_PARTED = re.compile(
    r"^(?=[#>+*=-]|[0-9]+[.)]\s)|(?<=[\]<&@_])(?=\S)|(?=_)|(?<=:)(?=[/\w:+-])|(?<=www)(?=\.)"
    r"|(?<=[<>-])(?=[->=])",
    re.IGNORECASE,
)
_JOINER = "\u2060"
# A joiner does not part these: a directive's name may have one.
_ESCAPED = re.compile(rf"[\\*`~$]|:(?={_JOINER}[^/0-9])")


@lru_cache(maxsize=4096)  # the names of a plan's targets, each of which a list offers
def plain(text: str) -> str:
    """A text for what Streamlit reads as Markdown: labels, buttons, helps, messages. It reads as it
    is, in one line; nothing in it becomes a link or an image, which might be another host's.
    """
    return _ESCAPED.sub(r"\\\g<0>", _PARTED.sub(_JOINER, " ".join(text.split())))


class Made(str):
    """HTML that `st.html` takes as it is: it would search any other text for a common margin and
    ask whether it names a file, which for a long one takes longer than all else.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return self


def href(page: str, choices: Mapping[str, str]) -> str:
    """The address of a page with choices in it."""
    return f"{page}?{urlencode(choices)}" if choices else page


def frame(view: Frame, language: Language) -> str:
    """The bar on top, as the page carries it for the script that puts it there."""
    return part("frame", view, language.t)


def door(reader: Visitor, trouble: str, language: Language) -> str:
    """The page of who may not read; `trouble` says what went wrong with signing in."""
    return part("door", reader, trouble, language.t)


def recorder(reader: Visitor, name: str, language: Language) -> str:
    """Who records what is saved; "" for nobody."""
    return part("recorder", name, reader.signs_in, language.t)


def sign_in_trouble(text: str) -> str:
    """Why the reader is no longer signed in, in one line."""
    return part("line", text, "mb-sign-in-trouble")


def bring(key: str, turn: str) -> str:
    """A sign that brings the container of a key into view, once for each `turn`."""
    return part("bring", key, turn)


def own_name(cookie: str) -> str:
    """A sign that has the browser keep a cookie: the server sets none once a page is open."""
    return part("own_name", cookie)


def notice(title: str, text: str, items: Iterable[str] = ()) -> str:
    """A state that a person can do something about: what, what to do, and the details."""
    return part("notice", title, text, tuple(items))


def title(text: str, note: str) -> str:
    """A page's title with a quiet line under it."""
    return part("title", text, note)


def heading(text: str, note: str = "") -> str:
    """A heading with a hairline under it."""
    return part("heading", text, note)


def empty(text: str) -> str:
    """A quiet line where there is nothing to show."""
    return part("line", text, "mb-empty")


def quiet(text: str) -> str:
    """What a few fields are for."""
    return part("line", text, "mb-quiet")


def ignored(text: str) -> str:
    """What of the link was not understood, in one line."""
    return part("line", text, "mb-quiet mb-ignored")


def summary(text: str) -> str:
    """What a file would do, in one line of larger type."""
    return part("line", text, "mb-summary mb-file-summary")


def bullets(items: Iterable[str]) -> str:
    """A plain list."""
    return part("listed", items, "mb-list")


def problems(items: Iterable[str]) -> str:
    """What is wrong with an entry, a line each."""
    return part("listed", items, "mb-problems", "alert")


def doubts(texts: Iterable[str]) -> str:
    """What to look at before a row is saved."""
    return part("listed", texts, "mb-doubts")


def meeting(lines: Iterable[str]) -> str:
    """What a page of a meeting shows and what it does not; the first line says which."""
    return part("meeting", lines)


def held(name: str, facts: Iterable[str]) -> str:
    """A meeting that was held."""
    return part("held", name, facts)


def pairs(items: Iterable[tuple[str, str]]) -> str:
    """Labels and texts under each other."""
    return part("pairs", items)


def meanings(items: Iterable[Meaning], language: Language) -> str:
    """What words mean, or the steps of a rule, their formulas folded."""
    return part("meanings", items, language.t("Formula"))


def glossary(items: Iterable[Meaning], language: Language) -> str:
    """What the words beside it mean, folded until somebody asks."""
    return part("glossary", language.t("What these words mean"), items, language.t("Formula"))


def target_years_head(title: str, href: str, text: str) -> str:
    """The heading over a target's years, with the way to all of them."""
    return part("target_years_head", title, href, text)


def target_years(
    cells: Sequence[Cell], links: Mapping[str, Mapping[str, str]], language: Language
) -> str:
    """What each year promised of one indicator; `links` by plan and target."""
    return part("target_years", cells, links, language.t)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """A plain table; it scrolls sideways by itself where it must."""
    return part("table", columns, rows, css)


def citations(section: CitedSection) -> str:
    """The phrases of a section, each with its target or its reason."""
    return part("citations", section)


def lost_connection(title: str, text: str) -> str:
    """Words in place of Streamlit's own in its notice of a lost connection."""
    return part("lost_connection", title, text)


# Targets


def target_opening(  # noqa: PLR0913, PLR0917 - as many parts
    section: str,
    row: TargetRow,
    figures: Iterable[KeyFigure],
    ways: Iterable[tuple[str, str]],
    links: Mapping[str, str],
    units: Iterable[tuple[str, str]],
) -> str:
    """Where the page of one target is, who answers for it and where it leads (texts with addresses,
    or without), its message, its status with the remarks, its key figures, its steps as `links`.
    """
    return part("target_opening", section, row, figures, ways, links, units)


def target_folds(
    view: Detail,
    names: Mapping[str, str],
    report: tuple[str, str, str] | None,
    columns: Sequence[str],
    numbers: Sequence[Sequence[str]],
) -> str:
    """Rule, promise, actuals and the chart's numbers of a target, each folded under its first line.

    `names` are their titles and lines; `report` is the passage, where its text is at hand.
    """
    return part("target_folds", view, names, report, columns, numbers)


# Entries


def actual_line(actual: ActualRow) -> str:
    """One recorded row: figure and period, its state, and where it comes from."""
    return part("actual", actual)


def standing(mark: StatusMark, asks: str, sentence: str) -> str:
    """Where a target stands, in one block above a form."""
    return part("standing", mark, asks, sentence)


def effect(name: str, before: StatusMark, after: StatusMark, sentence: str) -> str:
    """What an entry does to one target: status before and after, and the new sentence."""
    return part("effect", name, before, after, sentence)


# What is looked back on


def save(group: Group, links: Links, number: str, more: str) -> str:
    """One save with its rows, all but the first few folded away; `number` names the save."""
    facts = list(filter(None, (group.at, group.kind_word, number, *group.notes)))
    return part("save", group, links, facts, LINES_AT_FIRST, more)


def days(view: Changes, level: int = 3) -> str:
    """What changed in a sentence, and the counts by status of both days, under headings of this
    level.
    """
    return part("days", view, level)


def turns(name: str, rows: Sequence[ChangeRow], links: Links) -> str:
    """The targets that turned one way: status before and after, what did it, the sentence."""
    return part("turned", name, rows, links)


def steady(title: str, rows: Sequence[ChangeRow], links: Links) -> str:
    """The targets with another figure and the same status, folded away."""
    return part("steady", title, rows, links)


def beside(computed: StatusMark, by_rule: str, judged: Iterable[tuple[Note, str]]) -> str:
    """The computed status and people's own judgements side by side, each with what it rests on:
    the rule, or a line that says whose it is and until when.
    """
    return part("beside", computed, by_rule, judged)


def note(view: Note, whose: str) -> str:
    """One commentary, or a judgement whose last day is over."""
    return part("note", view, whose)


def expired(title: str, judged: Iterable[tuple[Note, str]]) -> str:
    """Judgements whose last day is over, folded away."""
    return part("expired", title, judged)
