"""A meeting's agenda: edits of its rows, and how the record keeps it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from mubiao.model import Act, Agenda, AgendaItem, Meeting
from mubiao.problems import Refused
from mubiao.store import Store
from mubiao.views.agenda import agenda_rows, edited
from tests import briefings
from tests.actors import named

AT = datetime(2020, 8, 3, 9, 12, tzinfo=UTC)
ITEMS = tuple(map(AgendaItem, ("opening", "headline", "target-cpi", "changes")))


@pytest.mark.parametrize(
    ("edits", "added", "order"),
    [
        ({}, "", "opening headline target-cpi changes"),
        ({3: {"number": 1}}, "", "changes opening headline target-cpi"),
        ({0: {"number": 3}}, "", "headline target-cpi opening changes"),
        ({0: {"number": 99}}, "", "headline target-cpi changes opening"),
        ({0: {"number": None}}, "", "opening headline target-cpi changes"),
        ({0: {"number": "bad"}}, "", "opening headline target-cpi changes"),
        ({}, "pm25", "opening headline target-cpi target-pm25 changes"),
        ({}, "cpi", "opening headline changes target-cpi"),
    ],
)
def test_a_number_moves_a_slide_and_a_target_is_added(
    edits: Mapping[int, Mapping[str, object]], added: str, order: str
) -> None:
    assert [item.slide for item in edited(ITEMS, edits, added)] == order.split()


def test_a_tick_leaves_a_slide_out_and_a_note_is_kept() -> None:
    edits = {1: {"included": False, "note": "Later."}, 2: {"included": "?", "note": None}}
    assert edited(ITEMS, edits)[1:3] == (
        AgendaItem("headline", "Later.", left_out=True),
        AgendaItem("target-cpi"),
    )


def test_the_rows_to_prepare_hold_each_list_once_and_what_is_left_out() -> None:
    slides = [slide.id for slide, _ in agenda_rows(briefings.july("en"), 8)]
    assert len(set(slides)) == len(slides)
    assert "changes" in slides
    assert "changes-2" not in slides


def meeting_of(record: Store) -> Meeting:
    return record.hold(
        "beijing-2020", "July", date(2020, 7, 31), Act(named("wang"), AT), plan_text="{}"
    )


def prepare(record: Store, meeting: int, *items: AgendaItem, replaces: int = 0) -> Agenda:
    return record.prepare("beijing-2020", meeting, items, Act(named("wang"), AT), replaces=replaces)


def test_an_agenda_is_kept_with_its_meeting_and_each_replaces_the_one_before(store: Store) -> None:
    meeting = meeting_of(store).id
    assert store.agenda("beijing-2020", meeting) == Agenda()
    first = prepare(store, meeting, AgendaItem("opening", "Welcome.\nThen on."))
    assert (first.by, first.at, first.items[0].note) == ("wang", AT, "Welcome.\nThen on.")
    second = prepare(store, meeting, *ITEMS, replaces=first.row)
    assert store.agenda("beijing-2020", meeting) == second
    # Pressed twice, it is kept once.
    assert prepare(store, meeting, *ITEMS, replaces=first.row) == second


def test_who_prepares_from_an_older_agenda_is_told_who_was_faster(store: Store) -> None:
    meeting = meeting_of(store).id
    prepare(store, meeting, *ITEMS)
    with pytest.raises(Refused, match="wang changed the order of slides meanwhile"):
        prepare(store, meeting, AgendaItem("opening"))


def test_an_agenda_names_no_slide_twice_and_no_note_is_too_long(store: Store) -> None:
    meeting = meeting_of(store).id
    with pytest.raises(Refused, match="the slide opening stands twice"):
        prepare(store, meeting, AgendaItem("opening"), AgendaItem("opening"))
    with pytest.raises(Refused):
        prepare(store, meeting, AgendaItem("opening", "x" * 3000))
    assert store.agenda("beijing-2020", meeting) == Agenda()
