"""Agendas: in which order a meeting shows its slides, and what its speaker wants to say of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row

from mubiao.access import Action, Scope
from mubiao.model import Act, Agenda, AgendaItem
from mubiao.plain_text import NOTE_LIMIT, clean_text
from mubiao.problems import Problems, Refused, message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart
from mubiao.store.schema import AGENDAS

_ITEMS = TypeAdapter(tuple[AgendaItem, ...])
_ID_LIMIT = 200
_MOST = 1000


class Agendas(ActingPart):
    """The agendas of the meetings of one database; each is a new row in place of the one before."""

    def agenda(self, plan_id: str, meeting: int) -> Agenda:
        """The newest agenda of a meeting; the empty one where nobody prepared it."""
        with self._database.reading() as connection:
            row = _newest(connection, plan_id, meeting)
            return Agenda() if row is None else agenda_of(row)

    def prepare(
        self, plan_id: str, meeting: int, items: Iterable[AgendaItem], act: Act, *, replaces: int
    ) -> Agenda:
        """Keep the agenda of a meeting in place of the one numbered `replaces` (0 for none).

        The same again does nothing. Raises Refused when somebody else was faster, for a slide that
        is named twice, and for a note that is too long.
        """
        cells = {
            "plan": plan_id,
            "meeting": meeting,
            "text": _ITEMS.dump_json(_checked(items)).decode(),
            **rows.signed("prepared", act),
        }
        with self.permitted(act, Action.KEEP_MEETINGS, Scope(plan_id)) as connection:
            before = _newest(connection, plan_id, meeting)
            if before is not None and before.text == cells["text"]:
                return agenda_of(before)
            if (0 if before is None else before.row) != replaces:
                raise _faster(before)
            cells["replaces"] = replaces or None
            return agenda_of(rows.added(connection, AGENDAS, cells))


def _newest(connection: Connection, plan_id: str, meeting: int) -> Row[Any] | None:
    of_meeting = AGENDAS.c.plan == plan_id, AGENDAS.c.meeting == meeting
    return rows.newest(connection, AGENDAS, *of_meeting)


@rows.reads(AGENDAS)
def agenda_of(row: Row[Any]) -> Agenda:
    """The agenda that a row holds."""
    items, at = _ITEMS.validate_json(row.text), datetime.fromisoformat(row.prepared_at)
    return Agenda(items, row.row, row.prepared_by, at, row.actor)


def _checked(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items with clean texts. Raises Refused with everything that is wrong."""
    problems = Problems()
    clean: dict[str, AgendaItem] = {}
    for item in items:
        slide = clean_text(item.slide, "slide", _ID_LIMIT, problems)
        note = clean_text(item.note, "note", NOTE_LIMIT, problems, lines=True)
        if not slide or slide in clean:
            msgid = message("the slide {slide} stands twice in the order")
            problems.add("slide", msgid, slide=slide)
        clean[slide] = AgendaItem(slide, note, item.left_out)
    if len(clean) > _MOST:
        problems.add("", message("the order has more than {most} slides"), most=_MOST)
    problems.refuse()
    return tuple(clean.values())


def _faster(before: Row[Any] | None) -> Refused:
    if before is None:
        return refused(
            message("the order of slides that this one replaces is not there (any more)")
        )
    msgid = message(
        "{by} changed the order of slides meanwhile, {at}; load the page again and repeat your "
        "changes"
    )
    return refused(msgid, by=before.prepared_by, at=rows.moment(before.prepared_at))
