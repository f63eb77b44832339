"""Finding targets, sections, meetings and slides by what people call them."""

import json
from datetime import UTC, date, datetime

import pytest

from mubiao.i18n import language
from mubiao.model import Meeting, MeetingAct, Plan
from mubiao.views.search import AT_MOST, Findable, findables, search
from tests.real import real_plan

HELD = MeetingAct(1, "held", "Li", datetime(2020, 8, 1, tzinfo=UTC), "")
MEETINGS = [Meeting(3, "七月调度会", date(2020, 7, 31), 1, 0, "v", (HELD,))]


def found(text: str, code: str = "zh") -> list[Findable]:
    return search(findables(real_plan(), MEETINGS, language(code)), text)


def first(text: str, code: str = "zh") -> tuple[str, dict[str, str]]:
    one = found(text, code)[0]
    return one.page, dict(one.choices)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("地区生产总值增长", "gdp-growth"),
        ("经济增长", "gdp-growth"),  # a synonym of the plan
        ("GDP growth", "gdp-growth"),
        ("ＧＤＰ　ＧＲＯＷＴＨ", "gdp-growth"),
        ("  gdp   growth ", "gdp-growth"),
        ("growth gdp", "gdp-growth"),
        ("物价", "cpi"),
        ("失业", "unemployment"),
        ("pm2.5", "pm25"),
        ("城镇新增", "new-jobs"),
    ],
)
def test_a_target_is_found_in_either_language_however_it_is_typed(text: str, target: str) -> None:
    for code in ("zh", "en"):
        assert first(text, code) == ("target", {"target": target})


def test_sections_meetings_and_slides_are_found() -> None:
    section = next(one for one in real_plan().sections if one.id == "2.5")
    assert first(section.name.zh) == ("overview", {"section": "2.5"})
    assert first("2.5", "en") == ("overview", {"section": "2.5"})
    assert first("七月调度会") == ("meeting", {"meeting": "3", "as_of": "2020-07-31"})
    assert first("2020-07-31") == ("meeting", {"meeting": "3", "as_of": "2020-07-31"})
    assert first("幻灯片 物价") == ("present", {"slide": "target-cpi"})


def test_a_unit_is_found_and_the_targets_that_it_answers_for() -> None:
    text = real_plan().model_dump(mode="json", exclude_defaults=True)
    text["owners"] = [{"id": "stats", "name": {"zh": "市统计局", "en": "Bureau of Statistics"}}]
    next(one for one in text["targets"] if one["id"] == "cpi")["owner"] = "stats"
    plan = Plan.model_validate_json(json.dumps(text))
    for text in ("统计局", "bureau of statistics"):
        unit, one = search(findables(plan, (), language("zh")), text)
        assert (unit.page, unit.name, dict(unit.choices)) == (
            "owes",
            "市统计局",
            {"owner": "stats"},
        )
        assert dict(one.choices) == {"target": "cpi"}


def test_the_name_itself_comes_first_and_what_only_has_its_parts_last() -> None:
    things = [
        Findable("target", (("target", name),), name, "", (name,))
        for name in ("b a", "xab", "ab c", "ab", "other")
    ]
    assert [one.name for one in search(things, "AB")] == ["ab", "ab c", "xab"]
    assert [one.name for one in search(things, "a b")] == ["b a", "xab", "ab c", "ab"]


@pytest.mark.parametrize("text", ["", "   ", "no such thing", "<script>"])
def test_nothing_is_found_for_nothing_and_for_what_is_not_there(text: str) -> None:
    assert found(text) == []


def test_no_more_than_a_few_are_listed() -> None:
    assert len(found("的")) <= AT_MOST == len(found("建"))


def test_a_target_that_is_found_stands_for_its_slide() -> None:
    hits = [dict(one.choices) for one in search(findables(real_plan(), (), language("zh")), "cpi")]
    assert {"target": "cpi"} in hits
    assert {"slide": "target-cpi"} not in hits
