"""A report reviewed by the keyboard alone, from its text to a plan that is complete by proof."""

import time
from pathlib import Path

from playwright.sync_api import Page, expect

from mubiao.plan.loader import open_reviews, read_plan
from mubiao.report.completeness import check_report
from mubiao.report.text import parse_report
from tests.browser.axe import findings
from tests.browser.month import tab_to
from tests.browser.server import Deployment
from tests.browser.visit import Seen, Visitor
from tests.faults.figures import AtLength, Tell

HEAD = """青川市政府工作报告
——2026年1月20日在青川市第三届人民代表大会第一次会议上
一、2025年工作回顾
过去一年，粮食产量为95万吨。
二、2026年主要任务
今年经济社会发展主要预期目标是：地区生产总值增长6%左右，城镇新增就业2.5万人以上。
"""
# What is promised, and what reads like a promise and is none.
THINGS = (
    "新建农村公路{n}公里",
    "改造老旧小区{n}个",
    "培训教师{n}人次",
    "已投用的{n}座泵站提升效能",
)


def report(promises: int) -> str:
    """A report with about so many figures to decide beyond the aims of its head."""
    clauses = [THINGS[n % 4].format(n=100 + 7 * n) for n in range(promises - 2)]
    chapters = [clauses[start : start + 8] for start in range(0, len(clauses), 8)]
    signs = "一二三四五六七八九十"
    lines = [
        f"（{signs[n]}）第{signs[n]}方面工作\n{'，'.join(c)}。" for n, c in enumerate(chapters)
    ]
    return HEAD + "\n".join(lines)


class Keys:
    """A keyboard that counts what it presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)
            self.number += 1

    def decide(self, *keys: str) -> None:
        """Press keys, the last of which goes on to the next target."""
        before = self.page.locator(".mb-review-item").get_attribute("data-item")
        self.press(*keys)
        item = self.page.locator(f'.mb-review-item:not([data-item="{before}"])')
        expect(item).to_be_attached()


def begin(seen: Seen, text: str) -> None:
    page = seen.page
    tab_to(page, page.get_by_role("textbox", name="Or the text, pasted"))
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")
    seen.settle()
    tab_to(page, page.get_by_role("button", name="Draft and review"))
    page.keyboard.press("Enter")
    expect(page.locator(".mb-review-item")).to_be_attached()
    seen.settle()


def test_a_report_is_reviewed_by_the_keyboard_alone(
    july: Deployment, open_page: Visitor, at_length: AtLength, tell: Tell, tmp_path: Path
) -> None:
    seen = open_page("/review", at=july, lang="en")
    page, text = seen.page, report(at_length(82, 8))
    begin(seen, text)
    assert findings(page) == set()
    targets = len(page.query_selector_all(".mb-mark-open")) - 1  # one explains the mark
    keys, begun, decided = Keys(page), time.monotonic(), 0
    while page.locator(".mb-review-item").get_attribute("data-item"):
        if decided % 6 == 2:
            # To the fields, on to the English name, typed, kept: then it is accepted.
            keys.press("e", "Tab", *"Roads", "Enter")
            expect(page.locator("body")).to_be_focused()
            keys.decide("a")
        else:
            keys.decide("n" if decided % 6 == 4 else "a")
        decided += 1
    took = time.monotonic() - begun
    # What is reviewed has outlived a reload all along; the last step is taken back and done again.
    seen.again()
    page.keyboard.press("u")
    expect(page.locator(".mb-mark-open")).to_have_count(2)
    keys.decide("a")
    expect(page.get_by_text("Every figure is decided.")).to_be_visible()
    seen.settle()
    with page.expect_download() as download:
        tab_to(page, page.get_by_role("button", name="The plan (YAML)"))
        page.keyboard.press("Enter")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    file = read_plan(path)
    assert file.plan
    assert list(open_reviews(file.plan)) == []
    assert check_report(file.plan, parse_report(text), file.lines) == ()
    assert {"Roads"} < {target.name.en for target in file.plan.targets}
    assert decided == targets
    per = took / decided
    tell(f"review: {decided} targets, {keys.number / decided:.1f} keys and {per:.2f} s each")
