"""The text of a report's file: of Word one paragraph or one row of a table a line."""

import re
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from mubiao.archives import BROKEN_ZIP, refuse_unsafe_archive
from mubiao.plan.textfile import MAX_BYTES, text_of
from mubiao.problems import Problem, Refused, Unavailable, message

_MOST_PARTS = 2_000
_MOST_BYTES = 50_000_000
_MOST_NODES = 500_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HAN = re.compile("[\u4e00-\u9fff]")
# GB2312 has the characters of nearly all Chinese text first.
_COMMON = range(0xB0, 0xD8)


def report_text(content: bytes, path: Path) -> str:
    """The text of a .docx, or in UTF-8, UTF-16 by its mark, or GB18030. Raises Refused."""
    if len(content) > MAX_BYTES:
        return text_of(content, path)  # which refuses it
    if content.startswith(b"PK"):
        return word_text(content, path)
    for encoding in ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if encoding != "gb18030" or _is_chinese(text):
                return text
    msgid = message("the text is neither UTF-8, UTF-16 nor GB18030; save it as UTF-8")
    raise Unavailable([Problem(msgid, {}, str(path), 1)])


def _is_chinese(text: str) -> bool:
    """Whether its characters are common: GB18030 decodes other encodings to rare ones."""
    signs = _HAN.findall(text)
    common = sum(sign.encode("gb2312", "replace")[0] in _COMMON for sign in signs)
    return common > 0.9 * len(signs)


def word_text(content: bytes, path: Path) -> str:
    """The text of a .docx. Raises Refused for a file that is none, is damaged, or is not safe."""
    # They take a while to load, for which pages that only cite a report need not wait. First what
    # the Word files that we make load first: two threads that begin at different parts of the
    # library end in a deadlock.
    import docx.document  # noqa: F401, PLC0415
    from docx import Document  # noqa: PLC0415
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from docx.table import Table  # noqa: PLC0415

    try:
        refuse_unsafe_archive(
            content, most_parts=_MOST_PARTS, most_bytes=_MOST_BYTES, most_nodes=_MOST_NODES
        )
        document = Document(BytesIO(content))
    except Refused as refusal:
        raise Refused(replace(p, file=str(path)) for p in refusal.problems) from refusal
    except (*BROKEN_ZIP, PackageNotFoundError) as error:
        msgid = message("the file is no Word file or is damaged; expected .docx or a text file")
        raise Unavailable([Problem(msgid, {}, str(path))]) from error
    lines: list[str] = []
    for part in document.iter_inner_content():
        if not isinstance(part, Table):
            lines.append(part.text)
            continue
        for row in part.rows:
            # A cell that spans several columns counts once; python-docx has no name for which.
            cells = {id(cell._tc): cell.text for cell in row.cells}  # noqa: SLF001
            lines.append(" ".join(text.replace("\n", " ") for text in cells.values()))
    return "\n".join(lines)
