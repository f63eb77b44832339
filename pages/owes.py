"""Who owes reports: by unit what is due, filed and overdue, and the text that asks for it."""

from mubiao.ui.owes import debtors
from mubiao.ui.shell import page

with page.opened(of_meeting=True) as screen:
    debtors.listed(screen)
