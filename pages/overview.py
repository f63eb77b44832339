"""Overview: the one sentence, the headline bullets, what needs attention, all targets."""

from mubiao.ui import lists, page

with page.opened(of_meeting=True) as screen:
    lists.opening(screen)
    lists.headline(screen)
    lists.attention(screen)
    lists.all_targets(screen)
