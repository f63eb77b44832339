"""What is typed for a month and not saved yet: its edits, its text form, its candidates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.model import Qualifier
from mubiao.proposal.rows import Candidate
from mubiao.proposal.unsaved import CELLS, Cells, Unsaved, read_book, write_book
from tests.samples import plan_of, target

TODAY = date(2020, 7, 20)
PLAN = plan_of(target("jobs", measure="count", comparator="at_least", value=280000, unit="people"))


def typed(base: int = 0, **cells: str) -> Unsaved:
    """Unsaved edits of jobs, known on the day and from one source."""
    rows = {"jobs": Cells(texts=cells, base=base)}
    return Unsaved(token="t", known_on=TODAY.isoformat(), source="Bureau", rows=rows)


def candidate(base: int = 0, **cells: str) -> Candidate:
    return typed(base, **cells).candidate("jobs", "2020-H1", 3, PLAN, TODAY)


def test_an_edit_keeps_the_row_that_it_was_based_on() -> None:
    edits = Unsaved(token="t").edited("cpi", {"value": "2.8"}, 14)
    assert edits.edited("cpi", {"value": " 2.9 "}, 99).rows["cpi"] == Cells(
        texts={"value": "2.9"}, base=14
    )
    emptied = edits.edited("cpi", {"value": " "}, 99)
    assert emptied == edits.without("cpi")
    assert (emptied.rows, emptied.is_empty) == ({}, True)
    assert emptied.edited("cpi", {"value": "3"}, 99).rows["cpi"].base == 99
    assert edits.based("cpi", 20).rows["cpi"].base == 20
    assert edits.save_token != edits.based("cpi", 20).save_token


def test_a_candidate_takes_from_all_what_its_own_cells_do_not_say() -> None:
    own = candidate(value="12", source="own", known_on="2020-07-01", note="n", base=4)
    assert (own.figure.source, own.figure.known_on) == ("own", date(2020, 7, 1))
    assert (own.silent, own.shared) == ({"nature"}, frozenset())
    assert (own.seen, own.place, own.named) == (4, 3, None)
    shared = candidate(value="12万以上", nature="final")
    assert (shared.figure.source, shared.figure.known_on) == ("Bureau", TODAY)
    assert (shared.silent, shared.shared) == ({"note"}, {"known_on", "source"})
    assert (shared.figure.value, shared.figure.qualifier) == (120000, Qualifier.AT_LEAST)


def test_what_cannot_be_read_is_a_candidate_with_the_reasons() -> None:
    refused = candidate(value="N/A", known_on="soon")
    assert refused.figure is None
    assert [problem.field for problem in refused.problems] == ["value", "known_on"]


def test_a_mark_is_confirmed_for_the_row_that_has_it() -> None:
    edits = typed(value="12").confirmed("jobs", "m")
    assert [edits.is_confirmed(mark) for mark in ("m", "n")] == [True, False]


@given(
    st.dictionaries(
        st.text(),
        st.builds(
            Unsaved,
            token=st.text(),
            source=st.text(),
            rows=st.dictionaries(
                st.text(),
                st.builds(Cells, texts=st.dictionaries(st.sampled_from(CELLS), st.text())),
            ),
        ),
    )
)
def test_unsaved_edits_come_back_as_they_were(book: dict[str, Unsaved]) -> None:
    assert read_book(write_book(book)) == book


@given(st.text() | st.sampled_from(["[]", "{", '{"a": 1}', '{"a": {"token": "t", "x": 1}}']))
def test_a_text_of_another_kind_holds_no_edits(text: str) -> None:
    assert read_book(text) == {}


@pytest.mark.parametrize("text", [None, ""])
def test_no_text_holds_no_edits(text: str | None) -> None:
    assert read_book(text) == {}
    assert write_book({}) == ""
