"""Every page with a plan whose year begins in April."""

from datetime import date

import pytest

from mubiao.store import open_store
from tests.fiscal import FOLDER, TODAY
from tests.pages.seen import PAGES, opened
from tests.pages.test_month_view import put, signed, table

SAYS = {
    "overview": "As of 30 November 2025",
    "target": "The first half: up 2.1%",
    "record": "October 2025",
    "owes": "2025",
    "meeting": "Riverton 2025/26",
    "present": "Riverton 2025/26",
    "history": "the first half",
    "sources": "the year began",
    "years": "2025/26",
}


def test_each_page_tells_a_year_from_april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_PLANS", str(FOLDER))
    monkeypatch.setenv("MUBIAO_TODAY", TODAY)
    for page in PAGES:
        shown = opened(page, target="growth")
        says = SAYS.get(page, "Riverton 2025/26")
        assert says in shown.text or says in "".join(shown.frame.itertext()), page
        assert "2025年" not in shown.text
        for lang in ("en", "zh"):
            shown.choose(lang=lang)
            assert (shown.notice, shown.texts("mb-ignored")) == ("", []), page


def test_the_months_of_the_rail_begin_in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_PLANS", str(FOLDER))
    monkeypatch.setenv("MUBIAO_TODAY", TODAY)
    text = opened("overview").text
    assert text.index("Apr") < text.index("Sep") < text.index("Jan")


def test_a_reference_series_is_recorded_by_the_form_and_changes_what_is_held_against_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUBIAO_PLANS", str(FOLDER))
    monkeypatch.setenv("MUBIAO_TODAY", "2026-02-28")
    form = opened("record", view="one", target="national-growth")
    assert "Held against it: Growth against the nation" in form.text
    assert form.text.count("Statistics office") == 2
    fields = {"known_on": date(2026, 2, 12), "source": "Office", "by": "Ann"}
    form = form.fill(period="2025/26-H1", value="1.9", **fields)
    assert "Growth against the nation" in form.text
    form.press("entry-save")
    # Among the month's rows too, where nothing asks for it.
    grid = opened("record", view="month", month="2025-12", tab="all")
    assert table(grid)[-1] == "National growth"
    signed(put(grid, "national-growth", value="1.7")).press("month-save-now")
    saved, third = open_store(database).history("riverton-2025")[-2:]
    assert (third.target, str(third.value)) == ("national-growth", "1.7")
    assert (saved.target, str(saved.period)) == ("national-growth", "2025-04..2025-09")
