"""Target: the path of one promise, the rule in words, its actuals and their history."""

from mubiao.ui.shell import page
from mubiao.ui.target import remarks, single

with page.opened(of_meeting=True) as screen:
    chosen = single.pick(screen)
    shown = single.opening(screen, chosen)
    single.path(screen, chosen, shown)
    remarks.section(screen, chosen)
    single.reasons(screen, shown)
    single.source(screen, chosen, shown)
    single.actuals(screen, shown)
