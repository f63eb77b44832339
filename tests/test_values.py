"""Values as people write them: read exactly, or refused with the reason."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mubiao.i18n import language
from mubiao.model import Qualifier, Stage
from mubiao.observation.values import parse_figure, parse_stage
from mubiao.plain_text import half_width
from mubiao.problems import Refused, excerpt

PEOPLE = ("人", "people")
NO_FIGURES = (
    *("N/A", "n/a", "n.a.", "NA", "TBD", "null", "#N/A", "#REF!", "/", "…", "..."),
    *("-", "--", "–", "—", "——", "－"),
    *("暂无", "暂缺", "待定", "无", "未公布"),
)


def refusal(text: str, *unit_words: str) -> str:
    """The English message with which a figure is refused."""
    with pytest.raises(Refused) as caught:
        parse_figure(text, unit_words)
    (problem,) = caught.value.problems
    assert problem.field == "value"
    return problem.text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6.2", "6.2"), (" 6.20 ", "6.20"), ("+3", "3"), (".5", "0.5"), ("007", "7"),
        ("28万", "280000"), ("28 万", "280000"), ("4.5亿", "450000000"), ("5千", "5000"),
        ("3百万", "3000000"), ("3千万", "30000000"), ("2百亿", "20000000000"),
        ("2千亿", "200000000000"), ("3.6万亿", "3600000000000"), ("1.2 million", "1200000"),
        ("2 billion", "2000000000"), ("5 thousand", "5000"),
        ("1,200", "1200"), ("1，200", "1200"), ("12,345,678.9", "12345678.9"),
        ("１２．５", "12.5"), ("５％", "5"), ("5 %", "5"),
        ("-7", "-7"), ("−7", "-7"), ("–7", "-7"), ("－7", "-7"),
        ("\u20107", "-7"), ("\u20117", "-7"), ("﹣7", "-7"),
        ("（3.2）", "-3.2"), ("(3.2)", "-3.2"), ("(3.2%)", "-3.2"), ("(3.2)%", "-3.2"),
        ("(28万)", "-280000"), ("\ufeff\u200b12\xa0", "12"),
        ("0.000000000000001", "0.000000000000001"), ("999999999999999", "999999999999999"),
    ],
)  # fmt: skip
def test_a_figure_as_people_write_it_is_read_exactly(text: str, value: str) -> None:
    figure = parse_figure(text)
    assert format(figure.value, "f") == value
    assert figure.qualifier is None


@pytest.mark.parametrize("text", ["-0", "−0.0", "(0)", "0"])
def test_nothing_is_not_negative(text: str) -> None:
    assert not parse_figure(text).value.is_signed()


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        (text, qualifier)
        for qualifier, texts in {
            Qualifier.AT_LEAST: (
                "23%以上",
                "≥23",
                ">= 23",
                "不少于23",
                "At least 23",
                "不少于23以上",
            ),
            Qualifier.AT_MOST: ("23%以内", "不超过23", "≤23%"),
            Qualifier.ABOUT: ("约23%", "23左右", "~23", "～23"),
        }.items()
        for text in texts
    ],
)
def test_words_around_a_figure_say_how_exact_it_is(text: str, qualifier: Qualifier) -> None:
    figure = parse_figure(text)
    assert (figure.value, figure.qualifier) == (Decimal(23), qualifier)


@pytest.mark.parametrize(
    ("text", "unit_words", "value"),
    [
        ("28万人", PEOPLE, 280000),
        ("28万人以上", PEOPLE, 280000),
        ("28 People", PEOPLE, 28),
        ("28", PEOPLE, 28),
        ("5千瓦", ("千瓦", "kW"), 5),
        ("5万千瓦", ("千瓦", "kW"), 50000),
        ("12亿m3", ("立方米", "m3"), 1200000000),
        ("2.6万元／人", ("元/人", "yuan per person"), 26000),
        ("2.6 yuan  per person", ("元/人", "yuan per person"), "2.6"),
        ("5%", ("%", "%"), 5),
    ],
)
def test_its_own_unit_may_follow(text: str, unit_words: tuple[str, ...], value: int | str) -> None:
    assert parse_figure(text, unit_words).value == Decimal(value)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_a_word_that_stands_for_no_figure_is_refused(text: str) -> None:
    assert refusal(text).endswith("is not a figure; record nothing until the figure is known")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the value is missing; expected a number such as 6.2, 28万 or 5%"),
        (" \u3000\u200b", "the value is missing; expected a number such as 6.2, 28万 or 5%"),
        ("NaN", "“NaN” is not a finite number"),
        ("-inf", "“-inf” is not a finite number"),
        ("Infinity", "“Infinity” is not a finite number"),
        ("1e5", "“1e5” has an exponent; write the number out, or with 万 or 亿"),
        ("２E－３%", "“２E－３%” has an exponent; write the number out, or with 万 or 亿"),
        ("3-5", "“3-5” holds more than one number; expected exactly one"),
        ("3~5", "“3~5” holds more than one number; expected exactly one"),
        ("1 200", "“1 200” holds more than one number; expected exactly one"),
        ("2亿3000万", "“2亿3000万” holds more than one number; expected exactly one"),
        ("1,2", "“1,2” can be read in more than one way; write 1200, 1,200 or 1.2"),
        ("0,123", "“0,123” can be read in more than one way; write 1200, 1,200 or 1.2"),
        ("1.234,5", "“1.234,5” can be read in more than one way; write 1200, 1,200 or 1.2"),
        ("12,3456", "“12,3456” can be read in more than one way; write 1200, 1,200 or 1.2"),
        ("1.2.3", "“1.2.3” is not a decimal number; expected one such as 6.2"),
        ("5.", "“5.” is not a decimal number; expected one such as 6.2"),
        ("1234567890123456", "“1234567890123456” has too many digits; expected at most 15"),
        ("1000万亿", "“1000万亿” is too large; expected a number below 10^15: check the scale"),
        ("约24%以上", "“约24%以上” says two things about how exact it is; expected at most one"),
        ("5人", "“人” behind the number cannot be read; expected the number alone"),
        ("10²", "“²” behind the number cannot be read; expected the number alone"),
        ("1" * 101, "the value has 101 characters; expected one number, at most 100"),
    ],
)
def test_what_would_need_guessing_is_refused_with_its_reason(text: str, reason: str) -> None:
    assert refusal(text) == reason


@pytest.mark.parametrize(
    "text", ["abc", "百万", "=1+2", "(-3)", "((3))", "½", "١٢", "五", "%", "+-3"]
)
def test_what_is_no_number_is_refused_with_examples(text: str) -> None:
    assert refusal(text) == (
        f"“{text}” is not a number; expected one such as 6.2, −3.2, 1,200, 28万 or 5%"
    )


@pytest.mark.parametrize(("text", "words"), [("5%", "%"), ("28万公里", "万公里"), ("3 m", "m")])
def test_another_unit_is_refused_naming_the_expected_one(text: str, words: str) -> None:
    assert refusal(text, *PEOPLE) == (
        f"“{words}” behind the number is not the unit; expected people, or no unit"
    )


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (text, stage)
        for stage, texts in {
            Stage.NOT_STARTED: ("not_started", "Not started", "未开始", "未开工", "未启动"),
            Stage.UNDER_WAY: ("Under way", "进行中", "在建", "已开工"),
            Stage.COMPLETE: (" COMPLETE ", "已完成", "完成", "已竣工"),
            Stage.CANCELLED: ("cancelled", "取消", "已取消"),
        }.items()
        for text in texts
    ],
)
def test_a_stage_is_read_by_id_or_word(text: str, stage: Stage) -> None:
    assert parse_stage(text) is stage


@pytest.mark.parametrize("text", ["", "1", "暂无", "almost complete"])
def test_another_word_is_no_stage(text: str) -> None:
    with pytest.raises(Refused, match="is not a stage; expected not started, under way") as caught:
        parse_stage(text)
    assert caught.value.problems[0].field == "value"


def test_a_message_shows_a_text_short_and_printable() -> None:
    assert excerpt("a\x00b\ud800") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert excerpt("长" * 41) == "长" * 39 + "…"


@given(st.text(max_size=20))
@example("１")
def test_any_text_is_a_stage_or_a_refusal(text: str) -> None:
    try:
        stage = parse_stage(text)
    except Refused:
        return
    assert stage in Stage


@given(
    st.integers(min_value=-(10**10), max_value=10**10),
    st.sampled_from([("", 0), ("千", 3), ("万", 4)]),
    st.sampled_from([0, 0xFEE0]),
)
def test_scale_sign_and_width_agree(number: int, scale: tuple[str, int], wider_by: int) -> None:
    text = f"{number:,}{scale[0]}"
    text = text.translate({code: code + wider_by for code in range(0x21, 0x7F)})
    assert parse_figure(text).value == number * 10 ** scale[1]


@given(st.text(max_size=20))
def test_half_width_text_stays_as_it_is(text: str) -> None:
    assert half_width(half_width(text)) == half_width(text)


def test_a_unit_that_is_not_read_is_told_in_the_readers_language_alone() -> None:
    with pytest.raises(Refused) as caught:
        parse_figure("5 tons", ("条", "alleys", "alley"))
    [problem] = caught.value.problems
    texts = {code: language(code).problem(problem) for code in ("zh", "en")}
    assert {code: ("条" in text, "alleys" in text) for code, text in texts.items()} == {
        "zh": (True, False),
        "en": (False, True),
    }
