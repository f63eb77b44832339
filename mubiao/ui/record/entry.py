"""Record, one target: the form, what the entry would do, and what stands in the way of it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from mubiao.model import Conflict, Entry, Observation, Target
from mubiao.proposal.rows import Outcome, ProposalRow
from mubiao.ui.record import edit_markup, pane, saving
from mubiao.ui.record.form import EntryForm
from mubiao.ui.shell import address, effects, markup, person, scroll_position
from mubiao.ui.shell.page import Screen, plain
from mubiao.views.overview import mark
from mubiao.wording.sentences import sentence
from mubiao.wording.words import FIELDS


def standing(screen: Screen, target: Target) -> None:
    """Where the chosen target stands now."""
    assessment = screen.assessment(target.id)
    st.html(
        markup.standing(
            mark(assessment.status, screen.language),
            screen.phrasebook.asks(target),
            sentence(screen.phrasebook, assessment),
        )
    )


def form(screen: Screen, target: Target, history: Sequence[Entry]) -> None:
    """The fields, what the entry would do, and the buttons; `history` is all of the target's."""
    language = screen.language
    fields = saving.fields_for(screen, target, history)
    title = language.t("New actual")
    if fields.old:
        title = language.t("Correct no. {row}", row=fields.old.row)
    st.html(markup.heading(title))
    if screen.address.correct is not None and fields.old is None:
        _say_not_correctable(screen, screen.address.correct, history)
    with st.container(key="entry"):
        draft = fields.draft()
    scroll_position.bring_if_wanted("entry")
    saving.begin(fields, history)
    [row] = saving.proposal(fields, history).rows
    confirmed = True
    as_recorded = fields.old is not None and fields.is_untouched
    if as_recorded and not row.conflict:
        text = language.t("Change what is wrong; the effect is shown before saving.")
        st.html(markup.empty(text))
    elif draft.value or draft.period or row.conflict:
        confirmed = _effect(fields, row)
    else:
        quiet = language.t("Period and value first; the effect is shown before saving.")
        st.html(markup.empty(quiet))
    if row.conflict:
        _decide(fields, row, row.conflict, draft.value, confirmed=confirmed)
    else:
        changed = not as_recorded and row.outcome is not Outcome.SAME
        _finish(fields, confirmed=confirmed, changed=changed)


def _say_not_correctable(screen: Screen, row: int, history: Sequence[Entry]) -> None:
    """A correction must not become a new actual in silence because somebody else was faster."""
    language = screen.language
    text = language.t(
        "No. {row} cannot be corrected here any more; what is entered now is a new actual.",
        row=row,
    )
    st.warning(plain(text), icon=None)
    newer = next((entry for entry in history if entry.replaces == row), None)
    if isinstance(newer, Observation):
        st.button(
            language.t("Correct no. {row} instead, by {by}", row=newer.row, by=newer.recorded_by),
            on_click=address.write,
            args=("correct", str(newer.row)),
        )


def _effect(fields: EntryForm, row: ProposalRow) -> bool:
    """What is wrong with the entry, or what it would do; whether nothing is left to confirm."""
    screen, phrasebook, figure = fields.screen, fields.screen.phrasebook, row.figure
    if figure is None or row.problems:
        st.html(markup.problems(phrasebook.labelled(problem) for problem in row.problems))
        return True
    effects.show(screen, [figure])
    if notes := _notes(screen, row, figure):  # Streamlit refuses an empty text
        st.html("".join(markup.empty(note) for note in notes))
    if not row.warnings:
        return True
    return pane.confirm(screen, row, "entry", saving.tick_key(fields, row.mark), persistent=True)


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
    missing = [FIELDS["source"]] if not figure.source else []
    missing += [FIELDS["recorded_by"]] if not person.named().strip() else []
    if missing:
        fields = language.listed(language.t(field) for field in missing)
        notes.append(language.t("Still missing before it can be saved: {fields}", fields=fields))
    return notes


def _decide(
    fields: EntryForm, row: ProposalRow, conflict: Conflict, typed: str, *, confirmed: bool
) -> None:
    """What others recorded meanwhile beside mine, and the two ways out of it."""
    screen = fields.screen
    st.html(markup.heading(screen.language.t("This was recorded meanwhile")))
    with pane.clash(screen, row, "entry", text=typed):
        blocked = "" if confirmed else pane.CONFIRM
        if row.problems:
            blocked = pane.MEND
        pane.ways_out(
            screen,
            "entry",
            conflict,
            partial(saving.keep_theirs, fields),
            partial(saving.save, fields, row),
            blocked=blocked,
        )


def _finish(fields: EntryForm, *, confirmed: bool, changed: bool) -> None:
    """The button that saves, and why it cannot be pressed yet."""
    language = fields.screen.language
    with st.container(key="save", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            language.t("Save the correction") if fields.old else language.t("Save"),
            key="entry-save",
            type="primary",
            on_click=saving.save,
            args=(fields,),
            disabled=not (confirmed and changed),
        )
        if fields.old:
            st.button(language.t("Do not correct"), on_click=address.write, args=("correct", ""))
        if not confirmed:
            st.html(edit_markup.bar((), language.t(pane.CONFIRM)))
