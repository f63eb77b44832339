"""The parts of Record: the form, what an entry would do, and the rows that can be corrected."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from mubiao import service
from mubiao.model import Observation, Target
from mubiao.observation.draft import Draft
from mubiao.problems import Problem, Refused
from mubiao.service import Change
from mubiao.ui import address, markup, single
from mubiao.ui.form import FIELDS, SAVES, Form
from mubiao.ui.page import Screen, plain
from mubiao.views.detail import ActualRow, detail
from mubiao.views.overview import mark
from mubiao.wording import phrases
from mubiao.wording.sentences import sentence

_SAVED = "saved"


@dataclass(frozen=True, slots=True)
class _Ready:
    """An entry that has been read whole, or what is wrong with it."""

    entry: Observation | None
    problems: tuple[Problem, ...]


def opening(screen: Screen) -> None:
    """Title, and what the last save did."""
    words = screen.language
    st.html(markup.title(words.t("Record"), words.t("Enter, correct or withdraw actuals.")))
    done = st.session_state.pop(_SAVED, None)
    if done:
        st.success(plain(done), icon=None)
    for problem in st.session_state.pop("refused", ()):
        st.error(plain(_labelled(screen, problem)), icon=None)


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
        _say_not_correctable(screen, screen.address.correct)
    with st.container(key="entry"):
        draft = fields.draft()
        st.text_input(words.t(FIELDS["recorded_by"]), key="by", max_chars=100)
    replaces = correcting.row if correcting else None
    ready = _read(screen, draft, replaces)
    if draft.value or draft.period:
        _show(screen, ready, replaces)
    else:
        quiet = words.t("Period and value first; the effect is shown before saving.")
        st.html(markup.empty(quiet))
    st.button(
        words.t("Save the correction") if correcting else words.t("Save"),
        type="primary",
        on_click=_save,
        args=(fields, replaces),
    )


def rows(screen: Screen, target: Target) -> None:
    """Every recorded row of the target; open ones can be corrected or withdrawn."""
    words = screen.language
    history = screen.store.history(screen.plan.id, target.id)
    shown = detail(screen.plan, single.judged(screen, target), history, words)
    st.html(markup.heading(words.t("Recorded for this target"), str(len(shown.actuals))))
    if not shown.actuals:
        st.html(markup.empty(words.t("Nothing has been recorded for this target yet.")))
    for actual in shown.actuals:
        with st.container(key=f"row-{actual.row}"):
            st.html(markup.actual_line(actual))
            if actual.open:
                _row_actions(screen, actual)


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


def _say_not_correctable(screen: Screen, row: int) -> None:
    """A correction must not become a new actual in silence because somebody else was faster."""
    told = screen.language.t(
        "No. {row} cannot be corrected here any more; what is entered now is a new actual.",
        row=row,
    )
    st.warning(plain(told), icon=None)


def _read(screen: Screen, draft: Draft, replaces: int | None) -> _Ready:
    try:
        day = service.today(screen.settings)
        return _Ready(service.read_entry(screen.plan, draft, day, replaces), ())
    except Refused as refusal:
        return _Ready(None, refusal.problems)


def _show(screen: Screen, ready: _Ready, replaces: int | None) -> None:
    """What is wrong with the entry, or what it would do."""
    words = screen.language
    if ready.entry is None:
        st.html(markup.problems([_labelled(screen, problem) for problem in ready.problems]))
        return
    known = screen.store.as_of(screen.plan.id, screen.as_of)
    changes = service.effect(screen.plan, known, ready.entry, replaces, screen.as_of)
    st.html(
        markup.heading(words.t("What this would change, as of {day}", day=words.day(screen.as_of)))
    )
    st.html("".join(_effect(screen, change) for change in changes))
    if ready.entry.known_on > screen.as_of:
        st.html(
            markup.empty(
                words.t(
                    "It counts from {day} on; the as-of day is earlier.",
                    day=words.day(ready.entry.known_on),
                )
            )
        )


def _effect(screen: Screen, change: Change) -> str:
    words = screen.language
    return markup.effect(
        words.pick(change.after.target.name),
        mark(change.before.status, words),
        mark(change.after.status, words),
        sentence(screen.plan, change.after, words),
    )


def _labelled(screen: Screen, problem: Problem) -> str:
    label = FIELDS.get(problem.field)
    text = screen.language.problem(problem)
    return screen.language.labelled(screen.language.t(label), text) if label else text


def _save(fields: Form, replaces: int | None) -> None:
    """Read everything once more on the server, write, and say what happened."""
    screen = fields.screen
    words = screen.language
    try:
        day = service.today(screen.settings)
        entry = service.read_entry(screen.plan, fields.held(), day, replaces)
        row = screen.store.record(
            screen.plan.id, entry, st.session_state.get("by") or "", service.now()
        )
    except Refused as refusal:
        st.session_state["refused"] = refusal.problems
        return
    st.session_state[SAVES] = st.session_state.get(SAVES, 0) + 1
    address.write("correct", "")
    name = words.pick(screen.plan.by_id[entry.target].name)
    st.session_state[_SAVED] = words.t("Saved as no. {row}: {name}.", row=row, name=name)


def _row_actions(screen: Screen, actual: ActualRow) -> None:
    words = screen.language
    with st.container(key=f"actions-{actual.row}", horizontal=True, gap="small"):
        st.button(
            words.t("Correct"),
            key=f"correct-{actual.row}",
            type="tertiary",
            on_click=address.write,
            args=("correct", str(actual.row)),
        )
        with st.popover(words.t("Withdraw"), type="tertiary", key=f"popover-{actual.row}"):
            st.text_input(words.t(FIELDS["reason"]), key=f"reason-{actual.row}")
            st.button(
                words.t("Withdraw no. {row}", row=actual.row),
                key=f"withdraw-{actual.row}",
                on_click=_withdraw,
                args=(screen, actual, f"reason-{actual.row}"),
            )


def _withdraw(screen: Screen, actual: ActualRow, reason_key: str) -> None:
    words = screen.language
    try:
        row = screen.store.withdraw(
            screen.plan.id,
            actual.row,
            date.fromisoformat(actual.known_on),
            st.session_state.get(reason_key) or "",
            st.session_state.get("by") or "",
            service.now(),
        )
    except Refused as refusal:
        st.session_state["refused"] = refusal.problems
        return
    address.write("correct", "")
    st.session_state[_SAVED] = words.t("Withdrawn by no. {row}.", row=row)
