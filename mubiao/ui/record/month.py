"""Record, a month at once: what all figures share, the grid, what the edits do, saving them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mubiao.access import Action
from mubiao.html import part
from mubiao.period import Period
from mubiao.problems import message
from mubiao.proposal.comparison import Takes
from mubiao.proposal.proposal import Proposal, proposal_of
from mubiao.proposal.unsaved import Cell, Unsaved
from mubiao.ui.record import drafts, edits, file_downloads, grid, lists, pane, saving
from mubiao.ui.shell import act, address, fields, markup, person, rights
from mubiao.ui.shell.fields import button
from mubiao.ui.shell.page import Screen
from mubiao.views.month import Due, grid_row, month_before, months_of, rows_of
from mubiao.wording.words import FIELDS

_SEEN, _DISCARD, _LAST = "month-shown", "month-discard-state", "month-source-saved"


def hold(screen: Screen) -> None:
    """Have the session hold what was typed, before the record is asked for anything: a run that
    fails takes the browser's edits with it.
    """
    month = _month(screen)
    of = screen.sound.id, month.text, drafts.turn()
    drafts.hold(screen, month.text, grid.typed(drafts.unsaved(screen, month.text), of))


def view(screen: Screen, title: DeltaGenerator) -> None:
    """The whole view, of what the session holds."""
    month = _month(screen)
    unsaved = drafts.unsaved(screen, month.text)
    if saving.was_undone(screen, month.text):
        grid.begin_anew()
        saving.forget(month.text)
    unsaved = _shared(screen, month, unsaved)
    drafts.hold(screen, month.text, unsaved)
    rows = _rows(screen, month)
    own = rights.permitted(screen, Action.RECORD, (row.target.id for row in rows))
    rows = tuple(row for row in rows if row.target.id in own)
    title.html(lists.heading(screen, month, rows, unsaved))
    above = st.empty()
    proposal = _proposal(screen, rows, unsaved)
    changes = edits.changes_of(screen, proposal)
    _grid(screen, month, rows, unsaved, edits.in_grid(screen, rows, proposal, changes))
    if unkept := drafts.keep(screen, month.text, unsaved):
        above.warning(markup.plain(unkept), icon=None)
    elif not unsaved.is_empty:
        address.write("month", month.text)
    with st.container(key="month-edits", gap=None):
        decided = edits.show(screen, changes, proposal, unsaved)
    if decided != unsaved:
        drafts.keep(screen, month.text, decided)
        if decided.rows.keys() != unsaved.rows.keys():
            grid.begin_anew()
        st.rerun()
    _finish(screen, month, unsaved, proposal)
    saving.show(screen, month.text)


def _rows(screen: Screen, month: Period) -> tuple[Due, ...]:
    day, today, plan = screen.as_of, screen.today, screen.plan
    return screen.memo(
        "month rows",
        lambda: rows_of(plan, month, screen.assessments, screen.standing(day), today),
        *(month.text, day, today),
    )


def _proposal(screen: Screen, rows: Sequence[Due], unsaved: Unsaved) -> Proposal:
    plan, today = screen.plan, screen.today
    candidates = [
        unsaved.candidate(each.target.id, each.period.text, place, plan, today)
        for place, each in enumerate(rows)
        if each.target.id in unsaved.rows
    ]
    comparison = pane.comparison(screen, Takes.LAST_KNOWN)
    return proposal_of(comparison, candidates).confirmed(unsaved.is_confirmed)


def _month(screen: Screen) -> Period:
    """The month that the address names, or the one before the as-of day."""
    months = {month.text: month for month in months_of(screen.sound)}
    named = screen.address.month
    return months[named] if named in months else month_before(screen.sound, screen.as_of)


def _shared(screen: Screen, month: Period, unsaved: Unsaved) -> Unsaved:
    language = screen.language
    labels = {field: language.t(label) for field, label in FIELDS.items()}
    scope = f"{month.text}-{language.code}-{drafts.turn()}"
    months = {each.text: language.period(each) for each in months_of(screen.plan)}
    today, last = screen.today, st.session_state.get(_LAST, "")
    with st.container(key="month-shared", horizontal=True, vertical_alignment="bottom"):
        fields.unit(screen)
        fields.choice(language.t("Month"), months, **address.bound("month", month.text))
        known_on = fields.day(
            labels["known_on"],
            address.day(unsaved.known_on) or min(screen.as_of, today),
            explanation=language.t(
                "The day the figures became public; of all rows that name no other."
            ),
            key=f"month-known_on-{scope}",
        )
        person.ask(screen)
        source = st.text_input(
            markup.plain(labels["source"]),
            value=unsaved.source or last,
            key=f"month-source-{scope}",
            placeholder=language.t("Who published it, and where"),
            help=language.t("Of all rows that name no other."),
        )
    if not unsaved.rows and source.strip() == last:
        source = ""  # of the last save, and of no figure yet
    return unsaved.model_copy(
        update={"known_on": known_on.isoformat() if known_on else "", "source": source.strip()}
    )


def _grid(
    screen: Screen, month: Period, rows: Sequence[Due], unsaved: Unsaved, effects: Mapping[str, str]
) -> None:
    language, choices = screen.language, screen.address
    listed = lists.choose(screen, rows, unsaved)
    if not listed:
        st.html(markup.empty(language.t("No figure is due here; choose another month or list.")))
        return
    targets = frozenset(each.target.id for each in rows)
    ends = tuple(sorted({each.period.last for each in rows}))
    greatest = screen.memo(
        "greatest rows",
        lambda: screen.store.greatest_rows(screen.plan.id, targets, ends),
        *(targets, ends),
    )
    bases = {e.target.id: greatest.get((e.target.id, e.period), 0) for e in listed}
    scope = (
        *(screen.plan.id, month.text, drafts.turn(), screen.file.version),
        *(language.code, screen.as_of, choices.added),
        *(choices.owner, choices.tab, choices.section, choices.look),
    )
    book = screen.phrasebook
    made = screen.memo(
        "grid rows",
        lambda: {e.target.id: grid_row(book, e, effects[e.target.id]) for e in rows},
        *(month.text, screen.as_of, screen.today, language.code),
    )
    # Few have another effect than at first, and each takes a while to be replaced.
    texts = [
        row if row.effect == (effect := effects[row.target]) else replace(row, effect=effect)
        for row in map(made.__getitem__, bases)
    ]
    grid.draw(screen, texts, unsaved, bases, scope)
    with st.container(key="month-foot", horizontal=True, vertical_alignment="center"):
        if any(each.target.is_milestone for each in listed):
            text = language.t("Stages are typed: not started, under way, complete or cancelled.")
            st.html(markup.quiet(text))
        file_downloads.of_rows(screen, listed, month.text)


def _finish(screen: Screen, month: Period, unsaved: Unsaved, proposal: Proposal) -> None:
    language = screen.language
    if proposal.rows:
        with st.container(key="month-save", horizontal=True, vertical_alignment="center"):
            blocked = saving.obstacle(proposal)
            st.html(part("bar", saving.counts(screen, proposal), language.t(blocked)))
            if _discards(screen, len(proposal.rows)):
                _begin_afresh(screen, month)
                st.rerun()
            label, not_yet = saving.save_label(screen, proposal.submissions), bool(blocked)
            pressed = button(label, "month-save-now", kind="primary", disabled=not_yet)
            # Pressed just before the last edit came in, it may be blocked by that.
            if pressed and not blocked:
                # What was typed last came in with the press: its effect was not shown.
                if st.session_state.get(_SEEN) == _texts(unsaved):
                    _save(screen, month, unsaved, proposal)
                late = language.t("Not saved yet: more was typed meanwhile. Look at it, then save.")
                st.html(markup.quiet(late))
            st.session_state[_SEEN] = _texts(unsaved)
    months = {each.text: each for each in months_of(screen.plan)}
    for other, number in drafts.others(screen, month.text).items():
        if other not in months:
            continue
        name = language.period(months[other])
        label = language.t("Not saved yet in {month}: {n}", month=name, n=number)
        button(label, f"month-other-{other}", address.write, "month", other, kind="tertiary")


def _discards(screen: Screen, rows: int) -> bool:
    """Draw the button that asks once more in its own place, as a popover would lie over the rows;
    whether all of so many rows are to be thrown away.
    """
    t, state = screen.language.t, st.session_state.get(_DISCARD)
    put = st.session_state.update
    if state == "meant":
        put({_DISCARD: ""})
        return True
    if state != "asked":
        button(t("Discard"), "month-discard", put, {_DISCARD: "asked"}, kind="tertiary")
        return False
    button(t("Keep them"), "discard-not", put, {_DISCARD: ""})
    label = t("Discard all {n} rows", n=rows) if rows > 1 else t("Discard this row")
    button(label, "discard-all", put, {_DISCARD: "meant"})
    return False


def _texts(unsaved: Unsaved) -> dict[str, dict[Cell, str]]:
    return {target: cells.texts for target, cells in unsaved.rows.items()}


def _save(screen: Screen, month: Period, unsaved: Unsaved, proposal: Proposal) -> None:
    """One transaction; then the month begins afresh. A clash is shown by the next run."""
    with act.attempt():
        made = saving.save(screen, proposal.submissions, unsaved.save_token, part=month.text)
        msgid, name = message("{month}: {n} saved, as no. {rows}."), screen.language.period(month)
        saving.keep(screen, month.text, made, msgid, month=name)
        st.session_state[_LAST] = unsaved.source
        _begin_afresh(screen, month)
    st.rerun()


def _begin_afresh(screen: Screen, month: Period) -> None:
    drafts.drop(screen, month.text)
    grid.begin_anew()
