"""Briefings of the shipped plan, for tests of everything that is made from one."""

from datetime import UTC, date, datetime
from decimal import Decimal

from mubiao.assessment import assess
from mubiao.duty import expected_periods
from mubiao.i18n import language
from mubiao.model import Nature, Observation, Remark, Stage, Status
from mubiao.period import Period
from mubiao.views.briefing import Briefing, briefing
from mubiao.views.seen import Seen
from mubiao.views.years import PlanYear
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_actuals, real_plan, real_plan_with

APRIL, JULY, NEXT_MARCH = date(2020, 4, 30), date(2020, 7, 31), date(2021, 3, 31)
CHANGED = datetime(2020, 8, 3, 9, 12, tzinfo=UTC)


def phrasebook(code: str) -> Phrasebook:
    return Phrasebook(real_plan(), language(code))


def full_year() -> tuple[Observation, ...]:
    """A figure for every target and expected period, made up: some good, some bad, some stages."""
    plan = real_plan()
    made: list[tuple[str, Period, Decimal | Stage]] = []
    for place, target in enumerate(plan.targets):
        if target.is_milestone:
            stage = (Stage.COMPLETE, Stage.UNDER_WAY, Stage.NOT_STARTED)[place % 3]
            made.append((target.id, Period.parse("2020-11-30"), stage))
            continue
        periods = expected_periods(plan, target)
        goal = target.value if target.value is not None else Decimal(2)
        better = Decimal(1) if target.higher_is_better else Decimal(-1)
        slack = better * (abs(goal) or Decimal(1)) * Decimal((place % 4) - 2) / 4
        for number, period in enumerate(periods, 1):
            share = Decimal(number) / len(periods) if target.measure == "count" else Decimal(1)
            made.append((target.id, period, round(goal * share + slack * share, 2)))
    return tuple(
        Observation(
            target,
            period,
            value,
            period.last,
            nature=Nature.FINAL,
            source="北京市统计局：2020年国民经济和社会发展统计公报",
            row=row,
        )
        for row, (target, period, value) in enumerate(made, 1)
    )


def said() -> tuple[Remark, ...]:
    """Commentary and a judgement beside the figures."""
    half = Period.parse("2020-H1")
    text = "受疫情影响，住宿餐饮、文旅等行业恢复较慢；市发改委正按月调度重点项目，下半年集中开工。"
    own = "与行业部门会商后判断全年难以实现。"
    return (
        Remark("gdp-growth", half, text, date(2020, 7, 20), written_by="王芳", row=1),
        Remark(
            "gdp-growth",
            half,
            own,
            date(2020, 7, 21),
            status=Status.MISSED,
            until=date(2020, 12, 31),
            written_by="李强",
            row=2,
        ),
    )


def seen(day: date, observations: tuple[Observation, ...] | None = None, name: str = "") -> Seen:
    """What was known on a day, of the shipped figures or of others."""
    known = real_actuals() if observations is None else observations
    standing = tuple(o for o in known if o.known_on <= day)
    remarks = tuple(remark for remark in said() if remark.day <= day)
    return Seen(day, tuple(assess(real_plan(), standing, day)), standing, remarks, CHANGED, name)


def year_before() -> PlanYear:
    """The same promises as those of the year before, of which nothing was reported."""
    plan = real_plan_with(id="beijing-2019", year=2019)
    return PlanYear(plan, tuple(assess(plan, (), JULY)))


def july(code: str, name: str = "", beside: tuple[PlanYear, ...] = ()) -> Briefing:
    """As of 31 July 2020, with what changed since 30 April."""
    later = seen(JULY, name=name)
    return briefing(phrasebook(code), later, seen(APRIL), beside=beside)


def december(code: str) -> Briefing:
    """With a figure for everything: the longest lists there are."""
    year = full_year()
    later = seen(date(2021, 1, 31), year, "2020年度目标责任制考核总结会")
    return briefing(phrasebook(code), later, seen(JULY, year))
