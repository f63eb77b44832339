"""The text of a Word file: one paragraph a line, the cells of a table's row in one."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from mubiao.archives import BROKEN_ZIP, refuse_unsafe_archive
from mubiao.plan.textfile import text_of
from mubiao.problems import Problem, Refused, Unavailable, message

_MOST_PARTS = 2_000
_MOST_BYTES = 50_000_000
_MOST_NODES = 500_000


def report_text(content: bytes, path: Path) -> str:
    """The text of a report's file, .docx or UTF-8 text. Raises Refused."""
    return word_text(content, path) if content.startswith(b"PK") else text_of(content, path)


def word_text(content: bytes, path: Path) -> str:
    """The text of a .docx. Raises Refused for a file that is none, is damaged, or is not safe."""
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
    return "\n".join(
        " ".join(cell.text for row in part.rows for cell in row.cells)
        if isinstance(part, Table)
        else part.text
        for part in document.iter_inner_content()
    )
