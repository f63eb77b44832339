"""What is said of a target that was changed in the course of its year."""

from datetime import date

from mubiao.model import Amendment, Assessment, Status, Target
from mubiao.period import month_of
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.words import STATUS

# How a changed target stands by the change, and by what was promised first.
_VERDICTS = (message("as amended on {day}: {status}"), message("as promised in {month}: {status}"))
_KEPT = (message("as amended on {day}: kept"), message("as promised in {month}: kept"))


def both_verdicts(phrasebook: Phrasebook, assessment: Assessment) -> list[str]:
    """Of a target that was changed: how it stands by the change, and how by the first promise."""
    first, change = assessment.as_promised, assessment.target.amended
    if first is None or change is None:
        return []
    month = phrasebook.period(month_of(phrasebook.plan.delivered))
    values = {"day": _day(phrasebook, change), "month": month}
    forms = zip(_VERDICTS, _KEPT, (assessment.status, first.status), strict=True)
    return [
        phrasebook.t(
            achieved if status is Status.ACHIEVED else other,
            status=phrasebook.t(STATUS[status]),
            **values,
        )
        for other, achieved, status in forms
    ]


def asked_before(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """What a changed target asked before: "until 22 December: about 6%"; "" for others."""
    first, change = assessment.as_promised, assessment.target.amended
    if first is None or change is None:
        return ""
    day = _day(phrasebook, change)
    return phrasebook.t("until {day}: {asks}", day=day, asks=phrasebook.asks(first.target))


def _day(phrasebook: Phrasebook, change: Amendment) -> str:
    """The day of a change, without its year where that is the plan's."""
    day, language = change.known_on, phrasebook.language
    return language.day_of_year(day) if day in phrasebook.plan.span else language.day(day)


def amendment(phrasebook: Phrasebook, target: Target) -> str:
    """How a target was changed, by whom, and what the decision says; "" where it was not."""
    change, language = target.amended, phrasebook.language
    if change is None:
        return ""
    return phrasebook.t(
        "{day}: {asks} (before: {before}), decided by {by}, “{printed}”",
        day=language.day(change.known_on),
        asks=phrasebook.asks(target),
        before=phrasebook.asks(phrasebook.plan.by_id[target.id].in_force(date.min)),
        by=language.pick(change.by),
        printed=change.printed,
    )
