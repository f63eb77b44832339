"""The slides of a meeting: what comes first, what has a place, what is said to be left out."""

import re

import pytest

from mubiao.model import Status
from mubiao.views.slides import FOCUS_AT_MOST, SlideKind, focus, slides
from tests.briefings import december, july
from tests.real import real_plan

ROWS = 9
WORST_FIRST = [
    Status.MISSED,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.NO_DATA,
]


def test_exceptions_come_first_and_each_chapter_has_one_slide() -> None:
    found = slides(july("en"), ROWS)
    assert [slide.id for slide in found] == [
        *("opening", "headline", "attention"),
        *("target-sportaccord", "target-china-open"),
        *("target-gdp-growth", "target-pm25", "target-sponge-city"),
        *(f"2.{chapter}" for chapter in range(1, 9)),
        *("changes", "changes-2"),
    ]
    assert found[0].lead.startswith("As of 31 July 2020: 22 of 163 promises have been reported: ")


def test_a_slide_is_named_after_the_meeting() -> None:
    assert slides(july("zh", "7月调度会"), ROWS)[0].title == "7月调度会"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_chapter_shows_the_worst_first_and_counts_what_it_leaves_out(code: str) -> None:
    shown = december(code)
    chapters = {chapter.id: chapter for chapter in shown.chapters}
    told = [slide for slide in slides(shown, ROWS) if slide.kind is SlideKind.CHAPTER]
    assert len(told) == len(chapters) - 1  # the headline chapter has its own slide
    for slide in told:
        every = chapters[slide.id].subjects
        places = [WORST_FIRST.index(subject.row.mark.status) for subject in slide.subjects]
        assert places == sorted(places)
        assert len(slide.subjects) == min(ROWS, len(every))
        left = sum(map(int, re.findall(r"\d+", slide.more)))
        assert left == len(every) - len(slide.subjects)


def test_a_chapter_with_room_left_shows_targets_without_data_too() -> None:
    governance = next(slide for slide in slides(july("en"), ROWS) if slide.id == "2.5")
    statuses = [subject.row.mark.status for subject in governance.subjects]
    judged = [Status.AT_RISK, Status.ACHIEVED, Status.ACHIEVED]
    assert statuses == [*judged, *[Status.NO_DATA] * (ROWS - len(judged))]


@pytest.mark.parametrize("make", [july, december])
def test_the_whole_gives_every_target_a_place(make: object) -> None:
    shown = make("en")
    listed = [
        subject.row.id
        for slide in slides(shown, ROWS, whole=True)
        if slide.kind in {SlideKind.HEADLINE, SlideKind.CHAPTER}
        for subject in slide.subjects
    ]
    assert sorted(listed) == sorted(target.id for target in real_plan().targets)


def test_no_slide_has_more_rows_than_asked_for_and_no_two_the_same_id() -> None:
    for whole in (False, True):
        found = slides(december("en"), ROWS, whole=whole)
        assert max(len(slide.subjects) for slide in found) == ROWS
        assert max(len(slide.changes) for slide in found) <= ROWS
        assert len({slide.id for slide in found}) == len(found)


def test_only_the_worst_have_a_slide_of_their_own_but_any_target_can_be_asked_for() -> None:
    shown = december("zh")
    assert len(shown.attention) > FOCUS_AT_MOST
    own = [slide for slide in slides(shown, ROWS) if slide.kind is SlideKind.FOCUS]
    assert [slide.subjects[0].row.id for slide in own] == [
        subject.row.id for subject in shown.attention[:FOCUS_AT_MOST]
    ]
    asked = focus(shown, "cpi")
    assert (asked.id, asked.lead) == ("target-cpi", shown.subjects["cpi"].row.sentence)
    assert focus(shown, "nobody") is None


def test_what_changed_tells_new_figures_that_turned_no_status() -> None:
    changed = slides(july("en"), ROWS)[-1]
    steady = [row.id for turn, row in changed.changes if turn == "Another figure, the same status"]
    assert "gdp-growth" in steady
