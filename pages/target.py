"""Target: the path of one promise, the rule in words, its actuals and their history."""

from mubiao.ui import page, remarks, single

with page.opened(of_meeting=True) as screen:
    chosen = single.pick(screen)
    shown = single.opening(screen, chosen)
    single.path(screen, chosen, shown)
    remarks.section(screen, chosen)
    single.reasons(screen, shown)
    single.source(screen, chosen, shown)
    single.actuals(screen, shown)
