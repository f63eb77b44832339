"""Sources and method: where each figure of the report went, and the rules of judgement."""

from mubiao.ui.shell import page
from mubiao.ui.sources import method

with page.opened() as screen:
    method.opening(screen)
    method.rules(screen)
    method.hindsight(screen)
    method.figures(screen)
