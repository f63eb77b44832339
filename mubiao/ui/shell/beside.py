"""The plans of other years beside the page's own, each judged by its own record."""

from mubiao.deployment import record_of
from mubiao.model import Plan
from mubiao.plan.loader import PlanFile, plan_files
from mubiao.ui.shell.gate import may_read
from mubiao.ui.shell.screen import Screen
from mubiao.ui.shell.visitor import current
from mubiao.views.years import PlanYear


def years_of(screen: Screen) -> list[Screen]:
    """The plans of the page's place that were there on the day and that the reader may read, by
    year: the page's own, and of each other year the one that was delivered last.

    Raises Unavailable where the published figures of one cannot be read.
    """
    is_open = screen.settings.identity.is_open
    others: dict[int, tuple[PlanFile, Plan]] = {}
    for file in plan_files(screen.settings.plans):
        plan = file.plan
        if plan is None or plan.place != screen.plan.place or plan.delivered > screen.as_of:
            continue
        if not (is_open or may_read(screen.store, current().actor, plan.id)):
            continue
        known = others.get(plan.year)
        if plan.year != screen.plan.year and (not known or known[1].delivered < plan.delivered):
            others[plan.year] = file, plan
    for file, _ in others.values():
        record_of(screen.settings, file)
    beside = [screen.of(file, plan) for file, plan in others.values()]
    return sorted([screen, *beside], key=lambda one: one.plan.year)


def judged(one: Screen) -> PlanYear:
    """A plan as comparisons take it."""
    return PlanYear(one.file.path.stem, one.plan, one.assessments)
