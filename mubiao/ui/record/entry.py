"""Record, one target: the form, what the entry would do, and what stands in the way of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from mubiao import clock
from mubiao.model import Entry, Observation, Target
from mubiao.observation import standing as standing_on
from mubiao.observation.draft import Draft
from mubiao.problems import Problem, Refused
from mubiao.proposal.effects import read_entry
from mubiao.ui.record import conflict, doubts, edit_markup, saving
from mubiao.ui.record.form import Form
from mubiao.ui.shell import address, effects, markup, person, scroll_position
from mubiao.ui.shell.page import Screen, plain
from mubiao.ui.target import single
from mubiao.views.meanwhile import Meanwhile, meanwhile
from mubiao.views.overview import mark
from mubiao.wording.phrasebook import inline
from mubiao.wording.sentences import sentence
from mubiao.wording.words import FIELDS


@dataclass(frozen=True, slots=True)
class _Ready:
    """An entry as it is typed now: read whole, or what is wrong with it.

    `met` is what others recorded meanwhile, `replaces` the row that the entry would replace then,
    `warnings` are to be confirmed.
    """

    draft: Draft
    entry: Observation | None
    problems: tuple[Problem, ...]
    met: Meanwhile | None
    replaces: int | None
    warnings: tuple[Problem, ...] = ()


def standing(screen: Screen, target: Target) -> None:
    """Where the chosen target stands now."""
    assessment = single.judged(screen, target)
    st.html(
        markup.standing(
            mark(assessment.status, screen.language),
            screen.phrasebook.asks(target),
            sentence(screen.phrasebook, assessment),
        )
    )


def form(screen: Screen, target: Target, history: Sequence[Entry]) -> None:
    """The fields, what the entry would do, and the buttons; `history` is all of the target's."""
    words = screen.language
    fields = saving.fields_for(screen, target, history)
    title = words.t("New actual")
    if fields.old:
        title = words.t("Correct no. {row}", row=fields.old.row)
    st.html(markup.heading(title))
    if screen.address.correct is not None and fields.old is None:
        _say_not_correctable(screen, screen.address.correct, history)
    with st.container(key="entry"):
        draft = fields.draft()
    scroll_position.bring_if_wanted("entry")
    ready = _read(fields, draft, history)
    confirmed = True
    as_recorded = fields.old is not None and fields.is_untouched
    if as_recorded and not ready.met:
        told = words.t("Change what is wrong; the effect is shown before saving.")
        st.html(markup.empty(told))
    elif draft.value or draft.period or ready.met:
        _show(fields, ready, history)
        if ready.entry and ready.warnings:
            confirmed = saving.confirm(fields, ready.entry, ready.warnings)
    else:
        quiet = words.t("Period and value first; the effect is shown before saving.")
        st.html(markup.empty(quiet))
    if ready.met:
        _decide(fields, ready, ready.met, confirmed=confirmed)
    else:
        _finish(fields, confirmed=confirmed, changed=not as_recorded)


def _say_not_correctable(screen: Screen, row: int, history: Sequence[Entry]) -> None:
    """A correction must not become a new actual in silence because somebody else was faster."""
    words = screen.language
    told = words.t(
        "No. {row} cannot be corrected here any more; what is entered now is a new actual.",
        row=row,
    )
    st.warning(plain(told), icon=None)
    newer = next((entry for entry in history if entry.replaces == row), None)
    if isinstance(newer, Observation):
        st.button(
            words.t("Correct no. {row} instead, by {by}", row=newer.row, by=newer.recorded_by),
            on_click=address.write,
            args=("correct", str(newer.row)),
        )


def _read(fields: Form, draft: Draft, history: Sequence[Entry]) -> _Ready:
    screen, old = fields.screen, fields.old
    entry: Observation | None = None
    problems: tuple[Problem, ...] = ()
    try:
        day = clock.today(screen.settings)
        # The effect is shown before the source is typed; saving asks for it.
        entry = read_entry(screen.plan, draft, day, needs_source=False)
    except Refused as refusal:
        problems = refusal.problems
    base = saving.based_on(fields, history)
    met = meanwhile(history, fields.target, entry, old, base)
    stands = met.stands if met else old
    replaces = stands.row if stands else None
    if entry is None:
        return _Ready(draft, None, problems, met, replaces)
    told = effects.doubtful(screen, entry, replaces, standing_on(history, date.max))
    return _Ready(draft, entry, (), met, replaces, told)


def _show(fields: Form, ready: _Ready, history: Sequence[Entry]) -> None:
    """What is wrong with the entry, or what it would do."""
    screen, words = fields.screen, fields.screen.language
    if ready.entry is None:
        st.html(
            markup.problems([screen.phrasebook.labelled(problem) for problem in ready.problems])
        )
        return
    effects.show(screen, ready.entry, ready.replaces)
    known = standing_on(history, date.max)
    notes = list(effects.notes(screen, ready.entry, ready.replaces, known))
    missing = [FIELDS["source"]] if not ready.entry.source else []
    missing += [FIELDS["recorded_by"]] if not person.named().strip() else []
    if missing:
        comma = "、" if words.code == "zh" else ", "
        named = comma.join(words.t(field) for field in missing)
        notes.append(words.t("Still missing before it can be saved: {fields}", fields=named))
    if notes:  # Streamlit refuses an empty text
        st.html("".join(markup.empty(note) for note in notes))


def _decide(fields: Form, ready: _Ready, met: Meanwhile, *, confirmed: bool) -> None:
    """What others recorded meanwhile beside mine, and the two ways out of it."""
    screen, words, entry = fields.screen, fields.screen.language, ready.entry
    st.html(markup.heading(words.t("This was recorded meanwhile")))
    with st.container(key="clash-entry", gap=None):
        mine = conflict.told(screen, entry) if entry else (ready.draft.value, "")
        if entry and met.stands:
            mine = mine[0], inline(mine[1], conflict.in_place_of(screen, met.stands))
        conflict.compare(screen, met.saw, met.recorded, mine, entry.period if entry else None)
        blocked = "" if confirmed else words.t(doubts.BLOCKED)
        if entry is None:
            blocked = words.t("Mend or empty what is refused.")
        decided = saving.Decided(entry.period, met.seen) if entry else None
        conflict.ways_out(
            screen,
            "entry",
            partial(saving.keep_theirs, fields),
            partial(saving.save, fields, decided),
            blocked=blocked,
            own=conflict.is_own(met.recorded),
        )


def _finish(fields: Form, *, confirmed: bool, changed: bool) -> None:
    """The button that saves, and why it cannot be pressed yet."""
    words = fields.screen.language
    with st.container(key="save", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            words.t("Save the correction") if fields.old else words.t("Save"),
            key="entry-save",
            type="primary",
            on_click=saving.save,
            args=(fields,),
            disabled=not (confirmed and changed),
        )
        if fields.old:
            st.button(words.t("Do not correct"), on_click=address.write, args=("correct", ""))
        if not confirmed:
            st.html(edit_markup.bar((), words.t(doubts.BLOCKED)))
