"""METHOD's worked cases: the targets, what was published of them, and targets made at random."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from mubiao.assessment import assess
from mubiao.model import (
    Assessment,
    Flag,
    Measure,
    Observation,
    Plan,
    Qualifier,
    Reference,
    Stage,
    Status,
    Target,
    Text,
)
from tests.samples import observation, plan_of, target

GDP = target(
    "gdp", measure="rate", comparator="about", value="6", better="higher", tolerance="0.5"
).model_copy(update={"name": Text(zh="地区生产总值增长", en="GDP growth")})
CPI = target("cpi", measure="rate", comparator="at_most", value="3.5", wording="value")
JOBLESS = target("jobless", measure="level", comparator="below", value="5", judged="all_year")
ENERGY = target("energy", measure="since_base", comparator="at_most", value="-17", base_year=2015)
INCOME = target(
    "income",
    measure="rate",
    comparator="in_step_with",
    in_step_with="gdp",
    better="higher",
    tolerance="0.5",
)
JOBS = target("jobs", measure="count", comparator="at_least", value="280000", unit="people")
TRAVEL = target(
    "travel", measure="level", comparator="at_least", value="75", baseline=("74.1", 2019)
)
ALLEYS = target("alleys", measure="count", comparator="at_least", value="200", unit="alleys")
LINE = target("line", measure="stage", comparator="done")
KINDERGARTENS = target("kindergartens", measure="level", comparator="at_least", value="80")
ACADEMY = target("academy", measure="stage", comparator="done")
RANGE = target("range", measure="rate", comparator="between", value="6", upper="6.5")
PRICES = target(
    "prices", measure="rate", comparator="about", value="2", better="neither", tolerance="0.5"
)
DEFICIT = target("deficit", measure="level", comparator="exactly", value="2.8", tolerance="0.05")
STRIVEN = target("striven", measure="rate", comparator="at_least", value="8", stretch="10")
NATION = Reference(
    id="nation", name=Text(zh="全国增速", en="National growth"), measure=Measure.RATE, unit="%"
)
FASTER = target("faster", measure="rate", comparator="above", reference="nation")
BONDS = target("bonds", measure="count", comparator="at_most", value="1000", unit="people")
RANK = target("rank", measure="level", comparator="at_most", value="3", unit="place")
TARGETS = (
    *(GDP, CPI, JOBLESS, ENERGY, INCOME, JOBS, TRAVEL, ALLEYS, LINE),
    *(KINDERGARTENS, ACADEMY),
    *(RANGE, PRICES, DEFICIT, STRIVEN, FASTER, BONDS, RANK),
)
WORKED = plan_of(*TARGETS).model_copy(update={"references": (NATION,)})

PUBLISHED = (
    observation("gdp", "2020-Q1", "-6.6", "2020-04-24"),
    observation("gdp", "2020-H1", "-3.2", "2020-07-27"),
    observation("gdp", "2020-01..2020-09", "0.1", "2020-12-03"),
    observation("gdp", "2020", "1.2", "2021-01-20"),
    observation("cpi", "2020-01..2020-02", "4.0", "2020-03-10"),
    observation("cpi", "2020-03", "3.2", "2020-04-20"),
    observation("cpi", "2020-Q1", "3.8", "2020-04-20"),
    observation("cpi", "2020-H1", "2.8", "2020-07-10"),
    observation("cpi", "2020", "1.7", "2021-03-22"),
    observation("jobless", "2020-Q1", "4.3", "2020-04-24"),
    observation("jobless", "2020-Q2", "4.8", "2020-07-27"),
    observation("energy", "2020", "-24", "2021-04-19", qualifier=Qualifier.ABOUT),
    observation("income", "2020", "0.8", "2021-03-22"),
    observation("jobs", "2020", "261000", "2021-03-22"),
    observation("travel", "2020", "73.1", "2021-03-02"),
    observation("kindergartens", "2020-10-31", "87", "2020-11-26"),
    observation("academy", "2020-09-10", Stage.UNDER_WAY, "2020-09-10"),
    observation("academy", "2021-12-16", Stage.COMPLETE, "2021-12-17"),
    observation("range", "2020-H1", "5", "2020-07-20"),
    observation("range", "2020", "7", "2021-01-20"),
    observation("prices", "2020-H1", "2.1", "2020-07-20"),
    observation("prices", "2020", "2.9", "2021-01-20"),
    observation("deficit", "2020-H1", "2.85", "2020-07-20"),
    observation("deficit", "2020", "2.7", "2021-01-20"),
    observation("striven", "2020-H1", "9", "2020-07-20"),
    observation("nation", "2020-H1", "5.2", "2020-07-20"),
    observation("nation", "2020", "2.2", "2021-01-20"),
    observation("faster", "2020-H1", "5", "2020-07-20"),
    observation("faster", "2020", "2.2", "2021-01-20"),
    observation("bonds", "2020-Q1", "300", "2020-04-20"),
    observation("bonds", "2020-H1", "700", "2020-07-20"),
    observation("bonds", "2020-01..2020-09", "1001", "2020-10-20"),
    observation("rank", "2020-H1", "4", "2020-07-20"),
    observation("rank", "2020", "3", "2021-01-20"),
)

# METHOD, section 5: the target, the as-of day, the status, by how much it falls short, and the
# flags that tell how the due day was met.
CASES = (
    ("gdp", "2020-04-30", Status.OFF_TRACK, "12.1", ()),
    ("gdp", "2021-03-31", Status.MISSED, "4.3", ()),
    ("cpi", "2020-03-15", Status.AT_RISK, "0.5", ()),
    ("cpi", "2020-04-30", Status.AT_RISK, "0.3", ()),
    ("cpi", "2020-07-31", Status.ON_TRACK, "0", ()),
    ("cpi", "2021-03-21", Status.ON_TRACK, "0", (Flag.AWAITING_FINAL,)),
    ("cpi", "2021-03-31", Status.ACHIEVED, "0", ()),
    ("jobless", "2020-07-31", Status.ON_TRACK, "0", ()),
    # The fourth quarter is not known; 30 April is the last day of grace.
    ("jobless", "2021-04-30", Status.ON_TRACK, "0", (Flag.AWAITING_FINAL,)),
    ("jobless", "2021-05-01", Status.NO_DATA, "0", (Flag.AWAITING_FINAL,)),
    ("energy", "2021-04-30", Status.ACHIEVED, "0", ()),
    ("income", "2021-03-31", Status.ACHIEVED, "0", ()),
    ("jobs", "2021-03-31", Status.MISSED, "19000", ()),
    ("travel", "2021-03-31", Status.MISSED, "1.9", ()),
    ("kindergartens", "2021-04-30", Status.ON_TRACK, "0", (Flag.AWAITING_FINAL,)),
    ("kindergartens", "2026-11-27", Status.NO_DATA, "0", (Flag.AWAITING_FINAL,)),
    ("academy", "2020-12-31", Status.AT_RISK, None, ()),
    ("academy", "2021-01-01", Status.NO_DATA, None, (Flag.AWAITING_FINAL,)),
    ("academy", "2021-06-30", Status.NO_DATA, None, (Flag.AWAITING_FINAL,)),
    ("academy", "2021-12-31", Status.ACHIEVED, None, (Flag.LATE,)),
    # What METHOD 3d adds: ranges, two sides, a stretch, another series, a ceiling, a rank.
    ("range", "2020-07-31", Status.OFF_TRACK, "1", ()),
    ("range", "2021-01-31", Status.ACHIEVED, "0", ()),
    ("prices", "2020-07-31", Status.ON_TRACK, "0", ()),
    ("prices", "2021-01-31", Status.MISSED, "0.4", ()),
    ("deficit", "2020-07-31", Status.ON_TRACK, "0", ()),
    ("deficit", "2021-01-31", Status.MISSED, "0.05", ()),
    ("striven", "2020-07-31", Status.ON_TRACK, "0", ()),
    ("faster", "2020-07-31", Status.AT_RISK, "0.2", ()),
    ("faster", "2021-01-31", Status.MISSED, "0.0", ()),
    ("bonds", "2020-04-30", Status.ON_TRACK, "0", ()),
    ("bonds", "2020-07-31", Status.AT_RISK, "0", ()),
    ("bonds", "2020-10-31", Status.MISSED, "1", ()),
    ("rank", "2020-07-31", Status.OFF_TRACK, "1", ()),
    ("rank", "2021-01-31", Status.ACHIEVED, "0", ()),
)


def judged(
    name: str,
    as_of: str | date,
    observations: Iterable[Observation] = PUBLISHED,
    plan: Plan = WORKED,
) -> Assessment:
    """One target's judgement as of a day."""
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return next(a for a in assess(plan, observations, day) if a.target.id == name)


VALUES = st.decimals(-300, 300, places=1)
_MEASURES = [measure for measure in Measure if measure is not Measure.STAGE]


@st.composite
def numeric_targets(draw: st.DrawFn, *, in_step: bool = False, two_sided: bool = True) -> Target:
    """A target "one" of any measure but a milestone; held against "gdp" only where `in_step`, with
    limits on both sides only where `two_sided`.
    """
    measure = draw(st.sampled_from(_MEASURES))
    comparators = ["at_least", "above", "at_most", "below", "about", "between"]
    sides, comparators = ["higher", "lower"], comparators + ["exactly"] * two_sided
    sides += ["neither"] * two_sided
    if measure is Measure.RATE and in_step:
        comparators += ["in_step_with"]
    comparator = draw(st.sampled_from(comparators))
    fields: dict[str, Any] = {"measure": measure, "comparator": comparator}
    if comparator == "in_step_with":
        fields["in_step_with"] = "gdp"
    else:
        fields["value"] = draw(VALUES.filter(lambda v: v > 0 or measure is not Measure.COUNT))
    if comparator in {"about", "in_step_with", "exactly"}:
        fields["tolerance"] = draw(_share(0, 20))
    if comparator in {"about", "in_step_with", "between"}:
        fields["better"] = draw(st.sampled_from(sides))
    if comparator == "between":
        fields["upper"] = fields["value"] + draw(_share("0.1", 30))
    if measure in {Measure.LEVEL, Measure.SINCE_BASE}:
        fields["baseline"] = draw(st.none() | st.tuples(VALUES, st.just(2019)))
        fields["judged"] = draw(st.sampled_from(["year_end", "all_year"]))
    if measure is Measure.SINCE_BASE:
        fields["base_year"] = 2015
    if measure is not Measure.COUNT:
        fields["band"] = draw(st.none() | _share("0.1", 30))
    return target("one", wording=draw(st.sampled_from([None, "value"])), **fields)


def _share(least: int | str, most: int) -> st.SearchStrategy[Any]:
    return st.decimals(least, most, places=1)
