"""Review: a report's text drafted and decided on the page, and what becomes of it on the server."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from mubiao.plan.loader import read_plan
from mubiao.report.completeness import check_report
from mubiao.report.review import Reviewed, written
from mubiao.report.text import parse_report
from mubiao.store import Store
from mubiao.store.drafts import REVIEWS
from tests.acts import NOON
from tests.pages.seen import Shown, opened, visits_from
from tests.real import PLAN_FILE
from tests.test_review import MADE_UP, begun


def drafted(text: str = MADE_UP, **address: str) -> Shown:
    shown = opened("review", **address)
    fields = {"review-pasted-0": text, "review-id-0": "qingchuan-2026"}
    return shown.fill(**fields).press("review-draft")


def deciding(shown: Shown) -> str:
    """What is decided now: its place, its sentence, how it is read."""
    return " ".join(shown.texts("mb-review-passage"))


def test_a_pasted_report_becomes_a_plan_and_the_plan_goes_among_the_plans(
    plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUBIAO_PLANS_WRITABLE", "yes")
    text = re.sub(r"(?m)^actuals: .*\n", "", PLAN_FILE.read_text(encoding="utf-8"))
    (plans / PLAN_FILE.name).write_text(text, encoding="utf-8")
    shown = drafted()
    assert "the name says nothing of what is counted" in deciding(shown)
    kinds = [mark.get("class", "").split("-")[-1] for mark in shown.having("mb-mark")]
    assert {"open", "part", "nothing"} <= set(kinds)
    assert not shown.at.get("page_link")
    shown.press("review-write")
    assert re.search(r"is among the plans\. open: \d+$", shown.said)
    [link] = shown.at.get("page_link")
    assert "plan=qingchuan-2026" in link.proto.query_string
    for _ in range(20):
        if "review-A" not in shown.buttons("review-"):
            break
        shown.press("review-A")
        assert shown.said == ""
    assert "Every figure is decided" in shown.text
    shown.press("review-write")
    assert shown.said == "qingchuan-2026.yaml is among the plans."
    file = read_plan(plans / "qingchuan-2026.yaml")
    assert file.plan
    # An English name that another plan has for this indicator was proposed, and taken.
    assert "GDP growth" in {target.name.en for target in file.plan.targets}
    assert check_report(file.plan, parse_report(MADE_UP), file.lines) == ()
    # It is a plan to choose, and its figures are filed.
    monkeypatch.setenv("MUBIAO_TODAY", "2026-05-01")
    [jobs] = [target.id for target in file.plan.targets if "就业" in target.name.zh]
    form = opened("record", plan="qingchuan-2026", view="one", target=jobs)
    known = {"known_on": date(2026, 4, 20), "source": "统计局", "by": "Ann"}
    assert "Saved as no." in form.fill(period="2026-Q1", value="8000", **known).press("Save").said
    # What somebody else put there meanwhile stays.
    (plans / "qingchuan-2026.yaml").write_text("id: theirs\n", encoding="utf-8")
    shown.press("review-undo").press("review-write")
    assert "has changed since it was opened here" in shown.said
    assert (plans / "qingchuan-2026.yaml").read_text(encoding="utf-8") == "id: theirs\n"
    # A plan of this id in a file of another name is not put out of force.
    (plans / "qingchuan-2026.yaml").unlink()
    other = text.replace("id: beijing-2020", "id: qingchuan-2026")
    (plans / "qingchuan.yaml").write_text(other, encoding="utf-8")
    shown.press("review-write")
    assert "is the id of the plan in qingchuan.yaml" in shown.said
    assert not (plans / "qingchuan-2026.yaml").exists()


def test_decisions_and_what_was_typed_outlive_a_reload_and_can_be_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = drafted()
    first = deciding(shown)
    shown.press("review-N")
    second = deciding(shown)
    assert second != first
    [key] = [w.key for w in shown.at.text_input if w.key and w.key.startswith("review-name_en")]
    shown.fill(**{key: "Named by hand"})
    [value] = [w.key for w in shown.at.text_input if w.key and w.key.startswith("review-value")]
    shown.fill(**{value: "many"})
    again = opened("review", review=shown.address["review"])
    assert deciding(again) == second
    assert again.holds(key) == "Named by hand"
    assert any("many is no number" in problem for problem in again.problems())
    again.press("review-A")
    assert "many is no number" in again.said
    assert deciding(again) == second
    assert deciding(again.press("review-undo")) == first
    # Left and come back to, by this browser alone.
    name = again.address["review"]
    again.press("review-leave")
    assert "review-go-on" in again.buttons("review-")
    visits_from("b", monkeypatch)
    theirs = opened("review", review=name)
    assert theirs.buttons("review-") == ["review-draft"]
    assert "another browser’s" in theirs.text


def test_a_review_of_an_earlier_version_is_in_nobodys_way(store: Store) -> None:
    reader = sha256(b"a" * 32).hexdigest()
    for text in ("{}", "no JSON", written(Reviewed(MADE_UP, "id: 5\n"))):
        store.keep_draft("f" * 32, REVIEWS, text, NOON, session=reader)
        for shown in (opened("review"), opened("review", review="f" * 32)):
            assert shown.buttons("review-") == ["review-draft"]


def test_what_a_report_says_stays_text() -> None:
    hostile = "<img src=x onerror=alert(1)> ![x](http://evil.example/x) {0}"
    shown = drafted(MADE_UP.replace("建设现代化产业体系", hostile), lang="en")
    assert hostile in shown.text
    [section] = [s for s in shown.offers("review-section") if "img" in s]
    assert "](http" not in shown.widget("review-section").options[-1]
    shown.press("review-A")
    assert shown.said == ""
    assert section


def test_a_draft_is_gone_on_with_beside_its_report() -> None:
    review = begun()
    shown = opened("review")
    files = [
        ("报告.txt", MADE_UP.encode(), "text/plain"),
        ("qingchuan.yaml", review.plan_text.encode(), "application/yaml"),
    ]
    shown.at.file_uploader[0].set_value(files)
    shown.run().press("review-draft")
    assert len(shown.having("mb-mark-open")) - 1 == len(review.plan.targets)


def test_a_draft_among_the_plans_is_gone_on_with_by_the_reports_at_hand(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUBIAO_REPORTS", str(tmp_path))
    (plans / "qingchuan-2026.yaml").write_text(begun().plan_text, encoding="utf-8")
    (tmp_path / "qingchuan-2026.txt").write_bytes(MADE_UP.encode("gb18030"))
    shown = opened("review").press("review-plan-qingchuan-2026")
    assert "the name says nothing of what is counted" in deciding(shown)


def test_a_series_is_proposed_by_a_plan_of_the_place_without_english_names(plans: Path) -> None:
    last_year = begun().plan_text.replace("2026", "2025")
    text, times = re.subn(r"( +)comparator: about\n", r"\g<0>\1series: output\n", last_year)
    assert times == 1
    (plans / "qingchuan-2025.yaml").write_text(text, encoding="utf-8")
    shown = drafted()
    marks = shown.having("mb-mark-open")
    [growth] = [m.get("data-item", "") for m in marks if "地区生产总值" in m.get("title", "")]
    shown.choose(item=growth)
    assert shown.widget("review-more").value.startswith("series: output\n")
    assert shown.widget("review-name_en").value == ""
    shown.press("review-A")
    assert shown.said == ""
    shown.choose(item=growth)
    assert shown.widget("review-more").value.count("series:") == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "give one report’s text"),
        ({"pasted": "一句话。"}, "no part of the text is for a year’s promises"),
        (
            {"pasted": "一句话。", "year": "2026"},
            "no figure of the text promises something for 2026",
        ),
        ({"pasted": MADE_UP, "year": "next"}, "next is no year"),
        ({"pasted": MADE_UP, "id": "青川 2026"}, "青川 2026 is no id"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_words(fields: dict[str, str], words: str) -> None:
    shown = opened("review").fill(**{f"review-{name}-0": text for name, text in fields.items()})
    assert words in shown.press("review-draft").said


def test_merging_splitting_and_promising_go_on_with_what_they_made() -> None:
    shown = drafted(lang="zh")
    marks = shown.having("mb-mark")
    target = next(m.get("data-item", "") for m in marks if "园区" in m.get("title", ""))
    shown.choose(item=target).press("review-M")
    assert shown.address["item"] == target
    assert "120个" in shown.widget(f"review-printed-{target}").value
    shown.press("review-S")
    assert shown.widget(f"review-printed-{target}").value == "3个"
    nothing = next(m for m in shown.having("mb-mark") if m.text == "12345")
    shown.choose(item=nothing.get("data-item", "")).press("review-P")
    assert "12345" in deciding(shown)
    assert "校核" in shown.text
