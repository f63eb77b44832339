"""Meetings that were held beside the pages, and what somebody records after them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from mubiao.model import Act, Meeting, Observation
from mubiao.period import Period
from mubiao.store import Store
from tests.actors import named
from tests.acts import add_row
from tests.real import real_plan

PLAN = "beijing-2020"
AT = datetime(2020, 8, 3, 9, 12, tzinfo=UTC)


def held(
    store: Store,
    name: str = "July meeting",
    day: date = date(2020, 7, 31),
    text: str = "",
    by: str = "Wang Fang",
) -> Meeting:
    """A meeting, of the shipped plan or of another one's text."""
    return store.hold(PLAN, name, day, Act(named(by), AT), plan_text=text or real_plan().as_text())


def later(store: Store, value: str = "4.6") -> None:
    """Somebody records a figure that was known before July's end."""
    half, day = Period.parse("2020-H1"), date(2020, 7, 20)
    figure = Observation("cpi", half, Decimal(value), day, source="a person")
    add_row(store, PLAN, figure, "Li Qiang", AT)
