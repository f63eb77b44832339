"""History: every row ever recorded, by save; and what changed between two days."""

from mubiao.ui.history import changes, saves
from mubiao.ui.shell import page

with page.opened() as screen:
    saves.opening(screen)
    if screen.address.since:
        changes.days(screen)
        changes.changed(screen)
    else:
        saves.filters(screen)
        saves.saves(screen)
