"""The rules of judgement as tables for people, with the numbers of the constants that judge."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from mubiao.assessment import DUE_SOON, STALE_AFTER
from mubiao.criterion import BAND_FLOOR, BAND_SHARE
from mubiao.i18n import Language
from mubiao.model import Measure
from mubiao.problems import message
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook

_COMPARATORS = (
    ("以上 · 不少于 · 达到 · 提高到", message("at least"), "v ≥ T"),
    ("超过", message("above"), "v > T"),
    ("以内 · 减到 · 下降 · 压减", message("at most"), "v ≤ T"),
    ("低于", message("below"), "v < T"),
    (
        "左右 · 持平",
        message("about"),
        message("not short of T by more than the tolerance; beating it is fine"),
    ),
    (
        "同步",
        message("in step with another target"),
        message("v ≥ the other's actual of the same period − tolerance"),
    ),
    (
        "完成 · 建成 · 投运 · 出台 …",
        message("done"),
        message("the stage is complete; after the due day it is marked late"),
    ),
)
_JUDGED = (
    (message("any"), message("no figure that counts: not reported")),
    (
        message("any, after the due day"),
        message(
            "only a final figure decides. For {grace} days an earlier one is still judged, and "
            "marked as awaiting the final figure; after that, and for a milestone at once: not "
            "reported. What is decided already stays decided"
        ),
    ),
    (
        message("count"),
        message(
            "satisfied: achieved, at any time · final: missed · otherwise by the lag t − v ÷ T: up "
            "to {on_track} on track, up to {at_risk} at risk, more off track"
        ),
    ),
    (
        message("rate"),
        message(
            "final: achieved or missed · satisfied: on track · short by up to the band: at risk · "
            "otherwise off track"
        ),
    ),
    (
        message("level, since a base year"),
        message(
            "final: achieved or missed · satisfied: on track · from a baseline that does not "
            "satisfy: by the lag t − (v − b) ÷ (T − b) · otherwise by the band, as a rate"
        ),
    ),
    (
        message("all year"),
        message(
            "one figure that does not satisfy: off track, missed once the due day is past · final: "
            "achieved · otherwise on track"
        ),
    ),
    (
        message("in step with"),
        message(
            "as a rate, T being the other's figure of the same period; that missing: not reported"
        ),
    ),
    (
        message("milestone"),
        message(
            "complete: achieved · cancelled: missed · known not to be complete on the due day or "
            "later: missed · due within {soon} days: under way at risk, not started off track · "
            "not started when more than half of the time is gone: at risk · while a step of it is "
            "missed or off track: at risk · otherwise on track"
        ),
    ),
)
_TERMS = (
    ("t", message("the share of the year gone at the figure's last day, or the target's profile")),
    ("v, T, b", message("the actual, the target, the baseline")),
    (message("band"), message("the larger of {floor} and {share} of T, unless the plan sets it")),
    (message("final"), message("the figure's last day is the due day or later")),
    (
        message("what the rest must average"),
        message("for rates not satisfied yet: (T − t·v) ÷ (1 − t)"),
    ),
    (
        message("figure out of date"),
        message("not final, and more than {stale} days beyond the day the next one was expected"),
    ),
    (
        message("awaiting the final figure"),
        message("the due day is past, and no figure of that day or later is known"),
    ),
    (
        message("report overdue"),
        message(
            "a report is due {monthly} days after the end of a month, {quarterly} of a quarter, "
            "{half_yearly} of a half year, {yearly} of a year, unless the target sets its own; a "
            "milestone tells its stage each quarter. A later period that counts settles the "
            "earlier ones, and what is decided owes nothing more"
        ),
    ),
    (
        message("late"),
        message("kept after the due day; told wherever the achieved are counted"),
    ),
)
_NEVER = (
    message(
        "Missing is never zero: without a figure a target is not reported, and nothing is red."
    ),
    message("A growth rate is never compounded, and never paced like a quantity."),
    message("Unlike things are never averaged into one score; they are counted by status."),
    message("A figure that became known later never counts for an earlier day."),
)

# (title, columns, rows) of every table.
_TABLES = (
    (
        message("What the wording means"),
        (message("Printed"), message("Comparator"), message("Satisfied when")),
        _COMPARATORS,
    ),
    (
        message("Which actual counts"),
        (message("An actual is"), message("The one that counts")),
        tuple((words.MEASURE[measure], words.COUNTING[measure]) for measure in Measure),
    ),
    (
        message("How the status follows"),
        (message("Kind"), message("The first that applies")),
        _JUDGED,
    ),
    (message("Terms"), (message("Term"), message("Meaning")), _TERMS),
)


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A table ready to print."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(phrasebook: Phrasebook) -> tuple[RuleTable, ...]:
    """What the wording means, which actual counts, and how each kind is judged."""
    values = _values(phrasebook)

    def texts(msgids: Iterable[str]) -> tuple[str, ...]:
        return tuple(phrasebook.t(msgid, **values) for msgid in msgids)

    return tuple(
        RuleTable(phrasebook.t(title), texts(columns), tuple(map(texts, rows)))
        for title, columns, rows in _TABLES
    )


def never(language: Language) -> tuple[str, ...]:
    """What is never done."""
    return tuple(language.t(text) for text in _NEVER)


def _values(phrasebook: Phrasebook) -> dict[str, object]:
    language, thresholds = phrasebook.language, phrasebook.plan.thresholds
    return {
        "on_track": language.points(Fraction(thresholds.on_track)),
        "at_risk": language.points(Fraction(thresholds.at_risk)),
        "soon": DUE_SOON.days,
        "grace": phrasebook.plan.grace,
        "stale": STALE_AFTER.days,
        **dict(phrasebook.plan.lag),
        "floor": language.number(BAND_FLOOR),
        "share": language.percent(Fraction(BAND_SHARE)),
    }
