"""What others recorded while somebody was typing: for the days of the entry, and of its row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mubiao.model import Entry, Observation, Withdrawal
from mubiao.period import Period
from mubiao.views.meanwhile import Meanwhile, meanwhile
from tests.real import real_plan

TARGET = real_plan().by_id["gdp-growth"]
FIRST = Observation(
    target=TARGET.id,
    period=Period.parse("2020-H1"),
    value=Decimal("-3.2"),
    known_on=date(2020, 7, 27),
    source="Bureau",
    row=4,
)
MINE = replace(FIRST, value=Decimal("-3.1"), row=0)


def said(row: int, value: str, replaces: int | None = None, period: str = "2020-H1") -> Observation:
    """What somebody else recorded."""
    days = Period.parse(period)
    return replace(FIRST, row=row, value=Decimal(value), replaces=replaces, period=days)


def taken_back(row: int, replaces: int) -> Withdrawal:
    """What somebody else withdrew."""
    return Withdrawal(TARGET.id, replaces, date(2020, 8, 1), "not published", row=row)


def met(
    *others: Entry, mine: Observation | None = MINE, correcting: Observation | None = None
) -> Meanwhile | None:
    """What is met after row 4 was seen."""
    return meanwhile([FIRST, *others], TARGET, mine, correcting, FIRST.row)


def test_nothing_is_met_while_nobody_records_anything_of_these_days() -> None:
    assert met() is None
    assert met(correcting=FIRST) is None
    assert met(said(5, "1.2", period="2020")) is None


@pytest.mark.parametrize(
    ("others", "rows", "stands"),
    [
        ([said(5, "-3")], [5], 5),
        ([said(5, "-3", replaces=4)], [5], 5),
        ([said(5, "-3", replaces=4), said(6, "-3.3", replaces=5)], [5, 6], 6),
        ([taken_back(5, replaces=4)], [5], None),
        ([taken_back(5, replaces=4), said(6, "-3")], [5, 6], 6),
        ([said(5, "-3"), taken_back(6, replaces=5)], [5, 6], None),
        ([replace(said(5, "-3"), known_on=date(2020, 9, 1))], [5], None),
        ([said(5, "-3", replaces=4, period="2020-Q2")], [5], None),
    ],
)
def test_a_new_figure_takes_the_place_of_what_stands_now_of_what_others_recorded(
    others: list[Entry], rows: list[int], stands: int | None
) -> None:
    found = met(*others)
    assert found is not None
    assert found.saw == FIRST
    assert [entry.row for entry in found.recorded] == rows
    assert found.seen == rows[-1]
    assert (found.stands.row if found.stands else None) == stands


@pytest.mark.parametrize(
    ("others", "rows", "stands"),
    [
        ([said(5, "-3", replaces=4)], [5], 5),
        ([said(5, "-3", replaces=4, period="2020-Q2")], [5], 5),
        ([taken_back(5, replaces=4)], [5], None),
        ([taken_back(5, replaces=4), said(6, "-3")], [5, 6], 6),
        ([replace(said(5, "-3", replaces=4), known_on=date(2020, 9, 1))], [5], 5),
    ],
)
def test_a_correction_corrects_its_row_as_it_stands_now(
    others: list[Entry], rows: list[int], stands: int | None
) -> None:
    found = met(*others, correcting=FIRST)
    assert found is not None
    assert (found.saw, [entry.row for entry in found.recorded]) == (FIRST, rows)
    assert (found.stands.row if found.stands else None) == stands


def test_a_corrected_row_is_known_to_be_replaced_before_the_entry_can_be_read() -> None:
    found = met(said(5, "-3", replaces=4), mine=None, correcting=FIRST)
    assert found is not None
    assert found.seen == 5
    assert met(said(5, "-3"), mine=None) is None


def test_of_nothing_recorded_before_nothing_was_seen() -> None:
    found = meanwhile([said(5, "-3")], TARGET, MINE, None, 0)
    assert found is not None
    assert found.saw is None
