"""What a day or a meeting's room saw, read from the record, and the earlier look beside it."""

from collections.abc import Iterable
from datetime import date

from mubiao.assessment import assess
from mubiao.i18n import language
from mubiao.model import Assessment, Code, Meeting, Plan
from mubiao.plan.versions import plan_of_text, plan_version
from mubiao.store import Store
from mubiao.views.briefing import Briefing, Seen, briefing
from mubiao.views.changes import month_end_before
from mubiao.wording.phrasebook import Phrasebook


def assess_record(store: Store, plan: Plan, as_of: date) -> tuple[Assessment, ...]:
    """The whole plan judged as of a day."""
    return assess(plan, store.counting(plan.id, as_of), as_of)


def plan_at(store: Store, plan: Plan, meeting: Meeting | None) -> Plan:
    """The plan as it was when a meeting was held; without a meeting the plan as it is.

    Where this program cannot read the kept plan it is also the plan as it is; `plan_changed` is
    then True.
    """
    if meeting is None or not plan_changed(plan, meeting):
        return plan
    text = store.plan_text(plan.id, meeting.plan_version)
    return plan if text is None else plan_of_text(text) or plan


def look(store: Store, plan: Plan, as_of: date, meeting: Meeting | None = None) -> Seen:
    """What was known of a day; with a meeting, by what was recorded when it was held, judged by
    the plan that is given (see `plan_at`).

    The meeting's name goes with its own as-of day alone: of another day, this is what its room
    could have known.
    """
    rows, said = (None, None) if meeting is None else (meeting.rows, meeting.remarks)
    # First: what is recorded in between is then shown a little early, never told as old news.
    changed_at = store.changed_at(plan.id, rows, said)
    standing = tuple(store.as_of(plan.id, as_of, through=rows))
    return Seen(
        as_of=as_of,
        assessments=assess(plan, standing, as_of),
        standing=standing,
        remarks=tuple(store.remarks(plan.id, as_of=as_of, through=said)),
        changed_at=changed_at,
        name=meeting.name if meeting is not None and meeting.as_of == as_of else "",
        held_at=None if meeting is None else meeting.held_at,
        plan_changed=meeting is not None and plan_changed(plan, meeting),
    )


def plan_changed(plan: Plan, meeting: Meeting) -> bool:
    """Whether the plan says something else than at the meeting, as far as that is known."""
    return meeting.plan_version not in ("", plan_version(plan))


def meeting_before(
    store: Store, plan: Plan, as_of: date, meeting: Meeting | None = None
) -> Meeting | None:
    """The meeting before a day's look at the record, or before another meeting.

    It looked at the same day or an earlier one: the latest such day, of one day the last held.
    Before a meeting are only those held before it that stood then, whatever was held or taken
    back later: a reopened meeting tells what its room was told.
    """
    if meeting is None:
        held = [one for one in store.meetings(plan.id) if one.as_of <= as_of]
    else:
        stood = store.meetings(plan.id, through=meeting.id)
        held = [one for one in stood if one.id != meeting.id and one.as_of <= meeting.as_of]
    return max(held, key=lambda one: (one.as_of, one.id), default=None)


def briefings(  # noqa: PLR0913, PLR0917 - what is looked at, from when, in which languages
    store: Store,
    plan: Plan,
    codes: Iterable[Code],
    as_of: date,
    meeting: Meeting | None = None,
    earlier: Meeting | date | None = None,
) -> tuple[Briefing, ...]:
    """The briefing of a day, or of a meeting (with its own day and plan), in each language of
    `codes`; `looks` says since when changes are told.
    """
    plan = plan_at(store, plan, meeting)
    later, before = looks(store, plan, as_of, meeting, earlier)
    return tuple(briefing(Phrasebook(plan, language(code)), later, before) for code in codes)


def looks(
    store: Store,
    plan: Plan,
    as_of: date,
    meeting: Meeting | None = None,
    earlier: Meeting | date | None = None,
) -> tuple[Seen, Seen]:
    """What is seen of a day or at a meeting, and the look that changes are told since.

    That is `earlier`, a meeting or a day; else the meeting before; where there is none, the end
    of the month before.
    """
    if earlier is None:
        earlier = meeting_before(store, plan, as_of, meeting)
    if earlier is None:
        earlier = month_end_before(as_of)
    later = look(store, plan, as_of, meeting)
    before = (
        look(store, plan, earlier.as_of, earlier)
        if isinstance(earlier, Meeting)
        else look(store, plan, earlier, meeting)
    )
    return later, before
