"""The PowerPoint file of a meeting: native charts and tables, the briefing's texts and figures."""

from collections.abc import Sequence
from io import BytesIO

from pptx.presentation import Presentation

from mubiao.exports.deck.lists import add_list
from mubiao.exports.deck.page import DeckWriter
from mubiao.exports.deck.single import add_focus, add_opening
from mubiao.exports.deck.template import open_template as open_template
from mubiao.plain_text import printable
from mubiao.views.briefing import Briefing
from mubiao.views.slides import SlideKind, slides

__all__ = ["deck"]

_MAKERS = {SlideKind.OPENING: add_opening, SlideKind.FOCUS: add_focus}
_DAYS = ("created", "modified", "lastPrinted")


def deck(
    briefings: Sequence[Briefing], template: bytes | None = None, *, appendix: bool = True
) -> bytes:
    """The slides of one or more briefings, each in a language, as a .pptx file; with an `appendix`
    every target has a place.

    `template` is a company's own file (.pptx or .potx): its size, masters and theme are used, its
    slides are not. Raises Refused where it cannot be used.
    """
    made, frame = open_template(template)
    for briefing in briefings:
        deck = DeckWriter(made, frame, briefing)
        # A list is split by its height, not by a number of rows.
        for slide in slides(briefing, max(len(briefing.subjects), 1), appendix=appendix):
            _MAKERS.get(slide.kind, add_list)(deck, slide)
    _describe(made, briefings[0])
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _describe(made: Presentation, briefing: Briefing) -> None:
    """What the file says of itself; nobody's name and no day stays from a template."""
    properties, title = made.core_properties, briefing.title
    properties.title = printable(f"{briefing.name} · {title}" if briefing.name else title)
    properties.subject = briefing.stamp
    properties.language = "zh-CN" if briefing.language.code == "zh" else "en-GB"
    properties.author = properties.last_modified_by = "Mubiao"
    properties.keywords = properties.comments = properties.category = ""
    inner = properties._element  # noqa: SLF001 - a day can be set, not taken away
    for node in list(inner):
        if node.tag.rpartition("}")[2] in _DAYS:
            inner.remove(node)
