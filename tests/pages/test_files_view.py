"""Record, by files: the dry run row by row, one button for all or nothing, what is refused."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from mubiao.i18n import language
from mubiao.model import Observation, SaveKind
from mubiao.spreadsheet.export import export_csv, export_xlsx
from mubiao.store import Store
from tests.pages.seen import Shown, opened
from tests.real import real_actuals, real_plan

PLAN = "beijing-2020"
HEAD = "target,period,value,known_on,source\n"
NEW = "gdp-growth,2020,1.3,2021-04-01,统计局\n"
SCRIPT = "<script>alert('x')</script>"


def given(content: str | bytes, name: str = "a.csv", **address: str) -> Shown:
    """The view of files with a file chosen."""
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
    return export_csv(real_actuals())


def test_without_a_file_it_offers_what_to_take_and_says_what_will_happen() -> None:
    shown = opened("record", view="files")
    names = [button.label for button in shown.at.get("download_button")]
    assert names == ["Workbook to fill in", "All actuals, XLSX", "All actuals, CSV"]
    assert "nothing is saved before that" in shown.text
    assert unsaveable(shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_exported_changes_nothing(lang: str) -> None:
    workbook = export_xlsx(real_plan(), real_actuals(), language(lang))
    for name, content in (("a.csv", exported()), ("a.xlsx", workbook)):
        shown = given(content, name, lang=lang)
        assert "40" in summary(shown)
        assert len(cells(shown)) == 40
        assert unsaveable(shown)


def test_new_and_changed_rows_are_shown_and_saved_at_once(store: Store) -> None:
    text = exported().decode("utf-8-sig").replace("2020-Q1,-6.6,", "2020-Q1,-6.7,", 1)
    shown = given(text + "gdp-growth,2020,1.3,,,2021-04-01,统计局,\n")
    assert summary(shown) == "New: 1 · changed: 1 · unchanged: 39 · wrong: 0"
    assert ["2", "GDP growth", "Q1", "Value: −6.6% → −6.7%"] in cells(shown)
    save(shown)
    assert "Saved from the file: 1 new, 1 corrected." in shown.said
    [done, _] = store.saves(PLAN)
    assert (done.kind, done.by, len(done.rows)) == (SaveKind.IMPORT, "Li Wei", 2)
    correction, entry = store.history(PLAN)[-2:]
    assert isinstance(correction, Observation)
    assert isinstance(entry, Observation)
    assert (correction.value, correction.replaces) == (Decimal("-6.7"), 1)
    assert (entry.value, entry.replaces) == (Decimal("1.3"), None)
    assert "nothing is saved before that" in shown.text  # the field is empty again


def test_every_error_stands_with_row_column_value_and_reason_and_nothing_is_saved(
    store: Store,
) -> None:
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


def test_without_a_name_nothing_is_saved_and_the_file_stays(store: Store) -> None:
    shown = save(given(HEAD + NEW), by="")
    assert "the name is missing" in shown.said
    assert summary(shown).startswith("New: 1")
    assert len(store.saves(PLAN)) == 1
    assert "Saved" in save(shown).said


def test_what_somebody_else_saved_meanwhile_is_a_conflict_and_nothing_is_saved(
    store: Store,
) -> None:
    shown = given(HEAD + NEW).put("by", "Li Wei")
    [other] = [o for o in real_actuals() if (o.target, o.period.text) == ("gdp-growth", "2020")]
    store.record(PLAN, other, "Wang", datetime(2021, 4, 30, 9, tzinfo=UTC))
    shown.press("files-save")
    assert "Wang" in shown.said
    assert store.saves(PLAN)[0].by == "Wang"
    assert summary(shown).startswith("New: 1")
    assert "Saved" in shown.press("files-save").said  # now it is seen, and based on what is there


def test_rows_without_a_value_and_unknown_columns_are_named() -> None:
    head = HEAD.replace("source", "Noet")
    shown = given(f"{head}gdp-growth,2020,,,\ncpi,2020,1.6,2021-04-01,\n")
    assert "passed over: 1 (2)" in shown.text
    assert "Noet" in shown.text


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
