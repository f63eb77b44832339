"""Record, by files: the dry run row by row, one button for all or nothing, what is refused."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from mubiao.exports.data.listing import actuals_csv
from mubiao.exports.workbook.to_fill_in import HEADER_ROW
from mubiao.i18n import language
from mubiao.model import Observation, SaveKind
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.store import Store
from mubiao.ui.record import file_downloads
from mubiao.wording.phrasebook import Phrasebook
from tests.acts import add_row
from tests.assigned import assigned_files, assigned_plan
from tests.cases import CASES
from tests.pages.seen import SCRIPT, Shown, bare, opened
from tests.real import real_actuals, real_plan
from tests.samples import EN
from tests.sheets import actuals_xlsx

PLAN = "beijing-2020"
HEAD = "target,period,value,known_on,source\n"
NEW = "gdp-growth,2020,1.3,2021-04-01,统计局\n"
NOW = datetime(2021, 4, 30, 9, tzinfo=UTC)


def given(content: str | bytes, name: str = "a.csv", **address: str) -> Shown:
    shown = opened("record", view="files", **address)
    [field] = shown.at.get("file_uploader")
    field.set_value((name, content.encode() if isinstance(content, str) else content, ""))
    return shown.run()


def cells(shown: Shown, css: str = "mb-file") -> list[list[str]]:
    """The rows of the tables with this class, without their heads."""
    rows = [row for table in shown.having(css) for row in table.iter("tr")]
    told = [["".join(cell.itertext()) for cell in row.iter("td")] for row in rows]
    return [row for row in told if row]


def summary(shown: Shown) -> str:
    return " ".join(shown.texts("mb-file-summary"))


def save(shown: Shown, by: str = "Li Wei") -> Shown:
    return shown.put("by", by).press("files-save")


def unsaveable(shown: Shown) -> bool:
    """Whether the one button is missing or cannot be pressed."""
    buttons = [button for button in shown.at.button if button.key == "files-save"]
    return all(button.disabled for button in buttons)


def exported() -> bytes:
    return actuals_csv(real_actuals())


def test_without_a_file_it_offers_what_to_take_and_says_what_will_happen() -> None:
    shown = opened("record", view="files")
    names = [bare(button.label) for button in shown.at.get("download_button")]
    assert names == ["Workbook to fill in", "All actuals, XLSX", "All actuals, CSV"]
    assert "nothing is saved before that" in shown.text
    assert unsaveable(shown)


def test_new_and_changed_rows_are_shown_and_saved_at_once(store: Store) -> None:
    text = exported().decode("utf-8-sig").replace("2020-Q1,-6.6,", "2020-Q1,-6.7,", 1)
    shown = given(text + "gdp-growth,2020,1.3,,,2021-04-01,统计局,\n")
    assert summary(shown) == "New: 1 · changed: 1 · unchanged: 86 · wrong: 0"
    assert ["2", "GDP growth", "Q1", "Value: −6.6% → −6.7%"] in cells(shown)
    save(shown)
    assert "Saved from the file: 1 new, 1 corrected." in shown.said
    [done, _] = store.saves(PLAN)
    assert (done.kind, done.by, len(done.rows)) == (SaveKind.IMPORT, "Li Wei", 2)
    correction, entry = store.history(PLAN)[-2:]
    assert (correction.value, correction.replaces) == (Decimal("-6.7"), 1)
    assert (entry.value, entry.replaces) == (Decimal("1.3"), None)
    assert "nothing is saved before that" in shown.text  # the field is empty again


def test_every_error_has_row_column_value_and_reason_and_nothing_is_saved(store: Store) -> None:
    shown = given(HEAD + NEW + "gdp-growth,2020,n/a,soon,x\nnobody,2020,1,2021-04-01,x\n")
    told = cells(shown, "mb-wrong")
    assert [row[:3] for row in told] == [
        ["3", "Value", "n/a"],
        ["3", "Known on", "soon"],
        ["4", "Target id", "nobody"],
    ]
    assert all(row[3] for row in told)
    assert unsaveable(shown)
    assert len(store.saves(PLAN)) == 1


def test_a_file_that_is_refused_whole_says_why() -> None:
    for content, name, word in (
        (b"%PDF", "a.xlsx", "PDF"),
        (b"x,y\n", "a.csv", "no row of the first 10"),
        (b"PK\x03\x04", "a.xlsx", "damaged"),
    ):
        shown = given(content, name)
        [told] = shown.problems()
        assert word in told
        assert unsaveable(shown)


def test_without_a_name_of_ones_own_nothing_is_saved_and_the_file_stays(store: Store) -> None:
    shown = given(HEAD + NEW)
    assert shown.bar == "ready: 1 Give your name, at the top."
    assert unsaveable(shown)
    assert summary(shown).startswith("New: 1")
    refused = save(shown, by="seed")
    assert "the name seed stands for the published figures" in refused.said
    assert summary(refused).startswith("New: 1")
    assert len(store.saves(PLAN)) == 1
    assert "Saved" in save(refused).said


def correct(store: Store, row: int, value: str, by: str = "Wang") -> int:
    old = store.history(PLAN)[row - 1]
    return add_row(store, PLAN, replace(old, value=Decimal(value), replaces=row), by, NOW)


def test_what_somebody_else_saved_meanwhile_is_a_conflict_to_decide(store: Store) -> None:
    shown = given(HEAD + NEW).put("by", "Li Wei")
    [other] = [o for o in real_actuals() if (o.target, o.period.text) == ("gdp-growth", "2020")]
    add_row(store, PLAN, other, "Wang", NOW)
    # Pressed without having seen it: nothing is written, both figures are shown.
    shown.press("files-save")
    assert store.saves(PLAN)[0].by == "Wang"
    assert shown.bar == "to decide: 1 Decide what others recorded meanwhile."
    [told] = shown.texts("mb-sides")
    assert [part for part in ("What you saw", "Wang", "1.2%", "1.3%") if part not in told] == []
    decided = choose(shown, "mine")
    assert decided.bar == "ready: 1"
    assert "Saved" in decided.press("files-save").said
    stands = [o for o in store.as_of(PLAN, date.max, ["gdp-growth"]) if o.period.text == "2020"]
    assert sorted((str(o.value), o.recorded_by) for o in stands) == [
        ("1.2", "seed"),
        ("1.3", "Li Wei"),
    ]


def workbook(store: Store, **values: float) -> bytes:
    """What stands as a workbook, with the values of some rows (row_2=…) edited."""
    book = load_workbook(
        io.BytesIO(actuals_xlsx(real_plan(), store.as_of(PLAN, date.max), language("en")))
    )
    for row, value in values.items():
        book.active[f"D{row.removeprefix('row_')}"] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def choose(shown: Shown, whose: str, row: int | str = r"\d+") -> Shown:
    [key] = [key for key in choices(shown) if re.fullmatch(rf"decide-file-{row}-.+", key)]
    return shown.put(key, whose)


def choices(shown: Shown) -> dict[str, str | None]:
    """What is decided by now, by the keys of the choices."""
    groups = shown.at.get("button_group")
    return {g.key: g.value for g in groups if (g.key or "").startswith("decide-file-")}


def ticks(shown: Shown) -> list[bool]:
    return [box.value for box in shown.at.checkbox if (box.key or "").startswith("confirm-file-")]


def test_a_stale_file_is_outdated_where_nobody_edited_it_and_else_to_decide(store: Store) -> None:
    opened("record")
    content = workbook(store, row_2=-6.8)
    corrected, other = correct(store, 1, "-6.7"), correct(store, 2, "-3.3")
    shown = given(content, "a.xlsx").put("by", "Li Wei")
    assert summary(shown) == (
        "New: 0 · changed: 0 · unchanged: 85 · wrong: 0 · outdated: 1 · to decide: 1"
    )
    assert f"a later figure, −3.3%, no. {other}" in shown.text
    assert list(choices(shown).values()) == [None]
    [sides] = shown.texts("mb-sides")
    assert [part for part in ("−6.6%", "−6.7%", "Wang", "−6.8%") if part not in sides] == []
    assert "Value: −6.7% → −6.8%" in shown.text
    assert unsaveable(shown)
    kept = choose(shown, "theirs")
    assert "Everything stays as it is recorded" in kept.text
    taken = choose(kept, "mine")
    assert taken.bar == "ready: 1"
    assert "0 new, 1 corrected" in taken.press("files-save").said
    last = store.history(PLAN)[-1]
    assert (last.value, last.replaces) == (Decimal("-6.8"), corrected)


def test_theirs_can_be_kept_for_all_at_once_and_one_decided_otherwise(store: Store) -> None:
    opened("record")
    content = workbook(store, row_2=-6.8, row_3=-3.4, row_4=0.2)
    for row, value in ((1, "-6.7"), (2, "-3.3")):
        correct(store, row, value)
    shown = given(content, "a.xlsx").put("by", "Li Wei")
    assert shown.bar == "ready: 1 · to decide: 2 Decide what others recorded meanwhile."
    shown.press("files-keep-all")
    assert shown.bar == "ready: 1"
    choose(shown, "mine", row=3)
    assert shown.bar == "ready: 2"
    shown.press("files-save")
    stands = {o.period.text: str(o.value) for o in store.as_of(PLAN, date.max, ["gdp-growth"])}
    assert (stands["2020-Q1"], stands["2020-H1"]) == ("-6.7", "-3.4")


def test_another_figure_recorded_meanwhile_is_decided_anew(store: Store) -> None:
    opened("record")
    content = workbook(store, row_2=-6.8)
    newer = correct(store, 1, "-6.7")
    shown = choose(given(content, "a.xlsx").put("by", "Li Wei"), "mine")
    correct(store, newer, "-6.75", "Zhao")
    shown.press("files-save")
    assert list(choices(shown).values()) == [None]
    assert "Zhao" in " ".join(shown.texts("mb-sides"))
    assert store.saves(PLAN)[0].by == "Zhao"


def test_a_doubtful_row_is_confirmed_before_saving(store: Store) -> None:
    shown = given(HEAD + NEW + "cpi,2020,170,2021-04-01,x\n").put("by", "Li Wei")
    assert ticks(shown) == [False]
    assert "170 is above 100 per cent" in shown.texts("mb-doubts")[0]
    assert shown.bar == "ready: 1 · to confirm: 1 Confirm what is doubtful."
    assert unsaveable(shown)
    shown.at.checkbox[0].check()
    shown.run()
    assert shown.bar == "ready: 2"
    shown.press("files-save")
    assert len(store.saves(PLAN)[0].rows) == 2


def test_of_very_many_doubtful_rows_only_those_shown_are_confirmed() -> None:
    days = [date(2021, 4, 30) - timedelta(days=n) for n in range(119)]
    rows = [f"cpi,2020,{120 + n},{day},x\n" for n, day in enumerate(days)]
    shown = given(HEAD + "new-jobs,2020,4,2021-04-01,x\n" + "".join(rows)).put("by", "Li Wei")
    assert ticks(shown) == [False] * 100
    # The odd one comes first.
    assert "New urban jobs" in "".join(shown.having("mb-edit")[0].itertext())
    shown.press("files-confirm-all")
    assert len(ticks(shown)) == 120
    assert "to confirm: 20" in shown.bar
    shown.press("files-confirm-all")
    assert shown.bar == "ready: 120"
    shown.at.checkbox[0].uncheck()
    shown.run()
    assert shown.bar == "ready: 119 · to confirm: 1 Confirm what is doubtful."


def test_the_status_before_and_after_is_shown_of_every_target_that_changes() -> None:
    shown = given(HEAD + "gdp-growth,2020,6.1,2021-04-01,x\ncpi,2020,1.6,2021-04-01,x\n")
    told = [" ".join(" ".join(line.itertext()).split()) for line in shown.having("mb-edit")]
    assert told == [
        "GDP growth 6.1% the full year ✖ missed → ✔ achieved",
        "Real per capita disposable income growth 0.8% the full year ✔ achieved → ✖ missed",
        "Consumer price inflation 1.6% the full year ✔ achieved",
    ]
    earlier = given(HEAD + "gdp-growth,2020,6.1,2021-04-01,x\n", as_of="2021-03-31")
    assert "No status changes." in earlier.text
    assert "only after that day: 1" in earlier.text


def test_what_a_file_holds_stays_text() -> None:
    shown = given(HEAD.replace("source", SCRIPT) + f"{SCRIPT},2020,{SCRIPT},2021-04-01,x\n", SCRIPT)
    assert not list(shown.tree.iter("script"))
    assert SCRIPT in shown.text


def test_a_long_file_is_counted_where_it_is_not_listed() -> None:
    days = [date(2021, 4, 30) - timedelta(days=n) for n in range(90)]
    rows = [f"{name},2020,1,{day},x\n" for name in ("cpi", "gdp-growth", "pm25") for day in days]
    shown = given(HEAD + "".join(rows))
    assert len(cells(shown)) == 200 + 1  # one of them is the figure that stands
    assert "… and " in shown.text


@pytest.mark.parametrize(("month", "period"), [("2020-06", "2020-H1"), ("2020-12", "2020")])
def test_the_workbook_begins_with_the_period_of_the_chosen_month(month: str, period: str) -> None:
    shown = opened("record", view="files", month=month)
    [box] = [one for one in shown.at.selectbox if (one.key or "").startswith("files-period")]
    assert box.value == period


def test_a_garbled_text_is_asked_until_its_encoding_is_chosen() -> None:
    text = HEAD + "unemployment,2020-06,4.9,2020-07-20,北京市統計局：上半年經濟運行\n"
    shown = given(text.encode("big5"))
    assert "Encoding of the text: GB18030" in shown.text
    assert "looks garbled" in shown.text
    assert unsaveable(shown)
    [field] = [box for box in shown.at.selectbox if str(box.key).startswith("files-encoding-")]
    shown = shown.put(str(field.key), "big5")
    assert "北京市統計局：上半年經濟運行" in shown.text
    assert "looks garbled" not in shown.text
    assert not unsaveable(shown.put("by", "Li Wei"))


def case(name: str) -> Shown:
    return given((CASES / name).read_bytes(), name)


@pytest.mark.parametrize(
    ("file", "text", "count"),
    [
        ("hidden_row.xlsx", "hidden in the file, by hand or by a filter", 1),
        ("excel_autodate_1-7.xlsx", "Excel may have made it of a span such as “1-7”", 2),
        ("format_cond_percent.xlsx", "in different scales; this one as “73.1%”", 2),
    ],
)
def test_what_a_workbook_shows_otherwise_is_confirmed_before_it_is_saved(
    store: Store, file: str, text: str, count: int
) -> None:
    shown = case(file)
    assert text in shown.text
    assert unsaveable(shown)
    right = [box for box in shown.at.checkbox if box.label == "It is right as it stands"]
    assert [box.value for box in right] == [False] * count
    before = len(store.as_of(PLAN, date.max))
    for box in right:
        box.check()
    save(shown.run())
    assert len(store.as_of(PLAN, date.max)) == before + 2


def test_a_doubtful_row_is_left_out_alone(store: Store) -> None:
    shown, before = case("hidden_row.xlsx"), len(store.as_of(PLAN, date.max))
    assert unsaveable(shown)
    assert "Save all (1)" in {button.label for button in shown.at.button}
    [box] = [box for box in shown.at.checkbox if box.label == "Leave this row out"]
    box.check()
    shown.run()
    assert "left out: 1" in shown.text
    save(shown)
    assert len(store.as_of(PLAN, date.max)) == before + 1


def test_a_column_a_month_is_shown_cell_by_cell_before_it_is_saved(store: Store) -> None:
    shown = given("指标,4月,5月,公布日,来源\n城镇调查失业率,4.9,4.8,2020-07-20,局\n")
    assert "Read with a column for each period: figures: 2" in shown.text
    assert [row[0] for row in cells(shown)] == ["B2", "C2"]
    save(shown)
    known = {one.period.text: one.value for one in store.as_of(PLAN, date.max, {"unemployment"})}
    assert (known["2020-04"], known["2020-05"]) == (Decimal("4.9"), Decimal("4.8"))


def test_the_workbook_of_a_past_day_tells_no_later_figure(store: Store) -> None:
    """Also where the record has it: its last values are those of the day looked at."""
    day = date(2020, 4, 30)
    screen = SimpleNamespace(
        phrasebook=Phrasebook(real_plan(), EN),
        as_of=day,
        standing=lambda on: tuple(store.as_of(PLAN, on)),
    )
    opened("record", view="files")  # seeds the record
    content = file_downloads._workbook(screen, None)  # noqa: SLF001 - made on a click
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    assert "−3.2" not in str(rows["gdp-growth"])
    assert "6.6" in str(rows["gdp-growth"])


def test_a_units_workbook_asks_for_its_targets_alone_and_the_page_says_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = assigned_plan()
    monkeypatch.setenv("MUBIAO_PLANS", str(assigned_files(tmp_path)))
    shown = opened("record", view="files", owner="transport")
    assert shown.text.startswith("Transport: Record")
    assert shown.holds("files-owner") == "transport"
    screen = SimpleNamespace(
        plan=plan,
        phrasebook=Phrasebook(plan, EN),
        address=SimpleNamespace(owner="transport"),
        as_of=date(2020, 7, 31),
        standing=lambda _: (),
    )
    content = file_downloads._of_period(screen, None)  # noqa: SLF001 - made on a click
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    asked_for = {row[0].value for row in sheet.iter_rows(min_row=HEADER_ROW + 1)} - {None}
    assert asked_for == {target.id for target in plan.targets if target.owner == "transport"}


def test_the_field_of_files_takes_and_says_what_an_import_takes() -> None:
    [field] = opened("record", view="files").at.get("file_uploader")
    assert field.proto.max_upload_size_mb == MAX_BYTES // 2**20


def test_the_source_of_rows_that_name_none_is_asked_once(store: Store) -> None:
    rows = "gdp-growth,2020,1.3,2021-04-01,\ncpi,2020,1.7,2021-04-01,统计局\n"
    shown = given(HEAD + rows).put("by", "Li Wei")
    assert unsaveable(shown)
    assert "Say the source of the rows that name none." in shown.text
    [field] = [one for one in shown.at.text_input if (one.key or "").startswith("files-source")]
    before = store.version(PLAN)
    shown = shown.put(field.key, " 政府工作报告 ").press("files-save")
    saved = [e for e in store.history(PLAN) if e.row > before and isinstance(e, Observation)]
    assert {e.target: e.source for e in saved} == {"gdp-growth": "政府工作报告", "cpi": "统计局"}
