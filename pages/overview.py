"""Overview: the one sentence, the headline bullets, what needs attention, all targets."""

from mubiao.ui.overview import target_lists
from mubiao.ui.shell import page

with page.opened(of_meeting=True) as screen:
    target_lists.opening(screen)
    target_lists.headline(screen)
    target_lists.attention(screen)
    target_lists.all_targets(screen)
