"""What waits for approval: submitted, returned, published row by row, taken back; never recorded
before, and each step once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from mubiao.identity import SignIn
from mubiao.model import (
    Act,
    Actor,
    ActorKind,
    Filing,
    Observation,
    SaveKind,
    Submission,
    Withdrawal,
)
from mubiao.problems import Refused
from mubiao.store import Conflicting, Store
from mubiao.store.verify import look_through
from tests.actors import named, signed_in
from tests.acts import GDP, JOBS, NOON, PLAN, add_row, refusal, withdraw_row
from tests.samples import observation

WANG, LI, ZHAO = map(named, ("王伟", "李娜", "赵敏"))
CPI = observation("cpi", "2020-06", "3.2", "2020-07-10")
LATER = NOON + timedelta(hours=1)


def submit(store: Store, *figures: Observation, by: str = "王伟", token: str = "") -> Filing:
    rows = [Submission(figure, 0) for figure in figures]
    token = token or uuid4().hex
    return store.submit(PLAN, rows, Act(named(by), NOON, token), part="2020-06")[0]


def publish(
    store: Store, filing: Filing, *positions: int, by: str = "李娜", four_eyes: bool = True
) -> None:
    chosen = {at: filing.submissions[at] for at in positions or filing.waiting}
    token = f"{filing.id}-{positions}"
    store.publish(PLAN, filing.id, chosen, Act(named(by), LATER, token), four_eyes=four_eyes)


def test_what_waits_is_no_part_of_the_record_until_it_is_published(store: Store) -> None:
    filing = submit(store, GDP, JOBS, CPI)
    assert filing.waiting == (0, 1, 2)
    assert (filing.by, filing.part) == ("王伟", "2020-06")
    assert not store.history(PLAN)
    assert store.version(PLAN) == 1  # pages that draw what waits draw it anew
    publish(store, filing, 0, 2)
    assert store.filing(PLAN, filing.id).waiting == (1,)
    entries = store.history(PLAN)
    assert [(e.target, e.recorded_by, e.actor) for e in entries] == [
        (target, "王伟", WANG.id) for target in ("gdp", "cpi")
    ]
    [save] = store.saves(PLAN)
    assert (save.by, save.actor, save.at) == ("李娜", LI.id, LATER)
    store.return_filing(PLAN, filing.id, "no source", Act(ZHAO, LATER, "r"))
    returned = store.filing(PLAN, filing.id)
    assert (returned.waiting, returned.acts[-1].reason) == ((), "no source")
    assert returned.acts[-1].actor == ZHAO
    assert not store.filings(PLAN)
    assert store.filings(PLAN, since=NOON) == [returned]
    assert len(store.history(PLAN)) == 2
    assert not look_through(store._database).problems  # noqa: SLF001 - as `verify` does


def test_a_row_that_waits_says_all_that_was_typed(store: Store) -> None:
    row = add_row(store, PLAN, GDP, "王伟", NOON)
    corrected = replace(GDP, value=GDP.value + 1, note="more exact", replaces=row)
    rows = [Submission(corrected, row), Submission(Withdrawal("gdp", row, date(2020, 5, 1), "x"))]
    for submission in rows:
        filing, _ = store.submit(
            PLAN, [submission], Act(WANG, NOON, uuid4().hex), kind=SaveKind.IMPORT
        )
        assert filing.submissions == (submission,)
        assert store.filing(PLAN, filing.id) == filing
        store.take_back(PLAN, filing.id, Act(WANG, NOON, uuid4().hex))
    # What could not be saved cannot wait either.
    withdraw_row(store, PLAN, row, date(2020, 5, 1), "wrong", "李娜", NOON)
    with pytest.raises(Conflicting):
        store.submit(PLAN, rows[:1], Act(WANG, NOON, "late"))


def test_rows_that_need_no_approval_are_saved_with_those_that_do_or_none_is(store: Store) -> None:
    def both(*direct: Observation) -> None:
        rows = [Submission(GDP, 0)]
        store.submit(PLAN, rows, Act(WANG, NOON, "t"), direct=[Submission(o, 0) for o in direct])

    assert "row 7 is not in this record" in refusal(lambda: both(replace(JOBS, replaces=7)))
    assert not store.filings(PLAN)
    both(JOBS)
    both(JOBS)  # the same again
    assert [e.target for e in store.history(PLAN)] == ["jobs"]
    assert len(store.filings(PLAN)) == 1
    assert "submitted this already" in refusal(lambda: submit(store, CPI, token="t") and None)


ENDS: dict[str, Callable[[Store, Filing], object]] = {
    "published": publish,
    "returned": lambda store, filing: store.return_filing(
        PLAN, filing.id, "why", Act(LI, LATER, "end")
    ),
    "took this back": lambda store, filing: store.take_back(
        PLAN, filing.id, Act(WANG, LATER, "end")
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_of_two_who_decide_at_once_the_second_is_refused(store: Store, end: str) -> None:
    filing = submit(store, GDP, JOBS)
    ENDS[end](store, filing)
    before = store.history(PLAN)
    ENDS[end](store, filing)  # pressed twice, under its token, it is done once
    late: list[Callable[[], object]] = [
        lambda: publish(store, filing, 0, by="赵敏"),
        lambda: store.return_filing(PLAN, filing.id, "no", Act(ZHAO, LATER, "2")),
        lambda: store.take_back(PLAN, filing.id, Act(WANG, LATER, "3")),
    ]
    for act in late:
        assert end in refusal(lambda act=act: act())
    assert store.history(PLAN) == before


def test_only_some_may_decide_and_only_what_was_submitted_is_published(store: Store) -> None:
    filing = submit(store, GDP, JOBS)
    other = {0: Submission(replace(GDP, value=GDP.value + 1), 0)}
    refusals: dict[str, Callable[[], object]] = {
        "submitted this yourself": lambda: publish(store, filing, by=" 王伟 "),
        "only who submitted it": lambda: store.take_back(PLAN, filing.id, Act(LI, NOON, "b")),
        "say why it is returned": lambda: store.return_filing(
            PLAN, filing.id, " ", Act(LI, NOON, "r")
        ),
        "not what was submitted": lambda: store.publish(PLAN, filing.id, other, Act(LI, NOON, "o")),
        "choose at least one": lambda: store.publish(PLAN, filing.id, {}, Act(LI, NOON, "n")),
        "submission 9 is not in this record": lambda: store.filing(PLAN, 9),
        "submission 1 is not in this record": lambda: store.filing("other", 1),
        "still waits": lambda: submit(store, replace(GDP, value=GDP.value + 1)),
    }
    for text, act in refusals.items():
        assert text in refusal(act)
    assert not store.history(PLAN)
    publish(store, filing, by="王伟", four_eyes=False)
    assert len(store.history(PLAN)) == 2


def test_a_row_named_twice_is_one_and_the_others_go_on_waiting(store: Store) -> None:
    filing = submit(store, GDP, JOBS)
    store.return_filing(PLAN, filing.id, "why", Act(LI, LATER, "r"), positions=(0, 0))
    assert [one.waiting for one in store.filings(PLAN)] == [(1,)]
    for outside in ((7,), (-1,), (1, 2)):
        act = Act(LI, LATER, f"{outside}")
        assert "none of these rows waits" in refusal(
            lambda at=outside, act=act: store.return_filing(PLAN, filing.id, "x", act, positions=at)
        )


def test_the_token_of_another_step_opens_no_way_round_the_checks(store: Store) -> None:
    filing, other = submit(store, GDP, token="t"), submit(store, JOBS, by="赵敏")
    chosen = dict(enumerate(filing.submissions))
    acts: list[Callable[[], object]] = [
        lambda: store.publish(PLAN, filing.id, chosen, Act(WANG, LATER, "t")),
        lambda: store.return_filing(PLAN, filing.id, "why", Act(LI, LATER, "t")),
        lambda: store.take_back(PLAN, other.id, Act(ZHAO, LATER, "t")),
    ]
    for act in acts:
        assert "王伟 submitted this already" in refusal(act)
    assert not store.history(PLAN)
    assert len(store.filings(PLAN)) == 2


def test_nobody_publishes_what_a_system_submitted_by_a_token_of_their_own(store: Store) -> None:
    number, _ = store.make_token(PLAN, "", "a system", Act(LI, NOON), expires=date(2031, 1, 1))
    system = Actor.of(ActorKind.TOKEN, str(number), "a system")
    rows = [Submission(GDP, 0)]
    filing, _ = store.submit(PLAN, rows, Act(system, NOON, "t"))
    assert "by a token of yours" in refusal(lambda: publish(store, filing, by="李娜"))
    publish(store, filing, by="赵敏")
    assert [entry.actor for entry in store.history(PLAN)] == [system.id]


def test_two_accounts_with_one_verified_mail_are_one_pair_of_eyes(store: Store) -> None:
    mails = {"wang": "w@id.example", "wang.admin": "w@id.example", "li": "l@id.example", "zhao": ""}
    for name, mail in mails.items():
        store.signed_in(SignIn(signed_in(name), name, NOON, NOON, mail), NOON)
    by = Act(signed_in("wang"), NOON)
    number, _ = store.make_token(PLAN, "", "a system", by, expires=date(2031, 1, 1))
    system = Actor.of(ActorKind.TOKEN, str(number), "a system")
    for filer, figure in ((signed_in("wang"), GDP), (system, JOBS)):
        rows, token = [Submission(figure, 0)], filer.name
        filing, _ = store.submit(PLAN, rows, Act(filer, NOON, token))

        def publish_as(name: str, filing: Filing = filing) -> None:
            chosen = dict(enumerate(filing.submissions))
            by = Act(signed_in(name), LATER, f"{filing.id} by {name}")
            store.publish(PLAN, filing.id, chosen, by)

        assert "another account with your mail" in refusal(lambda: publish_as("wang.admin"))
        publish_as("li" if figure is GDP else "zhao")


def test_only_the_figure_is_withdrawn_whose_withdrawal_was_submitted(store: Store) -> None:
    first, second = (
        add_row(store, PLAN, one, "王伟", NOON) for one in (GDP, replace(GDP, note="n"))
    )
    withdrawal = Withdrawal("gdp", first, date(2020, 5, 1), "x")
    filing, _ = store.submit(PLAN, [Submission(withdrawal)], Act(WANG, NOON, "t"))
    chosen = {0: Submission(replace(withdrawal, replaces=second))}
    act = Act(LI, LATER, "p")
    assert "not what was submitted" in refusal(lambda: store.publish(PLAN, filing.id, chosen, act))


def test_a_record_that_moved_meanwhile_is_a_conflict_for_who_publishes(store: Store) -> None:
    filing, twin = submit(store, GDP), submit(store, replace(GDP, source="other"), by="赵敏")
    publish(store, filing)
    with pytest.raises(Conflicting):
        publish(store, twin)
    row = store.history(PLAN)[-1].row
    # Having seen it, a reviewer may put the row in its place.
    instead = Submission(replace(GDP, source="other", replaces=row), row)
    store.publish(PLAN, twin.id, {0: instead}, Act(LI, LATER, "instead"))
    assert [o.source for o in store.as_of(PLAN, date.max)] == ["other"]


def test_an_undone_publication_leaves_what_was_public_before(store: Store) -> None:
    filing = submit(store, GDP)
    publish(store, filing)
    [save] = store.saves(PLAN)
    with pytest.raises(Refused):
        store.undo(PLAN, save.id, Act(WANG, LATER, "u"))
    store.undo(PLAN, save.id, Act(LI, LATER, "u"))
    assert not store.as_of(PLAN, date.max)
