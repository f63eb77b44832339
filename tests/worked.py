"""The targets of METHOD's worked cases, and what was published of them."""

from mubiao.model import Qualifier
from tests.samples import observation, plan_of, target

GDP = target("gdp", measure="rate", comparator="about", value="6", better="higher", tolerance="0.5")
CPI = target("cpi", measure="rate", comparator="at_most", value="3.5")
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
ALLEYS = target("alleys", measure="count", comparator="at_least", value="200", unit="people")
LINE = target("line", measure="stage", comparator="done")
WORKED = plan_of(GDP, CPI, JOBLESS, ENERGY, INCOME, JOBS, TRAVEL, ALLEYS, LINE)

PUBLISHED = (
    observation("gdp", "2020-Q1", "-6.6", "2020-04-24"),
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
)
