"""Who owes: the units with their numbers, the text to send, the way to file it."""

import io
from collections import Counter
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from openpyxl import load_workbook

from mubiao.duty import debts
from mubiao.exports.workbook.tables import owed_workbook
from mubiao.i18n import language
from mubiao.store import Store
from mubiao.views.owed import owed
from mubiao.wording.phrasebook import Phrasebook
from tests.acts import NOON, add_row
from tests.assigned import assigned_plan, assigned_seen
from tests.pages.seen import Shown, changes, opened, walked
from tests.samples import observation

JULY = "2020-07-31"


def units(shown: Shown) -> dict[str, list[str]]:
    """The cells of the table by the name of each unit."""
    [table] = shown.having("mb-owes")
    rows = (["".join(cell.itertext()) for cell in row] for row in table.iter("tr"))
    return {cells[0]: cells[1:5] for cells in rows}


@pytest.mark.usefixtures("assigned")
def test_units_stand_with_what_they_owe_and_the_text_of_the_one_chosen() -> None:
    shown = opened("owes", as_of=JULY)
    table = units(shown)
    assert table["Development and Reform"] == ["19", "3", "16", "16"]
    assert table["Total"] == ["151", "18", "133", "133"]
    # As `due` has it.
    found = debts(assigned_plan(), assigned_seen().assessments)
    owing = Counter(owner for owner, _ in {(d.target.owner, d.target.id) for d in found})
    names = {owner.name.en: owner.id for owner in assigned_plan().owners}
    assert {name: int(cells[2]) for name, cells in table.items() if name in names} == {
        name: owing[id_] for name, id_ in names.items()
    }
    [text] = shown.texts("mb-owes-text")
    assert text.startswith("Development and Reform: as of 31 July 2020, reports of 16 targets")
    chosen = shown.choose(owner="transport")
    [text] = chosen.texts("mb-owes-text")
    assert text.startswith("Transport: as of 31 July 2020, reports of 15 targets")
    assert "Land reclaimed from illegal structures" in text
    copied = [a.get("data-text", "") for a in chosen.tree.iter("a") if a.get("data-text")]
    assert len(copied) == 21
    assert sum(" ".join(one.split()) == text for one in copied) == 2
    assert shown.text == walked("owes", as_of=JULY, owner="transport").text


@pytest.mark.usefixtures("assigned")
def test_the_text_and_the_button_lead_to_the_units_own_rows() -> None:
    shown = opened("owes", as_of=JULY, owner="transport", target="cpi", month="2020-03")
    [way] = [a for a in shown.tree.iter("a") if "Open Record" in "".join(a.itertext())]
    assert way.get("href", "").startswith("record?")
    choices = {"plan": "beijing-2020", "lang": "en", "as_of": JULY, "owner": "transport"}
    assert {name: value for name, value in changes(way).items() if value} == choices
    # What the address chose for its reader is none of the unit's.
    assert changes(way)["target"] == changes(way)["month"] == ""
    [text] = shown.texts("mb-owes-text")
    assert f"record?{urlencode(choices)}" in text


@pytest.mark.usefixtures("assigned")
def test_by_chapter_and_by_target_say_the_same_in_another_order() -> None:
    shown = opened("owes", as_of=JULY, by="section", section="2.5")
    assert units(shown)["Total"] == ["151", "18", "133", "133"]
    [current] = [row for row in shown.tree.iter("tr") if row.get("aria-current")]
    assert "".join(next(iter(current)).itertext()) == assigned_plan().section_names["2.5"].en
    [way] = [a for a in shown.tree.iter("a") if "Open Record" in "".join(a.itertext())]
    assert parse_qs(urlsplit(way.get("href", "")).query)["section"] == ["2.5"]
    listed = opened("owes", as_of=JULY, by="target")
    [table] = listed.having("mb-owes-targets")
    assert len(list(table.iter("tr"))) == 1 + 133
    assert "Transport" in listed.text


def test_without_units_it_stands_by_chapter_and_says_how_to_assign_them() -> None:
    shown = opened("owes", as_of=JULY, by="owner")
    assert units(shown)["Total"] == ["151", "18", "133", "133"]
    assert "owners/beijing-2020.csv with the columns target,owner,supports" in shown.text
    assert "By unit" not in shown.text
    chinese = shown.choose(lang="zh")
    assert "欠报133项；民生与社会稳定最多，31项" in chinese.text


def test_before_anything_is_due_nobody_owes() -> None:
    shown = opened("owes", as_of="2020-01-12")
    assert "No report is owed: all that is due is there" in shown.text
    assert not shown.having("mb-owes")


@pytest.mark.usefixtures("assigned")
def test_a_unit_that_the_plan_does_not_have_is_said_to_be_ignored() -> None:
    shown = opened("owes", as_of=JULY, owner="roads")
    assert "Unit: roads" in shown.text
    assert "owner" not in shown.address


def test_the_list_can_be_taken_along_as_a_workbook() -> None:
    look, book = assigned_seen(), Phrasebook(assigned_plan(), language("en"))
    content = owed_workbook(book, look.assessments, "As of 31 July 2020")
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    assert sheet["A1"].value == owed(book, look.assessments, "owner").title
    assert [cell.value for cell in sheet[4]][:5] == ["Unit", "Expected", "Filed", "Owed", "Overdue"]


@pytest.mark.usefixtures("assigned")
def test_what_a_unit_files_it_owes_no_more(store: Store) -> None:
    assert units(opened("owes", as_of=JULY))["Transport"] == ["17", "2", "15", "15"]
    filed = observation("budget-revenue-growth", "2020-H1", "-11", "2020-07-25")
    add_row(store, "beijing-2020", filed, "Li Wei", NOON)
    shown = opened("owes", as_of=JULY, owner="transport")
    assert units(shown)["Transport"] == ["17", "3", "14", "14"]
    assert "General public budget revenue" not in shown.texts("mb-owes-text")[0]
