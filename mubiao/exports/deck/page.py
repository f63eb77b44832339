"""One slide: its title, texts, tables and charts in places, its footer and its notes."""

from collections.abc import Sequence

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from mubiao.exports.deck.design import EAST, LATIN
from mubiao.exports.deck.drawing import (
    MUTED,
    SPACES,
    Box,
    Paragraph,
    Run,
    TextStyle,
    attribute,
    body,
    fill,
    height,
    paragraphs,
    text_of,
    transform,
)
from mubiao.exports.deck.native_chart import NativeChart
from mubiao.exports.deck.tables import SlideColumn, SlideRow, table, tall, widths
from mubiao.exports.deck.template import SlideFrame
from mubiao.text_metrics import LINE, lines

FOOTER, NOTES, LEAST_TITLE = 9.0, 12.0, 16.0
_GAP, _NUMBER = 8.0, 44.0
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class DeckWriter:
    """Where slides are made: the file, the frame of its layout, the style of one language."""

    def __init__(self, made: Presentation, frame: SlideFrame, code: str, stamp: str) -> None:
        self.made, self.frame, self.stamp = made, frame, stamp
        self.style = TextStyle(code, east=frame.east, dark=frame.dark)

    def room(self, sources: Sequence[str]) -> Box:
        """The place for content over a footer with these sources."""
        whole = self.frame.body
        used = height(self.footer(sources), whole.width - _NUMBER) + _GAP
        return Box(whole.left, whole.top, whole.width, whole.height - used)

    def footer(self, sources: Sequence[str]) -> list[Paragraph]:
        """The sources, and the stamp below them."""
        return [Paragraph((Run(text, colour=MUTED),), FOOTER) for text in (*sources, self.stamp)]

    def page(self, title: str, sources: Sequence[str]) -> "Page":
        """A new slide at the end, with its title, footer and number."""
        page = Page(self)
        page.title(title)
        page.foot(sources)
        return page


class Page:
    """A slide that is being filled."""

    def __init__(self, stage: DeckWriter) -> None:
        self.stage, self.style = stage, stage.style
        self.slide = stage.made.slides.add_slide(stage.frame.layout)
        self._tree = self.slide.shapes._spTree  # noqa: SLF001 - what shapes are added to
        self._number = 1
        for shape in list(self.slide.placeholders):
            if shape.placeholder_format.idx != 0:
                # An empty place would say "Click to add text".
                self._tree.remove(shape.element)

    def title(self, text: str) -> None:
        """The title in its own place; made smaller only where it would not fit."""
        frame = self.stage.frame
        size = frame.title_size
        room = frame.title.width - 15  # templates leave a tenth of an inch on both sides
        while size > LEAST_TITLE and (
            len(lines(text, size, room, bold=True)) * size * LINE > frame.title.height + 1
        ):
            size -= 1
        style = TextStyle(self.style.code, "+mj-lt", self._east_of_titles())
        shape = self.slide.shapes.title
        if shape is None:
            return
        for paragraph in shape.element.txBody.findall(f"{_A}p"):
            shape.element.txBody.remove(paragraph)
        sized = f' sz="{round(size * 100)}"' if size < frame.title_size else ""
        shape.element.txBody.append(
            parse_xml(
                f'<a:p {SPACES}><a:r><a:rPr {style.attributes}{sized} dirty="0">{style.faces}'
                f"</a:rPr><a:t>{text_of(text)}</a:t></a:r></a:p>"
            )
        )

    def _east_of_titles(self) -> str:
        return "+mj-ea" if self.style.east == "+mn-ea" else self.style.east

    def foot(self, sources: Sequence[str]) -> None:
        """Sources and stamp at the foot of the content's place, the slide's number beside them."""
        frame = self.stage.frame
        told, whole = self.stage.footer(sources), frame.body
        room = whole.width - _NUMBER
        high = height(told, room)
        place = Box(whole.left, whole.bottom - high, room, high)
        self.text(place, told, name="Footer", placeholder=_place("ftr", frame.footer))
        row = FOOTER * LINE
        corner = Box(whole.right - _NUMBER, whole.bottom - row, _NUMBER, row)
        look = f'{self.style.attributes} sz="{round(FOOTER * 100)}"'
        number = (
            f'<a:p><a:pPr algn="r"/><a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" '
            f'type="slidenum"><a:rPr {look}>{fill(self.style.on_ground(MUTED))}{self.style.faces}'
            f"</a:rPr><a:t>{len(self.stage.made.slides)}</a:t></a:fld></a:p>"
        )
        written = body((), self.style).replace("</p:txBody>", f"{number}</p:txBody>")
        self._shape(corner, written, "Slide number", _place("sldNum", frame.number))

    def text(
        self,
        box: Box,
        shown: Sequence[Paragraph],
        *,
        name: str = "Text",
        anchor: str = "t",
        placeholder: str = "",
    ) -> None:
        """Paragraphs in a box."""
        self._shape(box, body(shown, self.style, anchor), name, placeholder)

    def _shape(self, box: Box, written: str, name: str, placeholder: str) -> None:
        number = self._next()
        kind = "" if placeholder else ' txBox="1"'
        self._tree.append(
            parse_xml(
                f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/>'
                f"<p:cNvSpPr{kind}/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr>"
                f'<p:spPr>{transform(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
                f"<a:noFill/></p:spPr>{written}</p:sp>"
            )
        )

    def table(
        self,
        box: Box,
        columns: Sequence[SlideColumn],
        shown: Sequence[SlideRow],
        description: str,
        *,
        headed: bool = True,
    ) -> None:
        """A table at the top of a box."""
        made = table(
            box,
            columns,
            shown,
            self.style,
            number=self._next(),
            description=description,
            headed=headed,
        )
        self._tree.append(parse_xml(made))

    def chart(self, box: Box, shown: NativeChart) -> None:
        """A chart that fills a box."""
        made = shown.part(self.style, self.slide.part.package)
        relation = self.slide.part.relate_to(made, RT.CHART)
        number, said = self._next(), attribute(shown.description)
        self._tree.append(
            parse_xml(
                f"<p:graphicFrame {SPACES}><p:nvGraphicFramePr>"
                f'<p:cNvPr id="{number}" name="Chart {number}" descr={said}/>'
                f"<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{transform(box, 'p')}"
                f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" '
                f'r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
            )
        )

    def notes(self, texts: Sequence[str]) -> None:
        """What the presenter reads; the faces are named, for notes have a theme of their own."""
        style = TextStyle(self.style.code, LATIN, EAST)
        frame = self.slide.notes_slide.notes_text_frame
        if frame is None:
            return
        written = paragraphs([Paragraph((Run(text),), NOTES) for text in texts if text], style)
        holder = frame._txBody  # noqa: SLF001 - written at once, as all texts here
        for paragraph in holder.findall(f"{_A}p"):
            holder.remove(paragraph)
        holder.extend(list(parse_xml(f"<a:x {SPACES}>{written}</a:x>")))

    def _next(self) -> int:
        self._number += 1
        return self._number + len(self._tree)


def _place(kind: str, index: int | None) -> str:
    """The placeholder of a layout; none where the layout has none."""
    return "" if index is None else f'<p:ph type="{kind}" sz="quarter" idx="{index}"/>'


def heights(columns: Sequence[SlideColumn], shown: Sequence[SlideRow], room: float) -> list[float]:
    """The heights of rows in a table as wide as `room`."""
    wide = widths(columns, room)
    return [tall(line, wide) for line in shown]
