"""The rules of judgement for people, with the numbers of the constants that judge."""

from collections.abc import Iterable
from dataclasses import dataclass

from mubiao.i18n import Language
from mubiao.model import Measure
from mubiao.problems import message
from mubiao.wording import words
from mubiao.wording.glossary import Meaning, values_of
from mubiao.wording.phrasebook import Phrasebook

_COMPARATORS = (
    ("以上 · 不少于 · 达到 · 提高到", message("at least"), "v ≥ T"),
    ("超过", message("above"), "v > T"),
    ("以内 · 减到 · 下降 · 压减", message("at most"), "v ≤ T"),
    ("低于", message("below"), "v < T"),
    (
        "左右 · 持平",
        message("about"),
        message(
            "not short of T by more than the tolerance; beating it is fine, unless neither way is "
            "better: then within the tolerance on both sides"
        ),
    ),
    (
        "6%–6.5% · 6%至6.5%",
        message("between two values"),
        message(
            "v ≥ the lower value, and v ≤ the upper one where beating it does not keep the promise"
        ),
    ),
    (
        "2.76万亿元 · 按2.8%安排 · 保持6%不变",
        message("exactly"),
        message("v within the tolerance on both sides"),
    ),
    (
        "同步 · 高于全国平均 · 快于经济增长",
        message("in step with another target, or beside a reference series"),
        message(
            "T is the other's actual of the same period; in step: v ≥ T − tolerance, else as the "
            "comparator says"
        ),
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
            "reached: achieved, at any time · final and not reached: missed · otherwise by how far "
            "it is behind schedule: up to {on_track} on track, up to {at_risk} at risk, more off "
            "track"
        ),
        message("behind schedule by t − v ÷ T"),
    ),
    (
        message("count with a ceiling"),
        message(
            "above it: missed, at any time · final: achieved · otherwise by how much more of it is "
            "used up than of the year: up to {on_track} on track, up to {at_risk} at risk, more "
            "off track"
        ),
        message("more used up by v ÷ T − t"),
    ),
    (
        message("rate"),
        message(
            "final: achieved or missed · satisfied: on track · short by up to the warning band: at "
            "risk · otherwise off track"
        ),
    ),
    (
        message("level, since a base year"),
        message(
            "final: achieved or missed · satisfied: on track · where there is a baseline that does "
            "not satisfy itself: by how far the way from it to the target is behind schedule, as a "
            "count · otherwise by the warning band, as a rate"
        ),
        message("behind schedule by t − (v − b) ÷ (T − b)"),
    ),
    (
        message("all year"),
        message(
            "one figure that does not satisfy: off track, missed once the due day is past · final: "
            "achieved · otherwise on track"
        ),
    ),
    (
        message("beside another series"),
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
)


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A table ready to print."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(phrasebook: Phrasebook) -> tuple[RuleTable, ...]:
    """What the wording means, and which actual counts."""

    def texts(msgids: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(phrasebook.t, msgids))

    return tuple(
        RuleTable(phrasebook.t(title), texts(columns), tuple(map(texts, rows)))
        for title, columns, rows in _TABLES
    )


def kinds(phrasebook: Phrasebook) -> tuple[Meaning, ...]:
    """How the status follows for each kind of target: the first that applies."""
    values = values_of(phrasebook)
    return tuple(
        Meaning(*(phrasebook.t(msgid, **values) for msgid in msgids)) for msgids in _JUDGED
    )


def never(language: Language) -> tuple[str, ...]:
    """What is never done."""
    return tuple(language.t(text) for text in _NEVER)
