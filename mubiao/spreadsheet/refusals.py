"""What is no spreadsheet of figures, known by its content before any of it is read as one."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mubiao.problems import Refused, message, refused

MAX_BYTES = 10 * 1024 * 1024
MAX_RATIO = 100
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 1000

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACRO_NAMES = (".xlsm", ".xltm", ".xlam", ".xla")
_MACRO_PARTS = ("vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/")
_BEGINNINGS = {
    b"%PDF": message("a PDF file; expected a workbook (.xlsx) or CSV"),
    b"{\\rtf": message("a text document; expected a workbook (.xlsx) or CSV"),
    b"7z\xbc\xaf": message("an archive; expected a workbook (.xlsx) or CSV"),
    b"Rar!": message("an archive; expected a workbook (.xlsx) or CSV"),
    b"\x89PNG": message("a picture; expected a workbook (.xlsx) or CSV"),
    b"\xff\xd8\xff": message("a picture; expected a workbook (.xlsx) or CSV"),
}
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version:")
# What zipfile and zlib say of an archive that is damaged.
BROKEN_ZIP = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, ArithmeticError, RuntimeError, LookupError),
)


def is_workbook(content: bytes) -> bool:
    """Whether the content is a zip file, as every workbook of today is."""
    return content.startswith(b"PK")


def refuse_unsafe(name: str, content: bytes) -> None:
    """Raises Refused for what must not, or need not, be read any further.

    That is: too large; an old or an encrypted workbook; one with macros; a zip that unpacks to
    far more than it is; XML that defines entities; what is another kind of file altogether.
    """
    if len(content) > MAX_BYTES:
        msgid = message("the file has {size} MB; expected at most {most} MB")
        raise refused(msgid, size=-(-len(content) // 2**20), most=MAX_BYTES // 2**20)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refused(message("the file is empty"))
    if name.lower().endswith(_MACRO_NAMES):
        raise _macros()
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise _encrypted()
    if content.startswith(_OLE):
        raise refused(message("an old workbook (.xls); open it and save it as .xlsx"))
    for beginning, msgid in _BEGINNINGS.items():
        if content.startswith(beginning):
            raise refused(msgid)
    if content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise refused(
            message("a web page or XML under a table's name; open it and save it as .xlsx or CSV")
        )
    if is_workbook(content):
        _refuse_archive(content)


@contextmanager
def unbroken(errors: tuple[type[Exception], ...] = BROKEN_ZIP) -> Iterator[None]:
    """Refuses a damaged workbook: one that raises any of these errors."""
    try:
        yield
    except errors as error:
        raise _damaged() from error


def _damaged() -> Refused:
    return refused(
        message("the workbook is damaged or is none; open it in Excel and save it again as .xlsx")
    )


def _macros() -> Refused:
    return refused(message("a workbook with macros; save it as .xlsx without them"))


def _encrypted() -> Refused:
    return refused(message("an encrypted workbook; save it without a password"))


def _refuse_archive(content: bytes) -> None:
    with unbroken(), ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        _refuse_size(parts, len(content))
        _refuse_parts([part.filename.lower() for part in parts])
        for part in parts:
            _refuse_part(archive, part)


def _refuse_size(parts: list[ZipInfo], size: int) -> None:
    """By the sizes that the zip states: reading stops at these, whatever a part really holds."""
    if len(parts) > MAX_PARTS:
        msgid = message("the workbook has {count} parts; expected at most {most}")
        raise refused(msgid, count=len(parts), most=MAX_PARTS)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_RATIO * size:
        msgid = message("the file unpacks to more than {most} times its size; that is no workbook")
        raise refused(msgid, most=MAX_RATIO)
    if unpacked > MAX_UNPACKED:
        msgid = message("the file unpacks to {size} MB; expected at most {most} MB")
        raise refused(msgid, size=unpacked // 2**20, most=MAX_UNPACKED // 2**20)


def _refuse_parts(names: list[str]) -> None:
    if any(part in name for name in names for part in _MACRO_PARTS):
        raise _macros()
    if "xl/workbook.bin" in names:
        raise refused(message("a binary workbook (.xlsb); save it as .xlsx"))
    if "mimetype" in names and "content.xml" in names:
        raise refused(message("an OpenDocument file; save it as .xlsx or CSV"))
    if "[content_types].xml" not in names:
        raise refused(message("a zip file that is no workbook; expected .xlsx or CSV"))


def _refuse_part(archive: ZipFile, part: ZipInfo) -> None:
    if part.flag_bits & 1:
        raise _encrypted()
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _damaged()
    content = archive.read(part)
    # Also in UTF-16; no other encoding that the parser takes can hide these letters.
    plain = content.replace(b"\x00", b"") if b"\x00" in content[:4096] else content
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise refused(message("the workbook defines XML entities; no spreadsheet program does"))
    if part.filename.lower() == "[content_types].xml" and b"macroenabled" in plain.lower():
        raise _macros()
