"""One remark as a person brings it: raw texts in, a remark out, or everything that is wrong."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from mubiao.model import Plan, Remark, Status
from mubiao.observation.draft import read_period, read_target
from mubiao.plain_text import NOTE_LIMIT, clean_text
from mubiao.problems import Problems, Refused, message


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
    problems = Problems()
    target = read_target(draft.target, plan, problems)
    period = read_period(draft.period, plan.span, problems)
    status = _status(draft.status, problems) if draft.judges else None
    until = _until(draft.until, today, problems) if draft.judges else None
    text = clean_text(draft.text, "text", NOTE_LIMIT, problems, lines=True)
    if not text and draft.judges:
        problems.add("text", message("the reason is missing; say why you judge it so"))
    elif not text:
        msgid = message("the text is missing; say what happened and what is being done")
        problems.add("text", msgid)
    if problems or target is None or period is None:
        raise Refused(problems)
    return Remark(target.id, period, text, today, status, until)


def _status(text: str, problems: Problems) -> Status | None:
    """A judgement's status; `no_data` is no judgement."""
    if text in list(Status) and text != Status.NO_DATA:
        return Status(text)
    problems.add("status", message("the status is missing; choose how you see the target"))
    return None


def _until(text: str, today: date, problems: Problems) -> date | None:
    until: date | None = None
    with suppress(ValueError):
        until = date.fromisoformat(text)
    if until is None:
        msgid = message("the last day is missing; say until when the judgement holds")
        problems.add("until", msgid)
    elif until < today:
        msgid = message("{day} is over; expected {today} or later")
        problems.add("until", msgid, day=until, today=today)
    return until
