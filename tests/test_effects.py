"""What entries would change, before anything is written."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mubiao.model import Status
from mubiao.proposal.effects import Change, effects
from mubiao.store import Store
from mubiao.views.seen import assess_record
from tests.acts import add_row
from tests.samples import observation, plan_of
from tests.worked import CPI, GDP, INCOME

NOON = datetime(2020, 8, 1, 12, 0, tzinfo=UTC)
JULY = date(2020, 7, 31)

# Income stands before GDP, so that the order of the changes is not the plan's.
PLAN = plan_of(INCOME, CPI, GDP)
STANDING = (
    observation("gdp", "2020-H1", "-3.2", "2020-07-27", row=1),
    observation("income", "2020-H1", "0.8", "2020-07-27", row=2),
    observation("cpi", "2020-H1", "2.8", "2020-07-10", row=3),
)


def ids(changes: tuple[Change, ...]) -> list[str]:
    return [change.after.target.id for change in changes]


def test_an_entry_shows_its_own_target_and_what_is_in_step_with_it() -> None:
    entry = observation("gdp", "2020-H1", "0.2", "2020-07-28")
    changes = effects(PLAN, STANDING, [replace(entry, replaces=1)], JULY)
    assert ids(changes) == ["income", "gdp"]
    assert [(c.before.status, c.after.status) for c in changes] == [
        (Status.ON_TRACK, Status.ON_TRACK),
        (Status.OFF_TRACK, Status.OFF_TRACK),
    ]
    assert changes[0].after.threshold == Decimal("-0.3")


def test_an_entry_that_changes_nothing_still_shows_its_own_target() -> None:
    entry = observation("cpi", "2020-03", "3.2", "2020-04-20")
    (change,) = effects(PLAN, STANDING, [entry], JULY)
    assert change.before == change.after
    assert change.after.target.id == "cpi"


def test_a_new_entry_comes_after_all_others_of_the_same_day() -> None:
    entry = observation("cpi", "2020-H1", "3.9", "2020-07-10")
    (change,) = effects(PLAN, STANDING, [entry], JULY)
    assert (change.before.status, change.after.status) == (Status.ON_TRACK, Status.AT_RISK)


def test_taking_a_figure_back_shows_what_is_left() -> None:
    changes = effects(PLAN, STANDING, (), JULY, taken_back=STANDING[:1])
    assert ids(changes) == ["income", "gdp"]
    assert [change.after.status for change in changes] == [Status.NO_DATA, Status.NO_DATA]


def test_a_correction_that_becomes_known_later_leaves_the_old_figure_standing() -> None:
    """As the record itself does: a correction hides what it replaces from its own day on."""
    entry = observation("cpi", "2020-H1", "4.9", "2020-08-11")
    entry = replace(entry, replaces=3)
    (change,) = effects(PLAN, STANDING, [entry], JULY)
    assert change.before == change.after
    assert change.after.status is Status.ON_TRACK
    (later,) = effects(PLAN, STANDING, [entry], date(2020, 8, 11))
    assert later.after.status is Status.OFF_TRACK


@pytest.mark.parametrize("as_of", [date(2020, 7, 27), JULY, date(2020, 8, 11)])
@pytest.mark.parametrize("known_on", ["2020-07-28", "2020-08-11"])
def test_the_effect_shown_is_that_of_saving(store: Store, as_of: date, known_on: str) -> None:
    rows = [add_row(store, PLAN.id, seen, "Li", NOON) for seen in STANDING]
    entry = replace(observation("gdp", "2020-H1", "7", known_on), replaces=rows[0])
    changes = effects(PLAN, store.as_of(PLAN.id, as_of), [entry], as_of)
    promised = {c.after.target.id: c.after.status for c in changes}
    assert store.count(PLAN.id) == len(STANDING)
    add_row(store, PLAN.id, entry, "Li", NOON)
    became = {a.target.id: a.status for a in assess_record(store, PLAN, as_of)}
    assert promised == {name: became[name] for name in promised}
    assert "gdp" in promised
