"""Who owes reports: counted by unit and by part of the report, and said in both languages."""

from datetime import date

import pytest

from mubiao.assessment import assess
from mubiao.duty import coverage, debts
from mubiao.i18n import language
from mubiao.model import Assessment, Owner, Plan, Text
from mubiao.views.owed import OFFICE, By, Owed, owed, owed_targets
from mubiao.wording.phrasebook import Phrasebook
from tests.assigned import UNITS, assigned_plan, changed
from tests.real import real_actuals, real_plan
from tests.samples import observation, plan_of, target

JULY = date(2020, 7, 31)
DAYS = [date(2020, 1, 12), date(2020, 4, 30), date(2020, 7, 20), JULY, date(2021, 3, 31)]


def judged(plan: Plan, day: date) -> tuple[Assessment, ...]:
    return tuple(assess(plan, [o for o in real_actuals() if o.known_on <= day], day))


def view(plan: Plan, day: date, by: By = "owner", code: str = "en") -> Owed:
    return owed(Phrasebook(plan, language(code)), judged(plan, day), by)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("by", ["owner", "section"])
def test_each_target_that_owes_is_counted_once_and_as_the_calendar_says(day: date, by: By) -> None:
    plan = assigned_plan()
    whole, assessments = view(plan, day, by), judged(plan, day)
    owing = {debt.target.id for debt in debts(plan, assessments)}
    late = {debt.target.id for debt in debts(plan, assessments) if debt.overdue_days}
    everybody = (*whole.debtors, *whole.settled)
    for name in ("filed", "behind", "silent", "coming", "owed", "overdue", "due"):
        of_each = sum(getattr(one.tally, name) for one in everybody)
        assert of_each == getattr(whole.whole, name), name
    assert (whole.whole.owed, whole.whole.overdue) == (len(owing), len(late))
    assert [d for one in whole.debtors for d in one.debts if d.target.id not in owing] == []
    numbers = [(one.tally.owed, one.tally.overdue) for one in whole.debtors]
    assert numbers == sorted(numbers, reverse=True)
    # As the first sentence of the overview has it.
    known = coverage(assessments)
    assert whole.whole.silent == known.owed
    assert whole.whole.due + whole.whole.later == known.total == len(plan.targets)


@pytest.mark.parametrize(
    ("code", "title", "rest"),
    [
        (
            "zh",
            "20个单位欠报133项；市发展改革委最多，16项",
            "其中133项已逾期：129项从未报过，4项缺最近一期",
        ),
        (
            "en",
            "20 units: 133 targets owe a report; Development and Reform most, 16",
            "133 of them overdue: 129 never reported, 4 without the newest report",
        ),
    ],
)
def test_the_title_says_how_many_owe_and_who_most(code: str, title: str, rest: str) -> None:
    whole = view(assigned_plan(), JULY, code=code)
    assert (whole.title, whole.rest) == (title, rest)
    assert whole.debtors[0].id == "ndrc"
    # What nobody is assigned to is owed by the plan's office.
    office = whole.debtors[-1]
    assert (office.id, office.tally.due) == (OFFICE, 1)
    assert {one.id for one in whole.debtors} == {*UNITS, OFFICE}


def test_a_plan_without_units_is_told_by_its_parts() -> None:
    whole = view(real_plan(), JULY, "section")
    title = "133 targets owe a report; Livelihoods and social stability most, 31"
    assert whole.title == title
    assert len(whole.debtors) == len(real_plan().sections)
    names = {
        row.unit
        for row in owed_targets(Phrasebook(real_plan(), language("en")), judged(real_plan(), JULY))
    }
    assert names <= {section.name.en for section in real_plan().sections}


def test_nobody_owes_most_where_two_owe_as_much_and_nothing_is_late_before_its_day() -> None:
    units = tuple(Owner(id=id_, name=Text(zh=id_, en=id_)) for id_ in ("a", "b", "c"))
    fields = {"measure": "level", "comparator": "at_least", "value": "75"}
    targets = (target(f"t{id_}", owner=id_, **fields) for id_ in ("a", "b", "c"))
    plan = changed(plan_of(*targets), owners=units)
    book = Phrasebook(plan, language("en"))
    filed = observation("tc", "2020-Q1", "70", "2020-04-01")
    whole = owed(book, tuple(assess(plan, [filed], date(2020, 4, 2))), "owner")
    assert (whole.title, whole.rest) == ("2 units: 2 targets owe a report", "")
    assert [one.name for one in whole.settled] == ["c"]
    one = owed(book, tuple(assess(plan, [filed], date(2020, 7, 31))), "owner").debtors[-1]
    assert (one.id, one.tally.behind, one.tally.silent) == ("c", 1, 0)
    none = owed(book, tuple(assess(plan, [filed], date(2020, 2, 1))), "owner")
    assert none.title == "No report is owed: all that is due is there"
    assert not none.debtors


def test_every_target_that_owes_stands_in_the_list_the_longest_overdue_first() -> None:
    plan = assigned_plan()
    rows = owed_targets(Phrasebook(plan, language("en")), judged(plan, JULY))
    assert {row.id for row in rows} == {d.target.id for d in debts(plan, judged(plan, JULY))}
    assert [row.overdue_days for row in rows] == sorted(
        (row.overdue_days for row in rows), reverse=True
    )
    assert rows[0].periods == "6 from January to the first half"
    assert (rows[0].due, rows[0].overdue_days) == (date(2020, 2, 20), 162)
