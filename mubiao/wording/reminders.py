"""What a unit owes, as the text that it is sent: which reports, since when, and where to file them.

The page of who owes shows the same text to copy, and `remind` sends it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mubiao.duty import Debt, by_target
from mubiao.wording.phrasebook import Phrasebook

PERIODS_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Reminder:
    """A message for one unit: its title, and its text in lines."""

    title: str
    text: str


def reminder(
    phrasebook: Phrasebook, owner: str | None, debts: Iterable[Debt], as_of: date, link: str = ""
) -> Reminder:
    """The message about a unit's debts (one at least), a line a target, those late longest first.

    `owner` is the unit's id, None for the plan's office; `link` leads to the form that files them.
    """
    owed = sorted(by_target(debts).values(), key=lambda some: min(debt.due for debt in some))
    language, t, day = phrasebook.language, phrasebook.t, phrasebook.language.day(as_of)
    unit, title = phrasebook.owner(owner), language.pick(phrasebook.plan.title)
    late = sum(any(debt.overdue_days for debt in some) for some in owed)
    parts = [
        language.ngettext(
            "as of {day}, the report of {n} target of “{title}” is owed",
            "as of {day}, reports of {n} targets of “{title}” are owed",
            len(owed),
            day=day,
            title=title,
        )
    ]
    if late and len(owed) > 1:
        parts.append(t("{n} of them overdue", n=late))
    head = t("{text}.", text=language.phrases(parts))
    lines = [
        language.labelled(unit, head),
        *(f"{n}. {_line(phrasebook, some)}" for n, some in enumerate(owed, start=1)),
    ]
    if link:
        lines.append(t("To file: {link}", link=link))
    subject = language.ngettext(
        "{unit}: the report of {n} target is owed as of {day}",
        "{unit}: reports of {n} targets are owed as of {day}",
        len(owed),
        unit=unit,
        day=day,
    )
    return Reminder(subject, "\n".join(lines))


def lateness(phrasebook: Phrasebook, debt: Debt) -> tuple[str, str]:
    """By when a report is due, and for how long it is late ("" while it is not)."""
    t, late = phrasebook.t, debt.overdue_days
    due = t("due {day}", day=phrasebook.language.day(debt.due))
    days = phrasebook.language.ngettext("{n} day overdue", "{n} days overdue", late)
    return due, days if late else ""


def owed_periods(phrasebook: Phrasebook, debts: Sequence[Debt]) -> str:
    """The periods of a target's debts; of many the first and the last."""
    names = [phrasebook.period(debt.period) for debt in debts]
    if len(names) <= PERIODS_AT_MOST:
        return phrasebook.language.listed(names)
    return phrasebook.t("{n} from {first} to {last}", n=len(names), first=names[0], last=names[-1])


def _line(phrasebook: Phrasebook, debts: Sequence[Debt]) -> str:
    """A target with the periods it owes; the oldest says since when."""
    language = phrasebook.language
    first = min(debts, key=lambda debt: debt.due)
    parts = (owed_periods(phrasebook, debts), *filter(None, lateness(phrasebook, first)))
    return language.labelled(phrasebook.name(first.target.id), language.phrases(parts))
