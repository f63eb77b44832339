"""Sources and method: the rules, and where each figure of the report went."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.assigned import assigned_plan
from tests.pages.seen import opened, walked
from tests.real import real_plan, real_report


def test_every_target_and_every_figure_that_promises_nothing_has_its_place() -> None:
    shown = opened("sources")
    links = [urlsplit(a.get("href", "")) for a in shown.tree.iter("a")]
    assert {parse_qs(link.query)["target"][0] for link in links} == set(real_plan().by_id)
    reasons = {none.reason.en for none in real_plan().no_promise}
    assert [reason for reason in reasons if f"no promise: {reason}" not in shown.text] == []
    # The rules of judgement stand there with the plan's numbers.
    assert len(shown.having("mb-rules")) >= 2
    assert len(shown.having("mb-formula")) >= 10
    for words in ("不少于", "up to 10 percentage points", "up to 30", "What is never done"):
        assert words in shown.text, words


def test_with_the_reports_text_each_figure_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_REPORTS", str(real_report().parent))
    shown = opened("sources")
    links = [urlsplit(a.get("href", "")) for a in shown.tree.iter("a")]
    assert {parse_qs(link.query)["target"][0] for link in links} == set(real_plan().by_id)
    assert "Covered by the plan: 2. Of the report’s " in shown.text
    assert "not accounted for: 0." in shown.text
    assert "16条在建" in shown.text


def test_the_page_speaks_chinese_and_reads_the_same_by_either_way() -> None:
    shown = opened("sources", lang="zh")
    assert "北京市2020年政府工作报告" in shown.text
    assert shown.text == walked("sources", lang="zh").text


def test_of_a_closed_year_it_tells_how_outlooks_and_lights_came_out() -> None:
    closed = opened("sources", as_of="2021-03-31")
    assert len(closed.having("mb-rules")) == 4
    for words in ("How close the outlook came", "11 of 12", "What became of each light"):
        assert words in closed.text, words
    assert "How close the outlook came" not in opened("sources", as_of="2020-07-31").text


@pytest.mark.usefixtures("assigned")
def test_a_unit_sees_the_phrases_of_its_own_targets() -> None:
    own = {t.id for t in assigned_plan().targets if t.owner == "ndrc"}
    links = [urlsplit(a.get("href", "")) for a in opened("sources", owner="ndrc").tree.iter("a")]
    assert {parse_qs(link.query)["target"][0] for link in links} == own


def test_the_letters_of_the_formulas_are_explained_before_they_are_used() -> None:
    text = opened("sources").text
    assert text.count("T, v, b, t") == 1
    assert text.index("T, v, b, t") < text.index("v ≥ T")
