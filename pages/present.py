"""Present: the slides of a meeting, full screen, by keys."""

from mubiao.ui import page, present

with page.opened(of_meeting=True, bare=True) as screen:
    present.show(screen)
