"""Texts that were read in another encoding than they were written in."""

import re
import unicodedata
from contextlib import suppress

_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_IN_WORD = re.compile("(?<=[A-Za-z])[\u3400-\u9fff](?=[a-z])")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_WIDE = re.compile("[\u2010-\u203f\u3000-\u9fff\uff00-\uffef]")  # with punctuation
_SCRIPTS = ("CJK", "KATAKANA", "BOPOMOFO", "CYRILLIC", "GREEK", "HANGUL", "ARABIC")
# Frequent traditional characters: the first level of Big5.
_FREQUENT = range(0xA4, 0xC7)
# Syllables that make up half of any Korean text.
_SYLLABLES = frozenset(
    "이다는의에을를가고한하지로기사도자리은서인대시그어나일해정과전수보여부원장상주동스학제있성조비들아구국물"
    "신경소용회모치만면세없공계통화생개발행위청료출처년월분관안업산연표치금실적목"
)
_LOST = "\N{REPLACEMENT CHARACTER}"


def is_garbled(text: str) -> bool:
    """Whether a text looks like one that was read in a wrong encoding.

    It holds characters that are none or private, or letters of three scripts; it becomes another
    text when its bytes are read as UTF-8, or Korean in EUC-KR, or Chinese in GB2312; a third of its
    Chinese characters are rare, or one in a Western word; or ??? or 锟斤拷 stand for what was lost.
    """
    if "???" in text or "锟斤拷" in text:
        return True
    if text.isascii():
        return False
    if any(sign == _LOST or unicodedata.category(sign) in ("Co", "Cn") for sign in text):
        return True
    runs = _RUN.findall(text)
    return any((_is_mixed(text), _is_rare(text), _is_korean(text), *map(_is_utf8, runs)))


def _is_mixed(text: str) -> bool:
    names = {unicodedata.name(sign, "").partition(" ")[0] for sign in text}
    return len(names.intersection(_SCRIPTS)) > 2


def _is_rare(text: str) -> bool:
    ideographs = _IDEOGRAPH.findall(text)
    rare = sum(not _is_frequent(sign) for sign in ideographs)
    if not all(map(_is_frequent, _IN_WORD.findall(text))):
        return True
    return rare > 1 and 3 * rare >= len(ideographs)


def _is_korean(text: str) -> bool:
    """Whether all of some Chinese characters are Korean syllables in EUC-KR, most frequent ones."""
    ideographs = "".join(_IDEOGRAPH.findall(text))
    with suppress(UnicodeError):
        syllables = ideographs.encode("gb18030").decode("euc_kr")
        is_hangul = all("\uac00" <= sign <= "\ud7a3" for sign in syllables)
        frequent = sum(sign in _SYLLABLES for sign in syllables)
        return is_hangul and len(syllables) > 2 and 2 * frequent >= len(syllables)
    return False


def _is_frequent(ideograph: str) -> bool:
    big5 = ideograph.encode("big5", "ignore")
    return bool(ideograph.encode("gb2312", "ignore")) or (bool(big5) and big5[0] in _FREQUENT)


def _is_utf8(run: str) -> bool:
    """Whether a run of characters is UTF-8, or Chinese in GB2312, that was read as a Western
    encoding; or UTF-8 as a Chinese one, where a part may be lost and most of the rest is Chinese.
    """
    with suppress(UnicodeError):
        chinese = run.encode("latin-1").decode("gb2312")
        return len(chinese) > 1 and 2 * len(_IDEOGRAPH.findall(chinese)) > len(chinese)
    for encoding in ("cp1252", "latin-1"):
        with suppress(UnicodeError):
            decoded = run.encode(encoding).decode("utf-8")
            return all(sign < "\u0250" or _WIDE.match(sign) for sign in decoded)
    decoded = run.encode("gb18030", "replace").decode("utf-8", "replace")
    return len(decoded) > 1 and 3 * len(_IDEOGRAPH.findall(decoded)) >= 2 * len(decoded)
