"""What a page has at hand, judged once: the plan, the record, the language, what a meeting saw.

With a meeting everything is as its room could see it: by the rows that were recorded then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import streamlit as st

from mubiao.i18n import Language, language
from mubiao.model import Assessment, Code, Entry, Meeting, Plan, Remark
from mubiao.plan.catalogue import PlanFile
from mubiao.plan.versions import plan_version
from mubiao.settings import Settings
from mubiao.store import Store
from mubiao.theme import Theme
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.address import Address
from mubiao.views import overview as views
from mubiao.views.briefing import Briefing, Seen
from mubiao.views.meetings import assess_record, briefings, look
from mubiao.views.remarks import own_judgements, with_judgements
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True)
class Screen:
    """What a page has at hand: the choices of the address, the plan, the record, the language.

    `meeting` is the one whose sight the page shows, None for the record as it is.
    """

    settings: Settings
    address: Address
    language: Language
    file: PlanFile
    plan: Plan
    store: Store
    as_of: date
    theme: Theme
    meeting: Meeting | None = None

    @cached_property
    def phrasebook(self) -> Phrasebook:
        """Says what the plan's targets ask and what their actuals are, in the page's language."""
        return Phrasebook(self.plan, self.language)

    @cached_property
    def version(self) -> tuple[str, int, int, str]:
        """Changes when the plan, its record or the meeting does; what is cached is cached by it."""
        shown, said = 0, ""
        if self.meeting is not None:
            # Which plan a meeting is shown by may change without its file: once it is kept.
            shown, said = self.meeting.id, plan_version(self.plan)
        return self.file.version, self.store.version(self.plan.id), shown, said

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What caches tell one record, state of it, meeting and day from another by."""
        return (self.settings.database, *self.version, self.as_of)

    @cached_property
    def seen(self) -> Seen:
        """All that was known of the day."""
        return _seen(self.store, self.plan, self.as_of, self.meeting, self.key)

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """The whole plan judged as of the day."""
        if self.meeting is not None:
            return self.seen.assessments
        return _assessments(self.store, self.plan, self.as_of, self.key)

    @cached_property
    def overview(self) -> views.Overview:
        """What the overview shows."""
        said = self.remarks() if self.meeting is not None else None
        code = self.language.code
        return _overview(self.store, self.plan, self.assessments, said, self.as_of, code, self.key)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The plan's meetings, the latest day first."""
        return self.store.meetings(self.plan.id)

    @cached_property
    def briefing(self) -> Briefing:
        """What a meeting looks at, in the page's language."""
        code = self.language.code
        held = tuple(meeting.id for meeting in self.meetings)
        return _briefing(self.store, self.plan, self.as_of, self.meeting, code, (*self.key, held))

    def history(self, target: str) -> tuple[Entry, ...]:
        """Every row of a target in order, as far as the meeting's room could know it.

        Read once for each version of the record, for all parts of the page and for everybody.
        """
        rows = _history(self.store, self.plan.id, target, self.key)
        if self.meeting is None:
            return rows
        return tuple(entry for entry in rows if entry.row <= self.meeting.rows)

    def remarks(self, target: str | None = None) -> list[Remark]:
        """The remarks that stood on the day, of one target or of all."""
        through = None if self.meeting is None else self.meeting.remarks
        return self.store.remarks(self.plan.id, target, self.as_of, through=through)

    @cached_property
    def _kept(self) -> dict[str, str]:
        # Read once a run: Streamlit takes locks for each parameter, and a list has many links.
        return address.kept()

    def href(self, page: str, **choices: str) -> str:
        """The address of a page as a link inside a text, with the address's choices kept."""
        dropped = {} if page in address.OF_A_MEETING else {"meeting": ""}
        wanted = self._kept | dropped | choices
        return markup.href(page, {name: value for name, value in wanted.items() if value})


@st.cache_resource(max_entries=16, show_spinner=False)
def _assessments(
    _store: Store, _plan: Plan, as_of: date, key: tuple[object, ...]
) -> tuple[Assessment, ...]:
    del key
    return assess_record(_store, _plan, as_of)


@st.cache_resource(max_entries=16, show_spinner=False)
def _seen(
    _store: Store, _plan: Plan, as_of: date, _meeting: Meeting | None, key: tuple[object, ...]
) -> Seen:
    del key
    return look(_store, _plan, as_of, _meeting)


@st.cache_resource(max_entries=16, show_spinner=False)
def _overview(
    _store: Store,
    _plan: Plan,
    _assessments: Sequence[Assessment],
    _said: Sequence[Remark] | None,
    as_of: date,
    code: str,
    key: tuple[object, ...],
) -> views.Overview:
    del key
    shown = views.overview(_plan, _assessments, as_of, language(code))
    said = _store.remarks(_plan.id, as_of=as_of) if _said is None else _said
    return with_judgements(shown, own_judgements(said, as_of), language(code))


@st.cache_resource(max_entries=16, show_spinner=False)
def _briefing(
    _store: Store,
    _plan: Plan,
    as_of: date,
    _meeting: Meeting | None,
    code: Code,
    key: tuple[object, ...],
) -> Briefing:
    del key
    (shown,) = briefings(_store, _plan, [code], as_of, _meeting)
    return shown


@st.cache_resource(max_entries=64, show_spinner=False)
def _history(
    _store: Store, plan_id: str, target: str, key: tuple[object, ...]
) -> tuple[Entry, ...]:
    del key
    return tuple(_store.history(plan_id, target))
