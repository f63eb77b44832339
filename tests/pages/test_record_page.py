"""Record: what is refused and why, what an entry would do, saving, correcting, withdrawing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from mubiao.model import Entry, Nature, Observation, Qualifier, Stage, Withdrawal
from mubiao.period import Period
from mubiao.store import Store
from tests.acts import add_row, withdraw_row
from tests.pages.seen import SCRIPT, Shown, opened, visits_from, walked
from tests.real import real_actuals

PLAN = "beijing-2020"
SOUND = {
    "period": "2020",
    "value": "2.0",
    "known_on": date(2021, 4, 29),
    "source": "Beijing Municipal Bureau of Statistics",
    "by": "Li Wei",
}
NOW = datetime(2021, 4, 30, 8, tzinfo=UTC)


def filled(target: str = "gdp-growth", **fields: Any) -> Shown:  # noqa: ANN401 - as many kinds as fields
    """The form for a target, filled soundly but for these fields."""
    return on(target).fill(**{**SOUND, **fields})


def on(target: str = "gdp-growth", **address: str) -> Shown:
    """The form for a target, untouched."""
    return opened("record", view="one", target=target, **address)


def test_the_name_is_known_again_in_the_same_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    for cookie, name in ((quote("李 伟"), "李 伟"), (quote("a\u202eb"), ""), ("", "")):
        visits_from("a", monkeypatch, mubiao_name=cookie)
        assert {page: opened(page).holds("by") for page in ("record", "meeting")} == {
            "record": name,
            "meeting": name,
        }


def hurried(shown: Shown, **fields: Any) -> Shown:  # noqa: ANN401 - as many kinds as fields
    """Fields changed so late that the page has not been drawn with them yet."""
    for field, value in fields.items():
        shown.widget(field).set_value(value)
    return shown


def tick(shown: Shown) -> Shown:
    [box] = shown.at.checkbox
    assert box.label == "It is right as it stands"
    box.check()
    return shown.run()


def last(store: Store) -> Observation:
    return store.history(PLAN)[-1]


def last_of(store: Store, row: int) -> Observation:
    return store.entries(PLAN, [row])[row]


# What else is refused, and in which words: tests/test_observation.py, test_values.py.
@pytest.mark.parametrize(
    ("target", "fields", "reason"),
    [
        ("gdp-growth", {"period": "2018"}, "Period: 2018 is outside 2020"),
        ("gdp-growth", {"value": "<b>5</b>"}, "Value: “<b>5</b>” is not a number"),
        ("new-jobs", {"value": "28万以上", "qualifier": "exact"}, "How exact: the value says"),
        ("gdp-growth", {"known_on": None}, "Known on: the day it became known is missing"),
        ("gdp-growth", {"note": "bell \a"}, "Note: “bell \N{REPLACEMENT CHARACTER}” holds a line"),
        # Not offered, so only another client than the browser sends it.
        ("zhengyangmen-restoration", {"value": "finished"}, "Value: “” is not a stage"),
    ],
)
def test_what_is_refused_says_why_at_its_field_and_nothing_is_written(
    target: str, fields: dict[str, Any], reason: str, store: Store
) -> None:
    shown = filled(target, **fields)
    before = store.count(PLAN)
    assert [told for told in shown.problems() if told.startswith(reason)], shown.problems()
    assert shown.effects() == []
    shown.press("Save")
    assert reason in shown.said
    assert store.count(PLAN) == before


def test_the_effect_is_shown_before_the_source_is_typed_which_saving_asks_for(store: Store) -> None:
    shown = filled(source="  ")
    before = store.count(PLAN)
    assert shown.problems() == []
    assert shown.effects()
    assert "Still missing before it can be saved: Source" in shown.text
    assert "Source: the source is missing" in shown.press("Save").said
    assert store.count(PLAN) == before


def test_the_effect_is_shown_before_anything_is_saved(store: Store) -> None:
    shown = filled("new-jobs", value="28万")
    assert shown.effects() == [("New urban jobs", "missed", "achieved")]
    assert shown.status == "missed"
    assert last(store).recorded_by == "seed"
    # Income is promised in step with GDP: 0.8 is in step with 1.2, and behind 2.0 by too much.
    assert filled("gdp-growth", value="2.0").effects() == [
        ("GDP growth", "missed", "missed"),
        ("Real per capita disposable income growth", "achieved", "missed"),
    ]
    earlier = on(as_of="2021-03-31").fill(**SOUND)
    assert earlier.effects() == [("GDP growth", "missed", "missed")]
    assert "It counts from 29 April 2021 on" in earlier.text


@pytest.mark.parametrize(
    ("lang", "typed"), [("en", "January–July"), ("en", "january-july 2020"), ("zh", "1至7月")]
)
def test_a_period_can_be_typed_by_its_name(lang: str, typed: str, store: Store) -> None:
    shown = on("cpi", lang=lang)
    shown.fill(**{**SOUND, "period": typed, "value": "2.4"})
    assert shown.holds("period") == "2020-01..2020-07"
    shown.press("Save" if lang == "en" else "保存")
    assert (last(store).target, last(store).period.text) == ("cpi", "2020-01..2020-07")


def test_a_period_typed_and_saved_in_one_go_is_the_one_that_is_named(store: Store) -> None:
    hurried(filled("cpi", value="2.4"), period="January–July").press("Save")
    assert last(store).period.text == "2020-01..2020-07"


def test_saving_writes_one_row_with_all_that_was_entered(store: Store) -> None:
    shown = filled(nature="estimate", note="first line\nsecond line", qualifier="about")
    before = store.count(PLAN)
    shown.press("Save")
    assert store.count(PLAN) == before + 1
    row = last(store)
    assert (row.target, row.period.text, row.value) == ("gdp-growth", "2020", Decimal("2.0"))
    assert (row.qualifier, row.nature) == (Qualifier.ABOUT, Nature.ESTIMATE)
    assert (row.known_on, row.source) == (SOUND["known_on"], SOUND["source"])
    assert (row.note, row.recorded_by, row.replaces) == ("first line\nsecond line", "Li Wei", None)
    assert shown.said.count(f"Saved as no. {row.row}") == 1
    assert list(shown.at.toast) == []
    assert "2.0%" in shown.texts("mb-row-counting")[0]
    # The form begins afresh, so that a second press cannot save the same again.
    assert (shown.holds("value"), shown.holds("source"), shown.holds("by")) == ("", "", "Li Wei")
    assert "Still missing" not in shown.text  # beside “Saved”
    shown.press("Save")
    assert store.count(PLAN) == before + 1
    assert "Period: the period is missing" in shown.said


def test_what_was_saved_is_seen_on_the_other_pages() -> None:
    shown = (
        walked("record", view="one", target="new-jobs")
        .fill(**{**SOUND, "value": "28万"})
        .press("Save")
    )
    assert shown.choose(open="all").go("overview").statuses("mb-rows")["new-jobs"] == "achieved"
    assert opened("target", target="new-jobs").status == "achieved"


def test_without_a_name_nothing_is_saved_and_nothing_is_lost(store: Store) -> None:
    shown = filled(by="  ")
    before = store.count(PLAN)
    shown.press("Save")
    assert shown.said == "Your name: the name is missing; say who records this"
    assert store.count(PLAN) == before
    assert (shown.holds("value"), shown.holds("source")) == ("2.0", SOUND["source"])
    shown.fill(by="Wang Fang").press("Save")
    assert last(store).recorded_by == "Wang Fang"


def test_what_the_message_quotes_is_no_markdown() -> None:
    shown = filled(value="![x](https://elsewhere.example/x.png)").press("Save")
    [box] = shown.at.error
    assert "![x](https://elsewhere.example" in shown.said
    assert "https://" not in box.value
    assert "](" not in box.value


def test_a_correction_starts_from_the_row_and_replaces_it(store: Store) -> None:
    shown = on().press("correct-4")
    assert shown.address["correct"] == "4"
    assert "Correct no. 4" in shown.text
    assert (shown.holds("period"), shown.holds("value")) == ("2020", "1.2")
    shown.fill(value="1.3", by="Li Wei").press("Save the correction")
    assert "correct" not in shown.address
    assert (last(store).replaces, last(store).value) == (4, Decimal("1.3"))
    assert f"replaced by no. {last(store).row}" in shown.texts("mb-row-replaced")[0]
    assert "1.3%" in shown.texts("mb-row-counting")[0]
    assert "correct-4" not in {button.key for button in shown.at.button}


def test_a_withdrawal_needs_a_reason_and_a_name(store: Store) -> None:
    shown = on().press("ask-withdraw-4")
    before = store.count(PLAN)
    assert shown.press("withdraw-4").problems() == [
        "Reason: the reason is missing; say why the figure is withdrawn"
    ]
    shown.put("reason-4", "not published")
    assert shown.problems() == []
    assert shown.press("withdraw-4").problems() == [
        "Your name: the name is missing; say who records this"
    ]
    assert store.count(PLAN) == before
    shown.fill(by="Li Wei").press("withdraw-4")
    assert shown.said == f"Withdrawn by no. {before + 1}."
    assert "withdraw-4" not in {button.key for button in shown.at.button}
    entry = store.history(PLAN)[-1]
    assert isinstance(entry, Withdrawal)
    assert (entry.replaces, entry.reason, entry.recorded_by) == (4, "not published", "Li Wei")
    # What was known before counts again: +0.1% for the first three quarters.
    assert "0.1%" in shown.texts("mb-row-counting")[0]
    assert f"withdrawn by no. {before + 1}" in shown.texts("mb-row-withdrawn")[0]
    [withdrawal] = shown.texts("mb-row-withdrawal")
    words = ("not published", "Li Wei", "2021-04-30")
    assert [word for word in words if word not in withdrawal] == []


def test_before_a_withdrawal_its_effect_and_what_is_left_are_shown(store: Store) -> None:
    shown = on()
    assert shown.effects() == []
    shown.press("ask-withdraw-4")
    # Income, promised in step with it, is judged by it: only what turns is listed.
    assert shown.effects()[0] == ("GDP growth", "missed", "off_track")
    assert all(before != after for _, before, after in shown.effects()[1:])
    assert "For the full year nothing is recorded any more then." in shown.text
    assert "The target is judged by no. 3 then: the first three quarters, 0.1%." in shown.text
    only = on("new-jobs").press("ask-withdraw-28")
    assert only.effects() == [("New urban jobs", "missed", "no_data")]
    assert "No figure is left to judge the target by." in only.text
    # Pressed again, it is closed, and nothing was done.
    shown.press("ask-withdraw-4")
    assert shown.effects() == []
    assert store.version(PLAN) == len(real_actuals())


def test_a_twin_of_the_same_period_is_said_to_remain(store: Store) -> None:
    shown = on()
    twin = replace(last_of(store, 4), replaces=None, value=Decimal("1.1"))
    row = add_row(store, PLAN, twin, "Wang Fang", NOW)
    shown.run().press(f"ask-withdraw-{row}")
    assert "For the full year no. 4 remains: 1.2%." in shown.text
    assert "The target is judged by no. 4 then: the full year, 1.2%." in shown.text


def test_what_a_row_had_corrected_can_be_set_back_with_its_own_day(store: Store) -> None:
    shown = on()
    row = corrected(store, 4, "9.9")
    shown.run().fill(by="Li Wei").press(f"ask-withdraw-{row}")
    assert f"No. {row} corrected no. 4: 1.2%." in shown.text
    # Of withdrawing, and of restoring.
    own = [effect[1:] for effect in shown.effects() if effect[0] == "GDP growth"]
    assert own == [("achieved", "off_track"), ("achieved", "missed")]
    shown.press("Restore no. 4: 1.2%")
    assert shown.said == f"No. 4 is restored by no. {row + 1}."
    back, first = last(store), last_of(store, 4)
    assert (back.replaces, back.recorded_by) == (row, "Li Wei")
    assert (back.value, back.known_on, back.source) == (first.value, first.known_on, first.source)


def test_a_restored_figure_that_somebody_corrected_meanwhile_is_refused(store: Store) -> None:
    shown = on().fill(by="Li Wei")
    row = corrected(store, 4, "9.9")
    shown.run().press(f"ask-withdraw-{row}")
    theirs = corrected(store, row, "1.1")
    shown.press(f"restore-{row}")
    assert store.version(PLAN) == theirs


def test_a_correction_begins_without_a_warning_and_without_anything_to_save() -> None:
    shown = on("pm25").press("correct-40")
    assert "Change what is wrong; the effect is shown before saving." in shown.text
    assert (shown.effects(), shown.texts("mb-doubts"), shown.texts("mb-bar")) == ([], [], [])
    assert shown.at.button(key="entry-save").disabled
    assert not shown.fill(value="37").at.button(key="entry-save").disabled
    assert [name for name, _, _ in shown.effects()][:1] != []


def corrected(store: Store, row: int, value: str, by: str = "Wang Fang") -> int:
    theirs = replace(last_of(store, row), replaces=row, value=Decimal(value))
    return add_row(store, PLAN, theirs, by, NOW)


def test_warnings_are_confirmed_before_saving(store: Store) -> None:
    shown = filled("pm25", value="37")
    before = store.count(PLAN)
    # Pressed before the page has drawn the warning.
    assert hurried(shown, value="3900").press("entry-save").said == "Confirm what is doubtful."
    assert store.count(PLAN) == before
    assert shown.holds("value") == "3900"
    assert shown.texts("mb-doubts") == [
        "3900 looks like another scale: 100 times what is recorded, 38"
    ]
    assert shown.at.button(key="entry-save").disabled
    assert shown.texts("mb-bar") == ["Confirm what is doubtful."]
    tick(shown)
    assert not shown.at.button(key="entry-save").disabled
    assert shown.texts("mb-bar") == []
    assert "Saved as no." in shown.press("entry-save").said
    assert (store.count(PLAN), last(store).value) == (before + 1, 3900)
    assert shown.texts("mb-doubts") == []


@pytest.mark.parametrize(
    "other", [{"value": "3910"}, {"period": "2020-01..2020-11"}, {"known_on": date(2021, 4, 28)}]
)
def test_a_tick_is_for_the_entry_that_was_looked_at(other: dict[str, Any], store: Store) -> None:
    shown = tick(filled("pm25", value="3900"))
    before = store.count(PLAN)
    # Changed and pressed in one go: the page has not asked again yet.
    assert hurried(shown, **other).press("entry-save").said == "Confirm what is doubtful."
    assert store.count(PLAN) == before
    assert [box.value for box in shown.at.checkbox] == [False]
    assert shown.at.button(key="entry-save").disabled


def test_a_tick_outlives_another_page_and_another_language() -> None:
    shown = tick(filled("pm25", value="3900"))
    shown.go("overview")
    shown.go("record")
    shown.choose(lang="zh")
    assert [(box.label, box.value) for box in shown.at.checkbox] == [("核对无误，照此填报", True)]
    assert not shown.at.button(key="entry-save").disabled
    shown.at.checkbox[0].uncheck()
    assert shown.run().texts("mb-bar") == ["请确认存疑的数据。"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_others_recorded_meanwhile_stands_beside_mine_at_once(lang: str, store: Store) -> None:
    shown = on(lang=lang)
    shown.fill(**{**SOUND, "source": SCRIPT})
    row = corrected(store, 4, "1.1")
    [sides] = shown.run().texts("mb-sides")
    words = {"en": ("What you saw", "Recorded meanwhile", "Yours")}
    words["zh"] = ("您所见", "他人刚刚填报", "您的")
    saw, theirs, mine = words[lang]
    parts = sides.split(saw)[1].split(theirs)
    assert ["1.2%" in parts[0], "1.1%" in parts[1], "Wang Fang" in parts[1]] == [True] * 3
    assert ["2.0%" in parts[1].split(mine)[1], SCRIPT in parts[1].split(mine)[1]] == [True] * 2
    assert f"{row}" in parts[1].split(mine)[0]
    assert list(shown.tree.iter("script")) == []
    # Nothing but the two ways out, and nothing typed is lost.
    keys = [button.key for button in shown.at.button]
    assert ["theirs-entry" in keys, "mine-entry" in keys, "entry-save" in keys] == [1, 1, 0]
    assert (shown.holds("value"), shown.holds("source")) == ("2.0", SCRIPT)
    assert store.version(PLAN) == row


def test_a_press_before_the_page_has_noticed_writes_nothing_and_shows_it(store: Store) -> None:
    shown = filled(source="Bureau", note="mine")
    row = corrected(store, 4, "1.1", by="Wang ![](x) Fang")
    shown.press("entry-save")
    assert "GDP growth: Wang ![](x) Fang saved this meanwhile, 2021-04-30" in shown.said
    assert "gdp-growth" not in shown.said
    assert "](" not in shown.at.error[0].value
    assert store.version(PLAN) == row
    assert len(shown.texts("mb-sides")) == 1
    assert (shown.holds("value"), shown.holds("note")) == ("2.0", "mine")


def test_a_new_figure_can_take_the_place_of_what_others_recorded(store: Store) -> None:
    shown = filled("new-jobs", value="28万", period="2020-H1", known_on=date(2020, 7, 20))
    beside = replace(last_of(store, 28), period=Period.parse("2020-01..2020-06"), replaces=None)
    beside = replace(beside, value=Decimal(150000), known_on=date(2020, 7, 18))
    row = add_row(store, PLAN, beside, "Wang Fang", NOW)
    [sides] = shown.run().texts("mb-sides")
    assert "What you saw nothing recorded" in sides
    assert f"replaces 150,000 people, final, no. {row}" in sides.split("Yours")[1]
    tick(shown).press("mine-entry")
    assert f"Saved as no. {row + 1}: New urban jobs." in shown.said
    assert (last(store).replaces, last(store).value) == (row, 280000)
    assert shown.holds("value") == ""


def test_of_two_conflicts_in_a_row_the_second_is_shown_too(store: Store) -> None:
    shown = on(correct="4").fill(value="1.3", by="Li Wei")
    first = corrected(store, 4, "1.1")
    shown.press("entry-save")
    assert store.version(PLAN) == first
    assert "Correct no. 4" in shown.text
    second = corrected(store, first, "1.0", by="Zhao Min")
    # Decided about the first only: the second has not been seen.
    shown.press("mine-entry")
    assert "Zhao Min saved this meanwhile" in shown.said
    assert store.version(PLAN) == second
    [sides] = shown.texts("mb-sides")
    assert [figure in sides for figure in ("1.2%", "1.1%", "1.0%", "1.3%")] == [True] * 4
    shown.press("mine-entry")
    # What is corrected is what stands now.
    assert (last(store).replaces, last(store).value) == (second, Decimal("1.3"))
    assert "correct" not in shown.address


@pytest.mark.parametrize("correct", ["", "4"])
def test_keeping_theirs_throws_mine_away_and_shows_the_record(correct: str, store: Store) -> None:
    shown = on(**({"correct": "4"} if correct else {}))
    shown.fill(**{**SOUND, "value": "1.3"})
    row = corrected(store, 4, "1.1")
    shown.run().press("theirs-entry")
    assert shown.said == "GDP growth: what others recorded stays; nothing was saved."
    assert store.version(PLAN) == row
    assert "correct" not in shown.address
    assert (shown.holds("value"), shown.holds("source")) == ("", "")
    assert (shown.texts("mb-sides"), "New actual" in shown.text) == ([], True)
    assert "1.1%" in shown.texts("mb-row-counting")[0]
    # What is entered from here on is based on what is seen now.
    shown.fill(**SOUND)
    assert shown.texts("mb-sides") == []


def test_a_warning_about_mine_is_confirmed_in_a_conflict_too(store: Store) -> None:
    shown = on("pm25", correct="40")
    shown.fill(value="3900", by="Li Wei")
    row = corrected(store, 40, "37")
    shown.run()
    assert shown.at.button(key="mine-entry").disabled
    assert shown.texts("mb-bar") == ["Confirm what is doubtful."]
    hurried(tick(shown), value="3910").press("mine-entry")
    assert shown.said == "Confirm what is doubtful."
    assert store.version(PLAN) == row
    shown.fill(value="3900").press("mine-entry")
    assert (last(store).replaces, last(store).value) == (row, 3900)


def test_what_cannot_be_read_is_mended_before_it_takes_the_place_of_theirs(store: Store) -> None:
    shown = on(correct="4")
    shown.fill(value="about <b>1", by="Li Wei")
    row = corrected(store, 4, "1.1")
    shown.run()
    assert "about <b>1" in shown.texts("mb-sides")[0].split("Yours")[1]
    assert shown.at.button(key="mine-entry").disabled
    assert shown.texts("mb-bar") == ["Mend or empty what is refused."]
    shown.fill(value="1.3")
    hurried(shown, value="1,3").press("mine-entry")
    assert "can be read in more than one way" in shown.said
    assert store.version(PLAN) == row
    shown.fill(value="1.3").press("mine-entry")
    assert last(store).replaces == row


def test_another_period_than_the_one_decided_about_is_a_figure_of_its_own(store: Store) -> None:
    shown = filled(value="-3")
    corrected(store, 4, "1.1")
    row = corrected(store, 2, "-3.1")
    shown.run()
    # The period is changed and the button pressed in one go: of that one nothing was shown.
    hurried(shown, period="2020-H1").press("mine-entry")
    assert "Wang Fang saved this meanwhile" in shown.said
    assert store.version(PLAN) == row
    assert "−3.1%" in shown.texts("mb-sides")[0]


def test_what_others_recorded_of_other_days_or_before_is_no_conflict(store: Store) -> None:
    shown = on()
    corrected(store, 4, "1.1")
    shown.run().fill(**SOUND)
    row = corrected(store, 2, "-3.1")
    assert shown.run().texts("mb-sides") == []
    shown.press("entry-save")
    assert (last(store).row, last(store).replaces) == (row + 1, None)


def test_a_conflict_and_what_was_typed_outlive_another_page(store: Store) -> None:
    shown = on(correct="4")
    shown.fill(value="1.3", by="Li Wei")
    shown.go("overview")
    row = corrected(store, 4, "1.1")
    shown.at.query_params["correct"] = "4"
    shown.go("record")
    assert (shown.holds("value"), len(shown.texts("mb-sides"))) == ("1.3", 1)
    shown.press("mine-entry")
    assert last(store).replaces == row


def test_each_target_has_a_form_which_outlives_pages_languages_and_saves(store: Store) -> None:
    shown = filled(value="2.5", note="to be checked")
    before = store.count(PLAN)
    shown.go("overview")
    shown.go("record")
    shown.choose(lang="zh").choose(lang="en")
    assert (shown.holds("value"), shown.holds("note")) == ("2.5", "to be checked")
    assert store.count(PLAN) == before
    shown.put("target", "new-jobs")
    assert shown.address["target"] == "new-jobs"
    assert (shown.holds("value"), shown.holds("period"), shown.effects()) == ("", None, [])
    shown.fill(**{**SOUND, "value": "28万"}).press("entry-save")
    assert last(store).target == "new-jobs"
    shown.put("target", "gdp-growth")
    assert shown.holds("value") == "2.5"


def test_a_history_is_read_once_a_version(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = on(correct="4")
    asked: list[str | None] = []
    read = Store.history

    def counted(self: Store, plan_id: str, target: str | None = None) -> list[Entry]:
        asked.append(target)
        return read(self, plan_id, target)

    monkeypatch.setattr(Store, "history", counted)
    shown.fill(value="1.3")
    assert asked == []
    figure = Observation("cpi", Period.parse("2020"), Decimal("1.7"), date(2021, 1, 20))
    add_row(store, "beijing-2020", figure, "Li Wei", datetime(2021, 4, 30, tzinfo=UTC))
    for value in ("1.4", "1.5"):
        shown.fill(value=value)
    assert asked == ["gdp-growth"]


def test_a_correction_does_not_become_a_new_actual_in_silence(store: Store) -> None:
    shown = on(correct="4")
    withdraw_row(store, PLAN, 4, date(2021, 4, 30), "wrong", "Wang Fang", datetime.now(UTC))
    shown.run()
    assert "No. 4 cannot be corrected here any more" in shown.said
    assert "New actual" in shown.text


def test_a_milestone_is_recorded_by_its_stage(store: Store) -> None:
    shown = on("zhengyangmen-restoration", as_of="2020-06-30")
    labels = {str(box.label) for box in shown.at.selectbox}
    assert "Stage (required)" in labels
    assert "How exact" not in labels
    day = date(2020, 6, 30)
    fields = {"period": "2020-06-30", "value": "under_way", "known_on": day, "source": "Xinhua"}
    shown.fill(**fields, by="Li Wei")
    [(_, before, after)] = shown.effects()
    assert (before, after) == ("no_data", "on_track")
    shown.press("Save")
    row = last(store)
    assert (row.value, row.period.text, row.nature) == (Stage.UNDER_WAY, "2020-06-30", Nature.FINAL)
    assert shown.status == "on_track"


def test_an_untouched_form_complains_of_nothing_and_a_wrong_one_of_everything() -> None:
    shown = on("cpi")
    assert (shown.problems(), shown.said) == ([], "")
    assert "Period and value first" in shown.text
    shown.fill(value="2.4", source="x" * 301)
    assert shown.holds("period") is None
    shown.fill(period="soon", value="much")
    assert [line.split(":")[0] for line in shown.problems()] == ["Period", "Value", "Source"]


@pytest.mark.parametrize(
    ("by", "at", "told"),
    [
        ("Li Wei", NOW, "Recorded by yourself before"),
        ("Li Wei", NOW.replace(day=2), "Recorded by yourself on 2 April 2021"),
        ("Wang Fang", NOW.replace(day=2), "Recorded on 2 April 2021"),
        ("Wang Fang", NOW, "Recorded meanwhile"),
    ],
)
def test_a_conflict_says_by_whom_and_when(by: str, at: datetime, told: str, store: Store) -> None:
    shown = on().fill(**SOUND)
    add_row(store, PLAN, replace(last_of(store, 4), replaces=4, value=Decimal("1.1")), by, at)
    [sides] = shown.run().texts("mb-sides")
    assert told in sides


def test_a_period_with_two_meanings_is_confirmed_or_refused(store: Store) -> None:
    shown = filled("cpi", value="2.4", period="Jul-20", known_on=date(2020, 8, 20), source="x")
    reading = "“Jul-20” is read so: July 2020 (2020-07); it can also mean: as at 20 July 2020"
    assert reading in shown.text
    assert shown.at.button(key="entry-save").disabled
    tick(shown).press("entry-save")
    assert last(store).period.text == "2020-07"
    shown = filled("cpi", value="2.4", period="01-07", known_on=date(2020, 8, 20), source="x")
    assert "“01-07” has more than one meaning: January–July 2020" in shown.text
