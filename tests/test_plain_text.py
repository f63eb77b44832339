"""Texts made plain: what is not seen goes, what turns text round is refused, what joins stays."""

import pytest

from mubiao.observation.garbled import is_garbled
from mubiao.plain_text import clean_text, folded, half_width, turning, visible
from mubiao.problems import Problem

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "北京市统计局",
        FAMILY,
        "\u2764\ufe0f\u200d\U0001f525",
        SCOTLAND,
        "می\u200cخواهم",
        "क्\u200dष",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "sign",
    ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad", "\U000e0041"],
)
def test_what_nobody_sees_goes(sign: str) -> None:
    assert visible(f"{sign}Li{sign} Wei{sign}") == "Li Wei"
    assert half_width(f"{sign}4{sign}.9{sign}") == "4.9"
    assert folded(f"Ｌi{sign}　WEI ") == "li wei"


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_text_round_is_named(sign: str) -> None:
    problems: list[Problem] = []
    clean_text(f"a{sign}b", "source", 10, problems)
    assert [turning(f"a{sign}b") in problem.text for problem in problems] == [True]


def test_a_number_that_is_turned_round_stays_unreadable() -> None:
    assert half_width("\u202e12") == "\u202e12"
    assert half_width("\u202a2020-07-20\u202c") == "2020-07-20"


@pytest.mark.parametrize(
    "text",
    [
        *("北京市統計局：上半年經濟運行", "東京都の統計データ", "Société générale – été", "“cafÉ”"),
        *(
            "50％～60％",
            f"emoji {FAMILY}",
            "联通",
            "朱镕基讲话",
            "국가통계청",
            "之前",
            "科技部门户网站",
            "目标",
            "£5 – §3",
            "A股、B超 (T恤)",
            "Œuvre, déjà",
            "什么时候？？",
        ),
    ],
)
def test_a_text_of_people_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("北京市统计局：上半年", "utf-8", "gb18030"),
        ("北京市统计局：上半年", "utf-8", "latin-1"),
        ("Statistisches Amt für Köln: öffentliche Übersicht", "utf-8", "cp1252"),
        ("北京市統計局：上半年經濟運行", "big5", "gb18030"),
        ("東京都統計局：上半期の経済", "shift_jis", "gb18030"),
        ("北京市统计局：上半年", "gb18030", "utf-8"),
        ("北京市统计局：上半年", "gb18030", "latin-1"),
        ("Müller, Zürich", "cp1252", "gb18030"),
        ("��北京", "utf-8", "gb18030"),
        ("北京市统计局", "ascii", "ascii"),
        ("통계청", "euc_kr", "gb18030"),
        ("고용노동부 보도자료, 2020년 6월", "euc_kr", "gb18030"),
    ],
)
def test_a_text_read_in_another_encoding_is_garbled(text: str, written: str, read: str) -> None:
    assert is_garbled(text.encode(written, "replace").decode(read, "replace"))
