"""Record: enter, correct or withdraw actuals, and see what that does before it is saved."""

from mubiao.ui.record import entry, month, recorded_rows, sheets, view
from mubiao.ui.shell import page
from mubiao.ui.target import single

with page.opened() as screen:
    entry.opening(screen)
    match view.view(screen):
        case "month":
            month.view(screen)
        case "files":
            sheets.view(screen)
        case _:
            chosen = single.pick(screen)
            history = screen.history(chosen.id)
            entry.standing(screen, chosen)
            entry.form(screen, chosen, history)
            recorded_rows.rows(screen, chosen, history)
