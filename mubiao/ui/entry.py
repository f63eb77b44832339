"""Record, one target: the form, what the entry would do, and saving it."""

from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from mubiao import service
from mubiao.model import Observation, Proposal, Target
from mubiao.observation.draft import Draft
from mubiao.problems import Problem, Refused
from mubiao.ui import address, effects, markup, person, single
from mubiao.ui.form import FIELDS, SAVES, Form
from mubiao.ui.page import Screen, plain
from mubiao.views.overview import mark
from mubiao.wording import phrases
from mubiao.wording.sentences import sentence

_BASE = "base-"


@dataclass(frozen=True, slots=True)
class _Ready:
    """An entry that has been read whole, or what is wrong with it."""

    entry: Observation | None
    problems: tuple[Problem, ...]


def opening(screen: Screen) -> None:
    """Title, and what the last save did."""
    words = screen.language
    st.html(markup.title(words.t("Record"), words.t("Enter, correct or withdraw actuals.")))
    effects.tell(screen)


def standing(screen: Screen, target: Target) -> None:
    """Where the chosen target stands now."""
    assessment = single.judged(screen, target)
    st.html(
        markup.standing(
            mark(assessment.status, screen.language),
            phrases.asks(screen.plan, target, screen.language),
            sentence(screen.plan, assessment, screen.language),
        )
    )


def form(screen: Screen, target: Target) -> None:
    """The fields, what the entry would do, and the button that saves it."""
    words = screen.language
    correcting = _correcting(screen, target)
    fields = Form(screen, target, correcting)
    title = words.t("New actual")
    if correcting:
        title = words.t("Correct no. {row}", row=correcting.row)
    st.html(markup.heading(title))
    if screen.address.correct is not None and correcting is None:
        _say_not_correctable(screen, target, screen.address.correct)
    with st.container(key="entry"):
        draft = fields.draft()
    replaces = correcting.row if correcting else None
    ready = _read(screen, draft, replaces)
    if draft.value or draft.period:
        _show(fields, ready, replaces)
    else:
        quiet = words.t("Period and value first; the effect is shown before saving.")
        st.html(markup.empty(quiet))
    with st.container(key="save", horizontal=True, gap="small"):
        st.button(
            words.t("Save the correction") if correcting else words.t("Save"),
            type="primary",
            on_click=_save,
            args=(fields, replaces),
        )
        if correcting:
            st.button(words.t("Do not correct"), on_click=address.write, args=("correct", ""))


def _correcting(screen: Screen, target: Target) -> Observation | None:
    """The row that the address says is being corrected, while it can be."""
    if screen.address.correct is None:
        return None
    history = screen.store.history(screen.plan.id, target.id)
    replaced = {entry.replaces for entry in history}
    return next(
        (
            entry
            for entry in history
            if entry.row == screen.address.correct
            and isinstance(entry, Observation)
            and entry.row not in replaced
        ),
        None,
    )


def _say_not_correctable(screen: Screen, target: Target, row: int) -> None:
    """A correction must not become a new actual in silence because somebody else was faster."""
    words = screen.language
    told = words.t(
        "No. {row} cannot be corrected here any more; what is entered now is a new actual.",
        row=row,
    )
    st.warning(plain(told), icon=None)
    history = screen.store.history(screen.plan.id, target.id)
    newer = next((entry for entry in history if entry.replaces == row), None)
    if isinstance(newer, Observation):
        st.button(
            words.t("Correct no. {row} instead, by {by}", row=newer.row, by=newer.recorded_by),
            on_click=address.write,
            args=("correct", str(newer.row)),
        )


def _read(screen: Screen, draft: Draft, replaces: int | None) -> _Ready:
    try:
        day = service.today(screen.settings)
        # The effect is shown before the source is typed; saving asks for it.
        entry = service.read_entry(screen.plan, draft, day, replaces, needs_source=False)
        return _Ready(entry, ())
    except Refused as refusal:
        return _Ready(None, refusal.problems)


def _show(fields: Form, ready: _Ready, replaces: int | None) -> None:
    """What is wrong with the entry, or what it would do."""
    screen, words = fields.screen, fields.screen.language
    if ready.entry is None:
        st.html(markup.problems([effects.labelled(screen, problem) for problem in ready.problems]))
        return
    effects.show(screen, ready.entry, replaces)
    _remember_base(fields, ready.entry)
    notes = list(effects.notes(screen, ready.entry, replaces))
    missing = [FIELDS["source"]] if not ready.entry.source else []
    missing += [FIELDS["recorded_by"]] if not person.named().strip() else []
    if missing:
        comma = "、" if words.code == "zh" else ", "
        named = comma.join(words.t(field) for field in missing)
        notes.append(words.t("Still missing before it can be saved: {fields}", fields=named))
    if notes:  # Streamlit refuses an empty text
        st.html("".join(markup.empty(note) for note in notes))


def _remember_base(fields: Form, entry: Observation) -> None:
    """The last row of this figure when it was first shown: what the entry is based on."""
    key = _base_key(fields, entry)
    if key not in st.session_state:
        plan = fields.screen.plan.id
        greatest = fields.screen.store.greatest_rows(plan, [entry.target])
        days = (entry.target, entry.period.first, entry.period.last)
        st.session_state[key] = greatest.get(days, 0)


def _base_key(fields: Form, entry: Observation) -> str:
    return f"{_BASE}{fields.scope}-{entry.period.first}-{entry.period.last}"


def _token(fields: Form) -> str:
    """One token until the form begins afresh: a save that is repeated does nothing twice."""
    key = f"token-{fields.scope}"
    return str(st.session_state.setdefault(key, uuid4().hex))


def _save(fields: Form, replaces: int | None) -> None:
    """Read everything once more on the server, write, and say what happened."""
    screen = fields.screen
    words = screen.language
    try:
        day = service.today(screen.settings)
        entry = service.read_entry(screen.plan, fields.held(), day, replaces)
        saved = screen.store.save(
            screen.plan.id,
            [Proposal(entry, st.session_state.get(_base_key(fields, entry)))],
            by=person.named(),
            at=service.now(),
            token=_token(fields),
        )
    except Refused as refusal:
        st.session_state[effects.REFUSED] = refusal.problems
        # Who has been told of another's figure may save beside it, knowing it.
        for key in [key for key in st.session_state if str(key).startswith(_BASE)]:
            del st.session_state[key]
        return
    row = saved.rows[0]
    st.session_state[SAVES] = st.session_state.get(SAVES, 0) + 1
    address.write("correct", "")
    name = words.pick(screen.plan.by_id[entry.target].name)
    st.session_state[effects.DONE] = words.t("Saved as no. {row}: {name}.", row=row, name=name)
