"""Remarks beside the figures: append-only, shown by their day, on both databases."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from mubiao.model import Act, Remark, Status
from mubiao.period import Period
from mubiao.store import Store
from tests.actors import named
from tests.acts import NOON, PLAN, add_row, reasons, refusal
from tests.samples import observation

SAID = Remark("gdp", Period.parse("2020-01..2020-06"), "Works began\nin May.", date(2020, 7, 1))
JUDGED = replace(SAID, status=Status.AT_RISK, until=date(2020, 9, 30))


def write(store: Store, remark: Remark, by: str = "wang") -> int:
    return store.remark(PLAN, remark, Act(named(by), NOON))


def test_what_is_written_is_read_back_exactly(store: Store) -> None:
    rows = [write(store, SAID, " 王 "), write(store, JUDGED)]
    assert store.remarks(PLAN) == [
        replace(SAID, written_by="王", written_at=NOON, row=rows[0], actor=named("王").id),
        replace(JUDGED, written_by="wang", written_at=NOON, row=rows[1], actor="typed:wang"),
    ]
    assert [str(remark.period) for remark in store.remarks(PLAN)] == ["2020-01..2020-06"] * 2
    assert store.remarks(PLAN, "jobs") == []
    assert store.remarks("other") == []


def test_an_earlier_day_does_not_show_a_remark(store: Store) -> None:
    row = write(store, SAID)
    assert store.remarks(PLAN, as_of=date(2020, 6, 30)) == []
    assert [r.row for r in store.remarks(PLAN, "gdp", date(2020, 7, 1))] == [row]


def test_a_later_remark_replaces_one_from_its_day_on(store: Store) -> None:
    first = write(store, SAID)
    second = write(store, replace(SAID, text="No.", day=date(2020, 8, 1), replaces=first), "li")
    assert [r.row for r in store.remarks(PLAN, as_of=date(2020, 7, 31))] == [first]
    assert [r.row for r in store.remarks(PLAN, as_of=date(2020, 8, 1))] == [second]
    assert [r.row for r in store.remarks(PLAN)] == [first, second]


def test_a_remark_can_be_taken_back_and_stays_in_the_history(store: Store) -> None:
    first = write(store, JUDGED)
    gone = write(store, replace(JUDGED, text=" ", day=date(2020, 8, 1), replaces=first))
    assert store.remarks(PLAN, as_of=date(2020, 8, 1)) == []
    assert [(r.row, r.text, r.status) for r in store.remarks(PLAN)] == [
        (first, JUDGED.text, Status.AT_RISK),
        (gone, "", None),
    ]


@pytest.mark.parametrize("until", [JUDGED.day, JUDGED.until])
def test_a_judgement_past_its_last_day_still_says_so_itself(store: Store, until: date) -> None:
    write(store, replace(JUDGED, until=until))
    (remark,) = store.remarks(PLAN, as_of=date(2020, 12, 31))
    assert remark.until == until


def test_a_remark_of_too_little_is_refused(store: Store) -> None:
    for remark, reason in (
        (replace(SAID, text=" \n"), "the text is missing; say what it is"),
        (replace(SAID, text="t" * 2001), "the text has 2001 characters; expected at most 2000"),
        (replace(JUDGED, text=""), "the text is missing; say what it is"),
        (replace(JUDGED, until=None), "the last day is missing; a judgement of one's own needs"),
        (replace(SAID, until=SAID.day), "a remark without a judgement has no last day; choose"),
        (replace(JUDGED, until=date(2020, 6, 30)), "2020-06-30 is before 2020-07-01, the day of"),
        (replace(SAID, replaces=99), "there is no remark 99 about gdp that could be replaced"),
    ):
        told = reasons(partial(write, store, remark))
        assert [one[: len(reason)] for one in told] == [reason]
    assert store.remarks(PLAN) == []


def test_who_writes_must_be_named_as_a_person(store: Store) -> None:
    for name, reason in (
        ("", "the name is missing; say who records this"),
        ("seed", "the name seed stands for the published figures; give your own"),
        (" Seed ", "the name Seed stands for the published figures; give your own"),
    ):
        assert reasons(partial(write, store, SAID, name)) == [reason]
    assert store.remarks(PLAN) == []


def test_the_second_of_two_who_replace_a_remark_learns_who_was_first(store: Store) -> None:
    first = write(store, SAID)
    second = write(store, replace(SAID, replaces=first), "li")
    assert refusal(lambda: write(store, replace(SAID, replaces=first))) == (
        "li replaced this remark meanwhile, 2021-04-01 12:00 UTC; "
        f"look at the new one, row {second}"
    )


@pytest.mark.parametrize("said", [SAID, JUDGED])
def test_the_same_remark_twice_is_one(store: Store, said: Remark) -> None:
    row = write(store, said)
    assert write(store, said) == row
    replacing = replace(said, text="More.", replaces=row)
    newer = write(store, replacing)
    assert [write(store, replacing), write(store, replace(replacing, replaces=newer))] == [
        newer
    ] * 2
    gone = replace(said, text="", status=None, until=None, replaces=newer)
    assert write(store, gone) == write(store, gone)
    assert len(store.remarks(PLAN)) == 3
    assert write(store, said) == 4  # said again after it was taken back


@pytest.mark.parametrize(
    ("other", "by"),
    [
        (replace(SAID, text="Else."), "wang"),
        (replace(SAID, period=Period.parse("2020")), "wang"),
        (replace(SAID, target="jobs"), "wang"),
        (replace(SAID, day=date(2020, 7, 2)), "wang"),
        (JUDGED, "wang"),
        (SAID, "li"),
    ],
)
def test_another_remark_is_one_of_its_own(store: Store, other: Remark, by: str) -> None:
    rows = [write(store, SAID), write(store, other, by), write(store, SAID)]
    assert len(set(rows[:2])) == 2


def test_two_equal_remarks_can_both_be_taken_back(store: Store) -> None:
    first, _, third = write(store, SAID), write(store, SAID, "li"), write(store, SAID)
    for row in (first, third):
        write(store, replace(SAID, text="", replaces=row))
    assert [r.written_by for r in store.remarks(PLAN, as_of=date.max)] == ["li"]


def test_a_remark_stays_with_its_plan_and_target_and_once_taken_back_is_gone(store: Store) -> None:
    other = replace(SAID, replaces=write(store, SAID))
    assert reasons(lambda: write(store, replace(other, target="jobs")))
    assert reasons(lambda: store.remark("other", other, Act(named("wang"), NOON)))
    gone = write(store, replace(other, text=""))
    assert reasons(lambda: write(store, replace(SAID, replaces=gone)))


def test_the_records_version_changes_with_a_remark_and_nothing_else_does(store: Store) -> None:
    add_row(store, PLAN, observation("gdp", "2020-Q1", "-6.6", "2020-04-24"), "wang", NOON)
    versions = [store.version(PLAN)]
    for said in ("one", "two"):
        write(store, replace(SAID, text=said))
        versions.append(store.version(PLAN))
    assert versions == sorted(set(versions))
    assert (store.count(PLAN), len(store.saves(PLAN)), store.version("other")) == (1, 1, 0)
