"""Years: each plan of the place by its own record, with ways into its own pages."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mubiao import memo
from mubiao.i18n import language
from mubiao.plan.loader import plan_files
from mubiao.settings import Settings
from mubiao.store import Store, open_store
from mubiao.ui.shell.address import Address
from mubiao.ui.shell.beside import years_of
from mubiao.ui.shell.screen import Screen
from tests.pages.seen import opened, walked
from tests.samples import observation

_SOUND = (Path(__file__).parents[1] / "plans" / "sound.yaml").read_text(encoding="utf-8")
_YEARS = (2020, 2021, 2022)
_DAY = date(2023, 3, 31)


def _file(folder: Path, year: int, place: str = "市") -> Path:
    text = _SOUND.replace("id: sample\nyear: 2020", f"id: p-{year}\nyear: {year}")
    text = text.replace("delivered: 2020", f"delivered: {year}").replace(
        "due: 2020", f"due: {year}"
    )
    text = text.replace("place: {zh: 市,", f"place: {{zh: {place},")
    text = text.replace("    section", "    series: gdp\n    section", 1)
    path = folder / f"plan-{year}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_plans_are_compared_and_lead_to_their_own_pages() -> None:
    shown = opened("years", as_of="2026-04-30", target="new-jobs", status="missed")
    [lead] = shown.texts("mb-lead")
    for year in (2020, 2025):
        assert re.search(rf"{year}: \d+ of \d+ promises with a result kept", lead)
    ways = [parse_qs(urlsplit(a.get("href", "")).query) for a in shown.tree.iter("a")]
    assert {way.get("plan", ["beijing-2020"])[0] for way in ways} == {
        *("beijing-2020", "beijing-2025", "beijing-2026")
    }
    # A chosen target or status of the page's plan is none of another's.
    of_2026 = [way for way in ways if way.get("plan") == ["beijing-2026"]]
    assert {"plan": ["beijing-2026"]} in of_2026
    hrefs = [a.get("href", "") for a in shown.tree.iter("a")]
    assert all("target=" in href for href in hrefs if "plan=" in href)
    assert shown.text == walked("years", as_of="2026-04-30").text


def test_of_a_day_the_plans_are_shown_that_were_there() -> None:
    assert "Beijing, 2 plans" in opened("years", as_of="2025-12-31").text
    assert "nothing to compare as yet" in opened("years", as_of="2021-04-30").text
    # The page's own plan is always there.
    assert "2026" in opened("years", plan="beijing-2026", as_of="2021-04-30").text


def test_a_target_shows_its_years_with_ways_to_them_where_others_have_its_series() -> None:
    shown = opened("target", target="gdp-growth", as_of="2026-04-30", lang="zh")
    [table] = shown.texts("mb-of-target")
    for words in (
        "2020年6%左右✖ 未达成 1.2%",
        "2025年5%左右 要求降低✔ 已达成 5.4%",
        "2026年5%左右 要求不变○ 未报",
    ):
        assert words in table, words
    assert len(shown.at.main.get("plotly_chart")) == 2
    hrefs = [a.get("href", "") for a in shown.tree.iter("a")]
    assert any("plan=beijing-2025" in href and "target=gdp-growth" in href for href in hrefs)
    # Not before there was another plan, nor without a series.
    assert opened("target", target="gdp-growth", as_of="2024-12-31").texts("mb-of-target") == []
    assert opened("target", target="model-alleys", as_of="2026-04-30").texts("mb-of-target") == []


def test_another_place_and_a_broken_plan_are_not_compared(plans: Path) -> None:
    for year in _YEARS:
        _file(plans, year, place="县" if year == 2021 else "市")
    broken = plans / "z.yaml"
    broken.write_text("id: 1", encoding="utf-8")
    # Of another year with two plans the later one is compared, of one's own one's own.
    later = _file(plans, 2022).read_text(encoding="utf-8")
    again = later.replace("id: p-2022", "id: again").replace("2022-01-12", "2022-06-12")
    (plans / "again.yaml").write_text(again, encoding="utf-8")
    shown = opened("years", as_of="2023-03-31", lang="zh", plan="plan-2020")
    assert "市，共2份目标" in shown.text
    assert "2021年" not in shown.text
    ways = [parse_qs(urlsplit(a.get("href", "")).query) for a in shown.tree.iter("a")]
    assert {way.get("plan", ["own"])[0] for way in ways} == {"own", "again"}


def test_figures_of_another_plan_that_cannot_be_read_are_said(plans: Path) -> None:
    for year in _YEARS:
        _file(plans, year)
    later = plans / "plan-2022.yaml"
    text = later.read_text(encoding="utf-8").replace("headline:", "actuals: none.csv\nheadline:")
    later.write_text(text, encoding="utf-8")
    assert "none.csv" in opened("years", as_of="2023-03-31").notice
    assert opened("target", target="gdp", as_of="2023-03-31").notice == ""


@settings(max_examples=8, deadline=None)
@given(
    values=st.lists(st.none() | st.integers(-50, 50), min_size=3, max_size=3),
    own=st.sampled_from(_YEARS),
)
def test_each_plan_is_judged_by_its_own_record_alone(
    values: list[int | None], own: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same target ids in three plans of one record: a figure of one is never another's."""
    folder = tmp_path_factory.mktemp("plans")
    for year in _YEARS:
        _file(folder, year)
    url = f"sqlite:///{folder / 'record.sqlite'}"
    store = open_store(url)
    memo.forget()
    for year, value in zip(_YEARS, values, strict=True):
        if value is not None:
            entry = observation("gdp", str(year), str(value), f"{year + 1}-01-20")
            store.seed(f"p-{year}", [entry], datetime(2023, 1, 1, tzinfo=UTC))
    screens = years_of(_screen(Settings(url, folder), store, own))
    assert [one.plan.year for one in screens] == [*_YEARS]
    counted = [one.assessment("gdp").observation for one in screens]
    assert [o and o.value for o in counted] == [v if v is None else Decimal(v) for v in values]
    assert all(o is None or o.period.first.year == y for o, y in zip(counted, _YEARS, strict=True))
    # Recorded later, a figure is seen, and of its own plan only.
    store.seed(
        "p-2021", [observation("gdp", "2021", "7", "2022-01-20")], datetime(2023, 1, 2, tzinfo=UTC)
    )
    later = [
        one.assessment("gdp").observation
        for one in years_of(_screen(Settings(url, folder), store, own))
    ]
    assert [later[0], later[2]] == [counted[0], counted[2]]
    assert later[1] is not None


def _screen(settings: Settings, store: Store, year: int) -> Screen:
    address = Address(**dict.fromkeys(Address.__dataclass_fields__) | {"lang": "en"})
    file = next(f for f in plan_files(settings.plans) if f.plan and f.plan.year == year)
    assert file.plan is not None
    return Screen(settings, address, language("en"), file, file.plan, store, _DAY, "light")
