"""Record, one target: the form, what the entry would do, what stands in its way, saving it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from mubiao.counting import standing as standing_rows
from mubiao.html import part
from mubiao.model import Conflict, Entry, Indicator, Observation, Reference
from mubiao.observation.draft import read_draft
from mubiao.problems import Problems, message, refused
from mubiao.proposal.comparison import Takes
from mubiao.proposal.proposal import Proposal, proposal_of
from mubiao.proposal.rows import Candidate, Choice, Outcome, ProposalRow, read
from mubiao.proposal.unsaved import Unsaved
from mubiao.store import Conflicting
from mubiao.ui.record import drafts, pane, saving
from mubiao.ui.record.form import REQUIRED, EntryForm
from mubiao.ui.shell import act, address, markup, person
from mubiao.ui.shell.fields import button
from mubiao.ui.shell.page import Screen
from mubiao.views.counts import mark
from mubiao.wording.sentences import sentence
from mubiao.wording.words import FIELDS


def standing(screen: Screen, target: Indicator) -> None:
    """Where the chosen target stands now; of a reference series what is held against it."""
    if isinstance(target, Reference):
        held = (one for one in screen.plan.targets if one.counterpart == target.id)
        names = screen.language.listed(screen.language.pick(one.name) for one in held)
        form = message("A reference series: it promises nothing. Held against it: {names}")
        st.html(markup.empty(screen.language.t(form, names=names)))
        return
    assessment = screen.assessment(target.id)
    st.html(
        markup.standing(
            mark(assessment.status, screen.language),
            screen.phrasebook.asks(assessment.target),
            sentence(screen.phrasebook, assessment),
        )
    )


def form(screen: Screen, target: Indicator, history: Sequence[Entry]) -> None:
    """The fields, what the entry would do, and the buttons; `history` is all of the target's."""
    language, fields = screen.language, _fields(screen, target, history)
    title = language.t("New actual")
    if fields.old:
        title = language.t("Correct no. {row}", row=fields.old.row)
    st.html(markup.heading(title))
    if screen.address.correct is not None and fields.old is None:
        _say_not_correctable(screen, screen.address.correct, history)
    edits = fields.typed()
    with st.container(key="entry"):
        fields.draw(edits, history)
    act.bring_if_wanted("entry")
    if unkept := drafts.keep(screen, fields.part, edits):
        st.warning(markup.plain(unkept), icon=None)
    [row] = _proposal(fields, edits, history).rows
    decided, draft, is_typed = edits, fields.draft(), target.id in edits.rows
    if not is_typed and fields.old and not row.conflict:
        text = language.t("Change what is wrong; the effect is shown before saving.")
        st.html(markup.empty(text))
    elif draft.value or draft.period or row.conflict:
        decided = _effect(fields, row, edits)
    else:
        quiet = language.t("Period and value first; the effect is shown before saving.")
        st.html(markup.empty(quiet))
    if decided != edits:
        drafts.keep(screen, fields.part, decided)
        st.rerun()
    blocked = "" if row.confirmed or not row.warnings or row.problems else saving.CONFIRM
    if row.conflict:
        _decide(fields, row, row.conflict, draft.value, blocked)
    else:
        changed = (is_typed or not fields.old) and row.outcome is not Outcome.SAME
        # An empty form below what was just saved is no unfinished entry.
        missing = _missing(fields) if changed and (is_typed or not saving.here(target.id)) else ""
        _finish(fields, blocked, missing, changed=changed)
    saving.show(screen, target.id)


def _fields(screen: Screen, target: Indicator, history: Sequence[Entry]) -> EntryForm:
    """The form for the row that the address says is being corrected, or for a new actual.

    A row that somebody else replaced meanwhile goes on being corrected where something was typed:
    that must not get lost, nor become a new actual in silence.
    """
    replaced = {entry.replaces for entry in history}
    for entry in history:
        if entry.row == screen.address.correct and isinstance(entry, Observation):
            fields = EntryForm(screen, target, entry)
            if entry.row not in replaced or fields.typed().rows:
                return fields
    return EntryForm(screen, target, None)


def _proposal(fields: EntryForm, edits: Unsaved, history: Sequence[Entry]) -> Proposal:
    """The form as a proposal of one row, that the person's own takes the place of theirs."""
    screen, today = fields.screen, fields.screen.today
    named, rows = fields.old.row if fields.old else None, [entry.row for entry in history]
    seen = max(rows, default=0)
    if fields.target.id in edits.rows:
        seen = edits.rows[fields.target.id].base
        if seen not in rows:
            # The record was replaced by an older one: of what is in it now nothing has been seen.
            seen = named or 0
    candidate = Candidate(fields.target.id, named=named, seen=seen)
    comparison = pane.comparison(screen, Takes.NAMED, standing_rows(history, date.max), history)
    proposal = proposal_of(comparison, [read(candidate, fields.draft(), screen.plan, today)])
    return proposal.decided({0: Choice.MINE}).confirmed(edits.is_confirmed)


def _say_not_correctable(screen: Screen, row: int, history: Sequence[Entry]) -> None:
    """A correction must not become a new actual in silence because somebody else was faster."""
    language = screen.language
    text = language.t(
        "No. {row} cannot be corrected here any more; what is entered now is a new actual.", row=row
    )
    st.warning(markup.plain(text), icon=None)
    newer = next((entry for entry in history if entry.replaces == row), None)
    if isinstance(newer, Observation):
        msgid = message("Correct no. {row} instead, by {by}")
        label = language.t(msgid, row=newer.row, by=newer.recorded_by)
        button(label, "correct-newer", address.write, "correct", str(newer.row))


def _effect(fields: EntryForm, row: ProposalRow, edits: Unsaved) -> Unsaved:
    """What is wrong with the entry, or what it would do; the edits with what is confirmed now."""
    screen, phrasebook, figure = fields.screen, fields.screen.phrasebook, row.figure
    if figure is None or row.problems:
        st.html(markup.problems(phrasebook.labelled(problem) for problem in row.problems))
        return edits
    pane.effect(screen, [figure])
    pane.draw(map(markup.empty, _notes(screen, row, figure)))
    if not row.warnings:
        return edits
    return pane.confirmed(screen, row, edits, f"entry-{fields.scope}")


def _notes(screen: Screen, row: ProposalRow, figure: Observation) -> list[str]:
    phrasebook, language, notes = screen.phrasebook, screen.language, []
    if figure.known_on > screen.as_of:
        day = language.day(figure.known_on)
        notes.append(language.t("It counts from {day} on; the as-of day is earlier.", day=day))
    if row.outcome is Outcome.SAME:
        notes.append(language.t("recorded already"))
    notes += pane.notes(screen, row)
    if row.beside is not None:
        text = language.t(
            "No. {row} gives {value} for this period already; correct that row to replace it.",
            row=row.beside.row,
            value=phrasebook.actual(row.beside),
        )
        notes.append(text)
    return notes


def _missing(fields: EntryForm) -> str:
    """What is still to be filled in, so that nobody has to press to learn it; "" for nothing."""
    language, draft = fields.screen.language, fields.draft()
    missing = [FIELDS[name] for name in REQUIRED if not getattr(draft, name).strip()]
    missing += filter(None, [person.missing()])
    if not missing:
        return ""
    named = language.listed(language.t(label) for label in missing)
    return language.t("Still missing before it can be saved: {fields}", fields=named)


def _decide(
    fields: EntryForm, row: ProposalRow, conflict: Conflict, typed: str, blocked: str
) -> None:
    screen = fields.screen
    st.html(markup.heading(screen.language.t("This was recorded meanwhile")))
    with pane.clash(screen, row, "entry", text=typed):
        pane.ways_out(
            screen,
            "entry",
            conflict,
            partial(_keep_theirs, fields),
            partial(_save, fields, row),
            blocked=saving.MEND if row.problems else blocked,
        )


def _finish(fields: EntryForm, blocked: str, missing: str, *, changed: bool) -> None:
    language, plan = fields.screen.language, fields.screen.plan_today
    label = language.t("Save the correction") if fields.old else language.t(saving.SAVE)
    if plan.needs_approval(fields.target.id):
        label = language.t(saving.SUBMIT)
    with st.container(key="save", horizontal=True, vertical_alignment="center", gap="small"):
        disabled = bool(blocked) or not changed
        button(label, "entry-save", _save, fields, kind="primary", disabled=disabled)
        if fields.old:
            button(language.t("Do not correct"), "correct-not", address.write, "correct", "")
        if obstacle := language.t(blocked) or missing:
            st.html(part("bar", (), obstacle))


def _save(fields: EntryForm, displayed: ProposalRow | None = None) -> None:
    """Save what the fields hold now: a button's callback runs before the page does, with newer
    fields than those that were drawn, so all is held against the record once more.

    `displayed` is the row whose conflict was shown before, where there was one.
    """
    screen, edits = fields.screen, fields.typed()
    with act.attempt():
        # What was typed is refused as a whole, here also for want of a source.
        read_draft(fields.draft(), screen.plan, screen.today, doubts=Problems())
        mine = _proposal(fields, edits, screen.store.history(screen.plan.id, fields.target.id))
        _refuse_unseen(mine, displayed)
        made = saving.save(screen, mine.submissions, edits.save_token, part=fields.part)
        msgid, target = message("Saved as no. {row}: {name}."), fields.target.id
        saving.keep(screen, target, made, msgid, name=screen.phrasebook.name(target))
        _leave(fields)


def _refuse_unseen(mine: Proposal, displayed: ProposalRow | None) -> None:
    """Raises Refused for what nobody has confirmed, and for conflicts that were not shown: of
    another period, or with rows that came after.
    """
    [row] = mine.rows
    if row.outcome is Outcome.ASK:
        raise refused(saving.CONFIRM)
    if row.conflict is None or row.figure is None:
        return
    seen, period = 0, None
    if displayed is not None and displayed.conflict and displayed.figure:
        seen, period = displayed.conflict.seen, displayed.figure.period
    if row.conflict.seen > seen or row.figure.period != period:
        raise Conflicting({0: row.conflict})


def _keep_theirs(fields: EntryForm) -> None:
    name, t = fields.screen.phrasebook.name(fields.target.id), fields.screen.language.t
    act.done(t("{name}: what others recorded stays; nothing was saved.", name=name))
    _leave(fields)


def _leave(fields: EntryForm) -> None:
    drafts.drop(fields.screen, fields.part)
    address.write("correct", "")
