"""What each status, flag and term means: in words first, the formula beside it.

The one home of these texts: pages, files and the published site show them where the word stands.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from mubiao.assessment import DUE_SOON
from mubiao.criterion import BAND_FLOOR, BAND_SHARE
from mubiao.flags import STALE_AFTER
from mubiao.i18n import Language
from mubiao.model import Assessment, Flag, Lag, Rule, Status, Thresholds
from mubiao.problems import message
from mubiao.wording import words
from mubiao.wording.outlooks import telling_outlook
from mubiao.wording.phrasebook import Phrasebook


class Term(StrEnum):
    """What else is explained where it stands."""

    ATTENTION = "attention"
    OWED = "owed"
    NOT_DUE = "not_due"
    PACE = "pace"
    BAND = "band"
    TOLERANCE = "tolerance"
    REST = "rest"
    OUTLOOK = "outlook"
    FINAL = "final"
    SYMBOLS = "symbols"


class Meaning(NamedTuple):
    """What something is called, what it means in words, and its formula, "" for none."""

    name: str
    text: str
    formula: str = ""


# Name, words and perhaps a formula as message ids, whose places `values_of` fills in.
_STATUSES = {
    Status.ACHIEVED: (
        message(
            "The promise is kept: the final figure satisfies it, the count has been reached, or "
            "the milestone is complete."
        ),
        message("final and satisfied; a count: v ≥ T at any time"),
    ),
    Status.ON_TRACK: (
        message(
            "Nothing speaks against it so far: the figure satisfies the promise, or the work is "
            "behind schedule by no more than {on_track}."
        ),
        "t − v ÷ T ≤ {on_track}",
    ),
    Status.AT_RISK: (
        message(
            "Short of the promise or behind schedule, but within the warning limit; or a "
            "milestone that is due soon, not begun in time, or held back by one of its steps."
        ),
        message("short by no more than the warning band; {on_track} < t − v ÷ T ≤ {at_risk}"),
    ),
    Status.OFF_TRACK: (
        message("Beyond the warning limit: without a turn the promise will be broken."),
        message("short by more than the warning band; t − v ÷ T > {at_risk}"),
    ),
    Status.MISSED: (
        message(
            "The promise is broken: the final figure does not satisfy it, or the milestone was "
            "not complete when it was due, or is cancelled."
        ),
    ),
    Status.NO_DATA: (
        message(
            "No figure that can be judged is known, or after the due day no final one. This is no "
            "judgement: missing is never zero, and nothing is red because it is unknown."
        ),
    ),
}
_FLAGS = {
    Flag.STALE: (
        message("The next figure was expected, and {stale} days have passed since."),
        message("not final, and more than {stale} days beyond the day the next one was expected"),
    ),
    Flag.PRELIMINARY: (message("The publisher may still revise this figure."),),
    Flag.AWAITING_FINAL: (
        message("The due day is past and the final figure is not known yet."),
        message("the due day is past, and no figure of that day or later is known"),
    ),
    Flag.LATE: (message("Completed after the due day; told wherever the achieved are counted."),),
    Flag.REACHED_EARLY: (message("Reached before the due day."),),
    Flag.BOUND: (
        message(
            "The published value is a bound that cannot decide; it is judged as if it were exact."
        ),
    ),
    Flag.OVERDUE: (
        message(
            "A report is late: its period is over, its due day past, and neither it nor a later "
            "one is there. No status follows from this."
        ),
        message(
            "due on the day of release that the target's calendar names, else {weekly} days "
            "after a weekly day, {monthly} after the end of a month, {quarterly} of a quarter, "
            "{half_yearly} of a half year, "
            "{yearly} of a year, unless the target sets its own; a milestone tells its stage each "
            "quarter; what is decided owes nothing more"
        ),
    ),
    Flag.AMENDED: (
        message(
            "The target was changed in the course of its year. The version in force on the day "
            "judges; how it stands by the first promise is told beside it."
        ),
    ),
}
_TERMS: Mapping[Status | Flag | Term, tuple[str, ...]] = {
    Term.ATTENTION: (
        message("Needs attention"),
        message("Missed, off track or at risk: the worst first, headline targets before others."),
    ),
    Term.OWED: (
        message("never reported, overdue"),
        message("Nothing has been reported of it yet, though a report is overdue."),
    ),
    Term.NOT_DUE: (
        message("not due yet"),
        message("Nothing has been reported of it yet, and the first report is not overdue."),
    ),
    Term.PACE: (
        message("schedule"),
        message(
            "The share of the year's work that should be done by the figure's last day: half of it "
            "in the middle of the year, unless the target has its own profile."
        ),
        message("t = days gone ÷ days of the year; behind schedule by t − v ÷ T"),
    ),
    Term.BAND: (
        message("warning band"),
        message(
            "How far a rate or level may be short of the promise and still be at risk rather than "
            "off track."
        ),
        message("the larger of {floor} and {share} of T, unless the plan sets it"),
    ),
    Term.TOLERANCE: (
        message("tolerance"),
        message(
            "How far “about” and “in step with” reach on the unfavourable side; beating them is "
            "fine."
        ),
        message("half a unit of the last digit printed, unless the plan sets it"),
    ),
    Term.REST: (
        message("what the rest must average"),
        message("What the rest of the year has to average for the year to come out as promised."),
        message("for rates not satisfied yet: (T − t·v) ÷ (1 − t)"),
    ),
    Term.OUTLOOK: (
        message("Outlook"),
        message(
            "Where the year ends if it goes on like its latest stretch. It is no forecast, and no "
            "status comes from it."
        ),
        message(
            "a rate: t₂·v₂ + (1 − t₂)·r, r = (t₂·v₂ − t₁·v₁) ÷ (t₂ − t₁); a count: "
            "v₂ + (1 − t₂)·r, r = (v₂ − v₁) ÷ (t₂ − t₁)"
        ),
    ),
    Term.FINAL: (message("final"), message("The figure's last day is the due day or later.")),
    Term.SYMBOLS: (
        "T, v, b, t",  # first one that a style sheet's capital leaves as it is
        message(
            "The target, the actual, the baseline, and the share of the year gone at the figure's "
            "last day (or the target's own profile)."
        ),
    ),
}
MEANINGS: Mapping[Status | Flag | Term, tuple[str, ...]] = {
    **{status: (words.STATUS[status], *texts) for status, texts in _STATUSES.items()},
    **{flag: (words.FLAG[flag], *texts) for flag, texts in _FLAGS.items()},
    **_TERMS,
}


def meanings(
    phrasebook: Phrasebook, terms: Iterable[Status | Flag | Term] = MEANINGS
) -> tuple[Meaning, ...]:
    """What statuses, flags and terms mean, with the plan's numbers; all of them by default."""
    values = values_of(phrasebook)
    return tuple(
        Meaning(*(phrasebook.t(msgid, **values) for msgid in MEANINGS[term])) for term in terms
    )


def of_overview(phrasebook: Phrasebook) -> tuple[Meaning, ...]:
    """The words of an overview: the statuses, and what is said of those without one."""
    return meanings(phrasebook, (*Status, Term.OWED, Term.NOT_DUE, Term.ATTENTION, Term.PACE))


def of_target(phrasebook: Phrasebook, assessment: Assessment) -> tuple[Meaning, ...]:
    """The words that the page of a target uses; its flags are explained among its steps."""
    used = {
        Term.PACE: assessment.progress is not None,
        Term.BAND: assessment.rule is Rule.BAND,
        Term.TOLERANCE: bool(assessment.target.tolerance),
        Term.REST: assessment.required_rest is not None,
        Term.OUTLOOK: telling_outlook(phrasebook.plan, assessment) is not None,
    }
    terms = (term for term, is_used in used.items() if is_used)
    return meanings(phrasebook, (assessment.status, *terms))


def values_of(phrasebook: Phrasebook) -> Mapping[str, object]:
    """The numbers of the plan and of the constants that judge, for the places of a text."""
    plan = phrasebook.plan
    return _values(phrasebook.language, plan.thresholds, plan.grace, plan.lag)


@lru_cache(maxsize=64)  # every target's page has some
def _values(
    language: Language, thresholds: Thresholds, grace: int, lag: Lag
) -> Mapping[str, object]:
    return {
        "on_track": language.points(Fraction(thresholds.on_track)),
        "at_risk": language.points(Fraction(thresholds.at_risk)),
        "soon": DUE_SOON.days,
        "grace": grace,
        "stale": STALE_AFTER.days,
        "floor": language.number(BAND_FLOOR),
        "share": language.percent(Fraction(BAND_SHARE)),
        **dict(lag),
    }
