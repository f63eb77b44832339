"""Sources and method: where each figure of the report went, and the rules of judgement."""

from mubiao.ui import method, page

with page.opened() as screen:
    method.opening(screen)
    method.rules(screen)
    method.figures(screen)
