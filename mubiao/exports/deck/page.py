"""One slide: its title, texts, tables and charts in places, its footer and its notes."""

from collections.abc import Sequence
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation

from mubiao.exports.deck.design import EAST, LATIN
from mubiao.exports.deck.drawing import MUTED, Box, Paragraph, TextStyle, element, height, plain
from mubiao.exports.deck.native_chart import NativeChart
from mubiao.exports.deck.tables import SlideRow
from mubiao.exports.deck.template import SlideFrame
from mubiao.text_metrics import LINE
from mubiao.text_metrics import height as text_height
from mubiao.views.briefing import Briefing

FOOTER, NOTES, LEAST_TITLE = 9.0, 12.0, 16.0
_GAP, _NUMBER = 8.0, 44.0


class DeckWriter:
    """Writes the slides of a briefing into a file, on a layout, in the briefing's language."""

    def __init__(self, made: Presentation, frame: SlideFrame, briefing: Briefing) -> None:
        self.made, self.frame, self.briefing = made, frame, briefing
        self.language = briefing.language
        self.style = TextStyle(briefing.language.code, east=frame.east, dark=frame.dark)

    def room(self, sources: Sequence[str]) -> Box:
        """The place for content over a footer with these sources."""
        whole = self.frame.body
        used = height(self.footer(sources), whole.width - _NUMBER) + _GAP
        return Box(whole.left, whole.top, whole.width, whole.height - used)

    def footer(self, sources: Sequence[str]) -> list[Paragraph]:
        """The sources, and the stamp below them."""
        texts = (*sources, self.briefing.stamp)
        return [plain(text, FOOTER, MUTED) for text in texts]

    def page(self, title: str, sources: Sequence[str]) -> "Page":
        """A new slide at the end, with its title, footer and number."""
        page = Page(self)
        page.title(title)
        page.foot(sources)
        return page

    def numbered(self, title: str, count: int) -> Sequence[str]:
        """The titles of what goes on over several slides, each with its number."""
        t = self.language.t
        if count == 1:
            return [title]
        pages = range(1, count + 1)
        return [t("{title} ({page}/{pages})", title=title, page=n, pages=count) for n in pages]


class Page:
    """A slide that is being filled."""

    def __init__(self, deck: DeckWriter) -> None:
        self.deck, self.style = deck, deck.style
        self.slide = deck.made.slides.add_slide(deck.frame.layout)
        self._tree = self.slide.shapes._spTree  # noqa: SLF001 - what shapes are added to
        self._number = 1
        for shape in list(self.slide.placeholders):
            if shape.placeholder_format.idx != 0:
                # An empty place would say "Click to add text".
                self._tree.remove(shape.element)

    def title(self, text: str) -> None:
        """The title in its own place; made smaller only where it would not fit."""
        frame, shape = self.deck.frame, self.slide.shapes.title
        if shape is None:
            return
        # Nothing larger than its place fits.
        size = min(frame.title_size, frame.title.height + 1)
        room = frame.title.width - 15  # templates leave a tenth of an inch on both sides
        while size > LEAST_TITLE and (
            text_height(text, size, room, bold=True) > frame.title.height + 1
        ):
            size -= 1
        east = "+mj-ea" if self.style.east == "+mn-ea" else self.style.east
        style = TextStyle(self.style.code, "+mj-lt", east)
        sized = size if size < frame.title_size else None
        _replace_paragraphs(shape.element.txBody, element("title", text, sized, style))

    def foot(self, sources: Sequence[str]) -> None:
        """Sources and stamp at the foot of the content's place, the slide's number beside them."""
        frame, style = self.deck.frame, self.style
        footer, whole = self.deck.footer(sources), frame.body
        room = whole.width - _NUMBER
        high = height(footer, room)
        place = Box(whole.left, whole.bottom - high, room, high)
        self._add("text_box", "Footer", place, footer, style, frame.footer)
        row = FOOTER * LINE
        corner = Box(whole.right - _NUMBER, whole.bottom - row, _NUMBER, row)
        count = len(self.deck.made.slides)
        self._add("slide_number", corner, count, FOOTER, MUTED, style, frame.number)

    def text(self, box: Box, texts: Sequence[Paragraph], *, name: str = "Text") -> None:
        """Paragraphs in a box."""
        self._add("text_box", name, box, texts, self.style)

    def table(
        self,
        box: Box,
        widths: Sequence[float],
        rows: Sequence[SlideRow],
        description: str,
        *,
        headed: bool = True,
    ) -> None:
        """A table of measured rows in a box as high as they are."""
        self._add("table", box, description, widths, rows, self.style, headed)

    def chart(self, box: Box, chart: NativeChart) -> None:
        """A chart that fills a box."""
        part = chart.part(self.style, self.slide.part.package)
        relation = self.slide.part.relate_to(part, RT.CHART)
        self._add("chart", box, chart, relation)

    def _add(self, name: str, *values: object) -> None:
        self._number += 1
        self._tree.append(element(name, self._number + len(self._tree), *values))

    def notes(self, texts: Sequence[str]) -> None:
        """What the presenter reads; the faces are named, for notes have a theme of their own."""
        style = TextStyle(self.style.code, LATIN, EAST)
        frame = self.slide.notes_slide.notes_text_frame
        if frame is not None:
            written = [plain(text, NOTES) for text in texts if text]
            holder = frame._txBody  # noqa: SLF001 - written at once, as all texts here
            _replace_paragraphs(holder, element("text", written, style))


def _replace_paragraphs(holder: Any, written: Any) -> None:  # noqa: ANN401 - lxml ships no types
    for paragraph in holder.findall(qn("a:p")):
        holder.remove(paragraph)
    holder.extend(list(written))
