"""Proposed figures held against the record: the outcome of each, whichever door it came by."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mubiao.counting import standing
from mubiao.i18n import language
from mubiao.model import Conflict, Entry, Nature, Observation, Stage, Withdrawal
from mubiao.observation.draft import Draft
from mubiao.period import Period
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.effects import effects
from mubiao.proposal.proposal import Proposal, proposal_of
from mubiao.proposal.rows import Candidate, Choice, Outcome, ProposalRow, read
from tests.real import real_actuals, real_plan
from tests.samples import observation, plan_of, target

TODAY = date(2020, 9, 20)
PLAN = plan_of(
    target("prices", measure="rate", comparator="at_most", value="3.5", cadence="monthly"),
    target("jobs", measure="count", comparator="at_least", value=280000, unit="people"),
    target("rate", measure="level", comparator="below", value=5),
    target("law", measure="stage", comparator="done"),
)
FIRST = replace(observation("prices", "2020-H1", "2.8", "2020-07-10", row=4), recorded_by="Wang")
LATER = replace(FIRST, known_on=date(2020, 8, 1))
DOORS = list(Takes)


def said(row: int, value: str, replaces: int | None = None, **fields: Any) -> Observation:  # noqa: ANN401
    """What somebody else recorded of the first half, or of another `period`."""
    if "period" in fields:
        fields["period"] = Period.parse(fields["period"])
    return replace(FIRST, row=row, value=Decimal(value), replaces=replaces, **fields)


def withdrawn(row: int, replaces: int) -> Withdrawal:
    return Withdrawal("prices", replaces, date(2020, 8, 1), "not published", row=row)


def candidate(takes: Takes, value: str = "2.9", **how: Any) -> Candidate:  # noqa: ANN401
    """A figure of the first half as each door brings it, from somebody who has seen the row
    `seen`; `how` is a field of the draft, or of the candidate.
    """
    fields = {name: how.pop(name) for name in list(how) if name in Draft.__dataclass_fields__}
    usual = {"target": "prices", "period": "2020-H1", "known_on": "2020-07-20", "source": "sample"}
    draft = Draft(**{**usual, "value": value, "nature": "final", **fields})
    seen = how.pop("seen", 0)
    if takes is Takes.SAME_DAY:
        how.setdefault("named", seen)
    else:
        how["seen"] = seen
    return read(Candidate(draft.target, **how), draft, PLAN, TODAY)


def held_against(
    history: Sequence[Entry], takes: Takes, *candidates: Candidate, as_of: date = date.max
) -> Proposal:
    comparison = Comparison(
        PLAN,
        standing(history, date.max),
        lambda name: [entry for entry in history if entry.target == name],
        TODAY,
        takes,
        as_of=as_of,
    )
    return proposal_of(comparison, candidates)


def row(history: Sequence[Entry], takes: Takes, value: str = "2.9", **how: Any) -> ProposalRow:  # noqa: ANN401
    [row] = held_against(history, takes, candidate(takes, value, **how)).rows
    return row


@pytest.mark.parametrize("takes", DOORS)
@pytest.mark.parametrize(
    ("history", "how", "outcome"),
    [
        ([], {}, Outcome.NEW),
        ([], {"value": "N/A"}, Outcome.REFUSED),
        ([], {"known_on": "2020-09-21"}, Outcome.REFUSED),
        ([], {"period": "2020-02..2020-04"}, Outcome.NOT_JUDGED),
        ([], {"value": "290"}, Outcome.ASK),
        (
            [said(4, "2.8", known_on=date(2020, 8, 1))],
            {"seen": 4, "named": None},
            Outcome.NO_EFFECT,
        ),
        ([FIRST], {"named": 4, "seen": 4, "value": "2.80", "known_on": "2020-07-10"}, Outcome.SAME),
        ([FIRST], {"named": 4, "seen": 4, "known_on": "2020-07-10"}, Outcome.CORRECTS),
        ([FIRST], {"seen": 0}, Outcome.CLASH),
        ([FIRST, said(5, "2.7", 4)], {"seen": 4}, Outcome.CLASH),
        ([FIRST, withdrawn(5, 4)], {"seen": 4}, Outcome.CLASH),
        ([FIRST, said(5, "2.8", 4, period="2020-05")], {"seen": 4}, Outcome.CLASH),
        ([said(4, "2.8", period="2020-05")], {"seen": 0}, Outcome.NEW),
    ],
)
def test_every_door_tells_the_same_outcome(
    takes: Takes, history: list[Entry], how: dict[str, Any], outcome: Outcome
) -> None:
    proposal = held_against(history, takes, candidate(takes, **({"value": "2.9"} | how)))
    [one] = proposal.rows
    assert one.outcome is outcome
    assert bool(one.problems) is (outcome is Outcome.REFUSED)
    assert bool(one.notes) is (outcome in (Outcome.NOT_JUDGED, Outcome.NO_EFFECT))
    assert (one.conflict is None) is (outcome is not Outcome.CLASH)
    is_left_out = outcome in (Outcome.REFUSED, Outcome.SAME, Outcome.CLASH)
    assert (proposal.submissions == []) is is_left_out


@pytest.mark.parametrize("takes", DOORS)
def test_the_notes_say_why_a_figure_changes_no_status(takes: Takes) -> None:
    [note] = row([LATER], takes, seen=4, named=None).notes
    assert note.text == "No. 4 for this period became known later, on 2020-08-01; it stands."
    [note] = row([], takes, period="2020-02..2020-04").notes
    assert note.text == "An actual of this period is shown only; it is not judged."


@pytest.mark.parametrize("takes", DOORS)
@pytest.mark.parametrize(
    ("as_of", "outcome", "note"),
    [
        ("2020-07-31", Outcome.NEW, "from that day on it stands, not this figure"),
        ("2020-08-01", Outcome.NO_EFFECT, "became known later, on 2020-08-01; it stands"),
    ],
)
def test_outcome_and_effect_are_those_of_the_day_that_is_looked_at(
    takes: Takes, as_of: str, outcome: Outcome, note: str
) -> None:
    day, one = date.fromisoformat(as_of), candidate(takes, seen=4, named=None)
    [new] = held_against([LATER], takes, one, as_of=day).rows
    assert (new.outcome, new.beside) == (outcome, None)
    assert note in new.notes[0].text
    assert new.figure is not None
    [change] = effects(PLAN, [LATER], [new.figure], day)
    assert (change.before != change.after) is (outcome is Outcome.NEW)


@pytest.mark.parametrize("takes", DOORS)
def test_a_doubt_beside_what_became_known_later_says_so(takes: Takes) -> None:
    """A page as of July does not show August's figure, which the doubt is about."""
    later = said(4, "2.8", known_on=date(2020, 8, 1), period="2020-Q1")
    one = candidate(takes, "29", seen=0)
    for as_of, beginning in ((date(2020, 8, 1), "29 is ten times"), (date(2020, 7, 31), "beside")):
        [doubt] = held_against([later], takes, one, as_of=as_of).rows[0].warnings
        assert doubt.text.startswith(beginning)
        assert doubt.field == "value"
    text = language("zh").problem(doubt)
    assert text.startswith("与2020-07-31以后才公布的数据相比：29")
    assert not re.search("[a-z]{3}", text)


@pytest.mark.parametrize("takes", DOORS)
def test_a_row_that_is_left_out_is_not_held_against_the_others(takes: Takes) -> None:
    def jobs(period: str, value: str, place: int) -> Candidate:
        how = {"period": period, "place": place, "known_on": "2020-08-20"}
        return candidate(takes, value, target="jobs", **how)

    proposal = held_against([], takes, jobs("2020-Q1", "140000", 1), jobs("2020-H1", "130000", 2))
    assert (len(proposal.of(Outcome.ASK)), len(proposal.ready)) == (2, 0)
    others = proposal.decided({1: Choice.LEFT_OUT})
    assert [one.place for one in others.left_out] == [1]
    assert others.left_out[0].warnings
    assert [one.place for one in others.ready] == [2]
    assert len(others.submissions) == 1
    assert others.of(Outcome.ASK) == ()


@pytest.mark.parametrize("takes", DOORS)
def test_what_is_doubtful_waits_to_be_confirmed_and_again_when_it_changes(takes: Takes) -> None:
    proposal = held_against([], takes, candidate(takes, "290"))
    [doubtful] = proposal.rows
    assert (doubtful.outcome, doubtful.saves) == (Outcome.ASK, True)
    assert "above 100 per cent" in doubtful.warnings[0].text
    [confirmed] = proposal.confirmed(lambda mark: mark == doubtful.mark).rows
    assert confirmed.outcome is Outcome.NEW
    for other in ({"value": "291"}, {"known_on": "2020-07-21"}, {"period": "2020"}, {"place": 1}):
        assert row([], takes, **{"value": "290", **other}).mark != doubtful.mark


@pytest.mark.parametrize("takes", DOORS)
def test_mine_takes_the_place_of_theirs_and_theirs_stays_if_chosen(takes: Takes) -> None:
    theirs = said(5, "2.7", 4, known_on=date(2020, 7, 20))
    proposal = held_against([FIRST, theirs], takes, candidate(takes, seen=4))
    assert [one.conflict for one in proposal.clashes] == [Conflict(FIRST, (theirs,))]
    assert proposal.submissions == []
    mine = proposal.decided({0: Choice.MINE})
    [submission] = mine.submissions
    assert (submission.entry.replaces, mine.clashes) == (5, ())
    assert submission.based_on in (5, None if takes is Takes.SAME_DAY else 5)
    kept = proposal.decided({0: Choice.THEIRS})
    assert (kept.submissions, kept.clashes, len(kept.kept)) == ([], (), 1)


def test_rows_of_a_proposal_are_held_against_each_other() -> None:
    def jobs(period: str, value: str, place: int) -> Candidate:
        return candidate(
            Takes.SAME_DAY, value, target="jobs", period=period, place=place, known_on="2020-08-20"
        )

    quarter, half = jobs("2020-Q1", "140000", 1), jobs("2020-H1", "130000", 2)
    assert [one.outcome for one in held_against([], Takes.SAME_DAY, quarter, half).rows] == [
        Outcome.ASK,
        Outcome.ASK,
    ]
    assert [one.outcome for one in held_against([], Takes.SAME_DAY, half).rows] == [Outcome.NEW]


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        ({}, Outcome.SAME),
        ({"value": "约2.8"}, Outcome.CORRECTS),
        ({"qualifier": "about"}, Outcome.CORRECTS),
        ({"nature": "preliminary"}, Outcome.CORRECTS),
        ({"nature": "", "silent": frozenset({"nature"})}, Outcome.SAME),
        ({"known_on": "2020-07-11", "shared": frozenset()}, Outcome.CORRECTS),
        ({"source": "another"}, Outcome.SAME),
        ({"source": "another", "shared": frozenset({"known_on"})}, Outcome.CORRECTS),
        ({"note": "seen"}, Outcome.CORRECTS),
    ],
)
def test_what_was_not_typed_makes_no_difference(how: dict[str, Any], outcome: Outcome) -> None:
    usual = {"value": "2.80", "seen": 4, "shared": frozenset({"known_on", "source"})}
    assert row([FIRST], Takes.LAST_KNOWN, **{**usual, **how}).outcome is outcome


@pytest.mark.parametrize("known_on", ["2020-07-10", "2020-07-20"])
def test_what_is_not_typed_stays_as_the_replaced_figure_says(known_on: str) -> None:
    recorded = replace(FIRST, nature=Nature.PRELIMINARY, note="as told")
    silent = frozenset({"nature", "note"})
    for fields, nature, note in (
        ({"silent": silent}, Nature.PRELIMINARY, "as told"),
        ({"nature": "estimate", "note": "n"}, Nature.ESTIMATE, "n"),
    ):
        one = row([recorded], Takes.LAST_KNOWN, known_on=known_on, seen=4, **fields)
        assert (one.figure.nature, one.figure.note, one.figure.replaces) == (nature, note, 4)
        assert one.replaces == recorded


def test_a_figure_in_place_of_another_is_held_against_it() -> None:
    for value, outcome in (("28", Outcome.ASK), ("-2.8", Outcome.ASK), ("2.7", Outcome.CORRECTS)):
        assert row([FIRST], Takes.LAST_KNOWN, value, seen=4).outcome is outcome


def test_a_base_that_is_not_recorded_any_more_was_not_seen() -> None:
    one = row([FIRST], Takes.LAST_KNOWN, seen=70)
    assert one.conflict == Conflict(None, (FIRST,))
    assert row([], Takes.LAST_KNOWN, seen=70).based_on == 0


def test_a_figure_that_was_moved_meanwhile_leaves_nothing_to_replace() -> None:
    moved = said(8, "2.8", 4, period="2020-01..2020-05")
    further = said(9, "2.6", 8, period="2020-01..2020-05")
    history = [FIRST, moved, further]
    one = row(history, Takes.LAST_KNOWN, seen=4)
    assert (one.conflict, one.replaces) == (Conflict(FIRST, (moved,)), None)
    settled = row(history, Takes.LAST_KNOWN, seen=8)
    assert (settled.outcome, settled.based_on) == (Outcome.NEW, 8)
    back = said(10, "2.8", 9)
    assert row([*history, back], Takes.LAST_KNOWN, seen=4).conflict == Conflict(
        FIRST, (moved, back)
    )


def test_a_stage_is_a_figure_too() -> None:
    done = observation("law", "2020-06-30", Stage.COMPLETE, "2020-07-10", row=4)
    how = {"target": "law", "period": "2020-06-30", "seen": 4}
    assert row([done], Takes.LAST_KNOWN, "complete", **how, shared={"known_on"}).outcome is (
        Outcome.SAME
    )
    assert row([done], Takes.LAST_KNOWN, "在建", **how).outcome is Outcome.ASK


def test_a_missing_source_is_told_apart_from_what_is_wrong() -> None:
    one = row([], Takes.LAST_KNOWN, source="")
    assert (one.lacks_source, one.outcome) == (True, Outcome.NEW)
    assert not row([FIRST], Takes.LAST_KNOWN, source="").lacks_source


@pytest.mark.parametrize(
    ("others", "theirs", "replaces"),
    [
        ([], [], None),
        ([said(5, "2.7", period="2020")], [], None),
        ([said(5, "2.7")], [5], 5),
        ([said(5, "2.7", 4)], [5], 5),
        ([said(5, "2.7", 4), said(6, "2.6", 5)], [5, 6], 6),
        ([withdrawn(5, 4)], [5], None),
        ([withdrawn(5, 4), said(6, "2.7")], [5, 6], 6),
        ([said(5, "2.7"), withdrawn(6, 5)], [5, 6], None),
        ([said(5, "2.7", known_on=date(2020, 9, 1))], [5], None),
        ([said(5, "2.7", 4, period="2020-Q2")], [5], None),
    ],
)
def test_a_new_figure_takes_the_place_of_what_stands_now_of_what_others_recorded(
    others: list[Entry], theirs: list[int], replaces: int | None
) -> None:
    one = row([FIRST, *others], Takes.NAMED, seen=4)
    assert [entry.row for entry in (one.conflict.theirs if one.conflict else ())] == theirs
    assert one.conflict is None or one.conflict.base == FIRST
    assert one.figure.replaces == replaces
    assert one.based_on == (theirs[-1] if theirs else 4)


@pytest.mark.parametrize(
    ("others", "theirs", "replaces"),
    [
        ([], [], 4),
        ([said(5, "2.7", 4)], [5], 5),
        ([said(5, "2.7", 4, period="2020-Q2")], [5], 5),
        ([withdrawn(5, 4)], [5], None),
        ([withdrawn(5, 4), said(6, "2.7")], [5, 6], 6),
        ([said(5, "2.7", 4, known_on=date(2020, 9, 1))], [5], 5),
    ],
)
def test_a_correction_corrects_its_row_as_it_stands_now(
    others: list[Entry], theirs: list[int], replaces: int | None
) -> None:
    one = row([FIRST, *others], Takes.NAMED, seen=4, named=4)
    assert [entry.row for entry in (one.conflict.theirs if one.conflict else ())] == theirs
    assert one.figure.replaces == replaces


def test_a_corrected_row_is_known_to_be_replaced_before_the_figure_can_be_read() -> None:
    theirs = said(5, "2.7", 4)
    one = row([FIRST, theirs], Takes.NAMED, "much", seen=4, named=4)
    assert (one.outcome, one.conflict) == (Outcome.REFUSED, Conflict(FIRST, (theirs,)))
    assert row([FIRST, said(5, "2.7")], Takes.NAMED, "much", seen=4).conflict is None


def test_what_stands_beside_a_figure_is_told() -> None:
    one = row([FIRST], Takes.NAMED, seen=4)
    assert (one.outcome, one.replaces, one.beside) == (Outcome.NEW, None, FIRST)
    twin = said(5, "2.7")
    assert row([FIRST, twin], Takes.NAMED, seen=5, named=4).beside == twin


def test_several_figures_are_judged_together() -> None:
    plan, as_of = real_plan(), date(2021, 3, 31)
    recorded = [replace(o, row=row) for row, o in enumerate(real_actuals(), 1)]
    [gdp] = [o for o in recorded if o.target == "gdp-growth" and o.period.text == "2020"]
    better = replace(gdp, value=Decimal("2.0"), row=0, replaces=gdp.row)
    jobs = observation("new-jobs", "2020", "281000", "2021-03-30")
    later = observation("cpi", "2020", "9", "2021-04-01")
    changes = effects(plan, recorded, [better, jobs, later], as_of)
    assert {c.after.target.id: (c.before.status, c.after.status) for c in changes} == {
        "gdp-growth": ("missed", "missed"),
        "cpi": ("achieved", "achieved"),  # known only later
        "income-growth": ("achieved", "missed"),  # promised in step with GDP
        "new-jobs": ("missed", "achieved"),
    }
