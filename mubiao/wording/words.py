"""The words of the product as gettext ids: what each status, flag or stage is called."""

from collections.abc import Mapping

from mubiao.model import (
    Assessment,
    Cadence,
    Comparator,
    Flag,
    Judged,
    Measure,
    Nature,
    Qualifier,
    Stage,
    Status,
)
from mubiao.problems import message

STATUS: Mapping[Status, str] = {
    Status.ACHIEVED: message("achieved"),
    Status.ON_TRACK: message("on track"),
    Status.AT_RISK: message("at risk"),
    Status.OFF_TRACK: message("off track"),
    Status.MISSED: message("missed"),
    Status.NO_DATA: message("not reported"),
}
SHAPE: Mapping[Status, str] = {
    Status.ACHIEVED: "✔",
    Status.ON_TRACK: "●",
    Status.AT_RISK: "▲",
    Status.OFF_TRACK: "◆",
    Status.MISSED: "✖",
    Status.NO_DATA: "○",
}
FLAG: Mapping[Flag, str] = {
    Flag.STALE: message("figure out of date"),
    Flag.PRELIMINARY: message("preliminary"),
    Flag.AWAITING_FINAL: message("awaiting the final figure"),
    Flag.LATE: message("late"),
    Flag.REACHED_EARLY: message("reached early"),
    Flag.BOUND: message("published as a bound"),
    Flag.OVERDUE: message("report overdue"),
    Flag.AMENDED: message("target changed"),
}
STAGE: Mapping[Stage, str] = {
    Stage.NOT_STARTED: message("not started"),
    Stage.UNDER_WAY: message("under way"),
    Stage.COMPLETE: message("complete"),
    Stage.CANCELLED: message("cancelled"),
}
# What a milestone's note says, each part after its label.
PROGRESS = message("Progress: …; Problems: …; Next step: …")
QUALIFIER: Mapping[Qualifier, str] = {
    Qualifier.EXACT: message("exact"),
    Qualifier.AT_LEAST: message("at least"),
    Qualifier.AT_MOST: message("at most"),
    Qualifier.ABOUT: message("about"),
}
NATURE: Mapping[Nature, str] = {
    Nature.ESTIMATE: message("estimate"),
    Nature.PRELIMINARY: message("preliminary"),
    Nature.FINAL: message("final"),
}
COMPARATOR: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: message("at least"),
    Comparator.ABOVE: message("above"),
    Comparator.AT_MOST: message("at most"),
    Comparator.BELOW: message("below"),
    Comparator.ABOUT: message("about"),
    Comparator.BETWEEN: message("between two values"),
    Comparator.EXACTLY: message("exactly"),
    Comparator.IN_STEP_WITH: message("in step with another target"),
    Comparator.DONE: message("done"),
}
MEASURE: Mapping[Measure, str] = {
    Measure.COUNT: message("running total since the year began"),
    Measure.RATE: message("change on a year earlier, or mean, since the year began"),
    Measure.LEVEL: message("value at the end of the period"),
    Measure.SINCE_BASE: message("change against the base year"),
    Measure.STAGE: message("stage of a milestone"),
}
COUNTING: Mapping[Measure, str] = {
    Measure.COUNT: message("the latest running total since the year began, or as at a day"),
    Measure.RATE: message("the latest figure whose period begins with the year"),
    Measure.LEVEL: message("the latest value at the end of a period"),
    Measure.SINCE_BASE: message("the latest change against the base year"),
    Measure.STAGE: message("the latest known stage"),
}
CADENCE: Mapping[Cadence, str] = {
    Cadence.WEEKLY: message("weekly"),
    Cadence.MONTHLY: message("monthly"),
    Cadence.QUARTERLY: message("quarterly"),
    Cadence.HALF_YEARLY: message("half-yearly"),
    Cadence.YEARLY: message("yearly"),
}
JUDGED: Mapping[Judged, str] = {
    Judged.YEAR_END: message("at the year's end"),
    Judged.ALL_YEAR: message("all year"),
}
ASKS: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: message("at least {value}"),
    Comparator.ABOVE: message("above {value}"),
    Comparator.AT_MOST: message("at most {value}"),
    Comparator.BELOW: message("below {value}"),
    Comparator.ABOUT: message("about {value}"),
    Comparator.BETWEEN: message("{value} to {upper}"),
    Comparator.EXACTLY: message("{value} exactly"),
}
# What is asked beside another series.
BESIDE: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: message("at least as much as {other}"),
    Comparator.ABOVE: message("above {other}"),
    Comparator.AT_MOST: message("at most as much as {other}"),
    Comparator.BELOW: message("below {other}"),
    Comparator.IN_STEP_WITH: message("in step with {other}"),
}
FALLS: Mapping[Comparator, str] = {
    Comparator.AT_MOST: message("down at least {value}"),
    Comparator.BELOW: message("down more than {value}"),
    Comparator.ABOUT: message("down about {value}"),
    Comparator.BETWEEN: message("down {upper} to {value}"),
    Comparator.EXACTLY: message("down {value} exactly"),
}

# What the fields of an entry are called, in forms, grids and refusals.
FIELDS = {
    "target": message("Target"),
    "period": message("Period"),
    "value": message("Value"),
    "qualifier": message("How exact"),
    "nature": message("How settled"),
    "known_on": message("Known on"),
    "source": message("Source"),
    "note": message("Note"),
    "recorded_by": message("Your name"),
    "reason": message("Reason"),
    "text": message("Text"),
    "status": message("Status"),
    "until": message("Last day"),
}


def flag_name(assessment: Assessment, flag: Flag) -> str:
    """A flag's message id; of a figure that is not final, what it is: estimate or preliminary."""
    if flag is Flag.PRELIMINARY and assessment.observation is not None:
        return NATURE[assessment.observation.nature]
    return FLAG[flag]
