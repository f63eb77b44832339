"""Present: the slides by address, in every state of the record; nothing is shown that is not."""

from datetime import date
from pathlib import Path

import pytest

from mubiao.model import Act, Status
from mubiao.plan.loader import plan_files
from mubiao.store import Store, open_store
from mubiao.ui.present import slide_markup, slides
from mubiao.views.slides import SlideKind
from tests import briefings
from tests.actors import named
from tests.pages.rooms import AT, PLAN, held, later
from tests.pages.seen import ROOT, Shown, opened, walked


def foot(shown: Shown) -> str:
    return " ".join(shown.texts("mb-foot"))


def test_the_first_slide_is_the_one_sentence_with_its_counts() -> None:
    shown = opened("present", as_of="2020-07-31")
    [section] = shown.having("mb-slide")
    assert "mb-slide-opening" in section.get("class", "")
    assert shown.texts("mb-slide-lead") == [
        (
            "As of 31 July 2020: 22 of 163 promises have been reported: 7 achieved, "
            "10 on track, 2 at risk, 1 off track, 2 missed; 141 have not: 129 overdue, "
            "12 not due yet."
        )
    ]
    for part in ("1 of 14", "As of 31 July 2020", "data last changed"):
        assert part in foot(shown)


@pytest.mark.parametrize(
    ("slide", "lang"),
    [
        *(("headline", "zh"), ("attention", "en"), ("target-gdp-growth", "zh")),
        *(("target-cpi", "en"), ("2.4", "zh"), ("changes", "en")),
    ],
)
def test_the_address_names_the_slide(slide: str, lang: str) -> None:
    shown = opened("present", as_of="2020-07-31", slide=slide, lang=lang)
    [section] = shown.having("mb-slide")
    assert section.get("aria-label")
    assert len(list(section.iter("h1"))) == 1
    assert shown.address["slide"] == slide
    # A slide that is not counted says so.
    extra = slide == "target-cpi"
    assert ("extra slide" in foot(shown)) == extra
    assert not (extra and " of 15" in foot(shown))
    assert walked("present", **shown.address).texts("mb-slide") == shown.texts("mb-slide")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "opening"),
        ("nothing", "opening"),
        ("<b>", "opening"),
        ("attention-99", "attention"),
        ("changes-7", "changes-2"),
        ("2.9", "opening"),
        ("target-nobody", "attention"),
        ("headline-2", "headline"),
        ("target-cpi", "target-cpi"),
    ],
)
def test_what_is_not_there_any_more_falls_to_the_nearest(asked: str, found: str) -> None:
    assert slides.sequence(briefings.july("en"), asked).slide.id == found


@pytest.mark.parametrize(
    "slide", ["nothing", "<b>", "2.99", "target-nobody", "opening-", "target-"]
)
def test_a_slide_that_never_was_is_said_to_be_ignored(slide: str) -> None:
    shown = opened("present", as_of="2020-07-31", slide=slide)
    [line] = shown.texts("mb-ignored")
    assert f"Slide: {slide}" in line
    assert "slide" not in shown.address
    assert "1 of 14" in foot(shown.run())


@pytest.mark.parametrize("slide", ["attention-99", "changes-7", "2.4", "target-cpi"])
def test_of_a_slide_that_is_not_there_any_more_nothing_is_said(slide: str) -> None:
    shown = opened("present", as_of="2020-07-31", slide=slide)
    assert (shown.texts("mb-ignored"), shown.address["slide"]) == ([], slide)


@pytest.mark.parametrize(
    ("target", "beside"), [("new-jobs", "2.7"), ("cpi", "headline"), ("pm25", "target-pm25")]
)
def test_a_target_without_its_own_slide_is_shown_but_not_counted(target: str, beside: str) -> None:
    usual = slides.sequence(briefings.july("en"), "")
    here = slides.sequence(briefings.july("en"), f"target-{target}")
    assert here.order == usual.order
    assert here.order[here.at].id == beside
    assert (here.slide.id, here.slide.kind) == (f"target-{target}", SlideKind.FOCUS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_target_is_found_by_its_name_in_either_language(lang: str) -> None:
    shown = opened("present", as_of="2020-07-31", lang=lang)
    offered = " ".join(shown.offers(f"dock-choice-{lang}"))
    for part in ("GDP", "PM2.5", "地区生产总值增长", "细颗粒物"):
        assert part in offered


def test_a_slide_of_one_target_says_what_the_rest_must_bring_and_people_say(store: Store) -> None:
    for remark in briefings.said():
        store.remark(PLAN, remark, Act(named(remark.written_by), AT))
    shown = opened("present", as_of="2020-07-31", slide="target-gdp-growth")
    assert shown.texts("mb-key-value") == ["−3.2%", "15.1%", "roughly −1.5%"]
    assert shown.status == "off_track"
    assert "增长6%左右" in " ".join(shown.texts("mb-slide-source"))
    assert len(shown.at.main.get("plotly_chart")) == 1
    first, second = shown.texts("mb-slide-said")
    assert "Own judgement ✖ missed" in first
    assert "李强" in first
    assert "王芳 · 20 July 2020" in second


def test_a_text_too_long_for_a_slide_is_cut_with_a_sign() -> None:
    assert slide_markup.shortened("恢复较慢", 8) == "恢复较慢"
    assert slide_markup.shortened("恢复较慢；下半年", 8) == "恢复较…"


def test_there_is_no_bar_on_top_and_a_broken_plan_is_still_told(plans: Path) -> None:
    assert list(opened("present").frame) == []
    (plans / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert "broken.yaml" in opened("present").notice


def test_without_any_figure_every_slide_is_there(store: Store) -> None:
    for slide in ("opening", "headline", "2.1", "changes", "target-gdp-growth"):
        shown = opened("present", as_of="2019-12-31", slide=slide)
        assert shown.having("mb-slide")
    assert store.count(PLAN)


def test_new_figures_are_there_at_the_next_look(store: Store) -> None:
    shown = opened("present", as_of="2020-07-31", slide="target-cpi")
    assert shown.status == "on_track"
    later(store)
    assert shown.run().status == "off_track"
    assert "not shown" not in foot(shown)


def test_an_opened_meeting_shows_what_its_room_saw(store: Store) -> None:
    meeting = held(store)
    later(store)
    shown = opened("present", meeting=str(meeting.id), slide="target-cpi")
    assert shown.status == "on_track"
    assert "what was recorded later is not shown" in foot(shown)
    assert shown.address["as_of"] == "2020-07-31"


def test_an_opened_meeting_shows_the_plan_of_its_room(database: str, plans: Path) -> None:
    store = open_store(database)
    file = plans / "beijing-2020.yaml"
    then = (ROOT / "data" / "plans" / file.name).read_text(encoding="utf-8")
    file.write_text(then.replace("actuals:", "# actuals:"), encoding="utf-8")
    later(store, "3.2")
    (plan,) = [one.plan for one in plan_files(plans) if one.plan]
    meeting = held(store, text=plan.as_text())
    now = file.read_text(encoding="utf-8").replace("value: 3.5\n", "value: 3.0\n", 1)
    file.write_text(now.replace("printed: 3.5%以内", "printed: 3.0%以内"), encoding="utf-8")
    for page in ("present", "target", "overview", "meeting"):
        shown = opened(page, meeting=str(meeting.id), target="cpi", slide="target-cpi")
        assert "plan has changed" not in shown.text
    shown = opened("present", meeting=str(meeting.id), slide="target-cpi")
    assert (shown.status, "3.5%" in shown.text) == ("on_track", True)
    shown = opened("present", as_of="2020-07-31", slide="target-cpi")
    assert (shown.status, "3.5%" in shown.text) == ("at_risk", False)


def test_a_meeting_of_another_state_of_the_plan_says_so(store: Store) -> None:
    meeting = held(store, text="another")
    shown = opened("present", meeting=str(meeting.id))
    assert "The plan has changed since this meeting" in " ".join(shown.texts("mb-slide-note"))
    assert "The plan has changed since this meeting" not in foot(shown)
    shown = opened("present", meeting=str(meeting.id), slide="headline")
    assert "The plan has changed since this meeting" in foot(shown)


@pytest.mark.parametrize("page", ["present", "meeting"])
def test_that_the_room_before_saw_another_plan_is_told_too(page: str, store: Store) -> None:
    held(store, "June", date(2020, 6, 30), "another")
    note = "The meeting before had another plan"
    for slide, place in (("opening", "mb-slide-note"), ("changes", "mb-foot")):
        of_a_day = opened("present", as_of="2020-07-31", slide=slide)
        assert note in " ".join(of_a_day.texts(place))
    july = str(held(store).id)
    shown = opened(page, meeting=july, slide="changes")
    assert shown.text.count(note) == 1
    assert "what was recorded later is not shown" in shown.text
    assert note not in opened("overview", meeting=july).text
    assert note not in opened("present", as_of="2020-07-31", slide="headline").text


def test_a_meeting_that_is_not_there_is_told() -> None:
    shown = opened("present", meeting="77", as_of="2020-07-31", slide="headline")
    assert "Meeting no. 77 is not in this record" in foot(shown)
    shown = opened("present", meeting="77", as_of="2020-07-31")
    assert "Meeting no. 77" not in foot(shown)
    assert "Meeting no. 77" in " ".join(shown.texts("mb-slide-note"))


def test_the_longest_lists_give_no_status_without_shape_and_word() -> None:
    order = slides.sequence(briefings.december("en"), "").order
    assert len(order) > 40
    assert max(len(each.subjects) for each in order if each.lead) == slides.ROWS
    assert {s.row.mark.status for each in order for s in each.subjects} >= {
        Status.ACHIEVED,
        Status.MISSED,
    }
