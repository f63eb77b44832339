"""Texts as people type and paste them, made plain: half width, folded for comparing, clean."""

import re
import unicodedata
from itertools import groupby

from mubiao.problems import Problem, excerpt, message

SOURCE_LIMIT = 300
NOTE_LIMIT = 2000

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JOINERS = "\u200c\u200d"  # without and with joining
# Turn the text behind them round: what stands for 12 is seen as 21.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Signs of Unicode's category Cf that are seen: Arabic number signs, Egyptian joiners.
_SEEN = frozenset(
    (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)
) | frozenset(range(0x13430, 0x13440))
_INVISIBLE = (
    "".join(
        chr(code)
        for code in (
            *range(0xAD, 0x10000),
            *range(0x1BCA0, 0x1BCA4),
            *range(0x1D173, 0x1D17B),
            *range(0xE0000, 0xE0080),
        )
        if unicodedata.category(chr(code)) == "Cf" and code not in _SEEN
    )
    + "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
)  # of other categories, and blank
# They choose a glyph and change no name.
_SELECTORS = dict.fromkeys(
    (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)
# Scripts that a word may mix, by how Unicode's names of their letters begin: what UTS 39 calls
# highly restrictive. Other scripts have letters that look alike.
_MIXABLE = tuple(
    {"LATIN", "CJK", *others} for others in (("HIRAGANA", "KATAKANA"), ("BOPOMOFO",), ("HANGUL",))
)
_ANY_INVISIBLE = re.compile(f"[{re.escape(_INVISIBLE)}]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
# Scripts whose words need joiners, by how Unicode's names of their letters begin.
_JOINING = frozenset(
    {"ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI"}
    | {"ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN"}
)
# An explicit table, not NFKC: that would turn 10² into 102 and ① into 1.
_PLAIN: dict[int, int | str | None] = {
    # What is invisible; yet a sign that turns a number round stays, so that it is refused.
    **{ord(sign): None for sign in _INVISIBLE if sign not in "\u202b\u202e\u2067"},
    **dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width forms
    **dict.fromkeys((0x2212, 0x2013, 0x2010, 0x2011, 0xFE63), "-"),  # minus signs and dashes
    0x301C: "~",
}


def printable(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def capitalised(text: str) -> str:
    """A text as it begins a sentence; the rest of it, such as a name, stays as it is."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """A text as it goes on within a sentence."""
    return text[:1].lower() + text[1:]


def half_width(text: str) -> str:
    """The text with full-width forms, spaces and minus signs as ASCII writes them, without the
    spaces around it and the invisible characters that come with pasted cells.
    """
    if text.isascii():
        return text.strip()
    return text.translate(_PLAIN).strip()


def folded(text: str) -> str:
    """The text as names are compared: one width, case and space, nothing invisible (NFKC)."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKC", half_width(text.translate(_SELECTORS)))
    return unicodedata.normalize("NFKC", " ".join(plain.casefold().split()))


def visible(text: str) -> str:
    """The text without the characters that nobody sees (Unicode's category Cf), except joiners that
    a script or an emoji needs, and those that turn text round: what has these is refused.
    """
    unneeded = _unneeded(text)
    if not unneeded:
        return text
    return "".join(sign for at, sign in enumerate(text) if at not in unneeded or sign in _TURNING)


def unseen(text: str) -> str:
    """The first character that nobody sees or that turns text round, without need; "" for none."""
    return next((text[at] for at in sorted(_unneeded(text))), "")


def _unneeded(text: str) -> set[int]:
    """Where characters stand that nobody sees, except those that a script or an emoji needs."""
    if text.isascii():
        return set()
    flags = {at for match in _FLAG.finditer(text) for at in range(*match.span())}
    places = {match.start() for match in _ANY_INVISIBLE.finditer(text)} - flags
    return {at for at in places if not _joins(text, at)}


def turning(text: str) -> str:
    """The name of the first character that turns text round; "" for none."""
    return next((unicodedata.name(sign) for sign in text if sign in _TURNING), "")


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands inside an emoji, or inside a word of a script that needs it."""
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    before, behind = text[at - 1], text[at + 1]
    if {unicodedata.name(sign, "").partition(" ")[0] for sign in (before, behind)} <= _JOINING:
        return True
    is_emoji = unicodedata.category(before) in ("So", "Sk") or before == "\ufe0f"
    return text[at] == "\u200d" and is_emoji and unicodedata.category(behind) == "So"


def clean_text(
    text: str, field: str, limit: int, problems: list[Problem], *, lines: bool = False
) -> str:
    """The text without spaces around it and invisible characters; adds its problems.

    Characters that control or turn text round are not allowed, line breaks only with several
    `lines`.
    """
    cleaned = visible(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(cleaned) > limit:
        msgid = message("the text has {length} characters; expected at most {most}")
        problems.append(Problem(msgid, {"length": len(cleaned), "most": limit}, field=field))
    one_line = cleaned.replace("\n", " ") if lines else cleaned
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in one_line):
        msgid = message("“{text}” holds a line break or a control character; expected plain text")
        problems.append(Problem(msgid, {"text": excerpt(one_line)}, field=field))
    if name := turning(cleaned):
        msgid = message("the text holds {name}, which turns text round; expected plain text")
        problems.append(Problem(msgid, {"name": name}, field=field))
    return cleaned


def clean_name(text: str, field: str, limit: int, problems: list[Problem]) -> str:
    """As `clean_text`, composed (NFC): the name of a person or a meeting, as it is stored.

    A word may not mix scripts whose letters look alike. Names are compared as `folded` makes them.
    """
    cleaned = unicodedata.normalize("NFC", clean_text(text, field, limit, problems))
    for in_word, signs in groupby(cleaned, lambda sign: unicodedata.category(sign)[0] in "LMN"):
        word = "".join(signs)
        scripts = sorted({_script(sign) for sign in word} - {""}) if in_word else []
        if len(scripts) > 1 and not any(mixable.issuperset(scripts) for mixable in _MIXABLE):
            msgid = message(
                "“{word}” mixes letters that look alike, of several scripts ({scripts}); write it "
                "in one script"
            )
            values = {"word": excerpt(word), "scripts": ", ".join(map(str.title, scripts))}
            problems.append(Problem(msgid, values, field=field))
    return cleaned


def _script(sign: str) -> str:
    """The script of a letter, as Unicode's name of it begins; "" for other signs."""
    if unicodedata.category(sign) not in ("Lu", "Ll", "Lt", "Lo") or sign == "µ":
        return ""
    return unicodedata.name(unicodedata.normalize("NFKC", sign)[0], "").partition(" ")[0]
