"""Record, a month at once: what all figures share, the grid, what the edits do, saving them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mubiao import clock
from mubiao.model import Observation
from mubiao.observation.days import Days, days_of
from mubiao.observation.pending import Pending, write_book
from mubiao.period import FIRST_DAY, LAST_DAY, Period
from mubiao.problems import Problem
from mubiao.ui.record import discard, drafts, edit_markup, edits, grid
from mubiao.ui.shell import act, address, markup, person
from mubiao.ui.shell.page import Screen, plain
from mubiao.views.month import Due, due_in, month_before, months_of, rows
from mubiao.views.preview import Line, proposals, read_month
from mubiao.wording.words import FIELDS

_ALL = ""
_SHOWN = "month-shown"


def view(screen: Screen) -> None:
    """The whole view; the session holds the edits before anything can go wrong with them."""
    month = _month(screen)
    pending = grid.typed(drafts.unsaved(screen, month), (screen.plan.id, month.text))
    drafts.hold(screen, month, pending)
    pending = _shared(screen, month, pending)
    drafts.hold(screen, month, pending)
    today = clock.today(screen.settings)
    known = _standing(screen, screen.as_of)
    due = due_in(screen.plan, month, known, today, also=pending.rows)
    greatest = _greatest(screen, due)
    above = st.empty()
    pending = _grid(screen, month, due, pending, greatest)
    _say_unkept(screen, above, drafts.keep(screen, month, pending))
    lines = read_month(screen.plan, due, pending, _standing(screen, date.max), greatest, today)
    with st.container(key="month-edits", gap=None):
        decided = edits.show(screen, known, lines, pending)
    if decided != pending:
        drafts.keep(screen, month, decided)
        if decided.rows.keys() != pending.rows.keys():
            grid.begin_anew()
        st.rerun()
    _finish(screen, month, pending, lines)


def _month(screen: Screen) -> Period:
    """The month that the address names, or the one before the as-of day."""
    months = {month.text: month for month in months_of(screen.plan)}
    asked = screen.address.month
    return months[asked] if asked in months else month_before(screen.plan, screen.as_of)


def _shared(screen: Screen, month: Period, pending: Pending) -> Pending:
    """The month, and what all its figures have in common: the day they became known, the source."""
    words = screen.language
    labels = {field: words.t(label) for field, label in FIELDS.items()}
    scope = f"{month.text}-{words.code}-{drafts.turn()}"
    months = [each.text for each in months_of(screen.plan)]
    today = clock.today(screen.settings)
    with st.container(key="month-shared", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            words.t("Month"),
            months,
            format_func=lambda text: words.period(Period.parse(text)),
            **address.bound("month", month.text),
        )
        st.date_input(
            labels["known_on"],
            value=_day(pending.known_on) or min(screen.as_of, today),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=f"month-known_on-{scope}",
            help=words.t("The day the figures became public; of all rows that name no other."),
        )
        source = st.text_input(
            labels["source"],
            value=pending.source,
            key=f"month-source-{scope}",
            placeholder=words.t("Who published it, and where"),
            help=words.t("Of all rows that name no other."),
        )
    known_on = st.session_state[f"month-known_on-{scope}"]
    return pending.model_copy(
        update={
            # Not every client keeps to what the widget offers: a day may come as none.
            "known_on": known_on.isoformat() if isinstance(known_on, date) else "",
            "source": source.strip(),
            "by": person.named(),
        }
    )


def _grid(
    screen: Screen,
    month: Period,
    due: Sequence[Due],
    pending: Pending,
    greatest: Mapping[Days, int],
) -> Pending:
    """The filters and the grid; the edits with what has been typed by now."""
    words, asked = screen.language, screen.address
    sections = {each.target.section for each in due}
    section = asked.section if asked.section in sections else _ALL
    _filters(screen, due, section)
    shown = [
        each
        for each in due
        if section in (_ALL, each.target.section)
        and not (asked.missing and each.recorded is not None)
    ]
    if not shown:
        st.html(markup.empty(words.t("No figure is due here; choose another month or filter.")))
        return pending
    bases = {e.target.id: greatest.get(days_of(e.target.id, e.period), 0) for e in shown}
    scope = (
        *(screen.plan.id, month.text, screen.file.version, words.code, screen.as_of),
        *(section, asked.missing, drafts.turn()),
    )
    pending = grid.draw(screen, rows(screen.plan, shown, words), pending, bases, scope)
    if any(each.target.is_milestone for each in shown):
        told = words.t("Stages are typed: not started, under way, complete or cancelled.")
        st.html(markup.quiet(told))
    return pending


def _say_unkept(screen: Screen, above: DeltaGenerator, problems: Sequence[Problem]) -> None:
    """Above the grid: the store did not take the edits, and what to do meanwhile."""
    if not problems:
        return
    words = screen.language
    reasons = " ".join(words.problem(problem) for problem in problems)
    told = words.t(
        "What you typed is not kept on the server yet: {reason}. This window has it, and tries "
        "again with the next edit; until then do not load the page again and do not close it.",
        reason=reasons,
    )
    above.warning(plain(told), icon=None)


def _filters(screen: Screen, due: Sequence[Due], section: str) -> None:
    words, plan = screen.language, screen.plan
    here = dict.fromkeys(each.target.section for each in due)
    names = {_ALL: words.t("All sections")}
    names |= {id_: f"{id_} {words.pick(plan.section_names[id_])}" for id_ in here}
    recorded = sum(each.recorded is not None for each in due)
    with st.container(key="month-filters", horizontal=True, vertical_alignment="center"):
        told = words.t("Figures due: {n}, recorded: {m}", n=len(due), m=recorded)
        st.html(markup.quiet(told))
        st.toggle(
            words.t("Without a figure yet"),
            **address.bound(
                *("missing", screen.address.missing, "month-missing"),
                text=lambda on: "1" if on else "",
            ),
        )
        st.selectbox(
            words.t("Section"),
            list(names),
            format_func=names.__getitem__,
            label_visibility="collapsed",
            **address.bound("section", section, "month-section"),
        )


def _finish(screen: Screen, month: Period, pending: Pending, lines: Sequence[Line]) -> None:
    """What stands in the way of saving, or the button that does it; other unsaved months."""
    words = screen.language
    if lines:
        with st.container(key="month-save", horizontal=True, vertical_alignment="center"):
            blocked = edits.blocked(lines)
            counted = edits.counts(screen, lines)
            st.html(edit_markup.bar(counted, words.t(blocked) if blocked else ""))
            if discard.discards(screen, len(lines)):
                _begin_afresh(screen, month)
            save, not_yet = words.t("Save"), bool(blocked)
            pressed = st.button(save, key="month-save-now", type="primary", disabled=not_yet)
            # Pressed just before the last edit came in, it may be blocked by that.
            if pressed and not blocked:
                _save_what_was_seen(screen, month, pending, lines)
            st.session_state[_SHOWN] = _typed(pending)
    for other, number in drafts.others(screen, month).items():
        name = words.period(Period.parse(other))
        st.button(
            words.t("Not saved yet in {month}: {n}", month=name, n=number),
            key=f"month-other-{other}",
            type="tertiary",
            on_click=address.write,
            args=("month", other),
        )


def _save_what_was_seen(
    screen: Screen, month: Period, pending: Pending, lines: Sequence[Line]
) -> None:
    """Save, unless what was typed last came in with the press, so that its effect was not shown."""
    if st.session_state.get(_SHOWN) == _typed(pending):
        _save(screen, month, pending, lines)
    told = screen.language.t("Not saved yet: more was typed meanwhile. Look at it, then save.")
    st.html(markup.quiet(told))


def _typed(pending: Pending) -> dict[str, dict[str, str]]:
    return {target: cells.typed for target, cells in pending.rows.items()}


def _save(screen: Screen, month: Period, pending: Pending, lines: Sequence[Line]) -> None:
    """One transaction; then the month begins afresh. A clash is shown by the next run."""
    typed = hashlib.sha256(write_book({month.text: pending}).encode()).hexdigest()[:16]
    with act.attempt():
        saved = screen.store.save(
            screen.plan.id,
            proposals(lines),
            by=person.named(),
            at=clock.now(),
            token=f"{pending.token}-{typed}",
        )
        numbers = [str(row) for row in saved.rows]
        text = screen.language.t(
            "{month}: {n} saved, as no. {rows}.",
            month=screen.language.period(month),
            n=len(numbers),
            rows=numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}",
        )
        act.done(text)
        _begin_afresh(screen, month)
    st.rerun()


def _begin_afresh(screen: Screen, month: Period) -> None:
    drafts.drop(screen, month)
    grid.begin_anew()
    st.rerun()


def _standing(screen: Screen, day: date) -> tuple[Observation, ...]:
    plan = screen.plan.id
    return screen.memo("standing", lambda: tuple(screen.store.as_of(plan, day)), day)


def _greatest(screen: Screen, due: Sequence[Due]) -> Mapping[Days, int]:
    targets = tuple(each.target.id for each in due)
    ends = tuple(sorted({each.period.last for each in due}))
    return screen.memo(
        "greatest rows",
        lambda: screen.store.greatest_rows(screen.plan.id, targets, ends),
        *(targets, ends),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
