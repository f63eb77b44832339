"""`approval`: what waits, publishing and returning it; `lock`: which periods are closed."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Annotated

import typer

from mubiao import journal
from mubiao.access import Action
from mubiao.cli import options
from mubiao.cli.answers import answer, answering, misuse
from mubiao.cli.choices import NAMELESS, act_of, day_of, record_of, settings_of_call
from mubiao.exports.data.documents import plain, to_json
from mubiao.model import Act, Actor, Filing, Lock, Plan
from mubiao.problems import Problem, Refused, TargetId, message
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.review import Review, permitted, review
from mubiao.proposal.row_texts import reasons, row_text
from mubiao.proposal.rows import Choice, Outcome
from mubiao.store import Store
from mubiao.wording.phrasebook import Phrasebook

_CONFIRM = message(
    "row {row}, {target}: {text} [{mark}]; publish it with --confirm and its mark, or all that is "
    "doubtful with --yes"
)
_CLASH = message("row {row}, {target}: {text}; decide with --conflicts theirs or file")
_REFUSED = message("row {row}, {target}: {text}")
_NO_ROW = message("row {row} of no. {number} is not among what waits for you; nothing was done")


def approval(  # noqa: PLR0913, PLR0917 - a parameter is an option
    number: Annotated[
        int | None, typer.Argument(metavar="NO", help="One submission; else all that waits.")
    ] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Publish it.")] = False,
    send_back: Annotated[bool, typer.Option("--return", help="Return it to who filed it.")] = False,
    row: Annotated[
        list[int] | None,
        typer.Option("--row", metavar="N", help="Only this row, as it is listed; repeatable."),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why it is returned.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Publish what is doubtful too.")] = False,
    confirm: options.Confirm = None,
    conflicts: Annotated[
        options.Whose | None,
        typer.Option("--conflicts", help="Of later figures: keep theirs, or take the filed ones."),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it.")] = None,
    plan: options.Plan = None,
    database: options.Database = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """List what waits for approval; publish or return a submission, whole or some of its rows."""
    with answering(lang) as language:
        acts = publish or send_back
        _refuse_misuse(number, row, both=publish and send_back, acts=acts)
        settings = settings_of_call(database)
        if acts and by is None and not settings.access.in_force:
            raise misuse(message("--by NAME is missing: say who publishes or returns"))
        act = act_of(settings, by or "")
        action = Action.PUBLISH if publish else Action.RETURN if send_back else ""
        journal.name(action, act.actor.id)
        with record_of(plan, settings, language) as (sound, store, today):
            phrasebook = Phrasebook(sound, language)
            reviews = _reviews(store, sound, number, row or (), act.actor, today)
            if send_back:
                [one] = reviews
                store.return_filing(sound.id, one.filing.id, reason, act, positions=one.positions)
            elif publish:
                choice = {"theirs": Choice.THEIRS, "file": Choice.MINE}.get(conflicts or "")
                reviews = [_decided(one, choice, confirm or (), everything=yes) for one in reviews]
                _publish(store, reviews[0], phrasebook, act)
            rows = [line for one in reviews for line in _rows(one, phrasebook)]
            lines = "".join("\t".join(map(str, one.values())) + "\n" for one in rows)
            answer(to_json(rows) if as_json else lines)


def _refuse_misuse(number: int | None, rows: object, *, both: bool, acts: bool) -> None:
    if both:
        raise misuse(message("--publish and --return contradict each other; give one of them"))
    if (acts or rows) and number is None:
        raise misuse(message("say which submission: its number, as the list has it"))


def _reviews(  # noqa: PLR0913, PLR0917 - the record, what of it, and who looks when
    store: Store, plan: Plan, number: int | None, rows: Sequence[int], actor: Actor, today: date
) -> list[Review]:
    """What the actor may see of what waits, held against the record. Raises Refused."""
    rights = store.rights(actor)
    if not rights.may_somewhere(Action.SEE_SUBMISSIONS, plan.id):
        journal.name(Action.SEE_SUBMISSIONS.value, actor.id)
        raise rights.denied(Action.SEE_SUBMISSIONS)
    standing, history = store.as_of(plan.id, date.max), partial(store.history, plan.id)
    lock = store.lock(plan.id)
    comparison = Comparison(plan, standing, history, today, Takes.NAMED, lock=lock)
    filings = store.filings(plan.id) if number is None else [store.filing(plan.id, number)]
    wanted = {row - 1 for row in rows}
    reviews = []
    for filing in filings:
        seen = permitted(filing, Action.SEE_SUBMISSIONS, rights, plan)
        if missing := sorted(wanted.difference(seen)):
            values = {"number": filing.id}
            raise Refused(Problem(_NO_ROW, values | {"row": at + 1}) for at in missing)
        positions = [position for position in seen if not wanted or position in wanted]
        if positions or number is not None:
            reviews.append(review(filing, comparison, positions))
    return reviews


def _decided(
    made: Review, choice: Choice | None, marks: Collection[str], *, everything: bool
) -> Review:
    """With what the call decides of all conflicts, and confirms."""
    choices = {row.place: choice for row in made.proposal.clashes if choice}
    return made.decided(choices, lambda mark: everything or mark in marks)


def _publish(store: Store, made: Review, phrasebook: Phrasebook, act: Act) -> None:
    _refuse(made, phrasebook)
    approval = phrasebook.plan.approval
    four_eyes = approval is None or approval.four_eyes
    store.publish(made.filing.plan, made.filing.id, made.chosen, act, four_eyes=four_eyes)


def _refuse(made: Review, phrasebook: Phrasebook) -> None:
    """Raises Refused with all that is wrong with rows that are to be published, or to decide."""
    problems = []
    for row in made.proposal.rows:
        msgid = _CONFIRM if row.outcome is Outcome.ASK else _CLASH if row.is_open else _REFUSED
        if row.outcome in (Outcome.ASK, Outcome.REFUSED) or row.is_open:
            text = phrasebook.language.clauses(reasons(row, phrasebook))
            values = {"row": row.place + 1, "target": TargetId(row.target), "text": text}
            problems.append(Problem(msgid, values | {"mark": row.mark}))
    for one in made.takebacks:
        if one.figure is None:
            withdrawal = one.withdrawal
            gone = message("no. {row}, which was to be withdrawn, does not stand any more")
            text = phrasebook.t(gone, row=withdrawal.replaces)
            values = {"row": one.position + 1, "target": TargetId(withdrawal.target), "text": text}
            problems.append(Problem(_REFUSED, values))
    if problems:
        raise Refused(problems)


def _rows(made: Review, phrasebook: Phrasebook) -> Iterator[dict[str, object]]:
    """What each row says and does; rows count from 1. A withdrawal has the row it takes back."""
    filing = made.filing
    for row in made.proposal.rows:
        figure, mark = row.figure, row.mark if row.outcome is Outcome.ASK else ""
        period, value = (figure.period.text, plain(figure.value)) if figure else ("", "")
        does = {"period": period, "value": value, "outcome": row.outcome.value, "mark": mark}
        text = phrasebook.language.clauses(reasons(row, phrasebook)) or row_text(row, phrasebook)
        yield _common(filing, row.place, row.target) | does | {"text": text}
    for one in made.takebacks:
        outcome = Outcome.CORRECTS if one.figure else Outcome.REFUSED
        withdrawal = one.withdrawal
        withdraws = phrasebook.t("withdraws no. {row}", row=withdrawal.replaces)
        text = phrasebook.language.clauses(filter(None, (withdraws, withdrawal.reason)))
        empty = {"period": "", "value": "", "outcome": outcome.value, "mark": ""}
        yield _common(filing, one.position, withdrawal.target) | empty | {"text": text}


def _common(filing: Filing, position: int, target: str) -> dict[str, object]:
    at, row = filing.at.isoformat(timespec="seconds"), position + 1
    return {"submission": filing.id, "row": row, "by": filing.by, "at": at, "target": target}


def lock(  # noqa: PLR0913, PLR0917 - a parameter is an option
    plan: options.Plan = None,
    through: Annotated[
        str | None,
        typer.Option(
            "--through",
            metavar="YYYY-MM-DD",
            help="Close the periods that end by this day; an earlier day opens those after it.",
        ),
    ] = None,
    open_all: Annotated[bool, typer.Option("--open", help="Open all periods again.")] = False,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why closed periods are opened.")
    ] = "",
    by: options.By = "",
    database: options.Database = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """Say up to which day periods are closed, close some, or open them again."""
    with answering(lang) as language:
        day = day_of(through, "--through")
        if through is not None and open_all:
            raise misuse(message("--through and --open contradict each other; give one of them"))
        settings = settings_of_call(database)
        changes = through is not None or open_all
        if changes and not by and not settings.access.in_force:
            raise misuse(NAMELESS)
        with record_of(plan, settings, language) as (sound, store, _):
            held = store.lock(sound.id)
            if changes:
                seen = held.row if held else 0
                held = store.close_periods(
                    sound.id, day, act_of(settings, by), reason=reason, seen=seen
                )
        text = language.t("No period is closed.")
        if held is not None and held.through is not None:
            msgid = message("Closed up to {day}, by {name}.")
            text = language.t(msgid, day=language.day(held.through), name=held.actor.name)
        answer(to_json(_document(held)) if as_json else f"{text}\n")


def _document(lock: Lock | None) -> dict[str, object]:
    """Up to which day periods are closed, None for no day; who last changed that, when, why."""
    if lock is None:
        return {"through": None, "by": "", "at": None, "reason": ""}
    at = lock.at.isoformat()
    return {"through": lock.through, "by": lock.actor.name, "at": at, "reason": lock.reason}
