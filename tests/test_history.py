"""The record as people look back on it: saves, rows with what they replaced, remarks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mubiao.model import (
    Entry,
    Nature,
    Observation,
    Remark,
    Save,
    SaveKind,
    Stage,
    Status,
    Withdrawal,
)
from mubiao.period import Period
from mubiao.views.history import Group, RecordPart, groups, summary
from mubiao.views.history_filter import HistoryFilter
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import EN, observation, plan_of
from tests.worked import CPI, LINE

NOON = datetime(2020, 7, 20, 12, 30, tzinfo=UTC)
PLAN = plan_of(CPI, LINE)


def recorded(entry: Observation, row: int, by: str = "Li Wei", minutes: int = 0) -> Observation:
    """The entry as recorded, so many minutes after noon, in the save of the same number."""
    at = NOON + timedelta(minutes=minutes)
    return replace(entry, row=row, recorded_by=by, recorded_at=at, save=row)


Q1 = recorded(observation("cpi", "2020-Q1", "3.8", "2020-04-17"), 1)
CORRECTED = recorded(
    replace(
        Q1, value=Decimal("3.2"), known_on=date(2020, 7, 20), nature=Nature.PRELIMINARY, replaces=1
    ),
    2,
    minutes=5,
)


def save(number: int, kind: SaveKind = SaveKind.ENTRY, rows: int = 1, **more: int) -> Save:
    """A save with so many rows, the first of which has its number."""
    numbers = tuple(range(number, number + rows))
    return Save(number, PLAN.id, f"token-{number}", "Li Wei", NOON, kind, numbers, **more)


def looked(*entries: Entry, saves: tuple[Save, ...] = (), **more: Remark) -> tuple[Group, ...]:
    """The groups of entries given in the order of recording, with the remarks by name."""
    authors = {entry.save: entry.recorded_by for entry in entries}
    saves = tuple(replace(one, by=authors.get(one.id, one.by)) for one in saves)
    newest_first = tuple(sorted(entries, key=lambda entry: entry.row, reverse=True))
    part = RecordPart(
        newest_first,
        {entry.row: entry for entry in entries},
        {one.id: one for one in saves},
        {one.undoes: one for one in saves if one.undoes},
        tuple(sorted(more.values(), key=lambda remark: remark.row, reverse=True)),
        {remark.row: remark for remark in more.values()},
    )
    return groups(Phrasebook(PLAN, EN), part)


def test_a_new_figure_says_who_when_what_and_from_where() -> None:
    [group] = looked(Q1, saves=(save(1),))
    told = (group.person, group.at, group.kind_word)
    assert told == ("Li Wei", "2020-07-20 12:30 UTC", "entry")
    [line] = group.lines
    assert (line.number, line.target, line.period) == ("no. 1", "cpi", "Q1")
    assert (line.old, line.new, line.deed) == ("", "3.8%", "")
    assert line.facts == ("final", "known on 2020-04-17", "sample")


def test_a_correction_shows_what_it_replaced_and_what_else_it_changed() -> None:
    line = looked(Q1, CORRECTED, saves=(save(1), save(2)))[0].lines[0]
    assert (line.old, line.new, line.deed) == ("3.8%", "3.2%", "corrects no. 1")
    assert line.facts[:2] == ("final → preliminary", "known on 2020-04-17 → 2020-07-20")


def test_a_correction_of_the_period_shows_both_periods() -> None:
    moved = recorded(replace(Q1, period=Period.parse("2020-H1"), replaces=1), 2)
    assert looked(Q1, moved)[0].lines[0].period == "Q1 → the first half"


def test_a_withdrawal_shows_what_it_took_back_and_why() -> None:
    gone = Withdrawal("cpi", 1, date(2020, 7, 21), "wrong base", "Wang Fang", NOON, 2)
    line = looked(Q1, gone)[0].lines[0]
    assert (line.period, line.old, line.new) == ("Q1", "3.8%", "withdrawn")
    assert line.deed == "withdraws no. 1"
    assert line.facts == ("from 2020-07-21 on", "wrong base")


def test_what_an_undo_brings_back_was_withdrawn_before() -> None:
    gone = Withdrawal("cpi", 1, date(2020, 7, 21), None, "Li Wei", NOON, 2, save=2)
    back = recorded(replace(Q1, replaces=2), 3)
    made = (save(1), save(2, SaveKind.UNDO, undoes=1), save(3, SaveKind.UNDO, undoes=2))
    again, undo, first = looked(Q1, gone, back, saves=made)
    assert (again.lines[0].old, again.lines[0].new) == ("withdrawn", "3.8%")
    assert again.notes == ("undoes save 2",)
    assert undo.notes == ("undoes save 1", "undone by save 3")
    assert first.notes == ("undone by save 2",)
    assert [group.undo for group in (again, undo, first)] == [True, False, False]


def test_the_rows_of_one_save_stand_together() -> None:
    others = [replace(Q1, row=row, save=5) for row in (5, 6, 7)]
    [imported] = looked(*others, saves=(save(5, SaveKind.IMPORT, rows=3),))
    assert [line.number for line in imported.lines] == ["no. 7", "no. 6", "no. 5"]
    assert (imported.kind_word, imported.notes, imported.undo) == ("import", ("3 rows",), True)


def test_a_save_that_is_shown_in_part_says_so() -> None:
    [group] = looked(replace(Q1, row=6, save=5), saves=(save(5, SaveKind.IMPORT, rows=30),))
    assert group.notes == ("1 of 30 rows",)


def test_the_published_figures_of_the_start_are_nobodys_to_undo() -> None:
    seeded = replace(Q1, recorded_by="seed")
    [group] = looked(seeded, saves=(save(1, SaveKind.SEED),))
    assert (group.by, group.person, group.undo) == ("seed", "published figures", False)


def remark(text: str, **fields: Any) -> Remark:  # noqa: ANN401 - any field of a remark
    return Remark("cpi", Q1.period, text, NOON.date(), **fields)


def test_remarks_stand_between_the_saves_by_their_moment() -> None:
    at = NOON + timedelta(minutes=3)
    dear = remark("Pork is dear.", written_by="Wang Fang", written_at=at, row=1)
    made = looked(Q1, CORRECTED, dear=dear)
    assert [group.kind for group in made] == ["entry", "remark", "entry"]
    [line] = made[1].lines
    assert (line.new, line.facts) == ("commentary", ("Pork is dear.",))


def test_a_judgement_and_its_end_are_told_with_shape_and_word() -> None:
    fields = {"status": Status.ON_TRACK, "until": date(2020, 8, 31)}
    judged = remark("It will fall.", **fields, written_by="Li Wei", written_at=NOON, row=1)
    gone = replace(judged, text="", status=None, until=None, row=2, replaces=1)
    back, first = looked(judged=judged, gone=gone)
    assert first.lines[0].new == "own judgement: ● on track"
    assert first.lines[0].facts == ("until 2020-08-31", "It will fall.")
    assert (back.lines[0].old, back.lines[0].new) == ("own judgement: ● on track", "taken back")


def test_rows_of_an_earlier_plan_keep_their_id() -> None:
    old = recorded(observation("gone-target", "2020", "4.5", "2021-01-20"), 1)
    stage = recorded(observation("gone-line", "2020-12-31", Stage.COMPLETE, "2021-01-20"), 2)
    newest, oldest = looked(old, stage)
    assert (oldest.lines[0].name, oldest.lines[0].new) == ("gone-target", "4.5")
    assert newest.lines[0].new == "complete"


BEIJING = ZoneInfo("Asia/Shanghai")
BEIJING_NEXT_DAY = datetime.fromisoformat("2020-07-21T07:00:00+08:00")


@pytest.mark.parametrize(
    ("wanted", "at", "fits"),
    [
        (HistoryFilter(), NOON, True),
        (HistoryFilter(targets=("cpi", "pm25"), names=("Li Wei", "li wei")), NOON, True),
        (HistoryFilter(targets=("gdp",)), NOON, False),
        (HistoryFilter(names=("Wang Fang",)), NOON, False),
        (HistoryFilter(first=date(2020, 7, 20), last=date(2020, 7, 20)), NOON, True),
        (HistoryFilter(first=date(2020, 7, 21)), NOON, False),
        (HistoryFilter(last=date(2020, 7, 19)), NOON, False),
        (HistoryFilter(last=date(2020, 7, 20)), BEIJING_NEXT_DAY, True),
        (HistoryFilter(last=date(2020, 7, 20), zone=BEIJING), BEIJING_NEXT_DAY, False),
        (HistoryFilter(first=date(2020, 7, 21), zone=BEIJING), BEIJING_NEXT_DAY, True),
        (HistoryFilter(first=date(2020, 7, 1)), None, False),
    ],
)
def test_filters_go_by_target_name_and_day_in_utc(
    wanted: HistoryFilter, at: datetime | None, *, fits: bool
) -> None:
    assert wanted.fits("cpi", "Li Wei", at) is fits


@pytest.mark.parametrize(
    ("authors", "sentence"),
    [
        ({}, "Nothing has been recorded yet."),
        ({"Li Wei": 1}, "1 row by 1 person since 20 July 2020."),
        ({"Li Wei": 10, "Wang Fang": 2}, "12 rows by 2 people since 20 July 2020."),
        ({"seed": 40}, "40 rows since 20 July 2020, all of them published figures of the start."),
        (
            {"seed": 40, "Li Wei": 2},
            "42 rows since 20 July 2020: the published figures of the start, and by 1 person.",
        ),
    ],
)
def test_the_first_sentence_counts_rows_and_people(authors: dict[str, int], sentence: str) -> None:
    assert summary(authors, NOON if authors else None, EN) == sentence
