"""One save is one transaction with a token; whoever comes second learns of it; undoing is a save.

On SQLite and PostgreSQL alike.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from itertools import count
from operator import attrgetter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from mubiao.model import Act, Conflict, Entry, Observation, Save, SaveKind, Submission, Withdrawal
from mubiao.period import Period
from mubiao.problems import Refused, TargetId
from mubiao.proposal.conflicts import History
from mubiao.store import Conflicting, Store
from tests.actors import named
from tests.acts import GDP, JOBS, NOON, PLAN, add_row, reasons, refusal, withdraw_row

LATER = NOON + timedelta(hours=1)
_numbers = count(1)


def save(store: Store, *entries: Submission | Observation | Withdrawal, **how: object) -> Save:
    """Save as Wang at noon under a new token, unless said otherwise."""
    proposals = [one if isinstance(one, Submission) else Submission(one) for one in entries]
    usual = Act(named("wang"), NOON, f"t{next(_numbers)}")
    kind = how.pop("kind", SaveKind.ENTRY)
    return store.save(PLAN, proposals, replace(usual, **how), kind=kind)


def test_a_save_says_what_it_recorded_and_its_rows_say_which_save(store: Store) -> None:
    made = save(store, GDP, JOBS, actor=named(" 王 "), token="mine", kind=SaveKind.IMPORT)
    history = store.history(PLAN)
    rows = tuple(entry.row for entry in history)
    assert made == Save(
        made.id, PLAN, "mine", "王", NOON, SaveKind.IMPORT, rows, actor=named("王").id
    )
    assert [(e.target, e.save, e.recorded_by) for e in history] == [
        ("gdp", made.id, "王"),
        ("jobs", made.id, "王"),
    ]
    assert store.saves(PLAN) == [made]
    assert store.saves("other") == []


def test_every_way_of_recording_makes_a_save(store: Store) -> None:
    store.seed(PLAN, [GDP], NOON)
    row = add_row(store, PLAN, JOBS, "wang", NOON)
    withdraw_row(store, PLAN, row, date(2021, 4, 1), "wrong", "li", LATER)
    assert [(s.kind, s.by, s.rows) for s in store.saves(PLAN)] == [
        (SaveKind.ENTRY, "li", (row + 1,)),
        (SaveKind.ENTRY, "wang", (row,)),
        (SaveKind.SEED, SaveKind.SEED, (row - 1,)),
    ]


def test_observations_and_withdrawals_can_be_saved_together(store: Store) -> None:
    first, second = save(store, GDP, JOBS).rows
    save(
        store,
        replace(GDP, value=Decimal(-6), replaces=first),
        Withdrawal("jobs", second, date(2021, 4, 1), "wrong city"),
    )
    assert [o.value for o in store.as_of(PLAN, date.max)] == [Decimal(-6)]


def test_a_save_needs_token_and_moment(store: Store) -> None:
    for how, reason in (
        ({"token": " "}, "the token is missing"),
        ({"token": "t" * 201}, "the text has 201 characters; expected at most 200"),
        (
            {"at": NOON.replace(tzinfo=None)},
            "the moment 2021-04-01T12:00:00.000005 has no time zone",
        ),
    ):
        assert refusal(partial(save, store, GDP, **how)).startswith(reason)


def test_nothing_to_save_and_a_withdrawal_without_reason_are_refused(store: Store) -> None:
    assert refusal(lambda: save(store)) == "there is nothing to save"
    assert store.saves(PLAN) == []
    (row,) = save(store, GDP).rows
    told = refusal(lambda: save(store, Withdrawal("gdp", row, date(2021, 1, 1), " ")))
    assert told == "the reason is missing; say why the figure is withdrawn"


def test_a_repeat_does_nothing_and_returns_the_save_of_then(store: Store) -> None:
    made = save(store, GDP, JOBS, token="once")
    assert save(store, GDP, JOBS, token="once", at=LATER) == made
    assert (store.count(PLAN), len(store.saves(PLAN))) == (2, 1)


def test_a_repeat_does_nothing_also_when_somebody_was_there_since(store: Store) -> None:
    (row,) = save(store, GDP, token="first").rows
    mine = Submission(replace(GDP, value=Decimal(-6), replaces=row), based_on=row)
    made = save(store, mine, token="mine")
    save(store, replace(GDP, replaces=made.rows[0]), actor=named("li"))
    assert save(store, mine, token="mine") == made


def test_a_token_that_comes_back_with_anything_else_is_refused(store: Store) -> None:
    save(store, GDP, token="once")
    others: tuple[tuple[Observation, dict[str, object]], ...] = (
        (replace(GDP, value=Decimal("-6.6")), {}),  # written otherwise: other figures, to be sure
        (replace(GDP, note="n"), {}),
        (JOBS, {}),
        (GDP, {"actor": named("li")}),
        (GDP, {"kind": SaveKind.IMPORT}),
    )
    for entry, how in others:
        assert refusal(partial(save, store, entry, token="once", **how)).startswith(
            "under this token something else was saved already, by wang, 2021-04-01 12:00 UTC"
        )
    assert store.count(PLAN) == 1


def test_the_token_of_another_plan_or_of_an_undoing_is_refused(store: Store) -> None:
    made = save(store, GDP, token="once")
    act = [Submission(GDP)]
    assert reasons(lambda: store.save("other", act, Act(named("wang"), NOON, "once")))
    assert store.count("other") == 0
    assert reasons(lambda: store.undo(PLAN, made.id, Act(named("wang"), NOON, "once")))


def test_whoever_saves_second_sees_base_and_theirs_and_nothing_is_written(store: Store) -> None:
    (seen,) = save(store, GDP).rows
    theirs = save(
        store, replace(GDP, value=Decimal(-6), replaces=seen), actor=named("li"), at=LATER
    ).rows[0]
    mine = Submission(replace(GDP, value=Decimal(-5), replaces=seen), based_on=seen)
    with pytest.raises(Conflicting) as caught:
        save(store, Submission(JOBS, based_on=0), mine)
    history = {entry.row: entry for entry in store.history(PLAN)}
    assert caught.value.conflicts == {1: Conflict(history[seen], (history[theirs],))}
    [problem] = caught.value.problems
    assert problem.text == (
        f"gdp: li saved this meanwhile, 2021-04-01 13:00 UTC (row {theirs}); compare both and "
        "decide which is right"
    )
    assert isinstance(problem.values["target"], TargetId)
    assert set(history) == {seen, theirs}
    # Mine can then be saved as a correction of theirs.
    save(store, Submission(replace(mine.entry, replaces=theirs), based_on=theirs))
    assert [o.value for o in store.as_of(PLAN, date.max)] == [Decimal(-5)]


HALF = replace(GDP, period=Period.parse("2020-H1"))
MAY = date(2020, 5, 20)


@pytest.mark.parametrize(
    ("before", "meanwhile", "mine", "theirs"),
    [
        # Of the same days, however they are written.
        ([], [GDP], GDP, [1]),
        ([], [HALF], replace(GDP, period=Period.parse("2020-01..2020-06")), [1]),
        ([GDP], [Withdrawal("gdp", 1, MAY, "wrong")], replace(GDP, known_on=MAY), [2]),
        # Of the row that mine takes back, corrects, or was made from.
        ([GDP], [replace(GDP, replaces=1)], Withdrawal("gdp", 1, MAY, "no"), [2]),
        ([GDP], [replace(HALF, replaces=1)], replace(GDP, replaces=1), [2]),
        ([GDP], [replace(HALF, replaces=1)], replace(GDP, value=Decimal(-5)), [2]),
        ([GDP], [replace(HALF, replaces=1), replace(GDP, replaces=2)], GDP, [2, 3]),
        ([GDP, replace(GDP, known_on=MAY)], [replace(HALF, replaces=1)], GDP, [3]),
        # Of other targets and days.
        ([], [JOBS], GDP, []),
        ([], [HALF], GDP, []),
    ],
)
def test_what_others_recorded_since_mine_was_based_on_is_a_conflict(
    store: Store, before: list[Entry], meanwhile: list[Entry], mine: Entry, theirs: list[int]
) -> None:
    seen = save(store, *before).rows[-1] if before else 0
    for entry in meanwhile:
        save(store, entry, actor=named("li"), at=LATER)
    history = {entry.row: entry for entry in store.history(PLAN)}
    try:
        save(store, Submission(mine, based_on=seen))
    except Conflicting as refusal:
        conflict = Conflict(history.get(seen), tuple(history[row] for row in theirs))
        assert refusal.conflicts == {0: conflict}  # noqa: PT017 - whether there is one is asked too
        assert store.count(PLAN) == len(history)
    else:
        assert theirs == []


def moved(store: Store, row: int, period: str = "2020-H1") -> int:
    """Li corrects a row of GDP to other days; the new row."""
    elsewhere = replace(GDP, period=Period.parse(period), replaces=row)
    return save(store, elsewhere, actor=named("li"), at=LATER).rows[0]


def test_whoever_has_seen_it_moved_can_save_in_its_place(store: Store) -> None:
    (seen,) = save(store, GDP).rows
    theirs = moved(store, seen)
    bases = store.greatest_rows(PLAN, ["gdp"])
    assert bases == {("gdp", GDP.period): theirs, ("gdp", HALF.period): theirs}
    further = moved(store, theirs, "2020-01..2020-09")  # no business of the quarter any more
    assert store.greatest_rows(PLAN, ["gdp"])["gdp", GDP.period] == theirs
    assert save(store, Submission(GDP, based_on=theirs)).rows
    with pytest.raises(Conflicting) as caught:
        save(store, Submission(HALF, based_on=theirs))
    assert [entry.row for entry in caught.value.conflicts[0].theirs] == [further]


def test_two_rows_of_one_save_are_no_conflict_and_without_a_base_nobody_asks(store: Store) -> None:
    again = replace(GDP, known_on=date(2020, 5, 1))
    assert len(save(store, Submission(GDP, based_on=0), Submission(again, based_on=0)).rows) == 2
    assert save(store, Submission(GDP), actor=named("li")).rows


def test_one_conflict_among_hundreds_of_rows_is_found(store: Store) -> None:
    grid = [Submission(replace(GDP, target=f"t{turn}"), based_on=0) for turn in range(250)]
    (theirs,) = save(store, grid[249].entry, actor=named("li")).rows
    with pytest.raises(Conflicting) as caught:
        save(store, *grid)
    [(position, clash)] = caught.value.conflicts.items()
    assert (position, [entry.row for entry in clash.theirs]) == (249, [theirs])
    made = save(store, *grid[:249])
    assert [entry.target for entry in store.history(PLAN)][1:] == [f"t{n}" for n in range(249)]
    assert made.rows == tuple(entry.row for entry in store.history(PLAN))[1:]


@pytest.mark.parametrize("number", [999, 2**63, -1])
def test_a_base_that_is_not_there_is_refused(store: Store, number: int) -> None:
    (jobs,) = save(store, JOBS).rows
    told = refusal(lambda: save(store, Submission(JOBS, jobs), Submission(GDP, based_on=number)))
    assert told == (
        f"row {number}, which this is based on, is not in this record; look at the record "
        "again and decide anew"
    )
    assert store.count(PLAN) == 1


def test_a_base_of_another_plan_or_target_is_refused(store: Store) -> None:
    (jobs,) = save(store, JOBS).rows
    (elsewhere,) = store.save("other", [Submission(GDP)], Act(named("li"), NOON, "o")).rows
    assert reasons(lambda: save(store, Submission(GDP, based_on=jobs))) == [
        f"row {jobs}, which this is based on, is about jobs, not about gdp"
    ]
    (told,) = reasons(lambda: save(store, Submission(GDP, based_on=elsewhere)))
    assert told.startswith(f"row {elsewhere}, which this is based on, is not in this record")
    assert store.count(PLAN) == 1


def test_the_bases_of_a_grid(store: Store) -> None:
    first, jobs = save(store, GDP, JOBS).rows
    (second,) = save(store, HALF).rows
    gone = withdraw_row(store, PLAN, first, date(2021, 1, 1), "wrong", "li", NOON)
    assert store.greatest_rows(PLAN, ["gdp", "jobs", "unknown"]) == {
        ("gdp", GDP.period): gone,
        ("gdp", HALF.period): second,
        ("jobs", JOBS.period): jobs,
    }
    assert store.greatest_rows(PLAN, []) == {}
    ends = [HALF.period.last, JOBS.period.last]
    of_ends = store.greatest_rows(PLAN, ["gdp", "jobs"], ends)
    assert list(of_ends.values()) == [second, jobs]
    assert store.greatest_rows(PLAN, ["gdp"], []) == {}


SPANS = tuple(Period.parse(text) for text in ("2020-Q1", "2020-H1", "2020"))
MOVES = st.lists(st.tuples(st.booleans(), st.sampled_from(SPANS), st.integers(0, 9)), max_size=9)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=15,
)
@given(MOVES)
@example([(False, SPANS[0], 0), (True, SPANS[1], 0), (True, SPANS[0], 0)])
def test_database_and_page_agree(store: Store, moves: list[tuple[bool, Period, int]]) -> None:
    """Whatever is entered and moved: the bases, who meets a conflict, and what the page shows."""
    plan, rows = f"p{next(_numbers)}", []
    for moves_it, period, which in moves:
        old = rows[which % len(rows)] if moves_it and rows else None
        with suppress(Refused):  # replaced already
            entry = replace(GDP, period=period, replaces=old)
            rows.append(add_row(store, plan, entry, "li", NOON))
    history = History(store.history(plan))
    greatest = store.greatest_rows(plan, ["gdp"])
    for period in SPANS:
        top = max((entry.row for entry in history.about(period)), default=0)
        assert greatest.get(("gdp", period), 0) == top
        for seen in [0, *rows]:
            since: tuple[Entry, ...] = ()
            try:
                # Refused in the end, so that nothing is written: it replaces what is not there.
                mine = replace(GDP, period=period, replaces=10**9)
                store.save(plan, [Submission(mine, seen)], Act(named("wang"), NOON, "t"))
            except Conflicting as refusal:
                since = refusal.conflicts[0].theirs
            except Refused as refusal:
                assert "is not in this record" in str(refusal)  # noqa: PT017 - either is right
            conflict = history.since(period, None, seen)
            assert since == (conflict.theirs if conflict else ())


def test_a_new_entry_is_withdrawn_from_its_own_day_on(store: Store) -> None:
    made = save(store, GDP, JOBS)
    undone = store.undo(PLAN, made.id, Act(named("wang"), LATER, "u"))
    assert (undone.kind, undone.undoes, undone.by) == (SaveKind.UNDO, made.id, "wang")
    assert store.as_of(PLAN, date.max) == []
    assert store.history(PLAN)[2:] == [
        Withdrawal(o.target, old, o.known_on, None, "wang", LATER, row, undone.id, "typed:wang")
        for o, old, row in zip((GDP, JOBS), made.rows, undone.rows, strict=True)
    ]


def test_a_correction_is_corrected_back(store: Store) -> None:
    (first,) = save(store, GDP, actor=named("li")).rows
    better = replace(GDP, value=Decimal(-6), known_on=date(2020, 5, 10), replaces=first)
    made = save(store, better)
    (row,) = store.undo(PLAN, made.id, Act(named("wang"), LATER, "u")).rows
    own = {"recorded_by": "wang", "recorded_at": LATER, "actor": "typed:wang"}
    back = replace(GDP, replaces=made.rows[0], row=row, **own)
    assert store.as_of(PLAN, date(2020, 5, 10)) == [replace(back, save=store.saves(PLAN)[0].id)]


def test_a_withdrawn_figure_is_recorded_again_with_its_own_day(store: Store) -> None:
    (first,) = save(store, GDP).rows
    made = save(store, Withdrawal("gdp", first, date(2021, 4, 1), "wrong"))
    store.undo(PLAN, made.id, Act(named("wang"), LATER, "u"))
    (back,) = store.as_of(PLAN, date.max)
    assert (back.value, back.known_on, back.replaces) == (GDP.value, GDP.known_on, made.rows[0])


def test_undoing_twice_with_one_token_undoes_once(store: Store) -> None:
    made = save(store, GDP)
    first = store.undo(PLAN, made.id, Act(named("wang"), NOON, "u"))
    assert store.undo(PLAN, made.id, Act(named("wang"), LATER, "u")) == first
    assert store.count(PLAN) == 2


def test_what_was_undone_cannot_be_undone_again_but_the_undoing_can(store: Store) -> None:
    made = save(store, GDP)
    undone = store.undo(PLAN, made.id, Act(named("wang"), NOON, "u"))
    assert refusal(undoing(store, made)) == (
        f"save {made.id} was undone already, 2021-04-01 12:00 UTC"
    )
    undoing(store, undone)()
    assert [o.value for o in store.as_of(PLAN, date.max)] == [GDP.value]


def test_only_who_saved_can_undo(store: Store) -> None:
    made = save(store, GDP)
    told = refusal(lambda: store.undo(PLAN, made.id, Act(named("li"), LATER, "u")))
    assert told == f"save {made.id} is by wang; only who saved it can undo it"
    store.seed("other", [GDP], NOON)
    (seeded,) = store.saves("other")
    assert reasons(lambda: store.undo("other", seeded.id, Act(named(SaveKind.SEED), LATER, "u")))


def test_a_save_that_is_not_there_cannot_be_undone(store: Store) -> None:
    save(store, GDP)
    for plan, missing in (*((PLAN, number) for number in (0, -1, 99, 2**63, 10**40)), ("other", 1)):
        act = partial(store.undo, plan, missing, Act(named("wang"), NOON, "u"))
        assert refusal(act) == f"save {missing} is not in this record"


def test_what_somebody_replaced_since_cannot_be_undone(store: Store) -> None:
    made = save(store, JOBS, GDP)
    (newer,) = save(store, replace(GDP, replaces=made.rows[1]), actor=named("li"), at=LATER).rows
    assert refusal(lambda: store.undo(PLAN, made.id, Act(named("wang"), LATER, "u"))) == (
        f"li replaced one of its figures since (gdp, row {newer}, 2021-04-01 13:00 UTC); "
        "correct the figure instead"
    )
    assert store.count(PLAN) == 3


def undoing(store: Store, made: Save) -> Callable[[], Save]:
    """Wang undoes a save, at one o'clock."""
    token = f"u{next(_numbers)}"
    return lambda: store.undo(PLAN, made.id, Act(named("wang"), LATER, token))


@pytest.mark.parametrize("by", ["li", "wang"])
def test_an_undo_overrides_nothing_recorded_of_the_same_days_since(store: Store, by: str) -> None:
    (first,) = save(store, GDP).rows
    gone = save(store, Withdrawal("gdp", first, GDP.known_on, "wrong"))
    other = Submission(replace(GDP, value=Decimal("-6.8")), gone.rows[0])
    newer = save(store, other, actor=named(by), at=LATER)
    before = store.as_of(PLAN, date.max)
    assert refusal(undoing(store, gone)) == (
        f"{by} recorded the same days since (gdp, row {newer.rows[0]}, 2021-04-01 13:00 UTC), "
        "and what comes back would stand beside that; compare both and record which is right"
    )
    assert store.as_of(PLAN, date.max) == before
    store.undo(PLAN, newer.id, Act(named(by), LATER, "theirs"))
    undoing(store, gone)()
    assert [o.value for o in store.as_of(PLAN, date.max)] == [GDP.value]


def test_a_move_is_not_undone_where_its_old_days_were_recorded_since(store: Store) -> None:
    (first,) = save(store, GDP).rows
    moved = save(store, replace(HALF, replaces=first))
    save(store, replace(HALF, value=Decimal(-1)), actor=named("li"))  # where it leaves
    undoing(store, moved)()
    again = save(store, replace(HALF, replaces=store.history(PLAN)[-1].row))
    save(store, Submission(replace(GDP, value=Decimal(-9)), again.rows[0]), actor=named("li"))
    told = refusal(undoing(store, again))  # where it comes
    assert told.startswith("li recorded the same days since (gdp, row 6,")


def test_what_takes_figures_away_and_other_days_are_nobodys_conflict(store: Store) -> None:
    made = save(store, GDP)
    save(store, replace(GDP, value=Decimal(-1)), replace(JOBS), actor=named("li"))
    undoing(store, made)()
    assert sorted(o.value for o in store.as_of(PLAN, date.max)) == [-1, JOBS.value]


def test_a_later_change_that_was_undone_itself_is_in_nobodys_way(store: Store) -> None:
    made = save(store, GDP)
    later = save(store, replace(GDP, value=Decimal(-6), replaces=made.rows[0]), actor=named("li"))
    assert reasons(undoing(store, made))
    undone = store.undo(PLAN, later.id, Act(named("li"), LATER, "theirs"))
    again = store.undo(PLAN, undone.id, Act(named("li"), LATER, "again"))
    assert reasons(undoing(store, made))
    store.undo(PLAN, again.id, Act(named("li"), LATER, "once more"))
    undoing(store, made)()
    assert store.as_of(PLAN, date.max) == []


def test_what_was_undone_before_is_still_undone_after_an_undo(store: Store) -> None:
    """The undoing of an older save is a change of its own, which comes after."""
    first = save(store, GDP)
    second = save(store, replace(GDP, value=Decimal(-6), replaces=first.rows[0]))
    undone = store.undo(PLAN, second.id, Act(named("wang"), LATER, "1"))
    store.undo(PLAN, first.id, Act(named("wang"), LATER, "2"))
    assert reasons(undoing(store, undone))
    assert store.as_of(PLAN, date.max) == []


Step = tuple[str, int, int]


def acts(most: int, *verbs: str) -> st.SearchStrategy[list[Step]]:
    """Up to so many acts: what is done, to which row, on which day."""
    digit = st.integers(0, 9)
    return st.lists(st.tuples(st.sampled_from(verbs), digit, digit), max_size=most)


def shown(store: Store, plan: str) -> list[list[tuple[object, ...]]]:
    """What each day shows, without which row says it."""
    days = (date(2021, 1, 1) + timedelta(days=turn) for turn in range(-1, 11))
    stood = [store.as_of(plan, day) for day in days]
    said = attrgetter("note", "target", "period.text", "value", "known_on")
    return [sorted(map(said, standing)) for standing in stood]


def act_on(store: Store, plan: str, act: Step) -> None:
    """Do one act; one that is refused is none."""
    verb, which, day = act
    token, known_on = f"t{next(_numbers)}", date(2021, 1, 1 + day)
    note = token  # so that each figure is known again
    said = Act(named("wang"), NOON, token)
    saves, history = store.saves(plan), store.history(plan)
    with suppress(Refused):
        if verb == "undo" and saves:
            store.undo(plan, saves[which % len(saves)].id, said)
        elif verb in ("enter", "redo") or not history:
            entry = replace((GDP, JOBS)[which % 2], known_on=known_on, note=note)
            store.save(plan, [Submission(entry)], said)
        else:
            old = history[which % len(history)]
            entry = replace((GDP, JOBS)[old.target == "jobs"], known_on=known_on, note=note)
            gone = Withdrawal(old.target, old.row, known_on, "wrong")
            correction = replace(entry, replaces=old.row)
            if verb == "move":
                verb, moved = "correct", Period.parse("2020-H1")
                correction = replace(correction, period=moved)
            store.save(plan, [Submission(correction if verb == "correct" else gone)], said)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=acts(12, "enter", "correct", "withdraw", "undo"),
    last=st.sampled_from(["enter", "correct", "withdraw", "undo"]),
)
@example(acts=[("enter", 0, 5), ("correct", 0, 2)], last="correct")
@example(acts=[("enter", 0, 5), ("correct", 0, 8), ("correct", 1, 6)], last="withdraw")
@example(acts=[("enter", 0, 5), ("withdraw", 0, 7), ("undo", 0, 0)], last="undo")
def test_after_undoing_each_day_shows_as_before(store: Store, acts: list[Step], last: str) -> None:
    plan = f"plan-{next(_numbers)}"
    for act in acts:
        act_on(store, plan, act)
    before, known = shown(store, plan), store.version(plan)
    history = store.history(plan)
    replaced = {entry.replaces for entry in history}
    heads = [place for place, entry in enumerate(history) if entry.row not in replaced]
    for day in (0, 3, 9):
        act_on(store, plan, (last, heads[-1] if heads else 0, day))
        if store.version(plan) != known:
            newest = store.saves(plan)[0]
            store.undo(plan, newest.id, Act(named("wang"), LATER, f"u{next(_numbers)}"))
            known = store.version(plan)
        assert shown(store, plan) == before


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts(9, "enter", "correct", "withdraw", "move", "back", "redo"))
@example(acts=[("enter", 0, 5), ("correct", 0, 2), ("back", 0, 0), ("back", 0, 0)])
@example(acts=[("enter", 0, 5), ("correct", 0, 2), ("back", 0, 0), ("redo", 0, 0)])
@example(acts=[("enter", 0, 5), ("move", 0, 2), ("enter", 0, 3), ("withdraw", 2, 4)])
def test_undoing_all_in_reverse_shows_every_state_again(store: Store, acts: list[Step]) -> None:
    plan, undone = f"plan-{next(_numbers)}", 0
    states: list[tuple[int, list[list[tuple[object, ...]]]]] = []

    def back() -> int:
        number, before = states.pop()
        token = f"u{next(_numbers)}"
        made = store.undo(plan, number, Act(named("wang"), LATER, token)).id
        assert shown(store, plan) == before
        return made

    for verb, which, day in acts:
        known, before = store.version(plan), shown(store, plan)
        if verb == "back":
            undone = back() if states else 0
            continue
        if verb == "redo" and undone:
            store.undo(plan, undone, Act(named("wang"), LATER, f"u{next(_numbers)}"))
        else:
            act_on(store, plan, (verb, which, day))
        undone = 0
        if store.version(plan) != known:
            states.append((store.saves(plan)[0].id, before))
    while states:
        back()


def test_a_page_of_the_history(store: Store) -> None:
    assert (store.since(PLAN), store.authors(PLAN), store.recorded(PLAN)) == (None, {}, [])
    first = save(store, GDP, JOBS)
    midnight = datetime(2021, 4, 3, 0, 0, tzinfo=UTC)
    second = save(store, replace(GDP, replaces=first.rows[0]), actor=named("li"), at=midnight)
    every = [*first.rows, *second.rows]

    def rows(**filters: object) -> list[int]:
        return [entry.row for entry in store.recorded(PLAN, **filters)]

    assert rows() == every[::-1]
    assert rows(limit=1) == [every[2]]
    assert rows(targets=["gdp"]) == [every[2], every[0]]
    assert rows(authors=["wang", "Wang"]) == [every[1], every[0]]
    after = midnight + timedelta(microseconds=1)
    assert rows(start=midnight) == [every[2]]
    assert rows(start=midnight, end=after) == [every[2]]
    assert rows(start=after) == []
    assert rows(end=midnight) == [every[1], every[0]]
    beijing = midnight.astimezone(timezone(timedelta(hours=8)))
    assert rows(end=beijing) == [every[1], every[0]]
    assert store.authors(PLAN) == {"wang": 2, "li": 1}
    assert store.since(PLAN) == NOON
    assert list(store.entries(PLAN, [every[2], 999])) == [every[2]]
    assert store.entries("other", every) == {}


def test_certain_saves_with_those_that_undo_them(store: Store) -> None:
    made, other = save(store, GDP), save(store, JOBS)
    undone = store.undo(PLAN, made.id, Act(named("wang"), LATER, "u"))
    assert store.saves(PLAN, ids=[made.id]) == [undone, made]
    assert store.saves(PLAN, ids=[other.id]) == [other]
    assert store.saves(PLAN, ids=[]) == []


def test_saves_far_apart_are_read_without_those_between(store: Store) -> None:
    first = save(store, GDP)
    many = [replace(JOBS, note=str(number)) for number in range(200)]
    save(store, *many)
    last = save(store, replace(GDP, note="last"))
    asked: list[str] = []
    engine = store._database.engine  # noqa: SLF001 - to see what is asked for
    event.listen(engine, "before_cursor_execute", lambda *how: asked.append(how[2]))
    assert store.saves(PLAN, ids=[first.id, last.id]) == [last, first]
    assert "entries.save IN" in asked[-1]
