"""Meeting: hold one, open one again, present, and take it along."""

from mubiao.ui.meeting import agenda, meetings, takeaway
from mubiao.ui.shell import page

with page.opened(of_meeting=True) as screen:
    meetings.opening(screen)
    meetings.start(screen)
    meetings.hold(screen)
    agenda.prepare(screen)
    meetings.held(screen)
    takeaway.files(screen)
