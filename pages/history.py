"""History: every row ever recorded, by save; and what changed between two days."""

from mubiao.ui import changes, history, page

with page.opened() as screen:
    history.opening(screen)
    if changes.asked(screen):
        changes.days(screen)
        changes.changed(screen)
    else:
        history.filters(screen)
        history.saves(screen)
