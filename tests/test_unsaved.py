"""What is typed for a month and not saved yet: its edits, its text form, its candidates."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mubiao.model import Qualifier
from mubiao.problems import Refused
from mubiao.proposal.rows import Candidate
from mubiao.proposal.unsaved import CELLS, Cell, Cells, Unsaved, copied, read_book, write_book
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


@settings(max_examples=25)
@given(
    st.dictionaries(
        st.text(),
        st.builds(
            Unsaved,
            token=st.text(),
            source=st.text(max_size=200),
            rows=st.dictionaries(
                st.text(),
                st.builds(
                    Cells, texts=st.dictionaries(st.sampled_from(CELLS), st.text(max_size=200))
                ),
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


@pytest.mark.parametrize(
    ("cell", "most"), [("note", 2000), ("source", 300), ("value", 200), ("period", 200)]
)
def test_a_cell_is_kept_up_to_its_length_and_never_cut(cell: Cell, most: int) -> None:
    book = {"plan/2020-06": typed(**{cell: "万" * most})}
    assert read_book(write_book(book)) == book
    with pytest.raises(Refused, match=f"has {most + 1} characters; expected at most {most}"):
        write_book({"plan/2020-06": typed(**{cell: "万" * (most + 1)})})


def test_what_all_share_has_its_length_too() -> None:
    with pytest.raises(Refused, match="expected at most 300"):
        write_book({"plan/2020-06": Unsaved(token="t", source="x" * 301)})


def test_a_copy_of_somebody_elses_edits_leaves_ones_own_and_confirms_nothing() -> None:
    theirs = {"p/m": typed(base=4, value="12").confirmed("jobs", "m"), "p/n": typed(value="9")}
    own = {"p/n": typed(value="1"), "p/o": typed(value="2")}
    book = copied(theirs, own)
    assert book["p/m"].rows == {"jobs": Cells(texts={"value": "12"}, base=4)}
    assert (book["p/m"].source, book["p/m"].known_on) == ("Bureau", TODAY.isoformat())
    assert book["p/m"].token != theirs["p/m"].token  # another save
    assert (book["p/n"], book["p/o"]) == (own["p/n"], own["p/o"])
    assert list(copied(theirs, {})) == ["p/m", "p/n"]
