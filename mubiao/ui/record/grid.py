"""The month's grid: a fixed table in the browser, and what has been typed over it.

Feeding the editor's output back to it would lose every second edit. So its table stays the one
that it began with, and all edits are read against that; it begins anew, from the unsaved edits,
when the page, the language, the month or a filter changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from mubiao import text_metrics
from mubiao.i18n import Language
from mubiao.period import EXAMPLES
from mubiao.problems import message
from mubiao.proposal.unsaved import CELLS, Cell, Unsaved
from mubiao.ui.record import cards
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.month import MonthRow
from mubiao.wording import words as wording
from mubiao.wording.words import FIELDS, PROGRESS

_GRID = "month-grid"
_TURN = "month-turn"
_KEYS = (Path(__file__).parent / "grid_keys.js").read_text(encoding="utf-8")
# As many rows as leave the cell in hand above the bar that saves.
_ROW_HEIGHT, _ROWS_AT_ONCE = 36, 8
_TEXT_SIZE, _PADDING = 14, 14
_LOCKED = ("name", "for", "unit", "last", "effect", "section", "page")
_ALWAYS = ("name", "value", "for", "unit", "last", "effect")
_RARE: tuple[Cell, ...] = ("qualifier", "nature", "known_on", "source", "period")
# What each column is called, how wide it is in pixels, and what its heading explains. Those that
# are always there, the note and the page fill a window of 1280 pixels, so that it cuts none.
_COLUMNS = {
    "name": (FIELDS["target"], 320, ""),
    "for": (
        message("For"),
        104,
        message("What the figure is of: a running total since the year began, or one period."),
    ),
    "value": (
        FIELDS["value"],
        104,
        message("As published: 28万, 1,200, 5%, −3.2. Leave empty what is not known."),
    ),
    "unit": (message("Unit"), 96, ""),
    "last": (message("Last value"), 164, ""),
    "effect": (
        message("Effect"),
        200,
        message("The status as of the day, and what your figure makes of it once you leave it."),
    ),
    "section": (message("Section"), 70, ""),
    "page": (
        message("Page"),
        52,
        message("The target's page with its remarks and history, in a new tab."),
    ),
    "qualifier": (FIELDS["qualifier"], 114, ""),
    "nature": (FIELDS["nature"], 126, ""),
    "known_on": (
        FIELDS["known_on"],
        128,
        message("Only where it differs from the day above, such as 2020-07-20."),
    ),
    "source": (FIELDS["source"], 200, message("Only where it differs from the source above.")),
    "note": (FIELDS["note"], 156, PROGRESS),
    "period": (
        message("Another period"),
        128,
        message("Only where the figure is of another period than the row’s, such as {examples}."),
    ),
}
_CHOICES: Mapping[str, Mapping[Any, str]] = {
    "qualifier": wording.QUALIFIER,
    "nature": wording.NATURE,
}


@dataclass(frozen=True, slots=True)
class _Grid:
    """The table that the editor began with: for which view of the month (`scope`), under which
    key, with which targets, what was recorded for each by then, as text, and the greatest row of
    that. The table ends with a row of no target. It is drawn as a table, or as cards.
    """

    scope: tuple[object, ...]
    key: str
    targets: tuple[str, ...]
    recorded: tuple[str, ...]
    bases: Mapping[str, int]
    table: pd.DataFrame
    as_cards: bool


def draw(
    screen: Screen,
    rows: Sequence[MonthRow],
    edits: Unsaved,
    bases: Mapping[str, int],
    scope: tuple[object, ...],
) -> None:
    """Draw the grid; `typed` reads what was typed into it, in the next run.

    `bases` are the greatest rows recorded for each row's target and period; an edit is based on
    the one that stood when the grid began. The rows' effects alone change under the edits: the
    editor's identity is that of its columns and number of rows, not of what they say.
    """
    grid = st.session_state.get(_GRID)
    if not isinstance(grid, _Grid) or grid.scope != scope or not _is_alive(grid):
        turn = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        as_cards = cards.is_asked_for(screen)
        grid = st.session_state[_GRID] = _Grid(
            scope,
            key=f"month-{'cards' if as_cards else 'grid'}-{turn}",
            targets=tuple(row.target for row in rows),
            recorded=tuple(row.value for row in rows),
            bases=dict(bases),
            table=_table(screen, rows, edits),
            as_cards=as_cards,
        )
    if grid.as_cards:
        cards.draw(screen, grid.key, rows, grid.table.fillna(""))
    else:
        _table_of(screen, rows, edits, grid)
        _refuse(screen, _sent(grid).get(len(grid.targets), {}))
    _say_emptied(screen, grid, [row.name for row in rows])


def _table_of(screen: Screen, rows: Sequence[MonthRow], edits: Unsaved, grid: _Grid) -> None:
    keys = st.components.v2.component("mubiao_grid_keys", js=_KEYS, isolate_styles=False)
    keys(key="grid-keys")
    effects = [*(row.effect for row in rows), ""]
    if grid.table["effect"].tolist() != effects:
        grid.table["effect"] = effects
    st.data_editor(
        grid.table,
        key=grid.key,
        hide_index=True,
        num_rows="fixed",
        disabled=list(_LOCKED),
        column_config={name: _column(screen.language, name) for name in (*_LOCKED, *CELLS)},
        column_order=_order(screen, edits, grid.targets),
        row_height=_ROW_HEIGHT,
        height=height_of(len(grid.table)),
        placeholder="",
        alt=screen.language.t("The month's figures; type or paste into the column Value."),
    )


def height_of(rows: int) -> int:
    """Pixels of the heading and all rows, or of the first ones and half of the next."""
    seen = rows if rows <= _ROWS_AT_ONCE + 1 else _ROWS_AT_ONCE + 0.5
    return int(_ROW_HEIGHT * (1 + seen)) + 2


def _order(screen: Screen, edits: Unsaved, targets: Iterable[str]) -> tuple[str, ...]:
    """The columns: the note beside milestones, and what is rarely used where somebody asks for it
    or has used it.
    """
    used = {cell for cells in edits.rows.values() for cell in cells.texts}
    if screen.address.columns or used.intersection(_RARE):
        return (*_ALWAYS, "note", "page", *_RARE, "section")
    has_notes = "note" in used or any(screen.plan.indicators[name].is_milestone for name in targets)
    return (*_ALWAYS, *(["note"] if has_notes else []), "page")


def typed(edits: Unsaved, of: tuple[object, ...]) -> Unsaved:
    """The edits with what has been typed into the grid by now; as they are where the grid in use
    is of another view than one whose scope begins with `of`.

    The browser's edits end with a run that fails, so they are read before anything can go wrong.
    """
    grid = st.session_state.get(_GRID)
    if not isinstance(grid, _Grid) or grid.scope[: len(of)] != of or not _is_alive(grid):
        return edits
    sent = _sent(grid)
    for row, target in enumerate(grid.targets):
        # What is emptied again is not sent any more.
        if row not in sent and target not in edits.rows:
            continue
        cells = sent.get(row, {})
        first = grid.table.iloc[row][list(CELLS)].to_dict()
        all_ = {name: _text(cells.get(name, first[name])) for name in CELLS}
        texts = {name: text for name, text in all_.items() if text}
        if texts == {"value": grid.recorded[row]}:
            texts = {}
        if texts != edits.texts(target):
            edits = edits.edited(target, texts, grid.bases[target])
    return edits


def _is_alive(grid: _Grid) -> bool:
    """Whether the session has the editor's state; an editor without it has lost its edits."""
    return bool(_sent(grid)) if grid.as_cards else grid.key in st.session_state


def _sent(grid: _Grid) -> Mapping[int, Mapping[Cell, object]]:
    if grid.as_cards:
        return cards.typed(grid.key, len(grid.targets))
    rows: Mapping[int, Mapping[Cell, object]]
    rows = st.session_state.get(grid.key, {}).get("edited_rows", {})
    return rows


def _refuse(screen: Screen, beyond: Mapping[Cell, object]) -> None:
    """Say what stands below the last figure: of a column that is too long the grid keeps no more
    than the first cell beyond its rows, and nothing at all had it no row to keep that in.
    """
    if text := next(filter(None, map(_text, beyond.values())), ""):
        warning = screen.language.t(
            "“{text}” stands below the last row and is not taken. If it was pasted, check that it "
            "begins at the right row.",
            text=text,
        )
        st.error(markup.plain(warning), icon=None)


def _say_emptied(screen: Screen, grid: _Grid, names: Sequence[str]) -> None:
    """Say that a figure does not leave the record by being wiped out here."""
    language = screen.language
    emptied = [
        names[row]
        for row, cells in _sent(grid).items()
        if row < len(names) and grid.recorded[row] and not _text(cells.get("value", "-"))
    ]
    if emptied:
        text = language.t(
            "Emptied, and recorded all the same: {names}. “One target” is where a figure is "
            "withdrawn.",
            names=language.listed(emptied),
        )
        st.html(markup.quiet(text))


def begin_anew() -> None:
    """Let the next grid begin from the unsaved edits: they were changed elsewhere."""
    st.session_state.pop(_GRID, None)


def _table(screen: Screen, rows: Sequence[MonthRow], edits: Unsaved) -> pd.DataFrame:
    """A row for each figure that is due, and the end: the locked columns, and CELLS as texts."""
    records: list[dict[str, str]] = []
    for row in rows:
        # The grid opens it in another tab by itself, not as a link of the page.
        page = markup.href("target", address.carried(target=row.target)) if row.section else ""
        locked = (_shortened(row.name), row.period, row.unit, row.last, "", row.section, page)
        texts = edits.texts(row.target) or {"value": row.value}
        records.append(dict(zip(_LOCKED, locked, strict=True)) | texts)
    records.append({"name": screen.language.t("End of the list")})
    return pd.DataFrame(records, columns=[*_LOCKED, *CELLS], dtype="str")


def _shortened(name: str) -> str:
    """A name that would be cut off by its column, with a sign that it goes on."""
    room, shortened = _COLUMNS["name"][1] - _PADDING, name
    while text_metrics.width(shortened, _TEXT_SIZE) > room:
        shortened = f"{shortened.rstrip('…')[:-1].rstrip()}…"
    return shortened


@cache
def _column(language: Language, name: str) -> ColumnConfig:
    label, width, explanation = _COLUMNS[name]
    title = language.t(label)
    tip = markup.plain(language.t(explanation, examples=EXAMPLES)) or None
    if name == "page":
        return st.column_config.LinkColumn(title, width=width, display_text="↗", help=tip)
    if name in _CHOICES:
        names = {str(id_): language.t(msgid) for id_, msgid in _CHOICES[name].items()}
        return st.column_config.SelectboxColumn(
            title, width=width, options=list(names), format_func=lambda id_: names[str(id_)]
        )
    return st.column_config.TextColumn(
        title,
        width=width,
        help=tip,
        alignment="right" if name == "value" else "left",
        pinned=name == "name" or None,
    )


def _text(cell: object) -> str:
    """A cell's text; an empty one comes as None, NaN or an empty text."""
    return cell.strip() if isinstance(cell, str) else ""
