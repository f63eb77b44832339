"""Whatever people write is shown as text, on every page that shows it."""

import re
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from mubiao.model import Act, Observation, Remark, Status
from mubiao.period import Period
from mubiao.store import Store
from tests.actors import named
from tests.acts import add_row
from tests.hostile import SHORT, hostile_plan
from tests.pages.rooms import AT, PLAN, held
from tests.pages.seen import PAGES, SCRIPT, Shown, opened

GDP = "gdp-growth"
# What would become a link, an image, a tag, an icon, a colour, a formula.
MARKDOWN = re.compile(r"\]\(|<[a-z/]|://|(?<!\\):[a-z]|(?<!\\)[*`$~]|&amp")
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
        store.remark(PLAN, remark, Act(named(eve), AT))
    meeting = held(store, SCRIPT, date(2021, 4, 30), by=eve)
    address = {"target": GDP, "slide": f"target-{GDP}", "view": "one"}
    if page in {"present", "meeting"}:
        address["meeting"] = str(meeting.id)
    shown = opened(page, **address)
    assert list(shown.tree.iter("script")) == []
    assert shown.text.count(SCRIPT) >= times


def test_no_label_button_help_or_message_is_more_than_text(store: Store, plans: Path) -> None:
    hostile_plan(plans)
    add_row(store, PLAN, Observation(GDP, YEAR, Decimal("1.3"), DAY, source="A"), SHORT, AT)
    meeting = held(store, SHORT[:80], date(2021, 4, 30), by=SHORT)
    views: list[dict[str, str]] = [{"target": GDP}, {"meeting": str(meeting.id)}]
    views += [{"view": view, "target": GDP} for view in ("month", "one", "files")]
    for page in PAGES:
        shown = opened(page)
        for lang, address in product(("en", "zh"), views):
            shown.choose(**{"target": "", "meeting": "", "view": "", **address}, lang=lang)
            assert [text for text in texts(shown) if MARKDOWN.search(text)] == [], page


def texts(shown: Shown) -> list[str]:
    """All of a page but its HTML."""
    elements = [*shown.at.main, *shown.at.sidebar]
    protos = [element.proto for element in elements if element.type != "html"]
    own = [getattr(proto, name, "") for proto in protos for name in ("label", "help", "body")]
    return own + [option.content for proto in protos for option in contents(proto)]


def contents(proto: Any) -> list[Any]:  # noqa: ANN401 - as many kinds as elements
    """The options that are buttons."""
    return [one for one in getattr(proto, "options", ()) if hasattr(one, "content")]
