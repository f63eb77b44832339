"""The plans of other years beside the page's own, each judged by its own record."""

from mubiao.deployment import record_of
from mubiao.model import Plan
from mubiao.plan.loader import PlanFile, plan_files
from mubiao.ui.shell.screen import Screen
from mubiao.views.years import PlanYear


def years_of(screen: Screen) -> list[Screen]:
    """The plans of the page's place that were there on the day, by year; the page's own always.

    Raises Unavailable where the published figures of one cannot be read.
    """
    others: list[tuple[PlanFile, Plan]] = [
        (file, file.plan)
        for file in plan_files(screen.settings.plans)
        if file.plan is not None
        and file.path != screen.file.path
        and file.plan.place == screen.plan.place
        and file.plan.delivered <= screen.as_of
    ]
    for file, _ in others:
        record_of(screen.settings, file)
    beside = [screen.of(file, plan) for file, plan in others]
    return sorted([screen, *beside], key=lambda one: (one.plan.year, one.plan.delivered))


def judged(one: Screen) -> PlanYear:
    """A plan as comparisons take it."""
    return PlanYear(one.file.path.stem, one.plan, one.assessments)
