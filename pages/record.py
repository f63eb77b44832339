"""Record: enter, correct or withdraw actuals, and see what that does before it is saved."""

from mubiao.ui import entry, month, page, record, rows, sheets, single

with page.opened() as screen:
    entry.opening(screen)
    match record.view(screen):
        case "month":
            month.view(screen)
        case "files":
            sheets.view(screen)
        case _:
            chosen = single.pick(screen)
            history = screen.history(chosen.id)
            entry.standing(screen, chosen)
            entry.form(screen, chosen, history)
            rows.rows(screen, chosen, history)
