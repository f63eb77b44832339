"""The parts of a workbook that say what its cells hold and how these look.

Nothing else of the file is read, so that fills, properties and drawings cannot make it unreadable.
Names of elements are compared without their namespace: that of Strict Open XML is another one.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath
from typing import IO
from xml.etree.ElementTree import Element, fromstring, iterparse
from zipfile import ZipFile

from mubiao.problems import Refused, message, refused
from mubiao.spreadsheet.built_in_formats import BUILT_IN
from mubiao.spreadsheet.cells import Mark, decoded
from mubiao.spreadsheet.number_formats import is_date

# What is read of one part at once: its elements, and the bytes of one that is read whole.
MAX_EVENTS = 2_000_000
MAX_WHOLE = 10 * 2**20
_LONGEST_FORM = 255  # that Excel takes
_RELATION = "{*}Relationship"
_WHITE, _BLACK = "FFFFFF", "000000"
# Of the palette of a theme, and of the old one.
_NAMED = {
    **dict.fromkeys(("theme=0", "indexed=1", "indexed=9"), _WHITE),
    **dict.fromkeys(("theme=1", "indexed=0", "indexed=8", "indexed=64"), _BLACK),
}
UNKNOWN_FORM = "/"  # nothing that is sure: a format of another region, or too long


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks: its number format, whether that is one of days or times, whether its text
    is struck out, and whether that has the colour of its ground.
    """

    form: str = ""
    is_date: bool = False
    is_struck: bool = False
    is_blended: bool = False


@dataclass(frozen=True, slots=True)
class RichText:
    """A text, and how parts of it look that do not look like the rest."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: what a person calls it, the part that holds it, and whether it is to be seen."""

    name: str
    part: str
    is_visible: bool


class Parts:
    """A workbook's parts, by names as the file's own references have them."""

    def __init__(self, content: bytes) -> None:
        self._archive = ZipFile(io.BytesIO(content))
        self._names = {_plain(name): name for name in self._archive.namelist()}

    def open(self, part: str) -> IO[bytes]:
        """The content of a part. Raises KeyError where there is none."""
        return self._archive.open(self._names[_plain(part)])

    def _root(self, part: str) -> Element:
        with self.open(part) as content:
            whole = content.read(MAX_WHOLE + 1)
        if len(whole) > MAX_WHOLE:
            raise too_much()
        return fromstring(whole)  # noqa: S314 - entities were refused

    def _related(self, part: str) -> Mapping[str, tuple[str, str]]:
        """The kind and the part of each relation of a part, by its id."""
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if _plain(relations) not in self._names:
            return {}
        return {
            one.get("Id", ""): (
                one.get("Type", "").rpartition("/")[2],
                _joined(folder, one.get("Target", "")),
            )
            for one in self._root(relations).iterfind(_RELATION)
        }

    def _of_kind(self, kind: str) -> str | None:
        return next((part for of, part in self._relations.values() if of == kind), None)

    @cached_property
    def _workbook(self) -> tuple[str, Element]:
        roots = (part for kind, part in self._related("").values() if kind == "officeDocument")
        part = next(roots, "xl/workbook.xml")
        return part, self._root(part)

    @cached_property
    def _relations(self) -> Mapping[str, tuple[str, str]]:
        return self._related(self._workbook[0])

    @property
    def sheets(self) -> Iterator[SheetPart]:
        """The sheets of cells, in their order."""
        for sheet in self._workbook[1].iterfind("{*}sheets/{*}sheet"):
            ids = (value for name, value in sheet.items() if name.endswith("}id"))
            kind, part = self._relations.get(next(ids, ""), ("", ""))
            if kind == "worksheet" and _plain(part) in self._names:
                is_visible = sheet.get("state", "visible") == "visible"
                yield SheetPart(sheet.get("name", ""), part, is_visible)

    @cached_property
    def counts_from_1904(self) -> bool:
        """Whether days are counted from 1904, as on a Mac of old."""
        properties = self._workbook[1].find("{*}workbookPr")
        return properties is not None and is_true(properties, "date1904")

    @cached_property
    def _looks(self) -> Element | None:
        part = self._of_kind("styles")
        return None if part is None or _plain(part) not in self._names else self._root(part)

    @cached_property
    def conditional_forms(self) -> Sequence[str]:
        """The number formats of the looks that conditions refer to, "" where they change none."""
        if self._looks is None:
            return ()
        looks = (look.find("{*}numFmt") for look in self._looks.iterfind("{*}dxfs/{*}dxf"))
        return ["" if form is None else format_code(form) for form in looks]

    @cached_property
    def styles(self) -> Sequence[Style]:
        """The looks that cells refer to by their number."""
        root = self._looks
        if root is None:
            return ()
        forms = BUILT_IN | {
            int(form.get("numFmtId", "0")): format_code(form)
            for form in root.iterfind("{*}numFmts/{*}numFmt")
        }
        fonts = root.findall("{*}fonts/{*}font")
        struck = list(map(_is_struck, fonts))
        inks = {str(at): _colour(font.find("{*}color"), _BLACK) for at, font in enumerate(fonts)}
        fills = enumerate(root.iterfind("{*}fills/{*}fill"))
        grounds = {str(at): _ground(fill) for at, fill in fills}
        return [
            Style(
                form := forms.get(int(look.get("numFmtId", "0")), UNKNOWN_FORM),
                is_date(form),
                0 <= (font := int(look.get("fontId", "0"))) < len(struck) and struck[font],
                inks.get(str(font), _BLACK) == grounds.get(look.get("fillId", "0"), _WHITE),
            )
            for look in root.iterfind("{*}cellXfs/{*}xf")
        ]

    @cached_property
    def texts(self) -> Sequence[RichText]:
        """The texts that cells refer to by their number."""
        if (part := self._of_kind("sharedStrings")) is None or _plain(part) not in self._names:
            return ()
        texts = []
        with self.open(part) as content:
            for count, (_, element) in enumerate(iterparse(content)):  # noqa: S314 - entities were refused
                if count > MAX_EVENTS:
                    raise too_much()
                if tag(element) == "si":
                    texts.append(rich_text(element))
                    element.clear()
        return texts


def _ground(fill: Element) -> str:
    """The colour of a fill; "" for a pattern."""
    pattern = fill.find("{*}patternFill")
    kind = "none" if pattern is None else pattern.get("patternType", "none")
    if pattern is None or kind == "none":
        return _WHITE
    return _colour(pattern.find("{*}fgColor"), "") if kind == "solid" else ""


def _colour(colour: Element | None, automatic: str) -> str:
    """A colour by its six digits, or as the file names it; `automatic` where it names none."""
    if colour is None or is_true(colour, "auto"):
        return automatic
    named = " ".join(f"{name}={value}" for name, value in sorted(colour.items()))
    return _NAMED.get(named, colour.get("rgb", named)[-6:].upper())


def format_code(form: Element) -> str:
    """A number format; one that is longer than Excel takes is not known."""
    code = decoded(form.get("formatCode", ""))
    return code if len(code) <= _LONGEST_FORM else UNKNOWN_FORM


def too_much() -> Refused:
    """More than a table of figures holds."""
    return refused(
        message("the workbook holds too much to be read; copy the figures into a new workbook")
    )


def tag(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def rich_text(element: Element) -> RichText:
    """The text of an element; what is written above it to be read aloud is left out."""
    texts: list[str] = []
    marks: list[tuple[Mark, ...]] = []
    for child in element:
        run = child if tag(child) == "r" else element
        if tag(child) == "t":
            texts.append(child.text or "")
            marks.append(())
        elif run is child:
            texts.append(child.findtext("{*}t") or "")
            marks.append(_marks(child) if texts[-1].strip() else ())
    seen = [each for text, each in zip(texts, marks, strict=True) if text.strip()]
    distinct = dict.fromkeys(mark for each in marks for mark in each)
    if Mark.STRUCK in distinct and not all(Mark.STRUCK in each for each in seen):
        distinct[Mark.PARTLY_STRUCK] = distinct.pop(Mark.STRUCK)
    return RichText(decoded("".join(texts)), tuple(distinct))


def _marks(run: Element) -> tuple[Mark, ...]:
    look = run.find("{*}rPr")
    if look is None:
        return ()
    height = look.find("{*}vertAlign")
    is_raised = height is not None and height.get("val") in ("superscript", "subscript")
    is_white = _colour(look.find("{*}color"), _BLACK) == _WHITE
    looks = {Mark.STRUCK: _is_struck(look), Mark.RAISED: is_raised, Mark.BLENDED: is_white}
    return tuple(mark for mark, is_so in looks.items() if is_so)


def _is_struck(look: Element) -> bool:
    strike = look.find("{*}strike")
    return strike is not None and is_true(strike, "val", default=True)


def is_true(element: Element, name: str, *, default: bool = False) -> bool:
    """Whether an attribute of an element says yes."""
    return element.get(name, str(int(default))) in ("1", "true", "on")


def _plain(name: str) -> str:
    """A part's name as it is compared: some programs write it with backslashes."""
    return name.replace("\\", "/").strip("/").casefold()


def _joined(folder: str, target: str) -> str:
    """The part that a relation of a part in a folder means."""
    return normpath(join("/", folder, target.replace("\\", "/"))).lstrip("/")
