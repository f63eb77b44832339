"""Texts as people type and paste them, made plain: half width, folded for comparing, clean."""

import unicodedata

from mubiao.problems import Problem, excerpt, message

SOURCE_LIMIT = 300
NOTE_LIMIT = 2000

# An explicit table, not NFKC: that would turn 10² into 102 and ① into 1.
_PLAIN: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width forms
    **dict.fromkeys((0x2212, 0x2013, 0x2010, 0x2011, 0xFE63), "-"),  # minus signs and dashes
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF), None),  # invisible, come with pasted cells
    0x301C: "~",
}


def half_width(text: str) -> str:
    """The text with full-width forms and minus signs as ASCII writes them, without the spaces
    around it and the invisible characters that come with pasted cells.
    """
    return text.translate(_PLAIN).strip()


def folded(text: str) -> str:
    """The text in the form in which names are compared: half width, without upper case."""
    return half_width(text).casefold()


def clean_text(
    text: str, field: str, limit: int, problems: list[Problem], *, lines: bool = False
) -> str:
    """The text without spaces around it; its problems (length, characters) are added.

    Control characters are not allowed, line breaks only where there may be several `lines`.
    """
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(cleaned) > limit:
        msgid = message("the text has {length} characters; expected at most {most}")
        problems.append(Problem(msgid, {"length": len(cleaned), "most": limit}, field=field))
    one_line = cleaned.replace("\n", " ") if lines else cleaned
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in one_line):
        msgid = message("“{text}” holds a line break or a control character; expected plain text")
        problems.append(Problem(msgid, {"text": excerpt(one_line)}, field=field))
    return cleaned
