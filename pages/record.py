"""Record: enter, correct or withdraw an actual, and see what it does before it is saved."""

from mubiao.ui import entry, page, rows, single

with page.opened() as screen:
    entry.opening(screen)
    chosen = single.pick(screen)
    entry.standing(screen, chosen)
    entry.form(screen, chosen)
    rows.rows(screen, chosen)
