"""Record: enter, correct or withdraw actuals, and see what that does before it is saved."""

import streamlit as st

from mubiao.ui.record import drafts, view
from mubiao.ui.shell import page

# Each view loads its own modules alone.
with page.opened() as screen:
    is_foreign = drafts.foreign(screen) is not None
    if screen.address.view in {"", "month"} and not is_foreign:
        from mubiao.ui.record import month

        month.hold(screen)
    title = view.opening(screen)
    if not view.is_open(screen):
        st.stop()
    is_foreign = is_foreign and "month" in view.offered(screen)
    match "foreign" if is_foreign else view.view(screen):
        case "foreign":
            from mubiao.ui.record import foreign_draft

            foreign_draft.show(screen)
        case "month":
            from mubiao.ui.record import month

            month.view(screen, title)
        case "files":
            from mubiao.ui.record import files

            files.view(screen)
        case "approval":
            from mubiao.ui.record import approval

            approval.view(screen)
        case _:
            from mubiao.ui.record import entry, recorded_rows
            from mubiao.ui.target import single

            target = single.pick(screen)
            history = screen.history(target.id)
            entry.standing(screen, target)
            if view.may_record(screen, target.id):
                entry.form(screen, target, history)
                recorded_rows.rows(screen, target, history)
