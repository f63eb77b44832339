"""History: every row ever recorded, by save, newest first; undo of a save of one's own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

import streamlit as st

from mubiao.access import Action
from mubiao.exports.data.listing import as_csv
from mubiao.exports.data.whole_record import everything, history_of, meetings, remarks
from mubiao.model import Meeting, Save
from mubiao.plain_text import folded
from mubiao.store import Store
from mubiao.ui.history import changes, locks
from mubiao.ui.shell import act, address, fields, markup, person, rights, undo
from mubiao.ui.shell.page import Screen
from mubiao.views.history import Group, RecordPart, groups, spellings, summary
from mubiao.views.history_filter import HistoryFilter
from mubiao.views.owed import is_of
from mubiao.wording.phrasebook import author_name

ROWS = 100
ROWS_AT_MOST = 2000
_RECORD, _CHANGES = "record", "changes"
# The saves with their HTML, each save by its number, and how many rows more there are.
_Found: TypeAlias = tuple[list[tuple[Group, str]], Mapping[int, Save], int]


def opening(screen: Screen) -> None:
    """Title, how much was recorded by how many, what was just done, and the choice of a view."""
    language = screen.language
    authors, first = _authors(screen)
    st.html(markup.title(language.t("History"), summary(authors, first, language)))
    act.tell(screen)
    names = {_RECORD: language.t("The record"), _CHANGES: language.t("What changed")}
    since = changes.since(screen).isoformat()
    view = _CHANGES if screen.address.since else _RECORD
    written = {_CHANGES: since, _RECORD: ""}.__getitem__
    bound = address.bound("since", view, "history-view", written)
    fields.switch(language.t("View"), names, **bound)


def filters(screen: Screen) -> None:
    """Target, person and days; all of them are in the address."""
    language, wanted, plan = screen.language, _filter(screen), screen.plan
    targets = {"": language.t("All targets")} | {t.id: language.pick(t.name) for t in plan.targets}
    authors, _ = _authors(screen)
    people = {"": language.t("Everybody")}
    people |= {one: author_name(one, language) for one in spellings(authors)}

    def bound(name: str, value: object) -> address.Binding:
        # Another choice begins again with the newest rows.
        return address.bound(name, value, f"history-{name}", ends=["rows"])

    by, target = next(iter(wanted.names), ""), screen.address.target
    text = language.t("The day of recording at the place of the plan.")
    with st.container(key="history-filters", horizontal=True):
        fields.choice(language.t("Target"), targets, **bound("target", target))
        fields.choice(language.t("Recorded by"), people, **bound("person", by))
        fields.unit(screen, "history-owner", ends=["rows"])
        fields.day(language.t("From day"), None, explanation=text, **bound("from", wanted.first))
        fields.day(language.t("To day"), None, explanation=text, **bound("to", wanted.last))


def _filter(screen: Screen) -> HistoryFilter:
    """The filters of the address; unknown targets and names are ignored, spellings are not."""
    choices = screen.address
    authors, _ = _authors(screen)
    groups_of_names, person = spellings(authors).values(), choices.person
    named = [names for names in groups_of_names if person in names]
    alike = [names for names in groups_of_names if folded(names[0]) == folded(person)]
    one, owner = screen.plan.by_id.get(choices.target), choices.owner
    some = (one,) if one else screen.plan.targets
    return HistoryFilter(
        targets=tuple(t.id for t in some if is_of(t, owner)) if one or owner else None,
        names=next(iter([*named, *alike]), ()),
        first=choices.first,
        last=choices.last,
        zone=screen.plan.zone,
    )


def saves(screen: Screen) -> None:
    """The filtered saves with their rows, more of them on demand; undo and downloads above."""
    language, wanted = screen.language, _filter(screen)
    most = min(max(screen.address.rows or ROWS, ROWS), ROWS_AT_MOST)
    listed, saves_by_id, left = _found(screen, wanted, most)
    with st.container(key="history-tools", horizontal=True):
        if rights.may_somewhere(screen, Action.UNDO):
            undo.own(screen)
        locks.control(screen)
        _take(screen)
    if not listed:
        st.html(markup.empty(language.t("No row fits these filters.")))
    _listed(screen, listed, saves_by_id)
    if left and most < ROWS_AT_MOST:
        label = language.ngettext("List {n} more row", "List {n} more rows", left)
        fields.button(label, "history-more", address.write, "rows", str(most + ROWS))
    elif left:
        text = language.t("Only the newest {n} rows are shown; the filters find others.", n=most)
        st.html(markup.empty(text))


def _take(screen: Screen) -> None:
    """The whole record to take away: every row, remark and meeting ever recorded, as files."""
    t, plan, store = screen.language.t, screen.plan.id, screen.store
    with st.popover(t("Download the whole record"), type="tertiary", key="history-take"):
        text = t(
            "Every row ever recorded, whatever the filters show: who, when, and what it replaced. "
            "Commentary includes own judgements."
        )
        st.html(markup.quiet(text))
        for label, name, make in (
            (
                t("All rows, XLSX (with commentary and meetings)"),
                "history.xlsx",
                lambda: _workbook(screen),
            ),
            (t("All rows, CSV"), "history.csv", lambda: as_csv(history_of(store, plan))),
            (t("Commentary, CSV"), "remarks.csv", lambda: as_csv(remarks(store.remarks(plan)))),
            (
                t("Meetings, CSV"),
                "meetings.csv",
                lambda: as_csv(meetings(store.all_meetings(plan))),
            ),
        ):
            fields.download(label, f"{plan}-{name}", make, width="stretch")


def _workbook(screen: Screen) -> bytes:
    # The library takes a while to load: only where a file is made.
    from mubiao.exports.workbook.tables import as_xlsx  # noqa: PLC0415

    language = screen.language
    return as_xlsx(everything(screen.store, screen.plan.id, language), language)


def _found(screen: Screen, wanted: HistoryFilter, most: int) -> _Found:
    plan, meetings_held = screen.plan.id, tuple(screen.store.all_meetings(screen.plan.id))

    def found() -> _Found:
        part, left = _part(screen.store, plan, wanted, most, meetings_held)
        listed = [(group, _html(screen, group)) for group in groups(screen.phrasebook, part)]
        return listed, part.saves, left

    # A meeting is no step of the record's version.
    key = (wanted, most, meetings_held, screen.as_of, screen.language.code)
    return screen.memo("history list", found, *key, large=most > ROWS)


def _listed(
    screen: Screen, listed: Iterable[tuple[Group, str]], saves_by_id: Mapping[int, Save]
) -> None:
    """Draw the saves in as few elements as the buttons between them allow."""
    waiting_html = ""
    for group, html in listed:
        if group.save is None or not (group.undo and _may_undo(screen, group)):
            waiting_html += html
            continue
        if waiting_html:
            st.html(waiting_html)
            waiting_html = ""
        with st.container(key=f"save-{group.save}"):
            with st.container(key=f"saved-{group.save}", gap=None):
                st.html(html)
                undo.button(group.save, screen.language.t("Undo"))
            undo.question(screen, saves_by_id[group.save])
    if waiting_html:
        st.html(waiting_html)


def _may_undo(screen: Screen, group: Group) -> bool:
    targets = {line.target for line in group.lines}
    awaiting = set(filter(screen.plan_today.needs_approval, targets))
    return (
        person.did(group.actor, group.by)
        and targets <= rights.permitted(screen, Action.UNDO, targets)
        and awaiting <= rights.permitted(screen, Action.PUBLISH, awaiting)
    )


def _html(screen: Screen, group: Group) -> str:
    language, known = screen.language, screen.plan.by_id
    number = language.t("save {n}", n=group.save) if group.save else ""
    folded = len(group.lines) - markup.LINES_AT_FIRST
    more = language.ngettext("Unfold {n} row", "Unfold {n} rows", folded)
    targets = {line.target for line in group.lines if line.target in known}
    links = {target: screen.href("target", target=target) for target in targets}
    return markup.save(group, links, number, more)


def _authors(screen: Screen) -> tuple[dict[str, int], datetime | None]:
    """The number of rows by author, and since when there are any: slow in a large record."""
    store, plan = screen.store, screen.plan.id
    return screen.memo("authors", lambda: (store.authors(plan), store.since(plan)))


def _part(
    store: Store, plan_id: str, wanted: HistoryFilter, most: int, held: Sequence[Meeting]
) -> tuple[RecordPart, int]:
    """The newest filtered rows and remarks, and how many rows the next step would add."""
    newest = store.recorded(
        plan_id,
        targets=wanted.targets,
        authors=wanted.names,
        start=wanted.start,
        end=wanted.end,
        limit=most + ROWS,
    )
    rows, left = newest[:most], len(newest[most:])
    made = store.saves(plan_id, ids={row.save for row in rows if row.save})
    all_remarks = {remark.row: remark for remark in store.remarks(plan_id)}
    oldest = rows[-1].recorded_at if left else None
    acts = [(meeting, act) for meeting in held for act in meeting.acts]
    acts.sort(key=lambda pair: pair[1].row, reverse=True)

    def fits(target: str, by: str, at: datetime | None) -> bool:
        return wanted.fits(target, by, at) and (oldest is None or at is None or at >= oldest)

    return RecordPart(
        entries=rows,
        replaced=store.entries(plan_id, {row.replaces for row in rows if row.replaces}),
        saves={save.id: save for save in made},
        undone={save.undoes: save for save in made if save.undoes},
        remarks=[
            one
            for one in sorted(all_remarks.values(), key=lambda one: one.row, reverse=True)
            if fits(one.target, one.written_by, one.written_at)
        ],
        earlier=all_remarks,
        meetings=[pair for pair in acts if fits("", pair[1].by, pair[1].at)],
        locks=[one for one in reversed(store.locks(plan_id)) if fits("", one.actor.name, one.at)],
        assignments=[
            one
            for one in reversed(store.assignments(plan_id))
            if fits(one.target, one.actor.name, one.at)
        ],
    ), left
