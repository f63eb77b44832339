"""The choices in the address: plan, language, as-of day, target, filters, as stable ids.

The address alone holds them, so that a link shows a colleague the same thing. Widgets are set
from it before they are drawn and write to it when they change. Unknown values are ignored, which
the page says, and taken out.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypedDict

import streamlit as st

from mubiao.i18n import CODES
from mubiao.model import Code, Status
from mubiao.period import FIRST_DAY, LAST_DAY
from mubiao.plain_text import SOURCE_LIMIT, clean_text
from mubiao.problems import Problem
from mubiao.theme import Theme
from mubiao.ui.shell import markup
from mubiao.ui.shell.document import CARRIED

# What names parts of one plan alone.
OF_A_PLAN = dict.fromkeys(
    ("target", "section", "owner", "month", "meeting", "correct", "rows", "person", "slide"), ""
)
VIEWS = ("month", "one", "files", "approval")
LOOKS = ("table", "cards")
TABS = ("owed", "overdue", "milestones", "all")
BY = ("owner", "section", "target")
ALL = "all"  # the chapters that are open
SECONDS = range(5, 601)
_ROW = re.compile(r"[0-9]{1,18}", re.ASCII)
_ITEM = re.compile(r"[a-z0-9.-]{1,80}")
_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """The address, read; empty or None where it says nothing."""

    plan: str
    lang: Code
    as_of: date | None
    target: str
    statuses: tuple[Status, ...]
    section: str
    opened: tuple[str, ...]
    owner: str
    by: str
    search: str
    correct: int | None
    view: str
    month: str
    tab: str
    added: tuple[str, ...]
    columns: bool
    look: str
    person: str
    first: date | None
    last: date | None
    rows: int | None
    since: date | None
    meeting: int | None
    slide: str
    appendix: bool
    every: int | None
    theme: Theme | None
    item: str


def read() -> Address:
    """The address of this run."""
    # One reading of all: Streamlit takes locks for each.
    query = st.query_params.to_dict()
    get = query.get
    statuses, view, by = get("status", "").split(","), get("view", ""), get("by", "")
    return Address(
        plan=get("plan", ""),
        lang=_lang(get("lang", "")),
        as_of=day(get("as_of", "")),
        target=get("target", ""),
        statuses=tuple(status for status in Status if status.value in statuses),
        section=get("section", ""),
        opened=tuple(filter(None, get("open", "").split(","))),
        owner=get("owner", ""),
        by=by if by in BY else "",
        search=_text(get("q", "")),
        correct=_number(get("correct", "")),
        view=view if view in VIEWS else "",
        month=get("month", ""),
        tab=tab if (tab := get("tab", "")) in TABS else "",
        added=tuple(filter(None, get("add", "").split(","))),
        columns=get("columns", "") == "1",
        look=look if (look := get("look", "")) in LOOKS else "",
        person=_text(get("person", "")),
        first=day(get("from", "")),
        last=day(get("to", "")),
        rows=_number(get("rows", "")),
        since=day(get("since", "")),
        meeting=_number(get("meeting", "")),
        slide=get("slide", ""),
        appendix=get("appendix", "") == "1",
        every=_seconds(get("every", "")),
        theme=_theme(get("theme", "")),
        item=item if _ITEM.fullmatch(item := get("item", "")) else "",
    )


def _text(given: str) -> str:
    """A text, cleaned; "" where it cannot be one."""
    problems: list[Problem] = []
    text = clean_text(given, "", SOURCE_LIMIT, problems)
    return "" if problems else text


def draft(of: Literal["draft", "review"] = "draft") -> str:
    """The name of unsaved edits, or of a review; it may have changed since `read`."""
    name = st.query_params.get(of, "")
    return name if _TOKEN.fullmatch(name) else ""


def write(name: str, value: str) -> None:
    """Put a choice into the address; an empty value removes it."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def put_right(known: Mapping[str, Callable[[str], bool]]) -> dict[str, str]:
    """Take out of the address what cannot be understood, and return it by its name.

    `known` says of a choice whether there is what it names. The day in view is then written in the
    one way that a browser's field of a day takes: the bar reads it from the address.
    """
    ignored = {}
    for name, value in st.query_params.to_dict().items():
        if name == "as_of" and (as_of := day(value)) and value != as_of.isoformat():
            write(name, as_of.isoformat())
        if name == "status":
            given = [text for text in value.split(",") if text]
            right = [text for text in given if text in set(Status)]
        else:
            given = [value] if value else []
            is_right = all(of.get(name, bool)(value) for of in (_UNDERSTOOD, known))
            right = given if is_right else []
        if wrong := [text for text in given if text not in right]:
            ignored[name] = ",".join(wrong)
            write(name, ",".join(right))
    return ignored


class Binding(TypedDict):
    """The arguments that bind a widget to a choice of the address."""

    key: str
    on_change: Callable[[], None]


def _written(value: object) -> str:
    return "" if value is None else str(value)


def bound(
    name: str,
    value: object,
    key: str = "",
    text: Callable[[Any], str] = _written,
    ends: Iterable[str] = (),
) -> Binding:
    """Have a widget show `value` and write each change into the address under `name`.

    For `st.selectbox(..., **address.bound("section", section))`. `key` is the widget's, where it
    is not the name; `text` is how its value is written; `ends` names choices that a change ends.
    """
    key = key or name
    st.session_state[key] = value

    def changed() -> None:
        write(name, text(st.session_state[key]))
        for other in ends:
            write(other, "")

    return {"key": key, "on_change": changed}


def carried(page: str = "overview", **more: str) -> dict[str, str]:
    """The choices that go along to a page, with `more` put in; not what holds without saying."""
    query = st.query_params.to_dict()
    choices = {name: query.get(name, "") for name, to in CARRIED.items() if page in (to or [page])}
    if choices["lang"] == _lang(""):
        choices["lang"] = ""
    return {name: value for name, value in (choices | more).items() if value}


def link(page: str, text: str, **choices: str) -> None:
    """A link to another page of the dashboard with the address's choices kept."""
    st.page_link(
        f"pages/{page}.py", label=markup.plain(text), query_params=carried(page, **choices)
    )


def show_now() -> None:
    """Look at the record as it is now, as of today."""
    write("meeting", "")
    write("as_of", "")


def _lang(text: str) -> Code:
    for code in CODES:
        if text == code:
            return code
    return "zh" if (st.context.locale or "zh").lower().startswith("zh") else "en"


def _number(text: str) -> int | None:
    return int(text) if _ROW.fullmatch(text) else None


def _seconds(text: str) -> int | None:
    """Seconds between slides, within what is allowed; None for 0 and for no number."""
    seconds = _number(text)
    return min(max(seconds, SECONDS[0]), SECONDS[-1]) if seconds else None


def _theme(text: str) -> Theme | None:
    return "dark" if text == "dark" else "light" if text == "light" else None


def day(text: str) -> date | None:
    """The day that a text names; None for none, and outside what is offered."""
    with suppress(ValueError):
        named = date.fromisoformat(text)
        return named if FIRST_DAY <= named <= LAST_DAY else None
    return None


# Of a text that is what a parameter holds something true; of another one something false.
_UNDERSTOOD: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("as_of", "from", "to", "since"), day),
    **dict.fromkeys(("correct", "rows", "meeting", "every"), _ROW.fullmatch),
    "lang": set(CODES).__contains__,
    "view": VIEWS.__contains__,
    "tab": TABS.__contains__,
    "by": BY.__contains__,
    "look": LOOKS.__contains__,
    "theme": ("light", "dark").__contains__,
}
