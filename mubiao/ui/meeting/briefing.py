"""What a meeting looks at, for the pages Meeting and Present."""

from mubiao.ui.shell.page import Screen
from mubiao.views.briefing import Briefing
from mubiao.views.meetings import briefings


def briefing_of(screen: Screen) -> Briefing:
    """The briefing of the day or of the meeting, in the page's language."""
    code = screen.language.code
    held = tuple(meeting.id for meeting in screen.meetings)
    # What a slide says follows the agenda, which changes without a row of the record.
    prepared = screen.meeting and screen.store.agenda(screen.plan.id, screen.meeting.id).row
    (made,) = screen.memo(
        "briefing",
        lambda: briefings(screen.store, screen.plan, [code], screen.as_of, screen.meeting),
        *(screen.as_of, code, held, prepared),
    )
    return made
