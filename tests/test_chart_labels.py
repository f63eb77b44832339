"""Labels of charts: none lies over another, and none leaves its column."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mubiao.figures.labels import Placed, apart, clear, wrapped

ROOM = 300.0
placed = st.builds(
    Placed,
    st.lists(st.just("text"), min_size=1, max_size=3).map(tuple),
    st.floats(-50, ROOM + 50),
    st.just(12.0),
)


@given(st.lists(placed, max_size=12))
def test_no_label_lies_over_another_or_outside_its_column(labels: list[Placed]) -> None:
    kept = apart(labels, ROOM)
    assert all(
        below.middle - above.middle >= (above.high + below.high) / 2
        for above, below in pairwise(kept)
    )
    for one in kept:
        assert one.high / 2 - 1e-6 <= one.middle <= ROOM - one.high / 2 + 1e-6


@given(st.lists(placed, max_size=4))
def test_labels_that_have_room_are_all_kept_in_their_order(labels: list[Placed]) -> None:
    kept = apart(labels, ROOM)
    assert [one.lines for one in kept] == [
        one.lines for one in sorted(labels, key=lambda one: one.middle)
    ]


def test_a_label_that_is_alone_stays_where_its_line_ends() -> None:
    assert apart([Placed(("a",), 100.0, 12.0)], ROOM)[0].middle == 100.0


def test_of_labels_over_each_other_the_last_is_written() -> None:
    places = [(10.0, 50.0, 30.0), (20.0, 52.0, 30.0), (80.0, 52.0, 30.0), (20.0, 90.0, 30.0)]
    assert clear(places, 16.0) == [False, True, True, True]


def test_a_long_text_is_cut_where_its_lines_end() -> None:
    assert wrapped(["short"], 12, 100) == ("short",)
    cut = wrapped(["many words that go on and on without any end in sight at all"], 12, 60)
    assert len(cut) == 3
    assert cut[-1].endswith("…")
