"""The page of one target: facts, and what became of each recorded row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mubiao.assessment import assess
from mubiao.counting import standing
from mubiao.i18n import language
from mubiao.model import (
    Code,
    Entry,
    Nature,
    Observation,
    Owner,
    Plan,
    Source,
    Stage,
    Text,
    Withdrawal,
)
from mubiao.views.detail import ActualRow, baseline, detail, facts
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.places import place
from tests.real import known, real_actuals, real_plan
from tests.samples import EN, observation, plan_of, target
from tests.worked import CPI, LINE

NOON = datetime(2020, 8, 1, 12, 30, tzinfo=UTC)
PLAN = plan_of(CPI, LINE)
BOOK = Phrasebook(PLAN, EN)


def row(
    number: int, period: str, value: str, known_on: str, replaces: int | None = None
) -> Observation:
    seen = observation("cpi", period, value, known_on, row=number)
    return replace(seen, replaces=replaces, recorded_by="Li", recorded_at=NOON)


def withdrawal(number: int, replaces: int, known_on: str) -> Withdrawal:
    day = date.fromisoformat(known_on)
    return Withdrawal("cpi", replaces, day, "typed twice", "Li", NOON, number)


def shown(history: Sequence[Entry], as_of: str, plan: Plan = PLAN) -> tuple[ActualRow, ...]:
    day = date.fromisoformat(as_of)
    found = assess(plan, standing(history, day), day)[0]
    return detail(Phrasebook(plan, EN), found, history).actuals


@pytest.mark.parametrize(("code", "told"), [("en", "undone"), ("zh", "撤销")])
def test_a_row_whose_save_was_undone_says_so_in_the_readers_language(code: Code, told: str) -> None:
    gone = replace(withdrawal(2, 1, "2020-07-21"), reason=None)
    history = [row(1, "2020-Q1", "3.8", "2020-04-17"), gone]
    found = assess(PLAN, standing(history, NOON.date()), NOON.date())[0]
    assert detail(Phrasebook(PLAN, language(code)), found, history).actuals[0].note == told


def states(history: Sequence[Entry], as_of: str) -> dict[int, str]:
    return {actual.row: actual.state for actual in shown(history, as_of)}


def still_open(history: Sequence[Entry], as_of: str) -> set[int]:
    return {actual.row for actual in shown(history, as_of) if actual.open}


Q1 = row(1, "2020-Q1", "3.8", "2020-04-20")
H1 = row(2, "2020-H1", "2.8", "2020-07-10")
CORRECTED = row(3, "2020-H1", "2.9", "2020-08-10", replaces=2)
WITHDRAWN = withdrawal(4, 3, "2020-09-10")
WHOLE = (Q1, H1, CORRECTED, WITHDRAWN)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2020-04-19", {1: "not_yet", 2: "not_yet", 3: "not_yet", 4: "withdrawal"}),
        ("2020-04-20", {1: "counting", 2: "not_yet", 3: "not_yet", 4: "withdrawal"}),
        ("2020-07-10", {1: "shown", 2: "counting", 3: "not_yet", 4: "withdrawal"}),
        ("2020-08-09", {1: "shown", 2: "counting", 3: "not_yet", 4: "withdrawal"}),
        ("2020-08-10", {1: "shown", 2: "replaced", 3: "counting", 4: "withdrawal"}),
        ("2020-09-10", {1: "counting", 2: "replaced", 3: "withdrawn", 4: "withdrawal"}),
    ],
)
def test_each_row_has_the_state_it_had_on_the_day(as_of: str, expected: dict[int, str]) -> None:
    assert states(WHOLE, as_of) == expected


def test_rows_come_latest_first_whatever_order_they_were_read_in() -> None:
    assert [actual.row for actual in shown(WHOLE, "2020-10-01")] == [4, 3, 2, 1]
    assert shown(WHOLE, "2020-10-01") == shown(WHOLE[::-1], "2020-10-01")


def test_the_words_of_a_state_name_the_other_row() -> None:
    words = {actual.row: actual.state_word for actual in shown(WHOLE, "2020-10-01")}
    replaced = {2: "replaced by no. 3", 3: "withdrawn by no. 4", 4: "withdraws no. 3"}
    assert words == {1: "counts"} | replaced
    assert shown(WHOLE, "2020-04-19")[-1].state_word == "not known yet on that day"
    assert shown(WHOLE, "2020-07-10")[-1].state_word == "shown only"


def test_a_figure_that_is_not_judged_is_shown_only() -> None:
    month = row(5, "2020-03", "3.2", "2020-04-20")
    assert states((Q1, month), "2020-05-01") == {1: "counting", 5: "shown"}


def test_what_nothing_replaces_yet_is_open_on_whatever_day_one_looks() -> None:
    """A row that was replaced later cannot be replaced again, also where that is not seen yet."""
    for as_of in ("2020-04-19", "2020-07-10", "2020-10-01"):
        assert still_open(WHOLE, as_of) == {1}
    assert still_open((Q1, H1, CORRECTED), "2020-07-10") == {1, 3}
    assert still_open((), "2020-07-10") == set()


def test_a_row_whose_correction_was_corrected_earlier_is_not_called_standing() -> None:
    """Row 6 is to count from December, but row 7 put it right from July: row 5 is gone."""
    first = row(5, "2020-Q1", "3.8", "2020-04-20")
    late = row(6, "2020-Q1", "3.7", "2020-12-01", replaces=5)
    early = row(7, "2020-Q1", "3.6", "2020-07-01", replaces=6)
    history = (first, late, early)
    assert [o.row for o in standing(history, date(2020, 8, 1))] == [7]
    assert states(history, "2020-06-30") == {5: "counting", 6: "not_yet", 7: "not_yet"}
    assert states(history, "2020-08-01") == {5: "replaced", 6: "replaced", 7: "counting"}
    assert shown(history, "2020-08-01")[-1].state_word == "replaced by no. 7"


def test_exactly_the_standing_rows_count_or_are_shown() -> None:
    for as_of in ("2020-04-19", "2020-07-31", "2020-08-31", "2020-10-01"):
        stand = {o.row for o in standing(WHOLE, date.fromisoformat(as_of))}
        found = states(WHOLE, as_of)
        assert {number for number, s in found.items() if s in ("counting", "shown")} == stand
        assert list(found.values()).count("counting") == (1 if stand else 0)


def test_a_row_has_its_texts_ready_to_print() -> None:
    seen = replace(H1, note="see table 2", nature=Nature.PRELIMINARY)
    (found,) = shown((seen,), "2020-08-01")
    assert (found.period, found.value) == ("the first half of 2020", "2.8%")
    assert (found.nature, found.known_on) == ("preliminary", "2020-07-10")
    assert (found.source, found.note) == ("sample", "see table 2")
    assert "Li" in found.recorded
    assert "2020-08-01 12:30 UTC" in found.recorded


def test_a_withdrawal_shows_its_reason_and_no_figure() -> None:
    found = shown(WHOLE, "2020-10-01")[0]
    assert (found.period, found.value, found.nature, found.source) == ("", "", "", "")
    assert found.note == "typed twice"
    assert not found.open


def test_a_seeded_row_says_that_it_was_published_and_a_milestones_its_stage() -> None:
    (found,) = shown((replace(Q1, recorded_by="seed"),), "2020-08-01")
    assert "published figures" in found.recorded
    assert "seed" not in found.recorded
    seen = observation("line", "2020-06-30", Stage.UNDER_WAY, "2020-07-01", row=1)
    (found,) = shown((seen,), "2020-08-01", plan_of(LINE))
    assert (found.value, found.state) == ("under way", "counting")


def test_the_facts_say_what_the_plan_says_and_nothing_empty() -> None:
    found = dict(facts(BOOK, CPI))
    assert found == {
        "Where it stands": "section 2.0 Headline, paragraph 3",
        "Printed": "“目标”",
        "An actual is": "change on a year earlier, or mean, since the year began",
        "Judged": "at the year's end",
        "Due": "31 December 2020",
        "Published": "quarterly",
    }
    full = target(
        "full",
        measure="level",
        comparator="at_least",
        value="75",
        baseline=("74.1", 2019),
        reading=Text(zh="读法", en="our reading"),
        owner="transport",
        supports=("planning", "finance"),
    )
    units = {"transport": "Transport commission", "planning": "Planning", "finance": "Finance"}
    owners = tuple(Owner(id=id_, name=Text(zh="市" + id_, en=en)) for id_, en in units.items())
    plan = plan_of(full).model_copy(update={"owners": owners})
    more = dict(facts(Phrasebook(plan, EN), full))
    assert more["How we read it"] == "our reading"
    assert more["Lead unit"] == "Transport commission"
    assert more["Supporting units"] == "Planning, Finance"
    assert more["Baseline"] == "74.1% in 2019 (section 1.0, paragraph 3, “基期”)"


def test_a_place_in_a_section_that_the_plan_does_not_name_has_its_number_alone() -> None:
    source = Source(section="1.3", paragraph=7, printed="x")
    assert place(BOOK, source) == "section 1.3, paragraph 7"
    assert baseline(BOOK, CPI) == ""


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_target_of_the_real_plan_has_a_whole_page(code: str) -> None:
    plan, day, words = real_plan(), date(2021, 4, 30), language(code)
    for found in assess(plan, real_actuals(), day):
        history = known(found.target.id, day)
        whole = detail(Phrasebook(plan, words), found, history)
        assert whole.row.id == found.target.id
        assert len(whole.actuals) == len(history)
        assert sum(a.state == "counting" for a in whole.actuals) == (len(history) > 0)
        assert len(whole.path.judged) + len(whole.path.drawn) == len(history)
        texts = [text for pair in (*whole.facts, *whole.meanings) for text in pair if text]
        texts += [text for step in whole.steps for text in step if text]
        assert all(texts)
        assert not [text for text in texts if "{" in text]
