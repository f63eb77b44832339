"""Target: commentary and a person's own judgement, beside the computed status."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from mubiao import journal
from mubiao.model import Act, Remark, Status
from mubiao.period import Period
from mubiao.store import Store
from tests.actors import named
from tests.pages.rooms import PLAN
from tests.pages.seen import Shown, bare, opened

AT = datetime(2021, 4, 20, 8, 15, tzinfo=UTC)


def remark(
    text: str = "It was a hard year.",
    day: date = date(2021, 4, 20),
    status: Status | None = None,
    until: date | None = None,
    replaces: int | None = None,
) -> Remark:
    period = Period.parse("2020")
    return Remark("gdp-growth", period, text, day, status, until, replaces=replaces)


def written(store: Store, what: Remark, by: str = "Li Wei") -> int:
    return store.remark(PLAN, what, Act(named(by), AT))


def judged(until: date = date(2021, 6, 30)) -> Remark:
    text = "By comparable measures it is nearly kept."
    return remark(text, status=Status.AT_RISK, until=until)


def form(shown: Shown, **fields: Any) -> Shown:  # noqa: ANN401 - as many kinds as fields
    for field, value in {"by": "Li Wei", **fields}.items():
        shown.put(field if field == "by" else f"remark-{field}", value)
    return shown


def on_target(**address: str) -> Shown:
    return opened("target", target="gdp-growth", **address)


def test_commentary_is_written_with_author_period_and_day(store: Store) -> None:
    shown = on_target()
    assert "Nobody had said anything about it by this day." in shown.text
    assert shown.having("mb-beside") == []
    form(shown, text="Services recovered late.\nVouchers were issued.").press("remark-save")
    assert "Saved." in shown.said
    [note] = shown.texts("mb-note")
    assert note == (
        "Services recovered late. Vouchers were issued.the full year · Li Wei · 30 April 2021"
    )
    [kept] = store.remarks(PLAN)
    assert (kept.written_by, kept.day, kept.status) == ("Li Wei", date(2021, 4, 30), None)
    # The next one begins with an empty text.
    assert [area.value for area in shown.at.text_area] == [""]


def test_another_period_can_be_typed(store: Store) -> None:
    form(on_target(), period="2020-Q1", text="A hard spring.").press("remark-save")
    form(on_target(), period="the first half", text="A hard one.").press("remark-save")
    periods = {kept.text: kept.period.text for kept in store.remarks(PLAN)}
    assert periods == {"A hard spring.": "2020-Q1", "A hard one.": "2020-H1"}
    shown = form(on_target(), period="soon", text="When?").press("remark-save")
    assert "“soon” is not a period" in shown.problems()[0]
    assert len(store.remarks(PLAN)) == 2


def test_each_attempt_is_a_line_in_the_log(store: Store, tmp_path: Path) -> None:
    del store
    journal.begin(tmp_path / "acts.log")
    form(on_target(), text="A hard spring.").press("remark-save")
    form(on_target(), text="A hard one.", by="seed").press("remark-save")
    journal.end()
    lines = (tmp_path / "acts.log").read_text(encoding="utf-8").splitlines()
    assert [line.split()[1:4] for line in lines] == [
        ["actor=typed:li%20wei", "action=remark", "outcome=done"],
        ["actor=typed:seed", "action=attempt", "outcome=refused"],
    ]


def test_refused_commentary_says_why(store: Store) -> None:
    shown = form(on_target(), text="Sound.", by="").press("remark-save")
    assert ["the name is missing" in problem for problem in shown.problems()] == [True]
    assert store.remarks(PLAN) == []


def test_a_judgement_needs_status_reason_and_last_day(store: Store) -> None:
    shown = form(on_target(), kind="judgement")
    kinds = ("selectbox", "date_input", "text_area")
    labels = {bare(field.label) for kind in kinds for field in shown.at.get(kind)}
    required = ("How you see it", "Last day", "Why you judge it so")
    assert {f"{label} (required)" for label in required} <= labels
    shown.press("remark-save")
    # Each at its own field, in the order of the fields.
    told = [problem.split(";")[0] for problem in shown.problems()]
    assert told == ["the status is missing", "the last day is missing", "the reason is missing"]
    # What was mended is no longer complained of; the rest is.
    # A last day that is over is not even offered: the field then holds nothing.
    form(shown, kind="judgement", why="Nearly.", until=date(2021, 4, 29))
    told = [problem.split(";")[0] for problem in shown.problems()]
    assert told == ["the status is missing", "the last day is missing"]
    assert store.remarks(PLAN) == []


def test_a_judgement_stands_beside_the_computed_status_never_in_its_place(store: Store) -> None:
    shown = form(
        on_target(), kind="judgement", status="at_risk", until=date(2021, 6, 30), why="Nearly."
    )
    shown.press("remark-save")
    assert "The judgement is saved." in shown.said
    [beside] = shown.having("mb-beside")
    computed, own = list(beside)
    assert "✖ missed" in "".join(computed.itertext())
    assert "by the rule, as of 30 April 2021" in "".join(computed.itertext())
    words = "".join(own.itertext())
    for part in ("▲ at risk", "Nearly.", "own judgement of Li Wei", "until 30 June 2021"):
        assert part in words
    assert shown.status == "missed"
    assert "own judgement: ▲ at risk" in shown.texts("mb-target-line")[0]
    overview = opened("overview")
    assert overview.targets["gdp-growth"] == "missed"
    assert overview.text.count("own judgement: ▲ at risk") == 1
    # In a list that a link asks for, too.
    overview = opened("overview", status="missed")
    assert overview.text.count("own judgement: ▲ at risk") == 2
    assert store.remarks(PLAN)[0].until == date(2021, 6, 30)


def test_a_second_judgement_takes_the_place_of_ones_first(store: Store) -> None:
    first = written(store, judged())
    other = written(store, judged(), by="Wang Fang")
    shown = form(
        on_target(), kind="judgement", status="on_track", until=date(2021, 5, 31), why="Better."
    )
    shown.press("remark-save")
    [beside] = shown.having("mb-beside")
    assert len(list(beside)) == 3
    standing = store.remarks(PLAN, "gdp-growth", date(2021, 4, 30))
    assert [r.row for r in standing] == [other, other + 1]
    assert standing[-1].replaces == first


def test_an_expired_judgement_is_history(store: Store) -> None:
    written(store, judged(until=date(2021, 4, 25)))
    then = on_target(as_of="2021-04-25")
    assert len(then.having("mb-beside")) == 1
    now = on_target(as_of="2021-04-26")
    assert now.having("mb-beside") == []
    assert "Judgements whose last day is over: 1" in now.text
    assert "nearly kept" in now.texts("mb-note")[0]
    assert "own judgement" not in now.texts("mb-target-line")[0]


def test_as_of_an_earlier_day_nobody_had_said_it_yet(store: Store) -> None:
    written(store, remark(day=date(2021, 4, 20)))
    assert on_target(as_of="2021-04-19").having("mb-note") == []
    assert len(on_target(as_of="2021-04-20").having("mb-note")) == 1
    earlier = form(on_target(as_of="2021-03-31"), text="Said later.")
    assert "shown from 30 April 2021 on" in earlier.text
    earlier.press("remark-save")
    assert earlier.having("mb-note") == []
    assert store.remarks(PLAN)[-1].day == date(2021, 4, 30)


def test_ones_own_remark_can_be_taken_back_and_stays_in_the_history(store: Store) -> None:
    mine, theirs = written(store, remark()), written(store, remark("Theirs."), by="Wang Fang")
    shown = on_target().put("by", "Li Wei")
    assert shown.buttons("take-back") == [f"take-back-{mine}"]
    shown.press(f"take-back-{mine}")
    assert "Taken back." in shown.said
    assert ["Theirs." in note for note in shown.texts("mb-note")] == [True]
    standing = store.remarks(PLAN, "gdp-growth", date(2021, 4, 30))
    assert [r.row for r in standing] == [theirs]
    history = opened("history", person="Li Wei").text + opened("history").text
    assert "taken back" in history
    assert "It was a hard year." in history


def test_what_was_taken_back_meanwhile_is_told(store: Store) -> None:
    mine = written(store, remark())
    shown = on_target().put("by", "Li Wei")
    written(store, remark("", replaces=mine), by="Wang Fang")
    assert "Wang Fang" in shown.press(f"take-back-{mine}").said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_change_of_language_keeps_what_is_begun(lang: str) -> None:
    shown = form(
        on_target(lang=lang), kind="judgement", status="off_track", why="Begun, not saved."
    )
    shown.choose(lang="en" if lang == "zh" else "zh")
    assert [area.value for area in shown.at.text_area] == ["Begun, not saved."]
    assert shown.holds("remark-status") == "off_track"


def test_the_text_of_one_kind_is_not_carried_into_the_other() -> None:
    shown = form(on_target(), text="Services recovered late.")
    form(shown, kind="judgement")
    assert [area.value for area in shown.at.text_area] == [""]
    form(shown, why="Nearly.", kind="commentary")
    assert [area.value for area in shown.at.text_area] == ["Services recovered late."]
