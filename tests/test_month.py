"""A month's work: what is due, what has been typed, and what that would do."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.i18n import language
from mubiao.model import Nature, Observation, Plan, Qualifier, Section, Stage, Text, Withdrawal
from mubiao.observation.pending import CELLS, Cells, Pending, read_book, write_book
from mubiao.period import Period
from mubiao.proposal.effects import effects
from mubiao.views.month import Due, due_in, month_before, months_of, rows
from mubiao.views.preview import Line, Outcome, base, last, proposals, read_month, theirs
from tests.real import real_actuals, real_plan
from tests.samples import observation, plan_of, target

TODAY = date(2020, 7, 20)
JUNE = Period.parse("2020-06")
PLAN = plan_of(
    target("growth", measure="rate", comparator="about", value=6),
    target("prices", measure="rate", comparator="at_most", value="3.5", cadence="monthly"),
    target("jobs", measure="count", comparator="at_least", value=280000, unit="people"),
    target("rate", measure="level", comparator="below", value=5),
    target("law", measure="stage", comparator="done"),
    target("land", measure="level", comparator="at_most", value=2860, cadence="yearly"),
)


def due(month: str, *standing: Observation, today: date = TODAY, plan: Plan = PLAN) -> list[Due]:
    return list(due_in(plan, Period.parse(month), standing, today))


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2020-01", {"prices": "2020-01"}),
        ("2020-05", {"prices": "2020-01..2020-05"}),
        (
            "2020-06",
            {
                "growth": "2020-H1",
                "prices": "2020-H1",
                "jobs": "2020-H1",
                "rate": "2020-Q2",
                "law": "2020-06-30",
            },
        ),
    ],
)
def test_what_is_due_follows_the_cadence(month: str, expected: dict[str, str]) -> None:
    assert {each.target.id: each.period.text for each in due(month)} == expected


def test_everything_is_due_at_the_years_end() -> None:
    assert len(due("2020-12", today=date(2021, 1, 20))) == len(PLAN.targets)
    december = due_in(real_plan(), Period.parse("2020-12"), (), date(2021, 4, 30))
    assert len(december) == len(real_plan().targets)


def test_the_headline_comes_first_and_numbers_before_milestones() -> None:
    later = replace_sections(("2.1", "law"), ("2.1", "prices"), ("2.0", "rate"), ("2.0", "growth"))
    assert [each.target.id for each in due("2020-06", plan=later)] == [
        "rate",
        "growth",
        "prices",
        "law",
    ]


def replace_sections(*placed: tuple[str, str]) -> Plan:
    """The plan with only these targets, in this order, each in its section; 2.1 printed first."""
    names = [Section(id=id_, name=Text(zh=id_, en=id_)) for id_ in ("2.1", "2.0")]
    targets = [PLAN.by_id[name].model_copy(update={"section": s}) for s, name in placed]
    return PLAN.model_copy(update={"sections": tuple(names), "targets": tuple(targets)})


def test_a_milestone_is_looked_at_today_while_the_month_is_not_over() -> None:
    [milestone] = [e for e in due("2020-06", today=date(2020, 6, 12)) if e.target.is_milestone]
    assert milestone.period.text == "2020-06-12"


def test_a_milestone_that_is_decided_needs_no_more_looks() -> None:
    done = observation("law", "2020-03-31", Stage.COMPLETE, "2020-04-20")
    assert "law" not in {each.target.id for each in due("2020-06", done)}
    asked = due_in(PLAN, JUNE, [done], TODAY, also=["law"])
    assert "law" in {each.target.id for each in asked}
    now = replace(done, period=Period.parse("2020-06-30"), known_on=TODAY)
    assert "law" in {each.target.id for each in due("2020-06", now)}
    going = replace(done, value=Stage.UNDER_WAY)
    assert "law" in {each.target.id for each in due("2020-06", going)}


def test_the_last_figure_is_of_the_kind_that_is_judged_and_no_later() -> None:
    figures = [
        observation("prices", "2020-Q1", "3.8", "2020-04-20", row=1),
        observation("prices", "2020-05", "2.0", "2020-06-10", row=2),  # a single month
        observation("prices", "2020-01..2020-07", "2.5", "2020-07-20", row=3),  # later
    ]
    [prices] = [each for each in due("2020-06", *figures) if each.target.id == "prices"]
    assert (prices.last, prices.recorded) == (figures[0], None)
    recorded = observation("prices", "2020-01..2020-06", "2.8", "2020-07-10", row=4)
    [prices] = [each for each in due("2020-06", *figures, recorded) if each.target.id == "prices"]
    assert (prices.last, prices.recorded) == (recorded, recorded)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2020-01-15", "2020-01"),
        ("2020-02-01", "2020-01"),
        ("2020-07-31", "2020-06"),
        ("2021-01-01", "2020-12"),
        ("2021-09-09", "2020-12"),
        ("2019-09-09", "2020-01"),
    ],
)
def test_the_month_is_the_one_before_within_the_plan_year(day: str, month: str) -> None:
    assert month_before(PLAN, date.fromisoformat(day)).text == month
    assert len(months_of(PLAN)) == 12


def test_the_rows_are_written_in_each_language() -> None:
    seen = observation("jobs", "2020-Q1", "120000", "2020-04-20")
    for code, texts in (
        ("zh", ("目标jobs", "上半年", "人", "12万", "一季度")),
        ("en", ("jobs", "the first half", "people", "120,000", "Q1")),
    ):
        jobs = {row.target: row for row in rows(PLAN, due("2020-06", seen), language(code))}["jobs"]
        assert (jobs.name, jobs.period, jobs.unit, jobs.last_value, jobs.last_period) == texts
        assert not jobs.recorded


# What is typed and not saved yet.


def typed(**values: Any) -> Pending:  # noqa: ANN401 - a value, or cells
    """Unsaved edits of June, known on the day and from one source."""
    cells = {k: v if isinstance(v, Cells) else Cells(value=v) for k, v in values.items()}
    return Pending(token="t", known_on=TODAY.isoformat(), source="Bureau", rows=cells)


def test_an_edit_keeps_the_row_that_it_was_based_on() -> None:
    pending = Pending(token="t").edited("cpi", {"value": "2.8"}, 14)
    assert pending.edited("cpi", {"value": " 2.9 "}, 99).rows["cpi"] == Cells(value="2.9", base=14)
    emptied = pending.edited("cpi", {"value": " "}, 99)
    assert emptied.rows == {}
    assert emptied.edited("cpi", {"value": "3"}, 99).rows["cpi"].base == 99


def test_an_entry_takes_from_all_what_its_own_cells_do_not_say() -> None:
    pending = typed(
        jobs=Cells(value="12", source="own", known_on="2020-07-01", note="n"), rate="4.8"
    )
    own, shared = pending.draft("jobs", "2020-H1"), pending.draft("rate", "2020-Q2")
    assert (own.source, own.known_on, own.note) == ("own", "2020-07-01", "n")
    assert (shared.source, shared.known_on, shared.note) == ("Bureau", "2020-07-20", "")


@given(
    st.dictionaries(
        st.text(),
        st.builds(
            Pending,
            token=st.text(),
            source=st.text(),
            rows=st.dictionaries(st.text(), st.builds(Cells, **dict.fromkeys(CELLS, st.text()))),
        ),
    )
)
def test_unsaved_edits_come_back_as_they_were(book: dict[str, Pending]) -> None:
    kept = {name: pending for name, pending in book.items() if not pending.is_empty}
    assert read_book(write_book(book)) == kept


@given(st.text() | st.sampled_from(["[]", "{", '{"a": 1}', '{"a": {"token": "t", "x": 1}}']))
def test_a_text_of_another_kind_holds_no_edits(text: str) -> None:
    assert read_book(text) == {}


# What saving would do.


def lines(
    pending: Pending, *standing: Observation, greatest: dict[str, int] | None = None
) -> dict[str, Line]:
    """The edited rows by target; `greatest` rows are of the targets' periods in June."""
    figures = due("2020-06", *standing)
    rows_ = {
        (each.target.id, each.period.first, each.period.last): (greatest or {})[each.target.id]
        for each in figures
        if each.target.id in (greatest or {})
    }
    found = read_month(PLAN, figures, pending, standing, rows_, TODAY)
    return {line.due.target.id: line for line in found}


def test_each_row_says_what_becomes_of_it() -> None:
    recorded = [
        observation("prices", "2020-H1", "2.8", "2020-07-10", row=3),
        observation("rate", "2020-Q2", "4.8", "2020-07-10", row=4),
    ]
    pending = typed(
        growth="N/A",
        prices=Cells(value="2.9", base=3),
        jobs="12万以上",
        rate=Cells(value="4.8", base=4),
        law="在建",
    )
    found = lines(pending, *recorded, greatest={"prices": 3, "rate": 4})
    assert {name: line.outcome for name, line in found.items()} == {
        "growth": Outcome.REFUSED,
        "prices": Outcome.REPLACES,
        "jobs": Outcome.NEW,
        "rate": Outcome.UNCHANGED,
        "law": Outcome.NEW,
    }
    assert "is not a figure" in found["growth"].problems[0].text
    saved = {p.entry.target: (p.entry, p.based_on) for p in proposals(found.values())}
    assert saved.keys() == {"prices", "jobs", "law"}
    assert (saved["prices"][0].replaces, saved["prices"][1]) == (3, 3)
    jobs, based_on = saved["jobs"]
    assert isinstance(jobs, Observation)
    assert (jobs.value, jobs.qualifier) == (Decimal(120000), Qualifier.AT_LEAST)
    assert (jobs.period.text, jobs.known_on, jobs.replaces, based_on) == ("2020-H1", TODAY, None, 0)


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"value": "2.80"}, Outcome.UNCHANGED),
        ({"value": "2.8", "nature": "final"}, Outcome.UNCHANGED),
        ({"value": "2.8", "nature": "preliminary"}, Outcome.REPLACES),
        ({"value": "2.8", "qualifier": "about"}, Outcome.REPLACES),
        ({"value": "约2.8"}, Outcome.REPLACES),
        ({"value": "2.8", "known_on": "2020-07-11"}, Outcome.REPLACES),
        ({"value": "2.8", "source": "sample"}, Outcome.UNCHANGED),
        ({"value": "2.8", "source": "another"}, Outcome.REPLACES),
        ({"value": "2.8", "note": "seen"}, Outcome.REPLACES),
    ],
)
def test_what_was_not_typed_makes_no_difference(cells: dict[str, str], outcome: Outcome) -> None:
    recorded = observation("prices", "2020-H1", "2.8", "2020-07-10", row=3, nature=Nature.FINAL)
    found = lines(typed(prices=Cells(**cells, base=3)), recorded, greatest={"prices": 3})
    assert found["prices"].outcome is outcome


@pytest.mark.parametrize("known_on", ["2020-07-10", "2020-07-20"])
def test_what_is_not_typed_stays_as_the_replaced_figure_says(known_on: str) -> None:
    recorded = observation("prices", "2020-H1", "2.8", "2020-07-10", row=3, nature=Nature.FINAL)
    recorded = replace(recorded, note="as told")
    for cells, nature, note in (
        ({}, Nature.FINAL, "as told"),
        ({"nature": "estimate", "note": "n"}, Nature.ESTIMATE, "n"),
    ):
        typed_ = typed(prices=Cells(value="2.9", known_on=known_on, base=3, **cells))
        entry = lines(typed_, recorded, greatest={"prices": 3})["prices"].entry
        assert entry is not None
        assert (entry.nature, entry.note, entry.replaces) == (nature, note, 3)


def test_a_figure_in_place_of_another_is_held_against_it() -> None:
    recorded = observation("growth", "2020-H1", "-3.2", "2020-07-10", row=3)
    for value in ("28", "3.2", "-0.032", "-32"):
        pending = typed(growth=Cells(value=value, base=3))
        assert not lines(pending, recorded, greatest={"growth": 3})["growth"].ready
    pending = typed(growth=Cells(value="-3.1", base=3))
    assert lines(pending, recorded, greatest={"growth": 3})["growth"].ready


def test_a_figure_that_became_known_later_is_not_replaced_by_an_earlier_one() -> None:
    later = observation("prices", "2020-H1", "2.7", "2020-09-01", row=3)
    found = lines(typed(prices=Cells(value="2.8", base=3)), later, greatest={"prices": 3})
    assert (found["prices"].outcome, found["prices"].replaces) == (Outcome.NEW, None)


def test_a_row_recorded_meanwhile_is_a_clash_unless_it_says_the_same() -> None:
    recorded = observation("prices", "2020-H1", "2.7", "2020-07-15", row=8)
    clash = lines(typed(prices="2.8"), recorded, greatest={"prices": 8})["prices"]
    assert (clash.outcome, clash.ready, clash.replaces) == (Outcome.CLASH, False, recorded)
    same = lines(typed(prices="2.7"), recorded, greatest={"prices": 8})["prices"]
    assert (same.outcome, same.ready) == (Outcome.UNCHANGED, True)
    settled = typed(prices="2.8").based("prices", 8)
    mine = lines(settled, recorded, greatest={"prices": 8})["prices"]
    assert (mine.outcome, mine.based_on) == (Outcome.REPLACES, 8)


def test_what_was_seen_and_what_others_did_are_told_apart() -> None:
    [prices] = [each for each in due("2020-06") if each.target.id == "prices"]
    seen = observation("prices", "2020-H1", "2.8", "2020-07-10", row=3)
    corrected = replace(seen, row=5, replaces=3, value=Decimal("2.7"))
    withdrawn = Withdrawal("prices", 5, TODAY, "wrong", row=7)
    other = observation("prices", "2020-07", "0.7", "2020-08-11", row=6)
    history = [seen, corrected, other, withdrawn]
    assert base(history, prices, 3) == seen
    assert theirs(history, prices, 3) == (corrected, withdrawn)
    assert base(history, prices, 0) is None
    assert theirs(history, prices, 7) == ()


def test_a_figure_that_somebody_moved_to_other_days_is_a_clash_and_is_told() -> None:
    seen = observation("prices", "2020-H1", "2.8", "2020-07-10", row=7)
    moved = replace(seen, row=8, replaces=7, period=Period.parse("2020-01..2020-05"))
    further = replace(moved, row=9, replaces=8, value=Decimal("2.6"))
    typed_ = typed(prices=Cells(value="2.9", base=7))
    clash = lines(typed_, further, greatest={"prices": 8})["prices"]
    assert (clash.outcome, clash.replaces) == (Outcome.CLASH, None)
    history = [seen, moved, further]
    [prices] = [each for each in due("2020-06") if each.target.id == "prices"]
    assert base(history, prices, 7) == seen
    assert theirs(history, prices, 7) == (moved,)
    settled = lines(typed_.based("prices", 8), further, greatest={"prices": 8})["prices"]
    assert (settled.outcome, settled.based_on) == (Outcome.NEW, 8)
    assert (base(history, prices, 8), theirs(history, prices, 8)) == (moved, ())
    back = replace(seen, row=10, replaces=9)
    assert theirs([*history, back], prices, 7) == (moved, back)


def test_what_an_edit_was_based_on_and_is_not_recorded_any_more_must_be_decided() -> None:
    recorded = observation("prices", "2020-H1", "2.8", "2020-07-10", row=7)
    pending = typed(prices=Cells(value="2.9", base=70))
    line = lines(pending, recorded, greatest={"prices": 7})["prices"]
    assert line.outcome is Outcome.CLASH
    assert last(theirs([recorded], line.due, 70), base([recorded], line.due, 70)) == 7
    assert last((), None) == 0


def test_a_doubtful_row_waits_until_it_is_confirmed_and_again_when_it_changes() -> None:
    last = observation("jobs", "2020-Q1", "120000", "2020-04-20", row=2)
    pending = typed(jobs="90000")
    doubtful = lines(pending, last)["jobs"]
    assert [problem.field for problem in doubtful.warnings] == ["value"]
    assert (doubtful.saves, doubtful.ready) == (True, False)
    pending = pending.confirmed("jobs", doubtful.mark)
    assert lines(pending, last)["jobs"].ready
    pending = pending.edited("jobs", {"value": "80000"}, 0)
    assert not lines(pending, last)["jobs"].ready


def test_a_missing_source_is_told_apart_from_what_is_wrong_with_a_row() -> None:
    pending = typed(rate="4.8", jobs=Cells(value="120000", source="own"))
    found = lines(pending.model_copy(update={"source": ""}))
    assert {name: line.lacks_source for name, line in found.items()} == {
        "jobs": False,
        "rate": True,
    }


def test_several_entries_are_judged_together() -> None:
    plan, as_of = real_plan(), date(2021, 3, 31)
    standing = [replace(o, row=row) for row, o in enumerate(real_actuals(), 1)]
    [gdp] = [o for o in standing if o.target == "gdp-growth" and o.period.text == "2020"]
    better = replace(gdp, value=Decimal("2.0"), row=0, replaces=gdp.row)
    jobs = observation("new-jobs", "2020", "281000", "2021-03-30")
    later = observation("cpi", "2020", "9", "2021-04-01")
    changes = effects(plan, standing, [better, jobs, later], as_of)
    assert {c.after.target.id: (c.before.status, c.after.status) for c in changes} == {
        "gdp-growth": ("missed", "missed"),
        "cpi": ("achieved", "achieved"),  # known only later
        "income-growth": ("achieved", "missed"),  # promised in step with GDP
        "new-jobs": ("missed", "achieved"),
    }
