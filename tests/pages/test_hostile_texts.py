"""Whatever people write is shown as text, on every page that shows it."""

from datetime import date
from decimal import Decimal

import pytest

from mubiao.model import Observation, Remark, Status
from mubiao.period import Period
from mubiao.store import Store
from tests.acts import add_row
from tests.pages.rooms import AT, PLAN, held
from tests.pages.seen import SCRIPT, opened

GDP = "gdp-growth"
YEAR, DAY = Period.parse("2020"), date(2021, 4, 1)


@pytest.mark.parametrize(
    ("page", "times"),
    [("target", 7), ("history", 6), ("record", 3), ("present", 3), ("meeting", 2), ("overview", 0)],
)
def test_what_people_write_is_shown_as_text(page: str, times: int, store: Store) -> None:
    eve = f"Eve {SCRIPT}"
    figure = Observation(GDP, YEAR, Decimal("1.3"), DAY, source=f"{SCRIPT} & sons", note=SCRIPT)
    add_row(store, PLAN, figure, eve, AT)
    judged = Remark(GDP, YEAR, SCRIPT, DAY, Status.AT_RISK, date(2021, 6, 30))
    for remark in (Remark(GDP, YEAR, SCRIPT, DAY), judged):
        store.remark(PLAN, remark, by=eve, at=AT)
    meeting = held(store, SCRIPT, date(2021, 4, 30), by=eve)
    address = {"target": GDP, "slide": f"target-{GDP}", "view": "one"}
    if page in {"present", "meeting"}:
        address["meeting"] = str(meeting.id)
    shown = opened(page, **address)
    assert list(shown.tree.iter("script")) == []
    assert shown.text.count(SCRIPT) >= times
