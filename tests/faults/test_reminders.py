"""Twelve months of reminders, to units of all habits, by a mail server that turns some away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from mubiao.duty import due_day, expected_reports
from mubiao.i18n import language
from mubiao.model import Nature, Observation, Owner, Plan, Stage, Target, Text
from mubiao.period import Period
from mubiao.reminders import Outcome, ReminderSettings, remind
from mubiao.store import Store, open_store
from mubiao.views.seen import assess_record
from mubiao.wording.phrasebook import Phrasebook
from tests.acts import NOON, add_rows
from tests.faults.figures import Tell
from tests.mailbox import Mailbox, mail_server
from tests.real import real_plan, real_plan_with
from tests.samples import observation

# How many days after a report is due a unit files it; None: never.
HABITS = [-10, -3, -1, 0, 1, 2, 5, 9, 20, 60, None]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server of this test."""
    with mail_server() as box:
        yield box


@pytest.fixture
def assigned(at_length: Callable[[int, int], int]) -> Plan:
    """The real plan, or a fifth of it, with a unit for each habit, in turns."""
    owners = tuple(
        Owner(id=f"u{n}", name=Text(zh=f"单位{n}", en=f"Unit {n}"), contact=f"u{n}@plans.example")
        for n in range(len(HABITS))
    )
    targets = tuple(
        target.model_copy(update={"owner": f"u{n % len(HABITS)}"})
        for n, target in enumerate(real_plan().targets[:: at_length(1, 5)])
    )
    return real_plan_with(owners=owners, targets=targets)


@dataclass
class Year:
    """A record that units file into by their habits, with what each target has filed so far."""

    store: Store
    plan: Plan
    filed: dict[str, date] = field(default_factory=dict)

    def file(self, day: date) -> None:
        """Record what units file on a day."""
        found = [
            self.figure(target, period, day)
            for target in self.plan.targets
            for period in expected_reports(self.plan, target)
            if day == self.day_of(target, period)
        ]
        if found:
            at = datetime.combine(day, NOON.timetz())
            add_rows(self.store, self.plan.id, found, "wang", at)

    def day_of(self, target: Target, period: Period) -> date | None:
        """The day on which a unit files a report; none before its period is over."""
        habit = HABITS[int((target.owner or "")[1:])]
        if habit is None:
            return None
        return max(due_day(self.plan, target, period) + timedelta(days=habit), period.last)

    def figure(self, target: Target, period: Period, day: date) -> Observation:
        """What a unit files of a target, which decides nothing."""
        self.filed[target.id] = max(period.last, self.filed.get(target.id, date.min))
        if target.is_milestone:
            self.filed[target.id] = day
            return observation(target.id, day.isoformat(), Stage.UNDER_WAY, day)
        nature = Nature.PRELIMINARY
        return observation(target.id, period.text, "1", day, nature=nature)

    def open_targets(self, day: date) -> list[Target]:
        """The targets that are not decided: a figure below what was to hold all year breaks it."""
        judged = assess_record(self.store, self.plan, day)
        return [assessment.target for assessment in judged if not assessment.decided]

    def owing(self, day: date) -> dict[str, set[str]]:
        """By unit the names of the targets that owe a report of a period that is over."""
        owed: dict[str, set[str]] = {}
        for target in self.open_targets(day):
            last = self.filed.get(target.id, date.min)
            ends = [period.last for period in expected_reports(self.plan, target)]
            if any(last < end <= day for end in ends):
                owed.setdefault(target.owner or "", set()).add(target.name.en)
        return owed

    def overdue(self, day: date) -> set[str]:
        """The units with a report that is late."""
        return {
            target.owner or ""
            for target in self.open_targets(day)
            for period in expected_reports(self.plan, target)
            if self.filed.get(target.id, date.min) < period.last
            and due_day(self.plan, target, period) < day
        }


def test_in_twelve_months_nobody_who_filed_gets_one_and_nobody_who_owes_is_missed(
    assigned: Plan,
    mailbox: Mailbox,
    sqlite_url: str,
    at_length: Callable[[int, int], int],
    tell: Tell,
) -> None:
    year = Year(open_store(sqlite_url), assigned)
    phrasebook, settings = (
        Phrasebook(assigned, language("en")),
        ReminderSettings(mail=mailbox.channel),
    )
    runs, turned_away, messages = at_length(3, 23), 0, 0
    for n in range(366):
        day = date(2020, 2, 1) + timedelta(days=n)
        year.file(day)
        if n % runs:
            continue
        mailbox.mails.clear()
        # Each time another unit cannot be reached at first.
        mailbox.closed = {f"u{n // runs % len(HABITS)}@plans.example"}
        first = remind(year.store, phrasebook, settings, day, lambda: NOON)
        turned_away += sum(one.outcome is Outcome.FAILED for one in first)
        mailbox.closed.clear()
        for _ in range(2):
            again = remind(year.store, phrasebook, settings, day, lambda: NOON)
            assert not [one for one in again if one.problem]
        reached = {address.partition("@")[0]: text for address, _, text in mailbox.mails}
        assert len(reached) == len(mailbox.mails), "a unit got two"
        owing = year.owing(day)
        assert year.overdue(day) <= set(reached) <= set(owing)
        for unit, text in reached.items():
            lines = [line.partition(". ")[2] for line in text.splitlines() if ". " in line[:5]]
            assert {line.partition(":")[0] for line in lines} == {
                name.partition(":")[0] for name in owing[unit]
            }
        messages += len(reached)
    tell(
        f"reminders: {len(range(0, 366, runs))} days of twelve months, {len(assigned.targets)} "
        f"targets: {messages} messages, {turned_away} of them at first turned away, "
        "0 missed, 0 twice"
    )
    assert messages
    assert turned_away
    year.store.close()
