"""The rules as tables for people: they say what judges."""

import re
from decimal import Decimal

import pytest

from mubiao.assessment import DUE_SOON, STALE_AFTER
from mubiao.i18n import language
from mubiao.model import Comparator, Measure, Plan, Thresholds
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.rules import never, tables
from tests.real import real_plan
from tests.samples import plan_of, target

EN = language("en")
ONE = plan_of(target("one", measure="rate", comparator="at_least", value="6"))


def printed(plan: Plan, code: str = "en") -> str:
    return "\n".join(
        " | ".join(row) for table in tables(Phrasebook(plan, language(code))) for row in table.rows
    )


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


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_row_has_a_cell_for_each_column_and_no_place_is_left_open(code: str) -> None:
    found = tables(Phrasebook(real_plan(), language(code)))
    assert len(found) == 4
    for table in found:
        assert table.title
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        for cell in (*table.columns, *(cell for row in table.rows for cell in row)):
            assert cell
            assert not re.search(r"[{}]", cell)


def test_every_measure_and_every_comparator_is_explained() -> None:
    wording, counting, judging, _ = tables(Phrasebook(ONE, EN))
    assert [row[0] for row in counting.rows] == [words.MEASURE[m] for m in Measure]
    assert len(wording.rows) == len(Comparator)
    assert [row[0] for row in judging.rows] == [
        "any",
        "count",
        "rate",
        "level, since a base year",
        "all year",
        "in step with",
        "milestone",
    ]


def test_what_is_never_done_says_that_missing_is_never_zero() -> None:
    said = never(EN)
    assert len(said) == 4
    assert said[0].startswith("Missing is never zero")
