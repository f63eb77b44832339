"""Overview: the one sentence, the headline, statuses that turn with the day, filters, language."""

import re
from collections import Counter
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from mubiao.assessment import assess
from mubiao.model import Assessment, Status, Target
from tests.pages.conftest import TODAY
from tests.pages.seen import PAGES, STATUSES, Shown, changes, opened, walked
from tests.real import real_actuals, real_plan

# METHOD's worked cases and rules, by hand, on what had been published by each day.
HEADLINE = {
    "2020-04-30": {"gdp-growth": "off_track", "cpi": "at_risk", "unemployment": "on_track"},
    "2020-07-31": {
        "gdp-growth": "off_track",
        "cpi": "on_track",
        "unemployment": "on_track",
        "pm25": "at_risk",
    },
    "2021-03-31": {
        "gdp-growth": "missed",
        "budget-revenue-growth": "missed",
        "cpi": "achieved",
        "unemployment": "achieved",
        "income-growth": "achieved",
        "pm25": "achieved",
    },
}


def counted(summary: str) -> tuple[int, dict[str, int]]:
    """The total and the number by status that the first sentence gives."""
    total = re.search(r"of (\d+) promises", summary)
    assert total, summary
    parts = re.findall(r"(\d+) (achieved|on track|at risk|off track|missed)", summary)
    numbers = {word.replace(" ", "_"): int(number) for number, word in parts}
    return int(total[1]), numbers


def silent(shown: Shown) -> set[str]:
    return {target for item in shown.items("mb-silent") for target in [linked(item)]}


@pytest.mark.parametrize("as_of", HEADLINE)
def test_the_headline_targets_turn_as_the_published_figures_did(as_of: str) -> None:
    shown = opened("overview").choose(as_of=as_of)
    assert shown.address["as_of"] == as_of
    rows = shown.statuses("mb-headline")
    assert len(rows) == 9
    # Of the others nothing was known yet.
    assert {t: s for t, s in rows.items() if s != "no_data"} == HEADLINE[as_of]
    # They stand among the headline targets alone.
    assert not rows.keys() & (shown.statuses("mb-rows").keys() | silent(shown))
    assert shown.text == walked("overview", as_of=as_of).text


@pytest.mark.parametrize("as_of", ["2020-01-12", "2020-04-30", "2021-04-30"])
def test_the_first_sentence_counts_what_the_list_shows(as_of: str) -> None:
    shown = opened("overview", as_of=as_of, open="all")
    listed = shown.targets
    [summary] = shown.texts("mb-lead")
    total, by_status = counted(summary)
    assert f"As of {date.fromisoformat(as_of):%-d %B %Y}" in summary
    assert total == len(listed) == len(real_plan().targets)
    found = Counter(listed.values())
    unreported = found.pop("no_data")
    assert by_status == found
    legend = [int(re.findall(r"\d+", row)[0]) for row in shown.rows("mb-legend")]
    judged, coverage = legend[: len(by_status)], legend[len(by_status) :]
    assert judged == [*by_status.values()]
    waiting = [a for a in judged_on(as_of) if a.status is Status.NO_DATA and a.observation]
    reported = total - unreported + len(waiting)
    assert coverage[0] == reported or not reported
    assert sum(coverage) == total


def test_what_needs_attention_is_listed_worst_first_with_its_sentence() -> None:
    shown = opened("overview", as_of="2021-04-30", open="all")
    items = shown.having("mb-side")[0].iter("li")
    listed = {target: shown.targets[target] for target in map(linked, items)}
    worst = {"missed": 0, "off_track": 1, "at_risk": 2}
    assert set(listed) == {t for t, s in shown.targets.items() if s in worst}
    order = [worst[status] for status in listed.values()]
    assert order == sorted(order)
    assert "1.2%" in shown.rows("mb-attention")[0]


def test_every_row_leads_to_its_page_and_says_no_more() -> None:
    shown = opened("overview", as_of="2020-07-31", plan="beijing-2020", status="missed,at_risk")
    links = list(shown.tree.iter("a"))
    pages = [re.split("[?#]", link.get("href", ""))[0] for link in links]
    assert set(pages) == {"", "target", "overview", "owes", "history"}
    for link, page in zip(links, pages, strict=True):
        assert page != "target" or changes(link).keys() == {"target"}


def test_each_count_leads_to_the_targets_that_it_counts() -> None:
    shown = opened("overview", as_of="2020-07-31")
    judged, coverage = shown.having("mb-legend")
    counts = list(judged.iter("a"))
    assert len(counts) == len(STATUSES) - 1
    silent_ = [int("".join(b.itertext())) for a in coverage.iter("a") for b in a.iter("b")]
    assert sum(silent_) == len(
        opened("overview", as_of="2020-07-31", status="no_data").rows("mb-rows")
    )
    for count in counts:
        assert count.get("href", "").endswith("#targets")
        [number] = [int("".join(b.itertext())) for b in count.iter("b")]
        assert len(shown.choose(**changes(count)).statuses("mb-rows")) == number


def judged_on(as_of: str) -> list[Assessment]:
    return list(assess(real_plan(), real_actuals(), date.fromisoformat(as_of)))


def linked(item: ET.Element) -> str:
    [link] = list(item.iter("a"))
    return changes(link)["target"]


def words(target: Target) -> str:
    name = target.name
    return f"{target.id} {name.zh} {name.en} {target.source.printed}".lower()


@pytest.mark.parametrize(
    ("status", "section", "search"),
    [
        ("missed,no_data", "", ""),
        ("", "2.7", ""),
        *(("", "", search) for search in ("28万人", "new-jobs", "New URBAN", "城镇新增")),
        ("no_data", "2.5", "热"),
        ("achieved,missed", "2.0", "growth"),
    ],
)
def test_filters_of_the_address_leave_what_fits(status: str, section: str, search: str) -> None:
    given = {"status": status, "section": section, "q": search}
    shown = opened("overview", **{name: value for name, value in given.items() if value})
    fitting = {
        one.target.id: one.status.value
        for one in assess(real_plan(), real_actuals(), date.fromisoformat(TODAY))
        if (not status or one.status in status.split(","))
        and (not section or one.target.section == section)
        and search.lower() in words(one.target)
    }
    assert fitting
    assert shown.statuses("mb-rows") == fitting
    # The rest of the page is not filtered.
    assert len(shown.statuses("mb-headline")) == 9


def test_each_choice_of_a_filtered_list_is_a_link_that_takes_it_or_leaves_it() -> None:
    shown = opened("overview", status="missed", section="2.7", q="b", as_of="2020-07-31")

    def query(text: str) -> dict[str, str]:
        [link] = [a for a in shown.having("mb-choices")[0] if text in "".join(a.itertext())]
        assert link.get("href", "").endswith("#targets")
        return {"status": "", "section": "", "q": ""} | changes(link)

    assert query("at risk") == {"status": "missed,at_risk", "section": "2.7", "q": "b"}
    assert query("missed") == {"status": "", "section": "2.7", "q": "b"}
    assert query("b ×") == {"status": "missed", "section": "2.7", "q": ""}
    assert query("All targets") == {"status": "", "section": "", "q": ""}
    names = ("Livelihoods", "Society", "social")
    assert any(query(name)["section"] == "" for name in names if name in shown.text)


def turned(shown: Shown, text: str) -> Shown:
    """The page after a click on what opens or closes a chapter, or all of them."""
    ways = [a for a in shown.having("mb-chapters")[0].iter("a") if a.get("aria-expanded")]
    [way] = [a for a in ways if text in "".join(a.itertext())]
    assert set(changes(way)) == {"open"}
    return shown.choose(**changes(way))


def test_a_chapter_is_opened_and_closed_by_the_address_the_silent_apart() -> None:
    shown = opened("overview", as_of="2020-07-31")
    assert not shown.statuses("mb-rows")
    own = {t.id for t in real_plan().targets if t.source.section == "2.7"}
    turned(shown, "Livelihoods")
    assert {*shown.statuses("mb-rows"), *silent(shown)} == own
    assert turned(turned(shown, "City governance"), "Livelihoods").address["open"] == "2.5"
    turned(shown, "Open all")
    judged = shown.statuses("mb-rows")
    assert "no_data" not in judged.values()
    assert len(judged) + len(silent(shown)) + 9 == len(real_plan().targets)
    assert "2.5" not in turned(shown, "City governance").address["open"].split(",")
    assert "open" not in turned(turned(shown, "Open all"), "Close all").address


def test_each_month_leads_to_its_last_day_and_counts_what_was_judged_then() -> None:
    shown = opened("overview", as_of="2020-07-31")
    stops = [a for a in shown.having("mb-rail")[0] if a.tag == "a"]
    for stop in (stops[0], stops[6], stops[-1]):
        day = changes(stop)["as_of"] or TODAY
        judged = [a for a in judged_on(day) if a.status is not Status.NO_DATA]
        assert next(stop.iter("b")).text == str(len(judged))


def test_a_year_that_is_over_opens_as_closed() -> None:
    assert opened("overview").texts("mb-lead")[0].startswith("2020 is over: ")
    assert opened("overview", as_of="2020-12-31").texts("mb-lead")[0].startswith("32 of 163")
    shown = opened("overview", as_of="2021-03-31", lang="zh")
    assert shown.texts("mb-lead")[0].startswith("2020年已结束")
    assert "逾期完成" in shown.text


UNKNOWN = {
    "section": "9.9",
    "status": "brilliant",
    "plan": "atlantis-2020",
    "target": "nothing",
    "correct": "9" * 5000,
    "what": "ever",
    "meeting": "x",
    "slide": "<b>",
    "draft": "../etc",
    "person": "Nobody",
    "rows": "many",
    "since": "yesterday",
    "from": "soon",
    "to": "2021-13-01",
}


def test_what_nobody_knows_in_the_address_is_passed_over_on_every_page() -> None:
    for page in PAGES:
        passes_over(page)


def passes_over(page: str) -> None:
    shown = opened(page, **UNKNOWN, as_of="yesterday")
    assert shown.notice == ""
    [line] = shown.texts("mb-ignored")
    for ignored in (
        *("As of: yesterday", "Section: 9.9", "Status: brilliant", "Plan: atlantis-2020"),
        *("Target: nothing", "Meeting: x", "From day: soon", "Changes since: yesterday"),
    ):
        assert ignored in line
    gone = {"section", "status", "plan", "target", "correct", "meeting", "rows", "since", "as_of"}
    assert not gone & shown.address.keys()
    assert shown.run().texts("mb-ignored") == [line]
    shown.at.query_params["as_of"] = "2020-07-31"
    assert shown.run().texts("mb-ignored") == []
    assert page != "history" or len(shown.rows("mb-past")) == len(real_actuals())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"as_of": "1066-10-14"}, "As of 30 April 2021"),
        ({"as_of": "9999-12-31"}, "As of 30 April 2021"),
        ({"lang": "tlh"}, "北京"),
        ({"status": "at_risk", "q": "<script>alert(1)</script>"}, "No target fits these filters."),
        ({"as_of": "2020-01-12"}, "Nothing is missed, off track or at risk"),
    ],
)
def test_a_choice_that_leaves_little_says_so(address: dict[str, str], words: str) -> None:
    assert words in opened("overview", **address).text


def test_the_language_switches_both_ways_and_keeps_the_day() -> None:
    shown = opened("overview", as_of="2020-07-31", status="at_risk")
    statuses = shown.statuses("mb-rows")
    assert statuses
    shown.choose(lang="zh")
    assert shown.address == {"lang": "zh", "as_of": "2020-07-31", "status": "at_risk"}
    assert "地区生产总值" in shown.text
    assert "2020年7月31日" in shown.text
    assert shown.statuses("mb-rows") == statuses
    shown.choose(lang="en")
    assert shown.address["lang"] == "en"
    assert "As of 31 July 2020" in shown.text
    assert "地区" not in shown.text


def test_every_status_is_always_colour_shape_and_word() -> None:
    pages = [opened("overview", as_of=day) for day in ("2020-07-31", "2021-04-30")]
    marks = {(m.get("class"), "".join(m.itertext())) for p in pages for m in p.having("mb-status")}
    words = ("✔ achieved", "● on track", "▲ at risk", "◆ off track", "✖ missed", "○ not reported")
    assert marks == {(f"mb-status mb-{s}", word) for s, word in zip(Status, words, strict=True)}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"as_of": "2020-5-31"}, "As of: 2020-5-31"),
        ({"status": "missed,red"}, "Status: red"),
        ({"section": "9.9", "target": "gone"}, "Section: 9.9, Target: gone"),
        ({"month": "2031-01"}, "Month: 2031-01"),
        ({"lang": "zh", "view": "<b>"}, "链接中有无法识别的内容，已忽略：视图：<b>。"),
    ],
)
def test_what_of_a_link_is_ignored_is_said_in_one_line(address: dict[str, str], words: str) -> None:
    shown = opened("overview", **address)
    [line] = shown.texts("mb-ignored")
    assert words in line
    assert shown.address == {"lang": address.get("lang", "en")} | (
        {"status": "missed"} if "status" in address else {}
    )


def test_nothing_is_said_of_a_link_that_is_understood() -> None:
    good = {"as_of": "2020-07-31", "status": "missed", "section": "2.5", "month": "2020-06"}
    good |= {"plan": "beijing-2020", "target": "cpi", "view": "one", "since": "2020-06-30"}
    shown = opened("overview", **good)
    assert (shown.texts("mb-ignored"), shown.address) == ([], {"lang": "en", **good})


@pytest.mark.usefixtures("assigned")
def test_each_unit_stands_with_its_counts_and_leads_to_its_targets() -> None:
    shown = opened("overview", as_of="2020-07-31")
    [units] = shown.having("mb-units")
    links = list(units.iter("a"))
    assert len(links) == 20
    for link in (links[0], links[-1]):
        name, total = ("".join(part.itertext()) for part in list(link)[:2])
        own = shown.choose(**changes(link))
        assert len(own.statuses("mb-rows")) == int(total)
        assert f"{name} ×" in own.texts("mb-choices")[0]
        counted = re.findall(r"[✔●▲◆✖○] [a-z ]+(\d+)", own.texts("mb-choices")[0])
        assert sum(map(int, counted)) == int(total)
        # What is nobody's says nothing.
        assert all(name in row for row in own.rows("mb-rows")) or link is links[-1]


@pytest.mark.usefixtures("assigned")
def test_beside_what_fails_stands_who_owes_most_of_the_overdue() -> None:
    shown = opened("overview", as_of="2020-07-31")
    [overdue] = [text for text in shown.texts("mb-side") if text.startswith("Overdue reports")]
    assert overdue.startswith(
        "Overdue reports 133, 129 never reportedAll › "
        "Development and Reform 16 · Transport 15 · Sports 12 ·"
    )
