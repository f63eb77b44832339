"""Record, a month at once: typed rows, what they do, warnings, conflicts, saving, what is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx

from mubiao import clock
from mubiao.exports.workbook.to_fill_in import HEADER_ROW
from mubiao.model import Observation, Withdrawal
from mubiao.period import Period
from mubiao.problems import Problem, TargetId
from mubiao.proposal import unsaved
from mubiao.store import Store
from mubiao.store.backup import backup
from mubiao.store.restore import restore
from mubiao.text_metrics import width
from mubiao.ui.record import drafts, grid
from tests.acts import add_row, withdraw_row
from tests.assigned import assigned_files, assigned_plan
from tests.commands import done
from tests.pages.seen import SCRIPT, Shown, bare, opened, visits_from, walked
from tests.real import real_actuals

PLAN = "beijing-2020"
NOW = datetime(2021, 4, 30, 8, tzinfo=UTC)
JUNE = {"month": "2020-06", "as_of": "2020-07-31"}


def month(**address: str) -> Shown:
    """The month's view of June 2020 as of the end of July, when the half year was known."""
    return opened("record", **{**JUNE, **address})


def table(shown: Shown) -> list[str]:
    """The names of the grid's rows, without the one that ends the list."""
    return [str(name) for name in shown.at.data_editor[0].value["name"]][:-1]


def typed(shown: Shown, row: str | int, **cells: str | None) -> Shown:
    """Type cells of a target's row, or of a row by its place; the caller sends them."""
    grid = shown.at.session_state["month-grid"]
    held = shown.at.session_state.get(grid.key, {})
    edited = {int(at): dict(before) for at, before in held.get("edited_rows", {}).items()}
    place = grid.targets.index(row) if isinstance(row, str) else row
    edited.setdefault(place, {}).update(cells)
    shown.at.session_state[grid.key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    return shown


def put(shown: Shown, target: str, **cells: str | None) -> Shown:
    """Type cells of a target's row: what the browser sends, all edits of the grid at once."""
    return typed(shown, target, **cells).run()


def signed(shown: Shown) -> Shown:
    return shown.put("by", "Li Wei").fill(**{"month-source": "Bureau"})


def lines(shown: Shown) -> dict[str, str]:
    """By the target's name, what the page says of each edited row."""
    told = {}
    for line in shown.having("mb-edit"):
        name = "".join(next(line.iter("a")).itertext())
        words = " ".join("".join(line.itertext()).split())
        told[name] = words.removeprefix(name).strip()
    return told


def cell(shown: Shown, target: str, column: str) -> str:
    """What the grid began with in a target's row."""
    place = shown.at.session_state["month-grid"].targets.index(target)
    return str(shown.at.data_editor[0].value[column].fillna("")[place])


def since(store: Store, row: int) -> list[Observation]:
    return [e for e in store.history(PLAN) if e.row > row and isinstance(e, Observation)]


@pytest.mark.parametrize("address", [{}, {"month": "2020-13"}])
def test_record_opens_with_the_month_before_the_day(address: dict[str, str]) -> None:
    shown = opened("record", as_of="2020-07-31", **address)
    assert [box.value for box in shown.at.selectbox if box.key == "month"] == ["2020-06"]
    names = table(shown)
    assert names[:3] == [
        "GDP growth",
        "General public budget revenue growth",
        "Consumer price inflation",
    ]
    assert "June 2020: 138 reports asked for, 5 filed" in shown.text
    assert "; " not in shown.texts("mb-month")[0]
    assert "What you type is kept" in shown.text
    assert "Stages are typed: not started, under way, complete or cancelled." in shown.text
    assert "draft" not in shown.address
    grid = shown.at.data_editor[0].value.set_index("name")
    cpi, jobs = grid.loc["Consumer price inflation"], grid.loc["New urban jobs"]
    known = (cpi["for"], cpi["last"], cpi["effect"])
    assert known == ("the first half", "2.8% · the first half", "● on track, filed")
    # Its figure is known only in 2021.
    assert (jobs["unit"], jobs["last"], jobs["effect"]) == ("people", "", "○ not reported")


def test_filters_are_in_the_address_and_hide_no_edit() -> None:
    shown = put(month(), "gdp-growth", value="-3.1")
    shown.put("tab", "milestones")
    assert shown.address["tab"] == "milestones"
    assert "GDP growth" not in table(shown)
    shown.put("tab", "all").put("month-section", "2.7")
    assert shown.address["section"] == "2.7"
    assert "New urban jobs" in table(shown)
    assert list(lines(shown)) == ["GDP growth"]


def test_a_typed_row_shows_what_it_replaces_and_the_status_before_and_after() -> None:
    shown = put(month(), "pm25", value="41.9")
    assert lines(shown) == {
        "Mean PM2.5 concentration": (
            "41.9 µg/m³ the first half · preliminary · replaces 43 µg/m³, preliminary, no. 37"
            " ▲ at risk → ● on track"
        )
    }
    assert shown.bar == "ready: 1 Say the source, above the grid."


def test_what_is_refused_is_told_at_its_row_and_blocks_saving(store: Store) -> None:
    shown = signed(put(month(), "new-jobs", value="N/A", nature="settled"))
    before = store.version(PLAN)
    assert [told.split(";")[0] for told in shown.problems()] == [
        "Value: “N/A” is not a figure",
        "How settled: “settled” is unknown here",
    ]
    assert shown.bar == "to mend: 1 Mend or empty what is refused."
    assert shown.at.button(key="month-save-now").disabled
    shown = put(shown, "new-jobs", value=None, nature=None)
    assert store.version(PLAN) == before
    assert shown.bar == ""


def test_saving_writes_all_rows_in_one_save_and_begins_afresh(store: Store) -> None:
    shown = put(month(), "new-jobs", value="12万人以上", source="Labour Bureau", note="so far")
    before = store.version(PLAN)
    shown = put(shown, "cpi", value="2.7", nature="final", known_on="2020-07-11")
    shown = put(shown, "zhengyangmen-restoration", value="进行中")
    assert shown.bar == "ready: 3 Say the source, above the grid."
    shown.fill(**{"month-source": "Bureau"})
    assert shown.bar == "ready: 3 Give your name, at the top."
    shown.put("by", "Li Wei").press("month-save-now")
    rows = {row.target: row for row in since(store, before)}
    jobs, cpi, tower = rows["new-jobs"], rows["cpi"], rows["zhengyangmen-restoration"]
    assert (jobs.value, jobs.qualifier, jobs.source, jobs.note) == (
        Decimal(120000),
        "at_least",
        "Labour Bureau",
        "so far",
    )
    assert (jobs.period.text, jobs.known_on) == ("2020-H1", date(2020, 7, 31))
    assert (cpi.replaces, cpi.nature, cpi.known_on) == (14, "final", date(2020, 7, 11))
    assert (tower.value, tower.period.text, tower.source) == ("under_way", "2020-06-30", "Bureau")
    assert {row.recorded_by for row in rows.values()} == {"Li Wei"}
    assert len({row.save for row in rows.values()}) == 1
    numbers = sorted(row.row for row in rows.values())
    assert f"June 2020: 3 saved, as no. {numbers[0]}–{numbers[-1]}." in shown.said
    assert "draft" not in shown.address
    # The next figures come from the same source, but nothing is unsaved by that.
    assert shown.holds("month-source") == "Bureau"
    shown = put(shown, "pm25", value="41")
    assert shown.bar == "ready: 1"
    shown = put(shown, "pm25", value=None)
    assert "draft" not in shown.address
    assert cell(shown, "cpi", "last") == "2.7% · the first half"
    # Nothing is left that a second press could save.
    assert not [button for button in shown.at.button if button.key == "month-save-now"]


def test_what_was_saved_stays_where_it_was_typed_and_is_undone_there(store: Store) -> None:
    shown = signed(put(month(), "cpi", value="3.7")).press("month-save-now")
    assert lines(shown) == {
        "Consumer price inflation": (
            "3.7% the first half · replaces 2.8%, final, no. 14 ● on track → ▲ at risk"
        )
    }
    assert cell(shown, "cpi", "value") == "3.7%"
    assert shown.bar == ""
    save = store.saves(PLAN)[0].id
    shown.press(f"undo-{save}").press(f"undo-now-{save}")
    assert f"Save {save} is undone by save {save + 1}; new rows: 1." in shown.said
    assert (lines(shown), cell(shown, "cpi", "value")) == ({}, "2.8%")


def test_the_grid_follows_an_undoing_though_the_first_run_after_it_ended_midway(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    shown = signed(put(month(), "cpi", value="3.7")).press("month-save-now")
    save = store.saves(PLAN)[0].id
    shown.press(f"undo-{save}")
    ended: list[bool] = []
    begin_anew = grid.begin_anew

    def begun() -> None:
        if not ended:
            ended.append(True)
            run = get_script_run_ctx()
            assert run is not None
            here = urlencode(shown.address)
            raise RerunException(RerunData(here, page_script_hash=run.page_script_hash))
        begin_anew()

    monkeypatch.setattr(grid, "begin_anew", begun)
    shown.press(f"undo-now-{save}")
    assert ended
    assert (lines(shown), cell(shown, "cpi", "value")) == ({}, "2.8%")


def test_what_is_recorded_stands_in_its_cell_and_emptying_it_withdraws_nothing() -> None:
    shown = month()
    assert (cell(shown, "cpi", "value"), cell(shown, "new-jobs", "value")) == ("2.8%", "")
    shown = put(shown, "cpi", value=None)
    assert (lines(shown), shown.bar) == ({}, "")
    assert "Emptied, and recorded all the same: Consumer price inflation." in shown.text
    shown = put(shown, "cpi", value="2.8%")
    assert (lines(shown), "Emptied" in shown.text) == ({}, False)


def test_an_unchanged_figure_is_not_recorded_again(store: Store) -> None:
    shown = signed(put(month(), "gdp-growth", value="-3.2"))
    before = store.version(PLAN)
    assert "recorded already" in lines(shown)["GDP growth"]
    assert shown.bar == "recorded already: 1 Nothing here is new."
    shown = put(shown, "new-jobs", value="12万").press("month-save-now")
    assert [row.target for row in since(store, before)] == ["new-jobs"]


def test_what_comes_in_with_the_press_is_shown_before_it_is_saved(store: Store) -> None:
    shown = signed(put(month(), "gdp-growth", value="-3.1"))
    before = store.version(PLAN)
    typed(shown, "budget-revenue-growth", value="-11").press("month-save-now")
    assert store.version(PLAN) == before
    assert "Not saved yet: more was typed meanwhile." in shown.text
    assert "−11%" in shown.text
    shown.press("month-save-now")
    assert [str(entry.value) for entry in since(store, before)] == ["-3.1", "-11"]


def test_a_value_below_the_last_row_is_told_and_hinders_nothing(store: Store) -> None:
    shown = signed(put(month(), "gdp-growth", value="-3.1"))
    before = store.version(PLAN)
    typed(shown, len(shown.at.session_state["month-grid"].targets), value="7").run()
    assert "“7” stands below the last row and is not taken" in shown.said
    shown.press("month-save-now")
    assert [entry.target for entry in since(store, before)] == ["gdp-growth"]
    assert "stands below the last row" not in shown.said


def test_a_warning_is_confirmed_before_saving_and_again_for_another_figure() -> None:
    shown = signed(put(month(), "pm25", value="4300"))
    assert shown.texts("mb-doubts") == [
        "4300 looks like another scale: 100 times what is recorded, 43"
    ]
    assert shown.bar == "to confirm: 1 Confirm what is doubtful."
    [box] = shown.at.checkbox
    box.check()
    shown.run()
    assert shown.bar == "ready: 1"
    shown = put(shown, "pm25", value="4310")
    assert shown.bar == "to confirm: 1 Confirm what is doubtful."


def test_whatever_a_client_sends_is_read_again_on_the_server() -> None:
    shown = signed(put(month(), "new-jobs", name="GDP growth", unit="%"))  # both are locked
    assert (shown.bar, lines(shown)) == ("", {})
    wrong = {"new-jobs": "-99", "cpi": "bad", "pm25": "=1+1", "gdp-growth": SCRIPT}
    for target, value in {**wrong, "unemployment": "x" * 5000}.items():
        put(shown, target, value=value)
    assert shown.bar.startswith("to mend: 5")
    assert len(shown.problems()) == 5
    assert list(shown.tree.iter("script")) == []


def test_what_others_recorded_meanwhile_is_shown_and_decided(store: Store) -> None:
    shown = signed(put(month(), "pm25", value="41.9"))
    shown = put(shown, "cpi", value="2.9")
    shown = put(shown, "new-jobs", value="12万")
    history = {entry.row: entry for entry in store.history(PLAN)}
    pm25, cpi = history[37], history[14]
    theirs = replace(pm25, value=Decimal("42.5"), replaces=pm25.row, note=SCRIPT)
    row = add_row(store, PLAN, theirs, "Wang Fang", NOW)
    withdraw_row(store, PLAN, cpi.row, date(2020, 7, 20), "not published", "Wang Fang", NOW)
    # Pressed without having seen it: nothing is written, both rows are shown.
    shown.press("month-save-now")
    assert since(store, row) == []
    assert shown.bar == "ready: 1 · to decide: 2 Decide what others recorded meanwhile."
    sides = shown.texts("mb-sides")
    for part in ("What you saw", "43 µg/m³", "42.5 µg/m³", "Wang Fang", "41.9 µg/m³"):
        assert part in sides[1]
    assert "withdrawn" in sides[0]
    assert "not published" in sides[0]
    assert list(shown.tree.iter("script")) == []
    shown.press("theirs-cpi").press("mine-pm25")
    assert shown.bar == "ready: 2"
    shown.press("month-save-now")
    saved = {entry.target: entry for entry in since(store, row)}
    assert saved.keys() == {"pm25", "new-jobs"}
    assert (saved["pm25"].replaces, saved["pm25"].value) == (row, Decimal("41.9"))


def test_a_figure_moved_to_another_period_meanwhile_is_shown_and_decided(store: Store) -> None:
    shown = signed(put(month(), "pm25", value="41.9"))
    seen = {entry.row: entry for entry in store.history(PLAN)}[37]
    theirs = replace(seen, period=Period.parse("2020-01..2020-05"), replaces=seen.row)
    row = add_row(store, PLAN, theirs, "Wang Fang", NOW)
    shown.press("month-save-now")
    assert since(store, row) == []
    assert shown.bar == "to decide: 1 Decide what others recorded meanwhile."
    [sides] = shown.texts("mb-sides")
    before, _, after = sides.partition("Recorded meanwhile")
    theirs_said, _, mine = after.partition("Yours")
    assert "43 µg/m³" in before
    assert "43 µg/m³ January–May 2020" in theirs_said
    assert "41.9 µg/m³" in mine
    shown.press("mine-pm25")
    assert shown.bar == "ready: 1"
    shown.press("month-save-now")
    [saved] = since(store, row)
    assert (saved.replaces, saved.value, saved.period.text) == (None, Decimal("41.9"), "2020-H1")


def test_what_the_store_refuses_is_told_with_the_names_of_targets() -> None:
    shown = month()
    refused = Problem("{target}: {by} saved this", {"target": TargetId("pm25"), "by": "Wu"})
    shown.at.session_state["refused-told"] = (refused,)
    assert "Mean PM2.5 concentration: Wu saved this" in shown.run().said


def test_edits_of_a_restored_record_are_decided(
    database: str, store: Store, tmp_path: Path
) -> None:
    opened("record")
    backup(database, tmp_path / "before.sqlite")
    history = {entry.row: entry for entry in store.history(PLAN)}
    later = replace(history[37], value=Decimal(42), replaces=37)
    add_row(store, PLAN, later, "Wang Fang", NOW)
    shown = signed(put(month(), "pm25", value="41.9"))
    restore(tmp_path / "before.sqlite", database, overwrite=True)
    shown.run()
    assert shown.bar == "to decide: 1 Decide what others recorded meanwhile."
    assert "43 µg/m³" in shown.texts("mb-sides")[0]
    shown.press("mine-pm25").press("month-save-now")
    assert [entry.replaces for entry in since(store, len(real_actuals()))] == [37]


def test_unsaved_edits_survive_a_page_a_language_and_a_lost_session() -> None:
    shown = walked("record", **JUNE)
    shown = signed(put(shown, "new-jobs", value="12万", note="so far"))
    token = shown.address["draft"]
    # Its name stands in no link, not in the grid's either.
    links = [link.proto.query_string for link in shown.at.get("page_link")]
    links += [link.get("href", "") for link in shown.tree.iter("a")]
    links += list(shown.at.data_editor[0].value["page"].dropna())
    assert len(links) > 40
    assert not any("draft" in link for link in links)
    shown.go("overview")
    shown.go("record")
    assert (shown.bar, shown.address["draft"]) == ("ready: 1", token)
    shown = put(shown, "cpi", value="2.9")  # the grid goes on from where it was
    shown.choose(lang="zh")
    assert shown.at.data_editor[0].value.set_index("name").loc["城镇新增就业", "note"] == "so far"
    again = opened("record", **{**shown.address, "lang": "en"})
    assert list(lines(again)) == ["Consumer price inflation", "New urban jobs"]
    # A link carries the figures, never the name: whoever opens it signs for themselves.
    assert again.holds("by") == ""
    assert again.bar == "ready: 2 Give your name, at the top."
    assert signed(again).bar == "ready: 2"


def test_edits_the_server_cannot_keep_stay_in_the_window_and_are_kept_later(store: Store) -> None:
    shown = signed(put(month(), "new-jobs", value="12万"))
    draft = shown.address["draft"]
    with store._database.writing():  # noqa: SLF001 - a save that hangs
        shown = put(shown, "cpi", value="2.9")
        assert list(lines(shown)) == ["Consumer price inflation", "New urban jobs"]
        assert "is not kept on the server yet" in shown.at.warning[0].value
        shown.choose(lang="zh").choose(lang="en")
        assert list(lines(shown)) == ["Consumer price inflation", "New urban jobs"]
        assert "2.9" not in (store.draft(draft) or "")
    shown = shown.run()
    assert list(shown.at.warning) == []
    assert "2.9" in (store.draft(draft) or "")
    assert shown.address["draft"] == draft


def test_first_edits_that_the_server_cannot_keep_get_their_name_later(store: Store) -> None:
    shown = month()
    with store._database.writing():  # noqa: SLF001 - a save that hangs
        shown = put(shown, "cpi", value="2.9")
        assert "draft" not in shown.address
    shown = shown.run()
    assert "2.9" in (store.draft(shown.address["draft"]) or "")


@pytest.mark.parametrize("first", [True, False], ids=["the first edit", "a later one"])
def test_edits_while_the_record_is_away_are_there_later(tmp_path: Path, *, first: bool) -> None:
    shown = month() if first else signed(put(month(), "new-jobs", value="12万"))
    path, aside = tmp_path / "record" / "mubiao.sqlite", tmp_path / "aside.sqlite"
    path.rename(aside)
    shown = put(shown, "cpi", value="2.9")
    assert "cannot be opened" in shown.notice
    assert "do not load the page again" in shown.notice
    assert "only this window has it" in shown.press("try-again").notice
    aside.rename(path)
    shown.press("try-again")
    assert shown.notice == ""
    expected = ["Consumer price inflation"] + ["New urban jobs"] * (not first)
    assert list(lines(shown)) == expected
    again = opened("record", **shown.address)
    assert list(lines(again)) == expected


def test_a_page_not_shown_may_be_loaded_again_where_nothing_was_typed(tmp_path: Path) -> None:
    shown = month()
    (tmp_path / "record" / "mubiao.sqlite").unlink()
    assert "load the page again" in shown.run().notice
    assert "do not" not in shown.notice


def test_edits_of_another_month_wait_and_are_told() -> None:
    shown = put(month(), "new-jobs", value="12万").put("month", "2020-05")
    assert shown.address["month"] == "2020-05"
    assert lines(shown) == {}
    shown = put(shown, "new-jobs", value="10万")
    shown.press("month-other-2020-06")
    assert "12万" in [str(value) for value in shown.at.data_editor[0].value["value"]]
    assert "Not saved yet in May 2020: 1" in {bare(button.label) for button in shown.at.button}


def test_edits_can_be_thrown_away(store: Store) -> None:
    shown = put(month(), "new-jobs", value="12万")
    before = store.version(PLAN)
    token = shown.address["draft"]
    assert store.draft(token)
    # One press asks; nothing is lost by it.
    shown.press("month-discard").press("discard-not")
    assert store.draft(token)
    shown.press("month-discard").press("Discard this row")
    assert "draft" not in shown.address
    assert store.draft(token) is None
    assert store.version(PLAN) == before


def test_two_sessions_with_one_link_do_not_overwrite_each_other(store: Store) -> None:
    mine = put(month(), "new-jobs", value="12万")
    theirs = opened("record", **mine.address)
    theirs = put(theirs, "cpi", value="2.9")
    mine = put(mine, "pm25", value="41.9")
    assert mine.address["draft"] != theirs.address["draft"]
    assert sorted(lines(mine)) == ["Mean PM2.5 concentration", "New urban jobs"]
    assert sorted(lines(theirs)) == ["Consumer price inflation", "New urban jobs"]
    signed(theirs).press("month-save-now")
    mine = signed(mine)
    assert "recorded already" in lines(mine)["New urban jobs"]
    mine.press("month-save-now")
    assert not isinstance(store.history(PLAN)[-1], Withdrawal)
    assert [row.target for row in since(store, len(real_actuals()))] == ["cpi", "new-jobs", "pm25"]


def test_somebody_elses_edits_can_be_looked_at_and_copied_but_not_edited(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = signed(put(month(), "new-jobs", value="12万", note="so far"))
    mine = put(mine, "cpi", value="2.9")
    token, text = mine.address["draft"], store.draft(mine.address["draft"])
    visits_from("b", monkeypatch)
    link = opened("record", **mine.address)
    assert "Unsaved figures of Li Wei, last edited" in link.text
    assert "New urban jobs" in link.text
    for words in ("12万", "Note: so far", "2.9", "Known on: 2020-07-31"):
        assert words in link.text
    chinese = opened("record", **mine.address | {"lang": "zh"})
    assert "备注：so far" in chinese.text
    assert list(link.at.data_editor) == []
    assert {bare(button.label) for button in link.at.main.button} == {"Copy them", "Leave them"}
    link.press("foreign-copy")
    assert link.address["draft"] != token
    assert list(lines(link)) == ["Consumer price inflation", "New urban jobs"]
    assert put(link, "pm25", value="41.9").bar.startswith("ready: 3")
    assert store.draft(token) == text
    left = opened("record", **mine.address).press("foreign-leave")
    assert (lines(left), "draft" in left.address) == ({}, False)


def test_a_name_that_its_column_cuts_off_says_that_it_goes_on() -> None:
    names = table(month())
    cut = [name for name in names if name.endswith("…")]
    assert "GDP growth" in names
    assert any(name.startswith("Beijing International Olympic") for name in cut)
    assert all(width(name, 14) <= 320 - 14 for name in names)


def test_what_a_browser_left_unsaved_is_offered_to_it_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = put(month(), "new-jobs", value="12万")
    again = month()
    assert lines(again) == {}
    again.press("own-draft")
    assert list(lines(again)) == ["New urban jobs"]
    assert again.address["draft"] == left.address["draft"]
    assert again.buttons("own-draft") == []
    visits_from("b", monkeypatch)
    assert month().buttons("own-draft") == []


def test_a_note_that_is_too_long_is_not_kept_and_not_cut() -> None:
    shown = put(month(), "new-jobs", value="12万", note="x" * 2001)
    assert "Note: the text has 2001 characters; expected at most 2000" in shown.said
    assert "draft" not in shown.address
    shown = put(shown, "new-jobs", value="12万", note="x" * 2000)
    assert (shown.said, "draft" in shown.address) == ("", True)


@pytest.mark.parametrize("draft", ["0" * 32, "../etc"])
def test_a_link_to_edits_that_are_gone_is_an_empty_month(draft: str) -> None:
    shown = month(draft=draft)
    assert "draft" not in shown.address


def test_a_list_without_rows_says_so() -> None:
    shown = opened("record", as_of="2020-01-20", month="2020-01", tab="overdue")
    assert len(shown.at.data_editor) == 0
    assert "No figure is due here" in shown.text


def test_the_grid_says_what_an_edit_does_and_what_is_still_to_be_done_about_it() -> None:
    shown = put(month(), "pm25", value="41.9")
    shown = put(shown, "gdp-growth", value="-3.1")
    shown = put(shown, "new-jobs", value="N/A")
    grid = shown.at.session_state["month-grid"]
    assert [cell(shown, name, "effect") for name in ("pm25", "gdp-growth", "new-jobs", "cpi")] == [
        "▲ at risk → ● on track",
        "◆ off track, unchanged",
        "to mend, see below",
        "● on track, filed",
    ]
    # The editor goes on with what was typed, though what the table says has changed.
    assert shown.at.session_state["month-grid"] is grid
    assert cell(shown, "pm25", "value") == "43"


def test_a_target_that_is_not_due_is_added_and_the_link_says_so(store: Store) -> None:
    shown = opened("record", as_of="2020-06-20", month="2020-05")
    assert "GDP growth" in shown.offers("month-add")
    assert "GDP growth" not in table(shown)
    shown.put("month-add", "gdp-growth")
    assert (shown.address["add"], "GDP growth" in table(shown)) == ("gdp-growth", True)
    shown = signed(put(shown, "gdp-growth", value="-6.1", period="2020-01..2020-05"))
    before = store.version(PLAN)
    shown.press("month-save-now")
    [row] = since(store, before)
    assert (row.period.text, str(row.value)) == ("2020-01..2020-05", "-6.1")


def test_a_figure_of_another_period_replaces_what_is_recorded_of_that_one() -> None:
    shown = put(month(), "cpi", value="3.9", period="2020-Q1")
    [line] = lines(shown).values()
    assert line.startswith("3.9% Q1")
    assert "replaces 3.8%" in line


def test_what_is_rarely_used_is_folded_until_somebody_asks_for_it_or_has_used_it() -> None:
    def columns(shown: Shown) -> list[str]:
        return list(shown.at.data_editor[0].proto.column_order)

    shown = month()
    assert columns(shown) == ["name", "value", "for", "unit", "last", "effect", "note", "page"]
    assert "note" not in columns(
        opened("record", as_of="2020-03-20", month="2020-02", section="2.0")
    )
    assert "qualifier" in columns(put(shown, "cpi", value="2.9", nature="final"))
    assert columns(month(columns="1"))[-2:] == ["period", "section"]


def test_a_month_is_filed_on_cards_as_in_the_table(store: Store) -> None:
    shown = month(look="cards", section="2.0")
    assert len(shown.at.data_editor) == 0
    grid = shown.at.session_state["month-grid"]

    def field(target: str, cell: str = "value") -> str:
        return f"{grid.key}-{grid.targets.index(target)}-{cell}"

    assert (shown.holds(field("cpi")), shown.holds(field("pm25"))) == ("2.8%", "43")
    shown.put(field("pm25"), "41.9")
    [card] = [text for text in shown.texts("mb-card") if "PM2.5" in text]
    assert "▲ at risk → ● on track" in card
    assert lines(shown).keys() == {"Mean PM2.5 concentration"}
    # What is typed on a card stands in the table, and the other way round.
    shown = put(shown.choose(look="table"), "budget-revenue-growth", value="-11")
    assert cell(shown, "pm25", "value") == "41.9"
    shown = signed(shown.choose(look="cards"))
    grid = shown.at.session_state["month-grid"]
    assert shown.holds(field("budget-revenue-growth")) == "-11"
    before = store.version(PLAN)
    shown.press("month-save-now")
    assert {row.target: str(row.value) for row in since(store, before)} == {
        "pm25": "41.9",
        "budget-revenue-growth": "-11",
    }


def test_a_stage_is_chosen_on_its_card_with_its_progress_in_words(store: Store) -> None:
    shown = signed(month(look="cards", tab="milestones"))
    assert len(shown.texts("mb-card")) == 12
    grid, before = shown.at.session_state["month-grid"], store.version(PLAN)
    shown.put(f"{grid.key}-0-value", "under way")
    shown.put(f"{grid.key}-0-note", "Progress: half. Problems: none. Next step: opening.")
    assert shown.bar == "ready: 1"
    shown.press("month-save-now")
    [row] = since(store, before)
    assert (row.value, row.note.startswith("Progress: half")) == ("under_way", True)
    shown.press("cards-more")
    assert len(shown.texts("mb-card")) == 24


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (iPhone) Mobile/15E148", "Mozilla/5.0 (X11)"])
def test_a_phone_gets_cards_unless_the_link_says_otherwise(
    agent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "headers", property(lambda _: {"User-Agent": agent}))
    assert bool(month().texts("mb-card")) is ("Mobile" in agent)
    assert len(month(look="table").at.data_editor) == 1


@pytest.mark.parametrize("narrow", ["0", "1"])
def test_a_narrow_window_gets_cards_for_as_long_as_its_session(
    narrow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits_from("a", monkeypatch, mubiao_narrow=narrow)
    shown = month()
    assert bool(shown.texts("mb-card")) is (narrow == "1")
    visits_from("a", monkeypatch, mubiao_narrow="1" if narrow == "0" else "0")
    assert bool(shown.run().texts("mb-card")) is (narrow == "1")


@pytest.mark.parametrize(("rows", "seen"), [(1, 1), (9, 9), (10, 8.5), (164, 8.5)])
def test_the_grid_shows_that_it_goes_on(rows: int, seen: float) -> None:
    frame = grid.height_of(1) - 36
    assert grid.height_of(rows) == pytest.approx(frame + 36 * seen, abs=2)


def test_one_link_opens_exactly_a_units_rows_and_its_workbook_has_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = assigned_plan()
    (tmp_path / "assigned").mkdir()
    monkeypatch.setenv("MUBIAO_PLANS", str(assigned_files(tmp_path / "assigned")))
    shown = month(owner="transport")
    own = {target.id for target in plan.targets if target.owner == "transport"}
    targets = set(shown.at.session_state["month-grid"].targets)
    assert targets
    assert targets <= own
    assert shown.texts("mb-month")[0].startswith("Transport, June 2020: ")
    everything = month(owner="transport", tab="all")
    assert set(everything.at.session_state["month-grid"].targets) == own
    assert [b.label for b in shown.at.get("download_button")] == ["These rows as a workbook"]
    path = tmp_path / "own.xlsx"
    call = ("due", "--as-of", "2020-07-31", "--owner", "市交通委", "--workbook", path)
    done(*call)
    sheet = load_workbook(path).worksheets[0]
    assert {row[0].value for row in sheet.iter_rows(min_row=HEADER_ROW + 1)} - {None} == targets
    # An edit of another unit's target stays, and is saved with the rest.
    shown = put(everything.choose(owner=""), "gdp-growth", value="-3.1").choose(owner="transport")
    assert list(lines(shown)) == ["GDP growth"]


def test_the_views_switch_in_the_address() -> None:
    shown = month().put("view", "one")
    assert shown.address["view"] == "one"
    assert "New actual" in shown.text
    assert "Correct no. 4" in opened("record", correct="4", target="gdp-growth").text


def test_an_idle_run_serialises_nothing_and_an_edit_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = signed(put(month(), "new-jobs", value="12万"))
    counted = Mock(wraps=unsaved._BOOK)  # noqa: SLF001 - to count how often it is used
    monkeypatch.setattr(unsaved, "_BOOK", counted)
    shown.run()
    assert counted.mock_calls == []
    put(shown, "cpi", value="2.9")
    assert [call[0] for call in counted.mock_calls] == ["dump_json"]


def test_a_cell_that_is_emptied_again_is_no_edit_any_more() -> None:
    shown = put(put(month(), "new-jobs", value="N/A"), "cpi", value="2.9")
    grid = shown.at.session_state["month-grid"]
    state = shown.at.session_state[grid.key]
    # The browser sends no cell that holds what the table began with.
    del state["edited_rows"][grid.targets.index("new-jobs")]
    shown.at.session_state[grid.key] = state
    assert list(lines(shown.run())) == ["Consumer price inflation"]


def test_a_run_that_another_one_ends_leaves_the_edits_as_the_store_has_them(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    shown = signed(put(month(), "new-jobs", value="12万"))
    first = shown.address["draft"]
    keep, hold = Store.keep_draft, drafts._put  # noqa: SLF001 - what Streamlit may not let finish
    happened: list[str] = []

    def kept(*args: Any, **texts: Any) -> None:  # noqa: ANN401 - as the store takes them
        keep(*args, **texts)
        happened.append("kept")

    def held(of: Any) -> None:  # noqa: ANN401 - as the module's own
        if happened == ["kept"]:
            happened.append("ended")
            run = get_script_run_ctx()
            assert run is not None
            # It comes with the address that the browser had by then.
            behind = urlencode(shown.address)
            raise RerunException(RerunData(behind, page_script_hash=run.page_script_hash))
        hold(of)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "keep_draft", kept)
        patched.setattr(drafts, "_put", held)
        shown = put(shown, "cpi", value="2.9")
    assert happened[:2] == ["kept", "ended"]
    shown = put(shown, "unemployment", value="4.9")
    assert shown.bar == "ready: 3"
    assert shown.address["draft"] == first
    assert all(text in (store.draft(first) or "") for text in ("12万", "2.9", "4.9"))


def test_an_address_that_is_behind_takes_no_edits_back(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    visits_from("a", monkeypatch)
    shown = signed(put(month(), "new-jobs", value="12万"))
    first = shown.address["draft"]
    # Another window goes on with the same edits, so that this one gets a name of its own.
    before = store.stored_draft(first)
    assert before is not None
    store.keep_draft(first, PLAN, f"{before.text} ", clock.now(), session=before.session)
    shown = put(shown, "cpi", value="2.9")
    second = shown.address["draft"]
    assert second != first
    grid = shown.at.session_state["month-grid"]
    shown.at.query_params["draft"] = first
    shown = put(shown, "unemployment", value="4.9")
    assert (shown.bar, shown.address["draft"]) == ("ready: 3", second)
    # A new grid would not get what is on its way from the old one.
    assert shown.at.session_state["month-grid"] is grid
