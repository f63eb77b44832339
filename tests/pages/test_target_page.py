"""Target: one promise as of a day, its reasoning, its source, its actuals and their history."""

from datetime import date
from pathlib import Path

import pytest

from mubiao.store import Store
from tests.assigned import assigned_plan
from tests.pages.seen import ROOT, opened, walked
from tests.real import real_plan
from tests.test_report import TEXT


@pytest.mark.parametrize(
    ("target", "as_of", "status", "words"),
    [
        ("gdp-growth", "2020-04-30", "off_track", ["6.6%", "12.1", "10.2%"]),
        ("cpi", "2020-03-15", "at_risk", ["4.0%", "0.5"]),
        ("cpi", "2020-07-31", "on_track", ["2.8%"]),
        ("energy-intensity", "2021-04-30", "achieved", ["24%"]),
        ("new-jobs", "2021-03-31", "missed", ["261,000"]),
        ("zhengyangmen-restoration", "2020-04-30", "no_data", ["30 April 2020"]),
    ],
)
def test_a_target_stands_by_method(target: str, as_of: str, status: str, words: list[str]) -> None:
    shown = opened("target", target=target, as_of=as_of)
    assert shown.status == status
    [sentence] = shown.texts("mb-why")
    assert [word for word in words if word not in sentence] == []
    # A milestone has no path before its first stage is known.
    assert len(shown.at.main.get("plotly_chart")) == (0 if status == "no_data" else 1)


def test_without_a_target_or_with_an_unknown_one_the_first_is_shown() -> None:
    assert real_plan().targets[0].name.en in opened("target").text
    shown = opened("target", target="[gdp](http://elsewhere.example)")
    assert "no target [gdp](http://elsewhere.example)" in shown.said
    # Streamlit's messages read Markdown: the address must not become a link there.
    assert "](" not in shown.at.warning[0].value
    assert real_plan().targets[0].name.en in shown.text


def test_the_promise_says_where_it_stands_and_another_is_chosen_by_the_address() -> None:
    shown = opened("target", target="cpi")
    for words in ("“3.5%以内”", "section 2.0", "paragraph 3", "Judged by the average", "2.3%"):
        assert words in shown.text
    shown.choose(target="new-jobs")
    assert "New urban jobs" in shown.text
    assert "New urban jobs" in walked("target", **shown.address).text


def test_figures_that_were_not_known_yet_are_told_apart_and_do_not_count() -> None:
    shown = opened("target", target="cpi", as_of="2020-04-30")
    assert len(shown.having("mb-row-counting")) == 1
    assert "3.8%" in shown.texts("mb-row-counting")[0]
    assert any("1.7%" in text for text in shown.texts("mb-row-not_yet"))
    assert not any("3.8%" in text for text in shown.texts("mb-row-not_yet"))


def test_the_passage_is_shown(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = (ROOT / "tests" / "plans" / "sound.yaml").read_text(encoding="utf-8")
    (plans / "sample.yaml").write_text(sound, encoding="utf-8")
    assert opened("target", target="gdp").having("mb-passage") == []
    monkeypatch.setenv("MUBIAO_REPORTS", str(tmp_path))
    (tmp_path / "sample.txt").write_text(TEXT, encoding="utf-8")
    [passage] = opened("target", target="gdp").having("mb-passage")
    assert [mark.text for mark in passage.iter("mark")] == ["增长6%左右"]
    assert "规模与上年持平" in "".join(passage.itertext())


def test_the_way_to_record_leads_to_the_form_of_the_target() -> None:
    shown = opened("target", target="cpi", as_of="2020-07-31")
    [link] = [a for a in shown.tree.iter("a") if a.text == "Enter or correct an actual"]
    assert link.get("href") == "record?target=cpi&view=one"


def test_one_step_leads_to_the_targets_beside_it() -> None:
    ids = [one.id for one in real_plan().targets]

    def beside(target: str) -> dict[str, str]:
        links = opened("target", target=target).tree.iter("a")
        return {a.text: a.get("href") for a in links if a.text in ("‹ Previous", "Next ›")}

    assert f"target={ids[1]}" in beside(ids[0])["Next ›"]
    assert f"target={ids[0]}" in beside(ids[1])["‹ Previous"]
    assert (list(beside(ids[0])), list(beside(ids[-1]))) == (["Next ›"], ["‹ Previous"])


def test_what_was_known_only_later_is_folded_away() -> None:
    shown = opened("target", target="cpi", as_of="2020-04-30")
    [later] = shown.having("mb-later")
    assert "1.7%" in "".join(later.itertext())
    assert "open" not in later.attrib
    assert not opened("target", target="cpi", as_of="2021-04-30").having("mb-later")


def test_the_message_is_the_title_and_the_figures_stand_below() -> None:
    shown = opened("target", target="gdp-growth", as_of="2020-07-31")
    [title] = [h.text for h in shown.tree.iter("h1")]
    assert "15.1%" in title
    [line] = shown.texts("mb-target-line")
    for words in ("off track", "−3.2%", "▲ 3.4, better", "about 6%", "at least 5.5%", "−1.5%"):
        assert words in line


@pytest.mark.usefixtures("assigned")
def test_a_target_says_who_answers_for_it_and_who_helps() -> None:
    shown = opened("target", target="cpi", as_of="2020-07-31")
    [way] = shown.texts("mb-way")
    target = assigned_plan().by_id["cpi"]
    unit = assigned_plan().owners_by_id[target.owner].name.en
    assert f"{unit} · Supporting units: Development and Reform" in way
    [link] = [a for a in shown.having("mb-way")[0].iter("a") if a.text == unit]
    assert f"owner={target.owner}" in link.get("href", "")


@pytest.mark.usefixtures("assigned")
def test_a_target_is_given_to_another_unit_from_a_day_on(store: Store) -> None:
    def units() -> tuple[str, str]:
        return opened("target", target="cpi").texts("mb-way")[0], opened(
            "target", target="cpi", as_of="2020-05-31"
        ).texts("mb-way")[0]

    before, _ = units()
    shown = opened("target", target="cpi")
    shown.press("assign-now")
    assert "choose the unit" in shown.text
    fields = {"since": date(2020, 6, 1), "why": "重新分工", "unit": "water"}
    shown.fill(**{f"assign-{name}-0": value for name, value in fields.items()})
    shown.put("assign-by", "Li").press("assign-now")
    assert "From 1 June 2020 on Water answers for it." in shown.said
    after, earlier = units()
    assert ("Water" in after, earlier) == (True, before)
    assert store.assignments("beijing-2020")[0].reason == "重新分工"
    history = opened("history").text
    assert "assigned a target" in history
    assert "from 2020-06-01 on" in history
