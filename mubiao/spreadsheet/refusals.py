"""What is no spreadsheet of figures, known by its content before any of it is read as one."""

from collections.abc import Iterator
from contextlib import contextmanager

from mubiao.archives import BROKEN_ZIP, CONTENT_TYPES, encrypted, macros, refuse_unsafe_archive
from mubiao.problems import message, refused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 1000

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACRO_NAMES = (".xlsm", ".xltm", ".xlam", ".xla")
_BEGINNINGS = {
    b"%PDF": message("a PDF file; expected a workbook (.xlsx) or CSV"),
    b"{\\rtf": message("a text document; expected a workbook (.xlsx) or CSV"),
    b"7z\xbc\xaf": message("an archive; expected a workbook (.xlsx) or CSV"),
    b"Rar!": message("an archive; expected a workbook (.xlsx) or CSV"),
    b"\x89PNG": message("a picture; expected a workbook (.xlsx) or CSV"),
    b"\xff\xd8\xff": message("a picture; expected a workbook (.xlsx) or CSV"),
}
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version:")


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
        raise macros()
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise encrypted()
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
        msgid = message(
            "the workbook is damaged or is none; open it in Excel and save it again as .xlsx"
        )
        raise refused(msgid) from error


def _refuse_archive(content: bytes) -> None:
    with unbroken():
        names = refuse_unsafe_archive(content, most_parts=MAX_PARTS, most_bytes=MAX_UNPACKED)
    if "xl/workbook.bin" in names:
        raise refused(message("a binary workbook (.xlsb); save it as .xlsx"))
    if "mimetype" in names and "content.xml" in names:
        raise refused(message("an OpenDocument file; save it as .xlsx or CSV"))
    if CONTENT_TYPES not in names:
        raise refused(message("a zip file that is no workbook; expected .xlsx or CSV"))
