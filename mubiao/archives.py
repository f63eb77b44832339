"""Office files are zip archives; what is unsafe in one is refused before a library opens it."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mubiao.problems import Refused, message, refused

MAX_RATIO = 100
# What zipfile and zlib say of an archive that is damaged.
BROKEN_ZIP = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, ArithmeticError, RuntimeError, LookupError),
)
# A Mac keeps a printer's settings in the file: they name a document type, and define nothing.
_PRINTER = re.compile(rb'<!DOCTYPE plist PUBLIC "-//Apple[^"\[\]]*" "[^"\[\]]*">')
# In any other the letters that are looked for below could be written in other bytes (UTF-7).
_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
_PLAIN_ENCODING = re.compile(
    rb"utf-?8|utf-?16(le|be)?|(us-)?ascii|iso-?8859-\d+|(windows-|cp)\d+|gbk|gb2312|gb18030|big5",
    re.IGNORECASE,
)
CONTENT_TYPES = "[content_types].xml"
# Reading a relationship takes as long as reading this many other elements.
_RELATIONSHIP = 20
# Byte order marks and white space.
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_MACRO_PARTS = ("vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/")


def refuse_unsafe_archive(
    content: bytes, *, most_parts: int, most_bytes: int, most_nodes: int | None = None
) -> list[str]:
    """The names of an archive's parts, in lower case.

    Raises Refused for too many parts, for one that unpacks to more than `most_bytes` or to far more
    than it is, for more than `most_nodes` elements and attributes in all its XML, for an encrypted
    one, for macros, and for XML that defines entities; raises one of BROKEN_ZIP for a damaged one.
    """
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        _refuse_size(parts, len(content), most_parts, most_bytes)
        names = [part.filename.lower() for part in parts]
        if any(part in name for name in names for part in _MACRO_PARTS):
            raise macros()
        nodes = 0
        for part in parts:
            nodes += _refuse_part(archive, part)
            if most_nodes is not None and nodes > most_nodes:
                msgid = message("the file has more than {most} elements in its XML; remove some")
                raise refused(msgid, most=most_nodes)
        return names


def _refuse_size(parts: list[ZipInfo], size: int, most_parts: int, most_bytes: int) -> None:
    """By the sizes that the zip states: reading stops at these, whatever a part really holds."""
    if len(parts) > most_parts:
        msgid = message("the file has {count} parts; expected at most {most}")
        raise refused(msgid, count=len(parts), most=most_parts)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_RATIO * size:
        msgid = message("the file unpacks to more than {most} times its size; no program does that")
        raise refused(msgid, most=MAX_RATIO)
    if unpacked > most_bytes:
        msgid = message("the file unpacks to {size} MB; expected at most {most} MB")
        raise refused(msgid, size=unpacked // 2**20, most=most_bytes // 2**20)


def _refuse_part(archive: ZipFile, part: ZipInfo) -> int:
    """How many elements and attributes a part has at most, by their signs; 0 where it is no XML."""
    if part.flag_bits & 1:
        raise encrypted()
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile
    content = archive.read(part)
    # Also in UTF-16.
    plain = content.replace(b"\x00", b"") if b"\x00" in content[:4096] else content
    plain = _PRINTER.sub(b"", plain)
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise refused(message("the file defines XML entities; no Office program does"))
    if part.filename.lower() == CONTENT_TYPES and b"macroenabled" in plain.lower():
        raise macros()
    if not plain.lstrip(_BEFORE_XML).startswith(b"<"):
        return 0
    encoding = _ENCODING.search(plain[:4096])
    if encoding and not _PLAIN_ENCODING.fullmatch(encoding[1]):
        msgid = message("its XML is in the encoding {encoding}; expected UTF-8")
        raise refused(msgid, encoding=encoding[1].decode("latin-1"))
    nodes = plain.count(b"<") + plain.count(b"=")
    return nodes * (_RELATIONSHIP if part.filename.lower().endswith(".rels") else 1)


def macros() -> Refused:
    """The refusal of a file with macros."""
    return refused(message("a file with macros; save it without them"))


def encrypted() -> Refused:
    """The refusal of a file that opens by a password alone."""
    return refused(message("an encrypted file; save it without a password"))
