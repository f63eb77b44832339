"""A month's work by its units: each opens its link, files its rows and sees them filed; every click
and key is counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from mubiao.assessment import assess
from mubiao.duty import debts
from mubiao.period import Period
from mubiao.views.month import Due, rows_of
from tests.browser.month import VALUES_AT, click_value, counted, is_saved, save_button
from tests.browser.server import JULY, Deployment
from tests.browser.visit import Seen, Visitor
from tests.faults import figures
from tests.real import real_actuals, real_plan

# Ten units with fifteen figures or stages each.
UNITS, ROWS = 10, 15
MONTH = Period.parse("2020-06")


@dataclass
class Hands:
    """A person's hands on a page, which count what they do."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, part: Locator) -> None:
        """Click a part of the page."""
        part.click()
        self.clicks += 1

    def type(self, text: str, *, end: str = "") -> None:
        """Type a text, and the key that ends it."""
        self.page.keyboard.type(text, delay=20)
        self.keys += len(text)
        if end:
            self.page.keyboard.press(end)
            self.keys += 1


def _rows() -> list[Due]:
    """The rows of June that have no figure by the end of July, in the grid's order."""
    day = date.fromisoformat(JULY)
    known = [o for o in real_actuals() if o.known_on <= day]
    rows = rows_of(real_plan(), MONTH, assess(real_plan(), known, day), known, day)
    return [due for due in rows if due.recorded is None][: UNITS * ROWS]


def _assign(at: Deployment, units: Sequence[Sequence[Due]]) -> None:
    """Assign each unit's rows to it, in the file beside the plan."""
    folder = at.server.log.parent / "owners"
    folder.mkdir(exist_ok=True)
    lines = [f"{due.target.id},{_name(n)}," for n, rows in enumerate(units) for due in rows]
    text = "\n".join(["target,owner,supports", *lines, ""])
    (folder / f"{at.plan}.csv").write_text(text, encoding="utf-8")


def _name(unit: int) -> str:
    return f"Bureau-{unit + 1}"


def _value(due: Due) -> str:
    """What a unit reports: the stage, or the promised figure."""
    return "under way" if due.target.is_milestone else str(due.target.value or "3.1")


def _file(seen: Seen, unit: int, values: Sequence[str]) -> Hands:
    """What a person of a unit does from the link to the saved month."""
    page, hands = seen.page, Hands(seen.page)
    hands.click(page.get_by_role("textbox", name="Your name"))
    hands.type(_name(unit), end="Tab")
    hands.click(page.get_by_role("textbox", name="Source"))
    hands.type("Own figures", end="Tab")
    seen.settle()
    page.get_by_test_id("stDataFrame").hover(
        position={"x": VALUES_AT, "y": 50}
    )  # a hand comes to the cell before it presses
    page.wait_for_timeout(300)
    click_value(page)
    hands.clicks += 1
    for value in values:
        hands.type(value, end="Enter")
    seen.settle()
    while (boxes := page.get_by_role("checkbox", name="It is right", checked=False)).count():
        hands.click(page.get_by_test_id("stCheckbox").filter(has=boxes.first).first)
        seen.settle()
    expect(counted(page)).to_have_text(f"ready: {len(values)}")
    hands.click(save_button(page))
    seen.settle()
    is_saved(page, len(values))
    return hands


@pytest.mark.timeout(1800)
def test_units_file_their_month_by_their_links(
    july: Deployment, open_page: Visitor, at_length: Callable[[int, int], int]
) -> None:
    rows = _rows()
    assert len(rows) == UNITS * ROWS
    units = [rows[first : first + ROWS] for first in range(0, len(rows), ROWS)]
    _assign(july, units)
    filing = [own[: at_length(ROWS, 2)] for own in units[: at_length(UNITS, 1)]]
    all_hands = []
    for unit, own in enumerate(filing):
        query = {"owner": _name(unit), "tab": "all", "month": MONTH.text, "lang": "en"}
        seen = open_page(f"/record?{urlencode(query)}", at=july)
        names = seen.page.locator("canvas tbody tr").count()
        assert names <= ROWS + 1  # its rows, and the end of the list
        all_hands.append(_file(seen, unit, [_value(due) for due in own]))
        expect(seen.page.locator(".mb-month h1")).to_contain_text(f"{_name(unit)}, June 2020")
    filed = {(one.target, one.recorded_by): str(one.value) for one in july.recorded}
    assert filed == {
        (due.target.id, _name(unit)): _value(due).replace(" ", "_")
        for unit, own in enumerate(filing)
        for due in own
    }
    # What they owed for June and before is gone.
    day = date.fromisoformat(JULY)
    known = list(july.store.as_of(july.plan, day))
    targets = {due.target.id for own in filing for due in own}
    owed = debts(real_plan(), assess(real_plan(), known, day))
    assert targets.isdisjoint(debt.target.id for debt in owed if debt.period.last <= MONTH.last)
    number, own_keys = len(filed), sum(len(_value(due)) for own in filing for due in own)
    clicks, keys = sum(one.clicks for one in all_hands), sum(one.keys for one in all_hands)
    figures.TOLD.append(
        f"{len(filing)} units filed {number} figures: {clicks} clicks and {keys} keys, of which "
        f"{own_keys} are the figures themselves; {clicks / number:.2f} clicks and "
        f"{(keys - own_keys) / number:.2f} other keys a figure"
    )
