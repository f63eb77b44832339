"""One slide: its title, texts, tables and charts in places, its footer and its notes."""

from collections.abc import Sequence
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation

from mubiao.exports.deck.design import EAST, LATIN
from mubiao.exports.deck.drawing import (
    MUTED,
    SPACES,
    Box,
    Paragraph,
    TextStyle,
    attribute,
    fill,
    height,
    paragraphs,
    plain,
    text_of,
    transform,
)
from mubiao.exports.deck.native_chart import NativeChart
from mubiao.exports.deck.tables import SlideColumn, SlideRow, table_xml
from mubiao.exports.deck.template import SlideFrame
from mubiao.text_metrics import LINE
from mubiao.text_metrics import height as text_height
from mubiao.views.briefing import Briefing

FOOTER, NOTES, LEAST_TITLE = 9.0, 12.0, 16.0
_GAP, _NUMBER = 8.0, 44.0
_BODY = (
    '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/>'
    "</a:bodyPr>"
)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"


class DeckWriter:
    """Writes the slides of a briefing into a file, on a layout, in the briefing's language."""

    def __init__(self, made: Presentation, frame: SlideFrame, briefing: Briefing) -> None:
        self.made, self.frame, self.briefing = made, frame, briefing
        self.language = briefing.language
        self.style = TextStyle(briefing.code, east=frame.east, dark=frame.dark)

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
        size = frame.title_size
        room = frame.title.width - 15  # templates leave a tenth of an inch on both sides
        while size > LEAST_TITLE and (
            text_height(text, size, room, bold=True) > frame.title.height + 1
        ):
            size -= 1
        east = "+mj-ea" if self.style.east == "+mn-ea" else self.style.east
        style = TextStyle(self.style.code, "+mj-lt", east)
        sized = f' sz="{round(size * 100)}"' if size < frame.title_size else ""
        _replace_paragraphs(
            shape.element.txBody,
            f"<a:p><a:r><a:rPr {style.attributes}{sized} "
            f'dirty="0">{style.faces}</a:rPr><a:t>{text_of(text)}</a:t></a:r></a:p>',
        )

    def foot(self, sources: Sequence[str]) -> None:
        """Sources and stamp at the foot of the content's place, the slide's number beside them."""
        frame, style = self.deck.frame, self.style
        footer, whole = self.deck.footer(sources), frame.body
        room = whole.width - _NUMBER
        high = height(footer, room)
        place = Box(whole.left, whole.bottom - high, room, high)
        self._shape(place, paragraphs(footer, style), "Footer", _place("ftr", frame.footer))
        row = FOOTER * LINE
        corner = Box(whole.right - _NUMBER, whole.bottom - row, _NUMBER, row)
        look = f'{style.attributes} sz="{round(FOOTER * 100)}"'
        number = (
            f'<a:p><a:pPr algn="r"/><a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" '
            f'type="slidenum"><a:rPr {look}>{fill(style.on_ground(MUTED))}{style.faces}</a:rPr>'
            f"<a:t>{len(self.deck.made.slides)}</a:t></a:fld></a:p>"
        )
        self._shape(corner, number, "Slide number", _place("sldNum", frame.number))

    def text(self, box: Box, texts: Sequence[Paragraph], *, name: str = "Text") -> None:
        """Paragraphs in a box."""
        self._shape(box, paragraphs(texts, self.style), name, "")

    def _shape(self, box: Box, text: str, name: str, placeholder: str) -> None:
        number = self._next()
        kind = "" if placeholder else ' txBox="1"'
        self._tree.append(
            parse_xml(
                f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/>'
                f"<p:cNvSpPr{kind}/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr>"
                f'<p:spPr>{transform(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
                f"<a:noFill/></p:spPr><p:txBody>{_BODY}<a:lstStyle/>{text}</p:txBody></p:sp>"
            )
        )

    def table(
        self,
        box: Box,
        columns: Sequence[SlideColumn],
        rows: Sequence[SlideRow],
        description: str,
        *,
        headed: bool = True,
    ) -> None:
        """A table in a box as high as its rows."""
        table = table_xml(columns, rows, self.style, box.width, headed=headed)
        lock = '<a:graphicFrameLocks noGrp="1"/>'
        self._graphic(box, "Table", description, f'uri="{_TABLE}">{table}', lock)

    def chart(self, box: Box, chart: NativeChart) -> None:
        """A chart that fills a box."""
        part = chart.part(self.style, self.slide.part.package)
        relation = self.slide.part.relate_to(part, RT.CHART)
        reference = f'uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/>'
        self._graphic(box, "Chart", chart.description, reference)

    def _graphic(self, box: Box, kind: str, description: str, data: str, lock: str = "") -> None:
        number = self._next()
        self._tree.append(
            parse_xml(
                f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" '
                f'name="{kind} {number}" descr={attribute(description)}/><p:cNvGraphicFramePr>'
                f"{lock}</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{transform(box, 'p')}"
                f"<a:graphic><a:graphicData {data}</a:graphicData></a:graphic></p:graphicFrame>"
            )
        )

    def notes(self, texts: Sequence[str]) -> None:
        """What the presenter reads; the faces are named, for notes have a theme of their own."""
        style = TextStyle(self.style.code, LATIN, EAST)
        frame = self.slide.notes_slide.notes_text_frame
        if frame is not None:
            written = [plain(text, NOTES) for text in texts if text]
            holder = frame._txBody  # noqa: SLF001 - written at once, as all texts here
            _replace_paragraphs(holder, paragraphs(written, style))

    def _next(self) -> int:
        self._number += 1
        return self._number + len(self._tree)


def _replace_paragraphs(holder: Any, written: str) -> None:  # noqa: ANN401 - lxml ships no types
    for paragraph in holder.findall(qn("a:p")):
        holder.remove(paragraph)
    holder.extend(list(parse_xml(f"<a:x {SPACES}>{written}</a:x>")))


def _place(kind: str, index: int | None) -> str:
    """The placeholder of a layout; none where the layout has none."""
    return "" if index is None else f'<p:ph type="{kind}" sz="quarter" idx="{index}"/>'
