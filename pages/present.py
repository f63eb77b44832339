"""Present: the slides of a meeting, full screen, by keys."""

from mubiao.ui.present import slides
from mubiao.ui.shell import page

with page.opened(of_meeting=True, bare=True) as screen:
    slides.show(screen)
