"""The briefing of a day or of a meeting, with the earlier look that changes are told since."""

from collections.abc import Iterable
from datetime import date

from mubiao.i18n import Language, language
from mubiao.model import Code, Meeting, MeetingAct, Plan
from mubiao.problems import message
from mubiao.store import Store
from mubiao.views.briefing import Briefing, briefing
from mubiao.views.changes import month_end_before
from mubiao.views.seen import Seen, look, plan_at
from mubiao.wording.phrasebook import Phrasebook

ACTS = {
    "held": message("held by {name}, {moment}"),
    "taken_back": message("taken back by {name}, {moment}: {reason}"),
    "put_back": message("put back by {name}, {moment}"),
}
TAKEN_BACK = message("The meeting “{name}” was {act}")


def act_text(act: MeetingAct, language: Language) -> str:
    """Who held a meeting, took it back or put it back, when, and why."""
    moment = language.moment(act.at)
    return language.t(ACTS[act.kind], name=act.by, moment=moment, reason=act.reason)


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
    return tuple(
        briefing(Phrasebook(plan, language(code, plan.zone)), later, before) for code in codes
    )


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
        earlier = meeting_before(store, plan, as_of, meeting) or month_end_before(as_of)
    day, room = (earlier.as_of, earlier) if isinstance(earlier, Meeting) else (earlier, meeting)
    return look(store, plan, as_of, meeting), look(store, plan, day, room)
