"""Record, what waits for approval: what publishing it would change, and the ways out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from uuid import uuid4

import streamlit as st

from mubiao.access import Action
from mubiao.html import part
from mubiao.model import Filing, Observation
from mubiao.plain_text import NOTE_LIMIT
from mubiao.problems import message
from mubiao.proposal.comparison import Takes
from mubiao.proposal.recording import Recorded
from mubiao.proposal.review import Review, review
from mubiao.proposal.row_texts import row_text
from mubiao.proposal.rows import Choice, ProposalRow
from mubiao.ui.record import own_filings, pane, saving
from mubiao.ui.shell import act, fields, markup, person
from mubiao.ui.shell.page import Screen

_VIEW, _RETURN = "approval", "approval-return"
_MEND = message("What cannot be published is returned.")
_ABOLISHED = message(
    "This plan asks for approval no more. What was submitted before waits here until it is "
    "published, returned or taken back."
)


def view(screen: Screen) -> None:
    """What waits, one of it with all that it would change; below, the reader's own past ones."""
    language = screen.language
    waiting = {filing: rows for filing in screen.filings if (rows := _rows(screen, filing))}
    st.html(markup.heading(language.t("Waiting for approval"), str(len(waiting))))
    if screen.plan.approval is None and waiting:
        st.html(markup.quiet(language.t(_ABOLISHED)))
    if waiting:
        filing = _chosen(screen, waiting)
        _one(screen, filing, waiting[filing])
    else:
        st.html(markup.empty(language.t("Nothing waits for approval.")))
    saving.show(screen, _VIEW)
    own_filings.decided(screen)


def _rows(screen: Screen, filing: Filing) -> list[int]:
    """Of its rows that wait those that the reader may publish, or else may see."""
    ways = (Action.PUBLISH, Action.SEE_SUBMISSIONS)
    return next(filter(None, (own_filings.waiting(screen, way, filing) for way in ways)), [])


def _chosen(screen: Screen, waiting: Mapping[Filing, Sequence[int]]) -> Filing:
    """The submission to look at: the oldest, or the one that is chosen."""
    by_id = {filing.id: filing for filing in waiting}
    oldest = next(iter(waiting))
    if len(waiting) == 1:
        st.html(markup.quiet(_title(screen, oldest, waiting[oldest])))
        return oldest
    number = st.radio(
        screen.language.t("Submission"),
        list(by_id),
        format_func=lambda number: markup.plain(
            _title(screen, by_id[number], waiting[by_id[number]])
        ),
        key="approval-filing",
        label_visibility="collapsed",
    )
    return by_id.get(number, oldest)


def _title(screen: Screen, filing: Filing, rows: Sequence[int]) -> str:
    """Which submission it is: its number, who, when, how many rows wait, and for whom else."""
    t, moment = screen.language.t, screen.language.moment(filing.at)
    text = t("No. {number}: {name}, {moment}", number=filing.id, name=filing.by, moment=moment)
    texts = [text, t("waiting: {n}", n=len(rows))]
    if others := len(filing.waiting) - len(rows):
        texts.append(t("for other reviewers: {n}", n=others))
    return screen.language.phrases(texts)


def _review(screen: Screen, filing: Filing, rows: Sequence[int]) -> Review:
    """The submission with what the reader has decided, which the widgets hold."""
    state, made = st.session_state, review(filing, pane.comparison(screen, Takes.NAMED), rows)
    only = _only(filing, rows)
    choices = {at: Choice.LEFT_OUT for at in rows if at not in only}
    for row in made.proposal.rows:
        if row.place in only and (choice := state.get(_decision_key(filing, row))):
            choices[row.place] = choice
    return made.decided(choices, lambda mark: bool(state.get(_key(filing, f"confirm-{mark}"))))


def _only(filing: Filing, rows: Sequence[int]) -> Sequence[int]:
    """The rows that the reader decides about now: those that are chosen, or all."""
    chosen = st.session_state.get(_key(filing, "only"), ())
    return [at for at in rows if at in chosen] or rows


def _one(screen: Screen, filing: Filing, rows: Sequence[int]) -> None:
    """What it would change as of the day, what must be decided first, each row, the ways out."""
    made, only = _review(screen, filing, rows), _only(filing, rows)
    proposal, figures = made.proposal, made.proposal.figures
    with st.container(key="approval-one", gap="small"):
        if figures or made.withdrawn:
            day = screen.language.day(screen.as_of)
            title = screen.language.t("What publishing this would change, as of {day}", day=day)
            pane.effect(screen, figures, title=title, taken_back=made.withdrawn)
        st.html(markup.heading(screen.language.t("Rows"), str(len(only))))
        here = [row for row in proposal.rows if row.place in only]
        for row in here:
            if row.conflict is not None and not row.problems:
                _decide(screen, filing, row)
        for row in here:
            if row.saves and row.warnings:
                key = _key(filing, f"confirm-{row.mark}")
                pane.confirm(screen, row, f"approval-{row.place}", key, above=_line(screen, row))
        pane.draw([*_lines(screen, here), *_takebacks(screen, made)])
        _choose(screen, filing, rows)
        _ways(screen, made, only)


def _line(screen: Screen, row: ProposalRow) -> str:
    return pane.line(screen, row, [row_text(row, screen.phrasebook)])


def _lines(screen: Screen, rows: Iterable[ProposalRow]) -> Iterator[str]:
    """The rows that need no decision, and why others cannot be published."""
    for row in rows:
        if row.problems:
            yield pane.refused(screen, row)
        elif row.conflict is None and not row.warnings:
            yield _line(screen, row)


def _takebacks(screen: Screen, made: Review) -> Iterator[str]:
    t, phrasebook = screen.language.t, screen.phrasebook
    for one in made.takebacks:
        row, target = one.withdrawal.replaces, one.withdrawal.target
        if one.figure is None:
            reason = t("no. {row}, which was to be withdrawn, does not stand any more", row=row)
            link = screen.href("target", target=target)
            yield part("refused", phrasebook.name(target), link, [reason])
            continue
        day = t("from {day} on", day=screen.language.day(one.withdrawal.known_on))
        details = [t("withdraws no. {row}", row=row), day, one.withdrawal.reason or ""]
        yield pane.figure_line(screen, target, one.figure, details)


def _decide(screen: Screen, filing: Filing, row: ProposalRow) -> None:
    """What others recorded since, beside what waits, and whose figure is right."""
    if row.conflict is None:
        return
    name, key = f"approval-{filing.id}-{row.place}", _decision_key(filing, row)
    put = st.session_state.update
    keep, mine = (partial(put, {key: choice}) for choice in (Choice.THEIRS, Choice.MINE))
    with pane.clash(screen, row, name, above=_line(screen, row)):
        if row.choice is None:
            pane.ways_out(screen, name, row.conflict, keep, mine)
            return
        chosen = message("What is recorded stays; this row is not published.")
        if row.choice is Choice.MINE:
            chosen = message("This row takes the place of what is recorded.")
        st.html(markup.quiet(screen.language.t(chosen)))
        again = screen.language.t("Decide anew")
        fields.button(again, f"again-{name}", put, {key: None}, kind="tertiary")


def _choose(screen: Screen, filing: Filing, rows: Sequence[int]) -> None:
    """Which rows are decided about now; the others go on waiting."""
    if len(rows) < 2:
        return
    phrasebook = screen.phrasebook

    def name(position: int) -> str:
        entry = filing.submissions[position].entry
        period = phrasebook.period(entry.period) if isinstance(entry, Observation) else ""
        text = screen.language.phrases(filter(None, (phrasebook.name(entry.target), period)))
        return markup.plain(text)

    st.multiselect(
        screen.language.t("Only these rows (the others go on waiting)"),
        list(rows),
        format_func=name,
        key=_key(filing, "only"),
        placeholder=markup.plain(screen.language.t("All {n} rows", n=len(rows))),
    )


def _ways(screen: Screen, made: Review, only: Sequence[int]) -> None:
    """Publish, return, or, of one's own, take back."""
    language, filing, chosen = screen.language, made.filing, made.chosen
    approval, own = screen.plan.approval, own_filings.is_own(filing)
    with st.container(key="approval-ways", horizontal=True, vertical_alignment="center"):
        if own and (approval is None or approval.four_eyes):
            text = language.t("You submitted this yourself; somebody else publishes it.")
            st.html(markup.quiet(text))
        elif own_filings.waiting(screen, Action.PUBLISH, filing):
            if blocked := _obstacle(made):
                st.html(part("bar", (), language.t(blocked)))
            label, key = language.t("Publish ({n})", n=len(chosen)), "approval-publish"
            is_blocked = bool(blocked)
            fields.button(label, key, _publish, screen, made, kind="primary", disabled=is_blocked)
            _returning(screen, filing, only)
        if own:
            own_filings.take_back(screen, filing)


def _obstacle(made: Review) -> str:
    """What stands in the way of publishing what is chosen, as a message; "" for nothing."""
    proposal = made.proposal
    obstacles = {
        saving.DECIDE: proposal.clashes,
        saving.CONFIRM: [row for row in proposal.rows if row.saves and row not in proposal.ready],
        _MEND: not made.chosen,
        message("Give your name, at the top."): not person.named().strip(),
    }
    return next((msgid for msgid, is_there in obstacles.items() if is_there), "")


def _returning(screen: Screen, filing: Filing, rows: Sequence[int]) -> None:
    t = screen.language.t
    label = t("Return ({n})", n=len(rows))
    # Anew once rows are returned: the others must not be by the same press, for the same reason.
    with st.popover(markup.plain(label), key=f"approval-returning-{filing.id}-{len(filing.acts)}"):
        st.html(markup.quiet(t("Whoever submitted it sees the reason and can mend it.")))
        st.text_area(t("Reason for returning it"), key=_reason_key(filing), max_chars=NOTE_LIMIT)
        fields.say(screen, act.refusals(_RETURN))
        fields.button(label, "approval-return-now", _return, screen, filing, rows)


def _publish(screen: Screen, made: Review) -> None:
    """What is published is what was seen: a record that moved since is a conflict."""
    filing, chosen = made.filing, made.chosen
    approval = screen.plan.approval
    with act.attempt():
        save = screen.store.publish(
            screen.plan.id,
            filing.id,
            chosen,
            person.act(_token(filing, chosen)),
            four_eyes=approval is None or approval.four_eyes,
        )
        msgid = message("Published of no. {number}: {n}.")
        saving.keep(screen, _VIEW, Recorded(save), msgid, number=filing.id)


def _return(screen: Screen, filing: Filing, rows: Sequence[int]) -> None:
    reason = str(st.session_state.get(_reason_key(filing), ""))
    with act.attempt(_RETURN):
        act.ask_if_garbled(reason=reason)
        screen.store.return_filing(
            screen.plan.id,
            filing.id,
            reason,
            person.act(_token(filing, ["return", *rows])),
            positions=rows,
        )
        msgid = message("Of no. {number} returned to {name}: {n}.")
        act.done(screen.language.t(msgid, number=filing.id, name=filing.by, n=len(rows)))


def _key(filing: Filing, name: str) -> str:
    return f"approval-{name}-{filing.id}"


def _reason_key(filing: Filing) -> str:
    return f"{_key(filing, 'reason')}-{len(filing.acts)}"


def _decision_key(filing: Filing, row: ProposalRow) -> str:
    """Changes with what others recorded: something newer is decided anew."""
    seen = row.conflict.seen if row.conflict else 0
    return _key(filing, f"decision-{row.place}-{seen}")


def _token(filing: Filing, what: Iterable[object]) -> str:
    """The name of an act of this session, of one length for any number of rows: pressed twice, it
    is done once.
    """
    own = st.session_state.setdefault(_key(filing, "token"), uuid4().hex)
    return f"{own}-{sha256('-'.join(map(str, what)).encode()).hexdigest()}"
