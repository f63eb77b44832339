"""The rules as tables for people: they say what judges."""

import re
from datetime import date
from decimal import Decimal

import pytest

from mubiao.assessment import DUE_SOON, assess
from mubiao.flags import STALE_AFTER
from mubiao.i18n import language
from mubiao.model import Code, Comparator, Flag, Measure, Plan, Stage, Status, Thresholds
from mubiao.plan.printed import WORDINGS
from mubiao.plan.rules import COMPARATORS
from mubiao.wording import words
from mubiao.wording.explanation import explain
from mubiao.wording.glossary import MEANINGS, Meaning, Term, meanings, of_overview, of_target
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.rules import kinds, never, tables
from mubiao.wording.sentences import sentence
from tests.real import real_plan
from tests.samples import EN, observation, plan_of, target
from tests.worked import LINE

ONE = plan_of(target("one", measure="rate", comparator="at_least", value="6"))


def printed(plan: Plan, code: str = "en") -> str:
    book = Phrasebook(plan, language(code))
    return "\n".join(" | ".join(meaning) for meaning in (*kinds(book), *meanings(book)))


def test_the_thresholds_printed_are_the_plans() -> None:
    strict = ONE.model_copy(
        update={"thresholds": Thresholds(on_track=Decimal("0.05"), at_risk=Decimal("0.125"))}
    )
    usual, other = printed(ONE), printed(strict)
    assert "up to 10 percentage points on track, up to 30 percentage points at risk" in usual
    assert "up to 5 percentage points on track, up to 12.5 percentage points at risk" in other
    assert "30 percentage points" not in other


def test_the_constants_printed_are_those_that_judge() -> None:
    text = printed(ONE)
    assert f"due within {DUE_SOON.days} days" in text
    assert f"more than {STALE_AFTER.days} days beyond" in text
    assert "the larger of 0.5 and 10% of T" in text
    assert f"For {ONE.grace} days an earlier one is still judged" in text


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_row_has_a_cell_for_each_column_and_no_place_is_left_open(code: str) -> None:
    found = tables(Phrasebook(real_plan(), language(code)))
    assert len(found) == 2
    for table in found:
        assert table.title
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        for cell in (*table.columns, *(cell for row in table.rows for cell in row)):
            assert cell
            assert not re.search(r"[{}]", cell)


def test_every_measure_and_every_comparator_is_explained() -> None:
    wording, counting = tables(Phrasebook(ONE, EN))
    assert [row[0] for row in counting.rows] == [words.MEASURE[m] for m in Measure]
    assert len(wording.rows) == len(Comparator)
    assert [kind.name for kind in kinds(Phrasebook(ONE, EN))] == [
        "any",
        "any, after the due day",
        "count",
        "count with a ceiling",
        "rate",
        "level, since a base year",
        "all year",
        "beside another series",
        "milestone",
    ]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_status_flag_and_term_is_explained_in_words_with_no_place_left_open(
    code: Code,
) -> None:
    book = Phrasebook(real_plan(), language(code))
    assert set(MEANINGS) == {*Status, *Flag, *Term}
    for meaning in (*meanings(book), *kinds(book)):
        assert meaning.name
        assert meaning.text
        assert not re.search(r"[{}]", "".join(meaning))
    # In words first: what is a formula stands apart.
    assert not any(re.search("[÷≤≥·]", meaning.text) for meaning in meanings(book))


def test_a_target_explains_the_words_that_it_uses() -> None:
    seen = observation("one", "2020-H1", "5.5", "2020-07-20")
    (found,) = assess(ONE, [seen], date(2020, 7, 31))
    assert [meaning.name for meaning in of_target(Phrasebook(ONE, EN), found)] == [
        *("at risk", "warning band", "what the rest must average")
    ]
    assert [meaning.name for meaning in of_overview(Phrasebook(ONE, EN))] == [
        *("achieved", "on track", "at risk", "off track", "missed", "not reported"),
        *("never reported, overdue", "not due yet", "Needs attention", "schedule"),
    ]


def test_what_is_never_done_says_that_missing_is_never_zero() -> None:
    said = never(EN)
    assert len(said) == 4
    assert said[0].startswith("Missing is never zero")


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("comparator", list(Comparator))
def test_a_comparator_is_read_judged_and_said(comparator: Comparator, code: Code) -> None:
    measures = [measure for measure, fit in COMPARATORS.items() if comparator in fit]
    assert measures, "plan/rules.py names no measure for it"
    if comparator is not Comparator.DONE:
        assert comparator in dict(WORDINGS), "plan/printed.py reads no wording as it"
    for measure in measures:
        for value in ("6", "-6"):
            text, steps = said(comparator, measure, value, code)
            assert text
            assert all(step.text for step in steps)


def said(
    comparator: Comparator, measure: Measure, value: str, code: Code
) -> tuple[str, tuple[Meaning, ...]]:
    """The sentence of a target that falls short in July, and its explanation."""
    fields: dict[str, object] = {}
    if comparator is not Comparator.DONE:
        fields |= {"value": value, "better": "higher", "tolerance": "0.5"}
    if comparator is Comparator.BETWEEN:
        fields["upper"] = str(int(value) + 1)
    if comparator is Comparator.IN_STEP_WITH:
        fields |= {"value": None, "in_step_with": "other"}
    other = target("other", measure=measure, comparator="at_least", value="9") if fields else LINE
    one = target("one", measure=measure, comparator=comparator, **fields)
    plan = plan_of(one, other)
    actual = Stage.UNDER_WAY if comparator is Comparator.DONE else "7"
    known = [observation(name, "2020-H1", actual, "2020-07-20") for name in ("one", "other")]
    (found, _) = assess(plan, known[: 2 if fields else 1], date(2020, 7, 31))
    book = Phrasebook(plan, language(code))
    assert found.status in Status
    assert book.asks(one)
    return sentence(book, found), explain(book, found)
