"""One remark as a person brings it: raw texts in, a remark out, or everything that is wrong."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from mubiao.model import Plan, Remark, Status
from mubiao.observation.draft import NOTE_LIMIT, clean_text
from mubiao.observation.values import half_width, shown
from mubiao.period import EXAMPLES, Period
from mubiao.problems import Problem, Refused, message


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """One remark as raw texts; `judges` tells a judgement of one's own from commentary."""

    target: str
    period: str
    text: str
    judges: bool = False
    status: str = ""
    until: str = ""


def read_remark(draft: RemarkDraft, plan: Plan, today: date) -> Remark:
    """The remark that a draft says, written today.

    Commentary needs a period and a text; a judgement also a status and a last day, which is
    today or later. Raises Refused with all problems, each with its `field`.
    """
    problems: list[Problem] = []
    if draft.target not in plan.by_id:
        told = message("“{target}” is not a target of the plan {plan}")
        values = {"target": shown(draft.target), "plan": plan.id}
        problems.append(Problem(told, values, field="target"))
    period = _period(draft.period, problems)
    status = _status(draft, problems)
    until = _until(draft, today, problems)
    text = clean_text(draft.text, "text", NOTE_LIMIT, problems, lines=True)
    if not text:
        told = message("the text is missing; say what happened and what is being done")
        if draft.judges:
            told = message("the reason is missing; say why you judge it so")
        problems.append(Problem(told, field="text"))
    if problems or period is None:
        raise Refused(problems)
    return Remark(draft.target, period, text, today, status, until)


def _period(text: str, problems: list[Problem]) -> Period | None:
    with suppress(ValueError):
        return Period.parse(half_width(text))
    told = message("“{text}” is not a period; expected one that exists, such as {examples}")
    problems.append(Problem(told, {"text": shown(text), "examples": EXAMPLES}, field="period"))
    return None


def _status(draft: RemarkDraft, problems: list[Problem]) -> Status | None:
    """A judgement's status; that nothing is known is no judgement."""
    if not draft.judges:
        return None
    if draft.status in list(Status) and draft.status != Status.NO_DATA:
        return Status(draft.status)
    told = message("the status is missing; choose how you see the target")
    problems.append(Problem(told, field="status"))
    return None


def _until(draft: RemarkDraft, today: date, problems: list[Problem]) -> date | None:
    if not draft.judges:
        return None
    try:
        until = date.fromisoformat(draft.until)
    except ValueError:
        told = message("the last day is missing; say until when the judgement holds")
        problems.append(Problem(told, field="until"))
        return None
    if until < today:
        told = message("{day} is over; expected {today} or later")
        problems.append(Problem(told, {"day": until, "today": today}, field="until"))
    return until
