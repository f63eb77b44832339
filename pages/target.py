"""Target: the path of one promise, the rule in words, its actuals and their history."""

from mubiao.ui import page, single

with page.opened() as screen:
    chosen = single.pick(screen)
    shown = single.opening(screen, chosen)
    single.path(screen, shown)
    single.reasons(screen, shown)
    single.source(screen, chosen, shown)
    single.actuals(screen, shown)
