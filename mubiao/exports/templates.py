"""Templates of one's own for Office files: what is unsafe in one is refused before it is opened."""

from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from mubiao.archives import refuse_unsafe_archive
from mubiao.problems import message, refused

MAX_PARTS, MAX_UNPACKED = 5000, 200 * 1024 * 1024
# What python-pptx takes about a second for.
MAX_NODES = 1_000_000
_TYPES = "[Content_Types].xml"
_HYPERLINK = "/hyperlink"
# What a file may bring along itself and still fetch or run something when it is opened: pages of
# the web as a part of the text, and ActiveX.
_ACTIVE = ("/aFChunk", "/control")


@dataclass(frozen=True, slots=True)
class Kind:
    """The types of an Office file and of a template of it, and the message about any other."""

    main: bytes
    template: bytes
    other: str


def as_document(content: bytes, kind: Kind, *, most_nodes: int = MAX_NODES) -> bytes:
    """A template as a document of its kind, from which it differs in one word.

    Raises Refused for another kind of file, and for whatever would make a reader's machine unpack
    endlessly, run or fetch something; one of BROKEN_ZIP or lxml's errors for a damaged file.
    """
    refuse_unsafe_archive(
        content, most_parts=MAX_PARTS, most_bytes=MAX_UNPACKED, most_nodes=most_nodes
    )
    with ZipFile(BytesIO(content)) as archive:
        types = archive.read(_TYPES)
        if kind.main not in types and kind.template not in types:
            raise refused(kind.other)
        for name in archive.namelist():
            _refuse_outside(name, archive)
        if kind.template not in types:
            return content
        changed = BytesIO()
        with ZipFile(changed, "w", ZIP_DEFLATED) as copy:
            for name in archive.namelist():
                part = archive.read(name)
                new = part.replace(kind.template, kind.main) if name == _TYPES else part
                copy.writestr(name, new)
        return changed.getvalue()


def _refuse_outside(name: str, archive: ZipFile) -> None:
    """Refuse what is fetched or run on opening the file; a link that a reader follows may stay."""
    if not name.endswith(".rels"):
        return
    for relation in etree.fromstring(archive.read(name)):
        kind = relation.get("Type", "")
        what = kind.rpartition("/")[2]
        if kind.endswith(_ACTIVE):
            msgid = message(
                "the template holds {what}, which may fetch or run something; remove it"
            )
            raise refused(msgid, what=what)
        if relation.get("TargetMode") == "External" and not kind.endswith(_HYPERLINK):
            msgid = message("the template takes {what} from elsewhere; put it into the file")
            raise refused(msgid, what=what)
