"""What a page has at hand, judged once: the plan, the record, the language, what a meeting saw.

With a meeting everything is as its room could see it: by the rows that were recorded then.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from mubiao import clock
from mubiao.access import Rights
from mubiao.i18n import Language
from mubiao.memo import Memo
from mubiao.model import (
    Actor,
    Assessment,
    Entry,
    Filing,
    Lock,
    Meeting,
    Observation,
    Plan,
    Remark,
    Status,
)
from mubiao.outlook import Hindsight
from mubiao.outlook import hindsight as looked_back
from mubiao.period import Period
from mubiao.plan.loader import PlanFile
from mubiao.settings import Settings
from mubiao.store import Store
from mubiao.theme import Theme
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.address import Address
from mubiao.ui.shell.document import CARRIED
from mubiao.views.overview import Overview, overview, own_judgements
from mubiao.views.seen import TAKEN_BACK, Seen, act_text, look, notes, plan_at
from mubiao.wording.phrasebook import Phrasebook

_T = TypeVar("_T")
_LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Screen:
    """What a page has at hand: the choices of the address, the plan, the record, the language.

    `sound` is the plan as its file has it; `meeting` is the one whose sight the page shows, None
    for the record as it is; `is_beside` says that it is of another plan than the page.
    """

    settings: Settings
    address: Address
    language: Language
    file: PlanFile
    sound: Plan
    store: Store
    as_of: date
    theme: Theme
    meeting: Meeting | None = None
    is_beside: bool = False

    def of(self, file: PlanFile, plan: Plan) -> "Screen":
        """The same day and language of another plan, by its own record; its links lead to it."""
        return replace(self, file=file, sound=plan, meeting=None, is_beside=True)

    @cached_property
    def plan(self) -> Plan:
        """The plan with the units that answer for its targets on the day, or as the meeting had
        it.
        """
        if self.meeting is not None:
            return plan_at(self.store, self.sound, self.meeting)
        return self._plan_on(self.as_of)

    @cached_property
    def plan_today(self) -> Plan:
        """The plan with today's units, by which it is decided who may do what."""
        return self._plan_on(self.today)

    def _plan_on(self, day: date) -> Plan:
        return self.memo("plan", lambda: self.store.assigned(self.sound, day), day)

    @property
    def today(self) -> date:
        """The day that it is at the plan's place."""
        return clock.today(self.settings, self.sound.zone)

    @cached_property
    def _rights(self) -> dict[Actor, Rights]:
        return {}

    def rights_of(self, actor: Actor) -> Rights:
        """What an actor may do, read from the record once a run."""
        if actor not in self._rights:
            self._rights[actor] = self.store.rights(actor)
        return self._rights[actor]

    @cached_property
    def phrasebook(self) -> Phrasebook:
        """Says what the plan's targets ask and what their actuals are, in the page's language."""
        return Phrasebook(self.plan, self.language)

    @cached_property
    def version(self) -> tuple[str, int, int, str]:
        """Changes when the plan, its record or the meeting does."""
        meeting, version = 0, ""
        if self.meeting is not None:
            # Which plan a meeting is shown by may change without its file: once it is kept.
            meeting, version = self.meeting.id, self.plan.version
        record = self.store.version(self.sound.id, clock.now())
        return self.file.version, record, meeting, version

    def memo(self, name: str, make: Callable[[], _T], *extra: Hashable, large: bool = False) -> _T:
        """What `make` returns: made once for a version of the record, for all sessions.

        `name` is unique to the value; `extra` is all else that the value depends on, such as the
        day or the language. What one person alone asks for, and is `large`, such as a file held
        against the record, is kept among few of its kind.
        """
        memo = _large if large else _shared
        return memo.get((self.settings.database, *self.version, name, *extra), make)

    def html(self, name: str, make: Callable[[], str], *, lasting: bool = False) -> str:
        """HTML of a part, made once for a version, a language and a day; where it is `lasting`, for
        all days.
        """
        days = (None if lasting else self.as_of, self.today)
        return self.memo(
            f"html {name}", lambda: markup.Made(make()), *days, self.language.code, self.is_beside
        )

    @cached_property
    def seen(self) -> Seen:
        """All that was known of the day."""
        return self.seen_on(self.as_of)

    def seen_on(self, day: date) -> Seen:
        """All that was known of another day, by the same rows."""
        plan = self._plan_on(day) if self.meeting is None else self.plan
        return self.memo("seen", lambda: look(self.store, plan, day, self.meeting), day)

    @cached_property
    def meeting_notes(self) -> tuple[str, ...]:
        """What the meeting that the address names leaves out, or that there is no such meeting."""
        if self.meeting is not None:
            return notes(self.seen, self.language)
        if self.address.meeting is None:
            return ()
        number, t = self.address.meeting, self.language.t
        dropped = (one for one in self.store.all_meetings(self.plan.id) if one.id == number)
        if (meeting := next(dropped, None)) is None:
            text = t(
                "Meeting no. {id} is not in this record (any more): this is the record as it is "
                "now.",
                id=number,
            )
            return (text,)
        last = act_text(meeting.acts[-1], self.language)
        text = t(TAKEN_BACK, name=meeting.name, act=last)
        return text, t("This is the record as it is now.")

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """The whole plan judged as of the day."""
        return self.seen.assessments

    def assessment(self, target: str) -> Assessment:
        """A target's judgement as of the day."""
        return next(one for one in self.assessments if one.target.id == target)

    @cached_property
    def overview(self) -> Overview:
        """What the overview shows."""
        return self.memo("overview", self._overview, self.as_of, self.language.code)

    def _overview(self) -> Overview:
        own = own_judgements(self.remarks(), self.as_of)
        return overview(self.phrasebook, self.assessments, self.as_of, own)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The plan's meetings, the latest day first."""
        return self.store.meetings(self.plan.id)

    def standing(self, day: date) -> tuple[Observation, ...]:
        """Every figure that stands on a day, by the record as it is."""
        plan = self.plan.id
        return self.memo("standing", lambda: tuple(self.store.as_of(plan, day)), day)

    def history(self, target: str) -> tuple[Entry, ...]:
        """Every row of a target in order, as far as the meeting's room could know it."""
        rows = self.memo("history", lambda: tuple(self.store.history(self.plan.id, target)), target)
        if self.meeting is None:
            return rows
        return tuple(entry for entry in rows if entry.row <= self.meeting.rows)

    @cached_property
    def hindsight(self) -> Hindsight:
        """What became of the plan's outlooks and lights, once its year is over."""
        return self.memo("hindsight", self._hindsight, self.as_of)

    def _hindsight(self) -> Hindsight:
        rows = self.store.history(self.plan.id)
        if self.meeting is not None:
            rows = [row for row in rows if row.row <= self.meeting.rows]
        return looked_back(self.plan, rows, self.as_of)

    def remarks(self, target: str | None = None) -> list[Remark]:
        """The remarks that stood on the day, of one target or of all."""
        return [one for one in self.seen.remarks if target in {None, one.target}]

    @cached_property
    def lock(self) -> Lock | None:
        """Which periods are closed."""
        return self.memo("lock", lambda: self.store.lock(self.plan.id))

    @cached_property
    def filings(self) -> tuple[Filing, ...]:
        """What waits for approval, and what was decided about in the last 30 days."""
        plan, since = self.plan.id, clock.now() - _LOOKED_BACK
        return self.memo("filings", lambda: tuple(self.store.filings(plan, since)), self.today)

    @cached_property
    def awaited(self) -> frozenset[tuple[str, Period]]:
        """The targets and periods of which figures wait for approval."""
        entries = (f.submissions[at].entry for f in self.filings for at in f.waiting)
        return frozenset((e.target, e.period) for e in entries if isinstance(e, Observation))

    @cached_property
    def links(self) -> Mapping[str, str]:
        """The address of each target's page by the target's id."""
        return _Links(self.href)

    @cached_property
    def counted(self) -> Mapping[str, str]:
        """Where the targets of a status are listed, by the status."""
        return {one.value: self.href("overview", status=one.value) + "#targets" for one in Status}

    def href(self, page: str, **choices: str) -> str:
        """A link inside a text to a page, "" for this one: what it adds to the address, with an
        empty choice for what it takes out. The browser puts in the rest (`links.js`).
        """
        if self.is_beside:
            choices = address.OF_A_PLAN | {"plan": self.file.path.stem} | choices
        goes = CARRIED if page else choices
        return markup.href(page, {n: value for n, value in choices.items() if value or n in goes})


class _Links(dict[str, str]):
    """Makes a link when a list asks for it: there are more targets than a page shows."""

    def __init__(self, href: Callable[..., str]) -> None:
        super().__init__()
        self.href = href

    def __missing__(self, target: str) -> str:
        return self.href("target", target=target)


# Enough for a few dozen readers of different days and targets; a value dropped is made again.
_shared = Memo(128)
# Files of up to 10 MB, held against the record: a few, as each takes as much again in memory.
_large = Memo(8)
