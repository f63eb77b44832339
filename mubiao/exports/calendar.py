"""When reports are due, as a calendar file (iCalendar) that mail and phones subscribe to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from mubiao.duty import Debt
from mubiao.wording.phrasebook import Phrasebook, inline


def due_calendar(phrasebook: Phrasebook, debts: Iterable[Debt], as_of: date) -> bytes:
    """An event of the whole day for each unit and due day, which lists the reports.

    The same debts on the same day give the same bytes; an event keeps its id from file to file, so
    that a calendar that reads a newer one replaces it.
    """
    by_event: dict[tuple[date, str], list[Debt]] = {}
    for debt in debts:
        by_event.setdefault((debt.due, debt.target.owner or ""), []).append(debt)
    calendar = Calendar()
    calendar.add("prodid", "-//Mubiao//due//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", phrasebook.language.pick(phrasebook.plan.title))
    for (due, owner), some in sorted(by_event.items()):
        calendar.add_component(_event(phrasebook, due, owner, some, as_of))
    return bytes(calendar.to_ical())


def _calendar(phrasebook: Phrasebook, debt: Debt) -> str:
    """The calendar that names the day; "" where the period's end does."""
    plan = phrasebook.plan
    if plan.release(debt.target, debt.period) is None:
        return ""
    return phrasebook.language.pick(plan.calendars_by_id[debt.target.calendar or ""].name)


def _event(
    phrasebook: Phrasebook, due: date, owner: str, debts: Iterable[Debt], as_of: date
) -> Event:
    language, lines = phrasebook.language, []
    for debt in debts:
        period = phrasebook.period(debt.period)
        line = language.labelled(phrasebook.name(debt.target.id), period)
        lines.append(inline(line, _calendar(phrasebook, debt)))
    unit = phrasebook.owner(owner or None)
    event = Event()
    event.add("uid", f"{phrasebook.plan.id}/{owner}/{due.isoformat()}@mubiao")
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    summary = language.ngettext(
        "{unit}: {n} report due", "{unit}: {n} reports due", len(lines), unit=unit
    )
    event.add("summary", summary)
    event.add("description", "\n".join(lines))
    return event
