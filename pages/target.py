"""Target: the path of one promise, the rule in words, its actuals and their history."""

from mubiao.ui.shell import page
from mubiao.ui.target import remarks, single

with page.opened(of_meeting=True) as screen:
    chosen = single.pick(screen)
    view = single.opening(screen, chosen)
    single.path(screen, chosen, view)
    remarks.section(screen, chosen)
    single.reasons(screen, view)
    single.source(screen, chosen, view)
    single.actuals(screen, view)
