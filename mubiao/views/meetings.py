"""The briefing of a day or of a meeting, with the earlier look that changes are told since."""

from collections.abc import Iterable, Sequence
from datetime import date

from mubiao.i18n import Language, language
from mubiao.model import Agenda, Code, Meeting, MeetingAct, Plan, by_target
from mubiao.problems import message
from mubiao.store import Store
from mubiao.views.briefing import Briefing, briefing
from mubiao.views.seen import Seen, look, plan_at
from mubiao.views.years import PlanYear
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
    """The meeting before a day's look at the record, or before another meeting; None for none.

    It looked at an earlier day: the latest such day, of one day the last held. Before a meeting
    are only those held before it that stood then, whatever was held or taken back later: a
    reopened meeting tells what its room was told.
    """
    stood = store.meetings(plan.id, through=None if meeting is None else meeting.id)
    before = [one for one in stood if one.as_of < as_of]
    return max(before, key=lambda one: (one.as_of, one.id), default=None)


def briefings(  # noqa: PLR0913, PLR0917 - what is looked at, from when, in which languages
    store: Store,
    plan: Plan,
    codes: Iterable[Code],
    as_of: date,
    meeting: Meeting | None = None,
    earlier: Meeting | date | None = None,
    beside: Sequence[PlanYear] = (),
) -> tuple[Briefing, ...]:
    """The briefing of a day, or of a meeting (with its own day and plan), in each language of
    `codes`. Changes are told since `earlier`, or else since the meeting before; where there is
    none, nothing is told of them. A meeting's slides follow its agenda; `beside` are the place's
    plans of other years.
    """
    plan = plan_at(store, plan, meeting)
    later, before = look(store, plan, as_of, meeting), None
    if back := earlier or meeting_before(store, plan, as_of, meeting):
        before = look_back(store, plan, back, meeting)
    agenda = Agenda() if meeting is None else store.agenda(plan.id, meeting.id)
    replaced = [one.replaces for one in later.standing if one.replaces is not None]
    history = by_target([*later.standing, *store.entries(plan.id, replaced).values()])
    month = plan.span.first.month
    books = (Phrasebook(plan, language(code, plan.zone, month)) for code in codes)
    return tuple(briefing(book, later, before, agenda, history, beside) for book in books)


def look_back(
    store: Store, plan: Plan, earlier: Meeting | date, meeting: Meeting | None = None
) -> Seen:
    """What is seen of an earlier day, as `meeting`'s room could, or at an earlier meeting."""
    if isinstance(earlier, Meeting):
        return look(store, plan, earlier.as_of, earlier)
    return look(store, plan, earlier, meeting)
