"""A file taken home and brought back, in a real browser: what others saved meanwhile is decided,
what is doubtful confirmed, and the record holds what was decided.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import expect

from mubiao.model import Observation
from mubiao.store import Store, open_store
from tests.browser.server import Server
from tests.browser.visit import Seen, Visitor

Start = Callable[..., Server]
PLAN = "beijing-2020"


@pytest.fixture
def spring(server: Start) -> Server:
    """A server of its own on a day when nearly all figures of 2020 are known."""
    return server(MUBIAO_TODAY="2021-04-30")


def record_of(server: Server) -> Store:
    """The server's record, as it is on disk."""
    return open_store(f"sqlite:///{server.log.parent / 'mubiao.sqlite'}")


def row_of(store: Store, target: str, period: str) -> Observation:
    """The figure of a target and period that stands."""
    found = store.as_of(PLAN, date.max, target)
    [row] = [one for one in found if one.period.text == period]
    return row


def exported(seen: Seen, folder: Path) -> Path:
    """The workbook of all actuals, as the page gives it."""
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="All actuals, XLSX").click()
    file = folder / "taken.xlsx"
    download.value.save_as(file)
    return file


def edit(file: Path, **values: float) -> None:
    """Type other values beside a target and period (gdp_growth__2020_Q1=…)."""
    book = load_workbook(file)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    head = [cell.value for cell in sheet[1]]
    at = {name: head.index(name) for name in ("Target id", "Period", "Value")}
    typed = {tuple(name.replace("_", "-").split("--")): value for name, value in values.items()}
    for row in sheet.iter_rows(min_row=2):
        key = (str(row[at["Target id"]].value), str(row[at["Period"]].value))
        if key in typed:
            row[at["Value"]].value = typed.pop(key)
    assert not typed, f"not in the file: {typed}"
    book.save(file)


def test_a_file_that_others_were_faster_than_is_decided_confirmed_and_saved(
    spring: Server, open_page: Visitor, tmp_path: Path
) -> None:
    seen = open_page("/record", at=spring, lang="en", view="files")
    page = seen.page
    file = exported(seen, tmp_path)
    store = record_of(spring)
    first = row_of(store, "gdp-growth", "2020-Q1")
    theirs = replace(first, value=Decimal("-6.7"), replaces=first.row)
    row = store.record(PLAN, theirs, "Wang Fang", datetime.now(UTC))
    edit(file, gdp_growth__2020_Q1=-6.8, cpi__2020=170)
    page.get_by_role("textbox", name="Your name").fill("Li Wei")
    page.locator("input[type=file]").set_input_files(file)
    seen.settle()
    save = page.get_by_role("button", name="Save all")
    bar = page.locator(".mb-bar")
    sides = page.locator(".mb-sides")
    expect(sides).to_have_count(1)
    told = sides.inner_text()
    assert [one for one in ("−6.6%", "−6.7%", "Wang Fang", "−6.8%") if one not in told] == []
    expect(bar).to_contain_text("Decide what others recorded meanwhile.")
    expect(save).to_be_disabled()
    page.get_by_role("radio", name="Take the file's").click()
    seen.settle()
    expect(bar).to_contain_text("Confirm what is doubtful.")
    expect(save).to_be_disabled()
    box = page.get_by_role("checkbox", name="It is right as it stands")
    expect(box).not_to_be_checked()
    page.locator("[class*=st-key-doubt-file] label").click()
    seen.settle()
    expect(box).to_be_checked()
    expect(save).to_be_enabled()
    save.click()
    seen.settle()
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("0 new, 2 corrected")
    gdp, cpi = row_of(store, "gdp-growth", "2020-Q1"), row_of(store, "cpi", "2020")
    assert (str(gdp.value), gdp.replaces, gdp.recorded_by) == ("-6.8", row, "Li Wei")
    assert (str(cpi.value), cpi.recorded_by, cpi.save) == ("170", "Li Wei", gdp.save)
