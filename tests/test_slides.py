"""The slides of a meeting: what comes first, what has a place, what is said to be left out."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from mubiao.assessment import assess
from mubiao.model import Agenda, AgendaItem, Status
from mubiao.views.briefing import Briefing
from mubiao.views.slides import FOCUS_AT_MOST, SlideKind, on_demand, parts, slides
from mubiao.views.unreported import by_unit
from mubiao.wording.phrasebook import Phrasebook
from tests.assigned import assigned_briefing, assigned_plan, assigned_seen, changed
from tests.briefings import JULY, december, july
from tests.real import real_plan
from tests.samples import EN

ROWS = 8
Make = Callable[[str], Briefing]
WORST_FIRST = [
    Status.MISSED,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.NO_DATA,
]


def test_exceptions_come_first_and_only_chapters_with_something_to_say_have_a_slide() -> None:
    order = slides(july("en"), ROWS)
    assert [slide.id for slide in order] == [
        *("opening", "headline", "attention"),
        *("target-gdp-growth", "target-pm25", "target-sponge-city"),
        *("target-sportaccord", "target-china-open"),
        *("2.1", "2.2", "2.4", "2.5", "2.7"),
        *("unreported", "changes", "changes-2"),
    ]
    assert order[0].lead.startswith("As of 31 July 2020: 22 of 163 promises have been reported: ")


TITLES = {
    "opening": (
        "163项目标已报22项，5项需要关注，129项应报未报",
        "22 of 163 promises reported, 5 need attention, 129 never reported and overdue",
    ),
    "headline": (
        "主要预期目标：9项已报4项，1项偏离，1项有风险，2项应报未报",
        "Headline targets: 4 of 9 reported, 1 off track, 1 at risk, 2 never reported and overdue",
    ),
    "attention": (
        "163项目标中5项需要关注：1项偏离，2项有风险，2项未达成",
        "5 of 163 targets need attention: 1 off track, 2 at risk, 2 missed",
    ),
    "target-gdp-growth": (
        "地区生产总值增长：上半年下降3.2%，全年6%左右需下半年增长15.1%",
        (
            "GDP growth, the first half: down 3.2%; for the year to be about 6%, the "
            "second half must bring growth of 15.1%"
        ),
    ),
    "target-china-open": ("举办中国网球公开赛：已取消", "China Open tennis held: cancelled"),
    "2.1": (
        "2.1 城市总体规划：10项已报1项，6项应报未报",
        "2.1 City master plan: 1 of 10 reported, 6 never reported and overdue",
    ),
    "changes": (
        "2020年4月30日以来：12项首次评判，1项好转（1/2）",
        "Since 30 April 2020: 12 judged for the first time, 1 better (1/2)",
    ),
}


@pytest.mark.parametrize("slide_id", TITLES)
def test_the_title_of_a_slide_is_its_message(slide_id: str) -> None:
    titles = [
        next(slide.title for slide in slides(july(code), ROWS) if slide.id == slide_id)
        for code in ("zh", "en")
    ]
    assert tuple(titles) == TITLES[slide_id]


@pytest.mark.parametrize("make", [july, december])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_slide_has_a_title_of_its_own(make: Make, code: str) -> None:
    titles = [slide.title for slide in slides(make(code), ROWS, appendix=True)]
    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("make", [july, december])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_target_is_named_in_the_title_that_is_about_it(make: Make, code: str) -> None:
    briefing = make(code)
    for id_, subject in briefing.subjects.items():
        slide = on_demand(briefing, f"target-{id_}", ROWS)
        assert slide is not None
        assert slide.title.startswith(subject.row.name)


@pytest.mark.parametrize("make", [july, december])
def test_all_is_well_only_where_all_is_reported(make: Make) -> None:
    briefing = make("en")
    for chapter in briefing.chapters:
        slide, whole = on_demand(briefing, chapter.id, ROWS), chapter.coverage
        assert slide is not None
        well = "none needs attention" in slide.title
        assert not (well and whole.reported < whole.total)
        assert not whole.owed or f"{whole.owed} never reported and overdue" in slide.title


def test_what_nobody_reported_is_one_slide_by_chapter() -> None:
    briefing = july("en")
    (slide,) = [s for s in slides(briefing, ROWS) if s.kind is SlideKind.UNREPORTED]
    assert slide.title.startswith("129 of 163 were never reported and are overdue, 56 of them in: ")
    silent = briefing.unreported
    assert sum(row.coverage.owed for row in silent.rows) == silent.whole.owed == 129
    assert sum(row.coverage.total for row in silent.rows) == silent.whole.total == 163
    assert briefing.units is None


def test_who_owes_most_is_a_slide_of_its_own_where_the_plan_names_units() -> None:
    plan, made = assigned_plan(), assigned_briefing("en")
    (slide,) = [s for s in slides(made, ROWS) if s.kind is SlideKind.UNITS]
    assert slide.title == "20 units: 133 targets owe a report; Development and Reform most, 16"
    table = made.units
    rows = [(row.name, row.coverage.owed) for row in table.rows]
    assert rows[:2] == [("Development and Reform", 16), ("Transport", 15)]
    assert rows[-1][0] == "11 more units"
    assert sum(n for _, n in rows) == table.whole.owed == 133
    assert sum(row.coverage.total for row in table.rows) == table.whole.total == len(plan.targets)
    assert not [s for s in slides(july("en"), ROWS) if s.kind is SlideKind.UNITS]


@pytest.mark.parametrize("units", [8, 9, 10])
def test_the_row_of_the_others_never_hides_a_single_unit(units: int) -> None:
    """The office, which answers for what is nobody's, is one more."""
    plan = assigned_plan()
    owners = plan.owners[:units]
    ids = {owner.id for owner in owners}
    targets = [
        one if one.owner in ids else one.model_copy(update={"owner": None}) for one in plan.targets
    ]
    fewer = changed(plan, owners=owners, targets=tuple(targets))
    judged = tuple(assess(fewer, assigned_seen().standing, JULY))
    rows = by_unit(Phrasebook(fewer, EN), judged).rows
    assert len(rows) == min(units + 1, 10)
    assert ("more units" in rows[-1].name) is (units + 1 > 10)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_chapter_shows_the_worst_first_and_counts_what_it_leaves_out(code: str) -> None:
    briefing = december(code)
    chapters = {chapter.id: chapter for chapter in briefing.chapters}
    of_chapters = [s for s in slides(briefing, ROWS) if s.kind is SlideKind.CHAPTER]
    assert len(of_chapters) == len(chapters) - 1  # the headline chapter has its own slide
    for slide in of_chapters:
        every = chapters[slide.id].subjects
        places = [WORST_FIRST.index(subject.row.mark.status) for subject in slide.subjects]
        assert places == sorted(places)
        left = sum(map(int, re.findall(r"\d+", slide.more)))
        assert left == len(every) - len(slide.subjects)


def test_a_chapter_shows_what_is_reported_and_counts_the_rest() -> None:
    governance = next(slide for slide in slides(july("en"), ROWS) if slide.id == "2.5")
    statuses = [subject.row.mark.status for subject in governance.subjects]
    assert statuses == [Status.AT_RISK, Status.ACHIEVED, Status.ACHIEVED]
    assert governance.more == "Not on this slide: ○ not reported 29"


@pytest.mark.parametrize("make", [july, december])
def test_with_the_appendix_every_target_has_a_place(make: Make) -> None:
    kinds = {SlideKind.HEADLINE, SlideKind.CHAPTER, SlideKind.APPENDIX}
    listed = [
        subject.row.id
        for slide in slides(make("en"), ROWS, appendix=True)
        if slide.kind in kinds
        for subject in slide.subjects
    ]
    assert sorted(listed) == sorted(target.id for target in real_plan().targets)


def test_an_agenda_puts_slides_in_order_leaves_out_adds_targets_and_has_notes() -> None:
    items = (
        AgendaItem("unreported", note="Ask the transport commission."),
        AgendaItem("opening"),
        AgendaItem("target-cpi"),
        AgendaItem("attention", left_out=True),
        AgendaItem("target-nobody"),
    )
    briefing = replace(july("en"), agenda=Agenda(items))
    order = slides(briefing, ROWS)
    assert [slide.id for slide in order[:4]] == ["unreported", "opening", "target-cpi", "headline"]
    assert order[0].note == "Ask the transport commission."
    ids = [slide.id for slide in order]
    assert "attention" not in ids
    assert "attention" in [slide.id for slide in parts(briefing, ROWS)]
    assert ids[-2:] == ["changes", "changes-2"]
    assert {slide.id for slide in slides(july("en"), ROWS)} - set(ids) == {"attention"}


def test_no_slide_has_more_rows_than_asked_for_and_no_two_the_same_id() -> None:
    for appendix in (False, True):
        found = slides(december("en"), ROWS, appendix=appendix)
        assert max(len(s.subjects) - (not s.lead) for s in found) == ROWS
        assert max(len(slide.changes) for slide in found) <= ROWS
        assert len({slide.id for slide in found}) == len(found)


def test_only_the_worst_have_a_slide_of_their_own_but_any_target_can_be_asked_for() -> None:
    shown = december("zh")
    assert len(shown.attention) > FOCUS_AT_MOST
    own = [slide for slide in slides(shown, ROWS) if slide.kind is SlideKind.FOCUS]
    assert [slide.subjects[0].row.id for slide in own] == [
        subject.row.id for subject in shown.attention[:FOCUS_AT_MOST]
    ]
    asked, row = on_demand(shown, "target-cpi", ROWS), shown.subjects["cpi"].row
    assert asked is not None
    assert (asked.id, asked.title, asked.lead) == ("target-cpi", row.title, row.asks)
    assert on_demand(shown, "target-nobody", ROWS) is None
    chapter = on_demand(july("zh"), "2.3", ROWS)
    assert chapter is not None
    assert len(chapter.subjects) == ROWS


def test_what_changed_tells_new_figures_that_turned_no_status() -> None:
    changed = slides(july("en"), ROWS)[-1]
    steady = [row.id for turn, row in changed.changes if turn == "Another figure, the same status"]
    assert "gdp-growth" in steady
