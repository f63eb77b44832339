"""The PowerPoint file of a meeting: native charts and tables that people can edit and restyle.

All texts and figures are those of the briefing; what is decided here is place, size and colour.
"""

from collections.abc import Sequence
from io import BytesIO

from pptx.presentation import Presentation

from mubiao.exports.deck.lists import add_list
from mubiao.exports.deck.page import DeckWriter
from mubiao.exports.deck.single import add_focus, add_opening
from mubiao.exports.deck.template import open_template
from mubiao.i18n import language
from mubiao.views.briefing import Briefing
from mubiao.views.slides import Kind, slides

__all__ = ["deck"]

_DAYS = ("created", "modified", "lastPrinted")


def deck(briefings: Sequence[Briefing], template: bytes | None = None) -> bytes:
    """The slides of each briefing after each other, one briefing a language, as a .pptx file.

    `template` is a company's own file (.pptx or .potx): its size, masters and theme are used, its
    slides are not. Raises Refused where it cannot be used, ValueError without a briefing.
    """
    if not briefings:
        raise ValueError("a deck needs at least one briefing")
    made, frame = open_template(template)
    for shown in briefings:
        stage = DeckWriter(made, frame, shown.code, shown.stamp)
        _add(stage, shown)
    _describe(made, briefings[0])
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _add(stage: DeckWriter, shown: Briefing) -> None:
    """All slides of a briefing; a list is split by its height, not by a number of rows."""
    words = language(shown.code)
    rows = max(len(shown.subjects), 1)
    for slide in slides(shown, rows, whole=True):
        match slide.kind:
            case Kind.OPENING:
                add_opening(stage, shown, slide)
            case Kind.FOCUS:
                add_focus(stage, slide, words)
            case _:
                add_list(stage, shown, slide, words)


def _describe(made: Presentation, shown: Briefing) -> None:
    """What the file says of itself; nobody's name and no day stays from a template."""
    told = made.core_properties
    told.title = f"{shown.name} · {shown.title}" if shown.name else shown.title
    told.subject = shown.stamp
    told.language = "zh-CN" if shown.code == "zh" else "en-GB"
    told.author = told.last_modified_by = "Mubiao"
    told.keywords = told.comments = told.category = ""
    inner = told._element  # noqa: SLF001 - a day can be set, not taken away
    for node in list(inner):
        if node.tag.rpartition("}")[2] in _DAYS:
            inner.remove(node)
