"""The plans of other years beside the page's own, each judged by its own record."""

from mubiao.deployment import record_of
from mubiao.plan.loader import plan_files
from mubiao.problems import Refused
from mubiao.ui.shell.gate import may_read
from mubiao.ui.shell.page import log
from mubiao.ui.shell.screen import Screen
from mubiao.ui.shell.visitor import current
from mubiao.views.years import PlanYear, plans_beside


def years_of(screen: Screen) -> list[Screen]:
    """The plans of the page's place that were there on the day and that the reader may read, by
    year: the page's own, and of each other year the one that was delivered last.

    Raises Unavailable where the published figures of one cannot be read.
    """
    is_open, files = screen.settings.identity.is_open, plan_files(screen.settings.plans)
    readable = (
        file
        for file in files
        if is_open or (file.plan and may_read(screen.store, current().actor, file.plan.id))
    )
    others = []
    for file, plan in plans_beside(screen.plan, readable, screen.as_of):
        record_of(screen.settings, file)
        others.append(screen.of(file, plan))
    return sorted([screen, *others], key=lambda one: one.plan.year)


def beside(screen: Screen) -> list[Screen]:
    """The same for a part of another page: the page's plan alone for a meeting, whose room may not
    have seen the other plans' figures of now, and where those of one cannot be read.
    """
    if screen.meeting is not None:
        return [screen]
    try:
        return years_of(screen)
    except Refused as refusal:
        log(refusal)  # another plan's trouble; its own pages tell of it
        return [screen]


def judged(one: Screen) -> PlanYear:
    """A plan as comparisons take it."""
    return PlanYear(one.plan, one.assessments)
