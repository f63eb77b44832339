"""What a meeting looks at, for the pages Meeting and Present."""

from collections.abc import Sequence

from mubiao.model import Code
from mubiao.ui.shell.beside import beside, judged
from mubiao.ui.shell.page import Screen
from mubiao.views.briefing import Briefing, briefings


def briefing_of(screen: Screen) -> Briefing:
    """The briefing of the day or of the meeting, in the page's language."""
    code = screen.language.code
    held = tuple(meeting.id for meeting in screen.meetings)
    # What a slide says follows the agenda, which changes without a row of the record.
    prepared = screen.meeting and screen.store.agenda(screen.plan.id, screen.meeting.id).row
    versions = tuple(one.version for one in beside(screen))
    (made,) = screen.memo(
        "briefing",
        lambda: briefings_of(screen, [code]),
        *(screen.as_of, code, held, prepared, versions),
    )
    return made


def briefings_of(screen: Screen, codes: Sequence[Code]) -> Sequence[Briefing]:
    """The same in each language of `codes`."""
    others = [judged(one) for one in beside(screen) if one is not screen]
    look = screen.store, screen.plan, codes, screen.as_of, screen.meeting
    return briefings(*look, beside=others)
