"""History: every row by save, filters in the address, undo of one's own, two days side by side."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from openpyxl import load_workbook

from mubiao.model import Act, Observation, Remark, Save, SaveKind, Submission
from mubiao.period import Period
from mubiao.store import Store
from mubiao.ui.history.saves import ROWS
from tests.actors import named
from tests.acts import withdraw_row
from tests.assigned import assigned_plan
from tests.pages import seen
from tests.pages.rooms import PLAN
from tests.pages.seen import ROOT, Shown, bare, opened, walked
from tests.real import real_actuals

AT = datetime(2021, 4, 20, 8, 15, tzinfo=UTC)


def figure(target: str, value: str, period: str = "2020", source: str = "A bureau") -> Observation:
    return Observation(target, Period.parse(period), Decimal(value), AT.date(), source=source)


def saved(
    store: Store, *figures: Observation, by: str = "Li Wei", days: int = 0, name: str = "a"
) -> Save:
    proposals = [Submission(one) for one in figures]
    at = AT + timedelta(days=days)
    return store.save(PLAN, proposals, Act(named(by), at, name))


def gdp(store: Store) -> Observation:
    return store.as_of(PLAN, date(2021, 3, 31), ["gdp-growth"])[-1]


def heads(shown: Shown) -> list[str]:
    """The head of each save: who, when, in what way."""
    return ["".join(h.itertext()) for part in shown.having("mb-save") for h in part.iter("h2")]


def test_a_fresh_record_holds_the_published_figures_of_the_start() -> None:
    shown = opened("history")
    assert len(shown.rows("mb-past")) == len(real_actuals())
    [head] = heads(shown)
    assert head.startswith("published figures")
    assert f"{len(real_actuals())} rows" in head
    assert "all of them published figures of the start" in shown.text
    assert list(shown.having("mb-save")[0].iter("details")) != []


def test_without_any_row_the_page_says_so(plans: Path) -> None:
    sound = (ROOT / "tests" / "plans" / "sound.yaml").read_text(encoding="utf-8")
    (plans / "sample.yaml").write_text(sound, encoding="utf-8")
    shown = opened("history")
    assert "Nothing has been recorded yet" in shown.text
    assert "No row fits" in shown.text


def test_a_correction_shows_who_when_and_what_it_replaced_and_its_target(store: Store) -> None:
    old = gdp(store)
    correction = replace(figure("gdp-growth", "1.4"), replaces=old.row, note="by the bulletin")
    saved(store, correction, by="Wang Fang")
    shown = opened("history", as_of="2021-04-25")
    assert heads(shown)[0] == "Wang Fang 2021-04-20 16:15 UTC+8 · entry · save 2"
    row = shown.rows("mb-past")[0]
    for words in ("GDP growth", "1.2% → 1.4%", f"corrects no. {old.row}", "by the bulletin"):
        assert words in row
    [past] = shown.having("mb-past")[:1]
    assert [struck.text for struck in past.iter("s")] == ["1.2%"]
    assert seen.changes(next(past.iter("a"))) == {"target": "gdp-growth"}


def test_filters_leave_what_they_say_and_stand_in_the_address(store: Store) -> None:
    saved(store, figure("gdp-growth", "1.4"), figure("new-jobs", "270000"))
    saved(store, figure("new-jobs", "271000"), by="Wang Fang", days=2, name="b")
    shown = opened("history").put("history-target", "new-jobs")
    assert shown.address["target"] == "new-jobs"
    assert all("New urban jobs" in row for row in shown.rows("mb-past"))
    assert "1 of 2 rows" in heads(shown)[1]
    shown.put("history-person", "Wang Fang")
    assert shown.address["person"] == "Wang Fang"
    [row] = shown.rows("mb-past")
    assert "271,000" in row
    shown.put("history-person", "").put("history-from", date(2021, 4, 20))
    shown.put("history-to", date(2021, 4, 21))
    assert (shown.address["from"], shown.address["to"]) == ("2021-04-20", "2021-04-21")
    assert ["270,000" in row for row in shown.rows("mb-past")] == [True]
    again = walked("history", **shown.address)
    assert again.rows("mb-past") == shown.rows("mb-past")
    again.put("history-to", date(2001, 1, 1)).put("history-from", None)
    assert again.rows("mb-past") == []
    assert "No row fits these filters" in again.text
    shown = opened("history")
    people = ["Everybody", "Li Wei", "Wang Fang", "published figures"]
    assert shown.offers("history-person") == people
    assert len(shown.put("history-person", "seed").rows("mb-past")) == len(real_actuals())


def test_a_long_record_is_shown_in_parts(store: Store) -> None:
    many = [figure("new-jobs", str(n), source=f"no {n}") for n in range(1, ROWS + 11)]
    saved(store, *many)
    shown = opened("history")
    assert len(shown.rows("mb-past")) == ROWS
    assert f"{ROWS} of {len(many)} rows" in heads(shown)[0]
    shown.press("history-more")
    assert shown.address["rows"] == str(2 * ROWS)
    assert len(shown.rows("mb-past")) == len(many) + len(real_actuals())
    assert shown.buttons("history-more") == []
    # Another filter begins again with the newest.
    assert "rows" not in shown.put("history-person", "seed").address


def test_only_under_the_name_of_a_save_it_can_be_undone(store: Store) -> None:
    one = saved(store, figure("gdp-growth", "1.4"), figure("new-jobs", "270000"))
    other = saved(store, figure("cpi", "1.8"), by="Wang Fang", name="b")
    shown = opened("history")
    assert shown.buttons("undo") == []
    shown.put("by", " Li Wei ")
    assert shown.buttons("undo-") == [f"undo-{one.id}"]
    shown.press(f"undo-{one.id}").press("undo-not")
    assert f"Undo save {one.id}" not in shown.text
    shown.press(f"undo-{one.id}")
    # Also where a filter hides some of them, all of its rows are meant.
    question = f"Undo save {one.id}: 2 rows, 2 targets?"
    assert question in shown.text
    assert question in shown.put("history-target", "cpi").put("history-target", "new-jobs").text
    shown.put("history-target", "")
    before = store.as_of(PLAN, date(2021, 3, 31))
    shown.press(f"undo-now-{one.id}")
    assert f"Save {one.id} is undone by save {other.id + 1}; new rows: 2" in shown.said
    assert store.as_of(PLAN, date(2021, 3, 31)) == before
    assert "undo" in heads(shown)[0]
    assert f"undoes save {one.id}" in heads(shown)[0]
    assert any(f"undone by save {other.id + 1}" in head for head in heads(shown)[1:])
    assert shown.buttons("undo-") == [f"undo-{other.id + 1}"]
    undo = store.saves(PLAN)[0]
    assert (undo.kind, undo.undoes, undo.by) == (SaveKind.UNDO, one.id, "Li Wei")


def test_the_navigation_leads_to_the_whole_history() -> None:
    shown = opened("target", target="gdp-growth")
    links = [link.get("href", "").partition("?") for link in shown.frame.iter("a")]
    queries = {page: query for page, _, query in links}
    assert (queries["history"], queries["record"]) == ("target=", "")


def test_an_undo_that_comes_too_late_says_who_was_faster(store: Store) -> None:
    one = saved(store, figure("gdp-growth", "1.4"))
    shown = opened("history").put("by", "Li Wei").press(f"undo-{one.id}")
    withdraw_row(store, PLAN, one.rows[0], date(2021, 4, 21), "wrong", "Wang Fang", AT)
    count = store.count(PLAN)
    shown.press(f"undo-now-{one.id}")
    assert "Wang Fang" in shown.said
    assert store.count(PLAN) == count


def test_pressed_twice_it_is_undone_once(store: Store) -> None:
    one = saved(store, figure("gdp-growth", "1.4"))
    shown, other = (opened("history").put("by", "Li Wei").press(f"undo-{one.id}") for _ in range(2))
    shown.press(f"undo-now-{one.id}")
    count = store.count(PLAN)
    other.press(f"undo-now-{one.id}")
    assert "is undone by save" in other.said
    assert store.count(PLAN) == count


def taken(monkeypatch: pytest.MonkeyPatch, **address: str) -> dict[str, tuple[str, bytes]]:
    """By label, the name and content of each file that the page offers."""
    offered: dict[str, tuple[str, Callable[[], bytes]]] = {}

    def button(label: str, data: Callable[[], bytes], *, file_name: str, **_: object) -> bool:
        offered[label] = (file_name, data)
        return False

    with monkeypatch.context() as patch:
        patch.setattr(st, "download_button", button)
        opened("history", **address)
    return {label: (name, make()) for label, (name, make) in offered.items()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_can_be_taken(store: Store, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    made = saved(store, figure("gdp-growth", "1.4"))
    store.undo(PLAN, made.id, Act(named("Li Wei"), AT, "u"))
    remark = Remark("cpi", Period.parse("2020"), "=1+1", date(2021, 4, 20))
    store.remark(PLAN, remark, Act(named("Wang Fang"), AT))
    total = len(real_actuals()) + 2
    found = taken(monkeypatch, lang=lang, target="cpi", person="Li Wei")
    (_, book), (_, rows_file), (_, said), _ = found.values()
    names = ("history.xlsx", "history.csv", "remarks.csv", "meetings.csv")
    assert [name for name, _ in found.values()] == [f"{PLAN}-{name}" for name in names]
    lines = rows_file.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + total
    assert lines[-1].endswith(f",{made.id + 1},undo,{made.id}")
    [_, line] = said.decode("utf-8-sig").splitlines()
    assert line.startswith("1,commentary,cpi,2020,,'=1+1,,2021-04-20,Wang Fang,")
    sheets = load_workbook(io.BytesIO(book)).worksheets
    titles = {"zh": ["历史", "情况说明", "会议"], "en": ["History", "Commentary", "Meetings"]}
    assert [sheet.title for sheet in sheets] == titles[lang]
    assert [sheet.max_row for sheet in sheets] == [1 + total, 2, 1]


def test_no_file_is_made_before_somebody_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(*_: object) -> bytes:
        made.append("a file")
        return b""

    monkeypatch.setattr("mubiao.exports.workbook.tables.as_xlsx", make)
    monkeypatch.setattr("mubiao.ui.history.saves.as_csv", make)
    labels = [bare(button.proto.label) for button in opened("history").at.get("download_button")]
    assert labels == [
        "All rows, XLSX (with commentary and meetings)",
        *("All rows, CSV", "Commentary, CSV", "Meetings, CSV"),
    ]
    assert made == []
    assert len(taken(monkeypatch)) == len(made) == len(labels)


def test_the_changes_are_those_since_the_month_end_before() -> None:
    shown = opened("history", as_of="2020-07-31").put("history-view", "changes")
    assert shown.address["since"] == "2020-06-30"
    [summary] = shown.texts("mb-summary")
    assert summary.startswith("From 30 June 2020 to 31 July 2020, ")
    turned = {name: way for way, names in turns(shown).items() for name in names}
    first = [
        "China Open tennis held",
        "Seventh national population census held",
        "All Winter Games competition venues finished",
        "Beijing International Film Festival held",
    ]
    assert turned == {"Consumer price inflation": "Better"} | dict.fromkeys(
        first, "Judged for the first time"
    )
    words = next(row for row in shown.rows("mb-changes") if "Consumer price" in row)
    assert "▲ at risk → ● on track" in words
    assert "before Q1: 3.8%" in words
    days = shown.texts("mb-of-day")
    assert [re.split("[✔●]", day)[0] for day in days] == ["30 June 2020", "31 July 2020"]


def turns(shown: Shown) -> dict[str, list[str]]:
    """By heading the names of the targets that turned this way."""
    named: dict[str, list[str]] = {}
    heading = ""
    for part in shown.tree.iter():
        if "mb-heading" in part.get("class", ""):
            heading = (part.text or "").strip()
            named[heading] = []
        if part.get("class") == "mb-changes" and heading:
            names = [next(item.iter("a")).text or "" for item in part.iter("li")]
            named[heading] = named[heading] or names
    return named


def test_another_earlier_day_is_chosen_and_kept_in_the_address() -> None:
    shown = opened("history", as_of="2021-03-31", since="2021-02-28")
    shown.put("since", date(2020, 4, 30))
    assert shown.address["since"] == "2020-04-30"
    found = turns(shown)
    assert next(iter(found)) == "Worse"
    assert "GDP growth" in found["Worse"]
    assert "Consumer price inflation" in found["Better"]
    assert shown.texts("mb-summary") == opened("history", **shown.address).texts("mb-summary")
    shown.put("history-view", "record")
    assert "since" not in shown.address
    assert len(shown.rows("mb-past")) == len(real_actuals())


def test_a_day_that_is_not_earlier_gives_way_to_the_month_end_before() -> None:
    shown = opened("history", as_of="2021-03-31", since="2021-03-31")
    assert "From 28 February 2021 to 31 March 2021" in shown.texts("mb-summary")[0]
    # The first day that can be looked at has nothing before it.
    assert "History" in opened("history", as_of="1990-01-01", since="1980-01-01").text


def test_a_withdrawal_between_two_days_is_named_as_what_turned_the_status(store: Store) -> None:
    withdraw_row(store, PLAN, gdp(store).row, date(2021, 4, 10), "not published", "Wang Fang", AT)
    shown = opened("history", as_of="2021-04-30", since="2021-03-31")
    changes = shown.rows("mb-changes")
    [words] = [words for words in changes if words.startswith("GDP growth✖ missed")]
    assert "Withdrawn: the full year: 1.2%; the first three quarters: 0.1% counts again" in words


def test_a_person_is_found_and_undoes_in_any_spelling(store: Store) -> None:
    for place, spelling in enumerate(("Li Wei", "ＬＩ  wei")):
        saved(store, figure("gdp-growth", f"1.{place}"), by=spelling, name=spelling)
    shown = opened("history", person="li\u200b wei")
    assert shown.holds("history-person") == "Li Wei"
    assert len(shown.rows("mb-past")) == 2
    assert shown.offers("history-person").count("Li Wei") == 1
    assert len(shown.put("by", "LI WEI").buttons("undo-")) == 2


@pytest.mark.usefixtures("assigned")
def test_the_rows_of_a_units_targets() -> None:
    own = {t.id for t in assigned_plan().targets if t.owner == "ndrc"}
    shown = opened("history", owner="ndrc")
    links = {parse_qs(urlsplit(a.get("href", "")).query)["target"][0] for a in shown.tree.iter("a")}
    assert "gdp-growth" in links
    assert links <= own
    # A target of another unit has no row here.
    assert "No row fits" in shown.choose(target="cpi").text
    everybody = shown.choose(target="").put("history-owner", "")
    assert "owner" not in everybody.address
