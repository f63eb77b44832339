"""Whatever people write is shown as text, on every page that shows it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mubiao.model import Observation, Remark, Status
from mubiao.period import Period
from mubiao.store import Store
from tests.acts import add_row
from tests.pages.seen import SCRIPT, opened
from tests.real import real_plan

PLAN, GDP = "beijing-2020", "gdp-growth"
YEAR, DAY = Period.parse("2020"), date(2021, 4, 1)
AT = datetime(2021, 4, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "times"),
    [("target", 7), ("history", 6), ("record", 3), ("present", 3), ("meeting", 2), ("overview", 0)],
)
def test_what_people_write_is_shown_as_text(page: str, times: int, store: Store) -> None:
    opened("overview")
    eve = f"Eve {SCRIPT}"
    figure = Observation(GDP, YEAR, Decimal("1.3"), DAY, source=f"{SCRIPT} & sons", note=SCRIPT)
    add_row(store, PLAN, figure, eve, AT)
    judged = Remark(GDP, YEAR, SCRIPT, DAY, Status.AT_RISK, date(2021, 6, 30))
    for remark in (Remark(GDP, YEAR, SCRIPT, DAY), judged):
        store.remark(PLAN, remark, by=eve, at=AT)
    text = real_plan().as_text()
    meeting = store.hold(PLAN, SCRIPT, date(2021, 4, 30), by=eve, at=AT, plan_text=text)
    address = {"target": GDP, "slide": f"target-{GDP}", "view": "one"}
    if page in {"present", "meeting"}:
        address["meeting"] = str(meeting.id)
    shown = opened(page, **address)
    assert list(shown.tree.iter("script")) == []
    assert shown.text.count(SCRIPT) >= times
