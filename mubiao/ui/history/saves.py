"""History: every row ever recorded, by save, newest first; undo of a save of one's own."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import streamlit as st

from mubiao.model import Entry, Remark, Save
from mubiao.period import FIRST_DAY, LAST_DAY
from mubiao.store import Store
from mubiao.ui.history import changes, undo, whole_record_downloads
from mubiao.ui.shell import act, address, markup, person
from mubiao.ui.shell.page import Screen
from mubiao.views.history import Group, HistoryFilter, RecordPart, groups, summary
from mubiao.wording.phrasebook import author_name

ROWS = 100
ROWS_AT_MOST = 2000
_RECORD, _CHANGES = "record", "changes"


def opening(screen: Screen) -> None:
    """Title, how much was recorded by how many, what was just done, and the choice of a view."""
    words = screen.language
    authors, first = _past(screen)
    st.html(markup.title(words.t("History"), summary(authors, first, words)))
    act.tell(screen)
    names = {_RECORD: words.t("The record"), _CHANGES: words.t("What changed")}
    since, view = changes.since(screen).isoformat(), _CHANGES if changes.asked(screen) else _RECORD
    st.segmented_control(
        words.t("View"),
        list(names),
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
        **address.bound(
            "since", view, "history-view", lambda view: since if view == _CHANGES else ""
        ),
    )


def filters(screen: Screen) -> None:
    """Target, person and days; all of them are in the address."""
    words, asked, plan = screen.language, _asked(screen), screen.plan
    targets = {"": words.t("All targets")} | {t.id: words.pick(t.name) for t in plan.targets}
    authors, _ = _past(screen)
    people = {"": words.t("Everybody")} | {by: author_name(by, words) for by in sorted(authors)}
    with st.container(key="history-filters", horizontal=True):
        for label, name, names, chosen in (
            (words.t("Target"), "target", targets, asked.target),
            (words.t("Recorded by"), "person", people, asked.person),
        ):
            st.selectbox(
                label,
                list(names),
                format_func=names.__getitem__,
                # Another choice begins again with the newest rows.
                **address.bound(name, chosen, f"history-{name}", ends=["rows"]),
            )
        for label, name, day in (
            (words.t("From (UTC)"), "from", asked.first),
            (words.t("To (UTC)"), "to", asked.last),
        ):
            st.date_input(
                label,
                value=None,
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="YYYY-MM-DD",
                help=words.t("The day of recording, in UTC."),
                **address.bound(name, day, f"history-{name}", ends=["rows"]),
            )


def _asked(screen: Screen) -> HistoryFilter:
    """The filters of the address; a target or name that nobody knows is passed over."""
    asked = screen.address
    authors, _ = _past(screen)
    return HistoryFilter(
        target=asked.target if asked.target in screen.plan.by_id else "",
        person=asked.person if asked.person in authors else "",
        first=asked.first,
        last=asked.last,
    )


def saves(screen: Screen) -> None:
    """The saves that the filters leave with their rows, more of them on demand, and the file."""
    words, asked = screen.language, _asked(screen)
    most = min(max(screen.address.rows or ROWS, ROWS), ROWS_AT_MOST)
    part, cut = _part(screen.store, screen.plan.id, asked, most)
    with st.container(key="history-tools", horizontal=True):
        undo.own(screen)
        whole_record_downloads.take(screen)
    shown = groups(screen.phrasebook, part)
    if not shown:
        st.html(markup.empty(words.t("No row fits these filters.")))
    _listed(screen, shown, part.saves)
    if cut and most < ROWS_AT_MOST:
        st.button(
            words.t("{n} more rows", n=ROWS),
            key="history-more",
            on_click=address.write,
            args=("rows", str(most + ROWS)),
        )
    elif cut:
        told = words.t("Only the newest {n} rows are shown; the filters find others.", n=most)
        st.html(markup.empty(told))


def _listed(screen: Screen, shown: Iterable[Group], made: Mapping[int, Save]) -> None:
    """The saves; as few elements as the buttons between them allow."""
    named, together = person.named().strip(), ""
    for group in shown:
        html = _html(screen, group)
        if group.save is None or not (group.undo and group.by == named):
            together += html
            continue
        if together:
            st.html(together)
            together = ""
        with st.container(key=f"save-{group.save}"):
            with st.container(key=f"saved-{group.save}", gap=None):
                st.html(html)
                undo.button(group.save, screen.language.t("Undo"))
            undo.question(screen, made[group.save])
    if together:
        st.html(together)


def _html(screen: Screen, group: Group) -> str:
    words, known = screen.language, screen.plan.by_id
    number = words.t("save {n}", n=group.save) if group.save else ""
    more = words.t("{n} more rows", n=len(group.lines) - markup.LINES_AT_FIRST)
    targets = {line.target for line in group.lines if line.target in known}
    links = {target: screen.href("target", target=target) for target in targets}
    return markup.save(group, links, number, more)


def _past(screen: Screen) -> tuple[dict[str, int], datetime | None]:
    """The number of rows by author, and since when there are any: slow in a large record."""
    store, plan = screen.store, screen.plan.id
    return screen.memo("authors", lambda: (store.authors(plan), store.since(plan)))


def _part(store: Store, plan_id: str, asked: HistoryFilter, most: int) -> tuple[RecordPart, bool]:
    """The newest rows and remarks that the filters leave, and whether there are more rows."""
    found = store.recorded(
        plan_id,
        target=asked.target or None,
        by=asked.person or None,
        first=asked.first,
        last=asked.last,
        limit=most + 1,
    )
    rows, cut = found[:most], len(found) > most
    replaced = store.entries(plan_id, {row.replaces for row in rows if row.replaces})
    made = store.saves(plan_id, ids={row.save for row in rows if row.save})
    every = {remark.row: remark for remark in store.remarks(plan_id)}
    return RecordPart(
        entries=rows,
        replaced=replaced,
        saves={save.id: save for save in made},
        undone={save.undoes: save for save in made if save.undoes},
        remarks=_remarks(every.values(), asked, rows if cut else []),
        earlier=every,
    ), cut


def _remarks(every: Iterable[Remark], asked: HistoryFilter, rows: list[Entry]) -> list[Remark]:
    """The remarks that the filters leave, the newest first, no older than the oldest row shown."""
    oldest = rows[-1].recorded_at if rows else None
    return [
        remark
        for remark in sorted(every, key=lambda remark: remark.row, reverse=True)
        if asked.fits(remark.target, remark.written_by, remark.written_at)
        and (oldest is None or remark.written_at is None or remark.written_at >= oldest)
    ]
