"""What a day or a meeting's room saw, read from the record and judged; what became of a meeting."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from mubiao.assessment import assess
from mubiao.i18n import Language
from mubiao.model import Assessment, Meeting, MeetingAct, Observation, Plan, Remark
from mubiao.problems import message
from mubiao.store import Store
from mubiao.wording.phrasebook import inline

PLAN_CHANGED = message("The plan has changed since this meeting: it is judged by today's.")
_CHANGED_BETWEEN = message("The meeting before had another plan: both are judged by this one.")

ACTS = {
    "held": message("held by {name}, {moment}"),
    "taken_back": message("taken back by {name}, {moment}: {reason}"),
    "put_back": message("put back by {name}, {moment}"),
}
TAKEN_BACK = message("The meeting “{name}” was {act}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a room could know: the plan judged on a day by the rows that were recorded then.

    `standing` and `remarks` are those that stood on the day; `changed_at` is when something was
    recorded last. A meeting's `name` and `held_at` are "" and None for the record as it is;
    `plan_changed` says whether its room saw another plan than the one that judges here.
    """

    as_of: date
    assessments: tuple[Assessment, ...]
    standing: tuple[Observation, ...]
    remarks: tuple[Remark, ...]
    changed_at: datetime | None = None
    name: str = ""
    held_at: datetime | None = None
    plan_changed: bool = False


def assess_record(store: Store, plan: Plan, as_of: date) -> tuple[Assessment, ...]:
    """The whole plan judged as of a day."""
    return assess(plan, store.as_of(plan.id, as_of), as_of)


def plan_at(store: Store, plan: Plan, meeting: Meeting | None) -> Plan:
    """The plan as it was when a meeting was held; as it is without one, or where that cannot be
    read.
    """
    if meeting is None or not plan_changed(plan, meeting):
        return plan
    text = store.plan_text(plan.id, meeting.plan_version)
    return plan if text is None else _plan_of_text(text) or plan


@lru_cache(maxsize=16)
def _plan_of_text(text: str) -> Plan | None:
    with suppress(ValueError):
        return Plan.model_validate_json(text)
    return None


def look(store: Store, plan: Plan, as_of: date, meeting: Meeting | None = None) -> Seen:
    """What is known of a day or, with a meeting, what its room could know of it, judged by the
    given plan (see `plan_at`). Of another day than its own a meeting has no name.
    """
    rows, remarks = (None, None) if meeting is None else (meeting.rows, meeting.remarks)
    # Read first: what is recorded between the two readings then counts as news, never as old.
    changed_at = store.changed_at(plan.id, rows, remarks)
    standing = tuple(store.as_of(plan.id, as_of, through=rows))
    return Seen(
        as_of=as_of,
        assessments=assess(plan, standing, as_of),
        standing=standing,
        remarks=tuple(store.remarks(plan.id, as_of=as_of, through=remarks)),
        changed_at=changed_at,
        name=meeting.name if meeting is not None and meeting.as_of == as_of else "",
        held_at=None if meeting is None else meeting.held_at,
        plan_changed=meeting is not None and plan_changed(plan, meeting),
    )


def look_back(
    store: Store, plan: Plan, earlier: Meeting | date, meeting: Meeting | None = None
) -> Seen:
    """What is seen of an earlier day, as `meeting`'s room could, or at an earlier meeting."""
    if isinstance(earlier, Meeting):
        return look(store, plan, earlier.as_of, earlier)
    return look(store, plan, earlier, meeting)


def meeting_before(
    store: Store, plan: Plan, as_of: date, meeting: Meeting | None = None
) -> Meeting | None:
    """The meeting before a day's look at the record, or before another meeting; None for none.

    It looked at an earlier day: the latest such day, of one day the last held. Before a meeting
    are only those held before it that stood then, whatever was held or taken back later: a
    reopened meeting tells what its room was told.
    """
    stood = store.meetings(plan.id, through=None if meeting is None else meeting.id)
    before = [one for one in stood if one.as_of < as_of]
    return max(before, key=lambda one: (one.as_of, one.id), default=None)


def plan_changed(plan: Plan, meeting: Meeting) -> bool:
    """Whether the plan says something else than at the meeting."""
    return meeting.plan_version != plan.version


def stamp(seen: Seen, language: Language) -> str:
    """The as-of day and the day on which data last changed, in the plan's time zone."""
    day = language.t("As of {day}", day=language.day(seen.as_of))
    if seen.changed_at is None:
        return day
    changed = language.day(seen.changed_at.astimezone(language.zone).date())
    return inline(day, language.t("data last changed {day}", day=changed))


def notes(seen: Seen, language: Language, earlier: Seen | None = None) -> tuple[str, ...]:
    """What a reopened meeting leaves out, and whether this or the earlier look has another plan."""
    texts = []
    if seen.held_at is not None:
        form = message("As seen on {moment}: what was recorded later is not shown.")
        texts.append(language.t(form, moment=language.moment(seen.held_at)))
    if seen.plan_changed:
        texts.append(language.t(PLAN_CHANGED))
    elif earlier is not None and earlier.plan_changed:
        texts.append(language.t(_CHANGED_BETWEEN))
    return tuple(texts)


def act_text(act: MeetingAct, language: Language) -> str:
    """Who held a meeting, took it back or put it back, when, and why."""
    moment = language.moment(act.at)
    return language.t(ACTS[act.kind], name=act.by, moment=moment, reason=act.reason)
