"""The report's text, what printed phrases say, and the proof that a plan is complete."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.model import Comparator, NoPromise, Plan, Source, Target, Text
from mubiao.plan.loader import read_plan
from mubiao.plan.numerals import chinese_number, chinese_numbers, figures_in
from mubiao.plan.printed import occurrences, read_otherwise
from mubiao.plan.yamlfile import Lines
from mubiao.problems import Problem, Unavailable
from mubiao.report.completeness import check_report, cited, claims_of
from mubiao.report.text import Report, figures, parse_report, passage, read_report
from mubiao.views.citations import citations, coverage
from mubiao.wording.phrasebook import Phrasebook
from tests.real import PLAN_FILE, REPORT_FILE, real_plan, real_report
from tests.samples import EN, plan_of, target, typed

TEXT = """——2020年1月12日
陈吉宁 市长
　　一、2019年工作回顾
　　增长6.2%左右，能耗、水耗分别下降4%和3%左右。

　　(一)第一章。
　　腾退土地95公顷。
　　二、2020年主要任务
　　增长6%左右；规模与上年持平；涨幅3.5%以内；失业率低于5%；环境持续好转。
　　能耗较2015年下降17%。
　　（一）第二章。
　　打造200条街巷，新增就业28万人，发展5G和5G应用。
　　(一)这是章内的列举。
　　抓好十大工程。
"""
REPORT = parse_report(TEXT)


def source(printed: str, section: str = "2.0", paragraph: int = 1) -> Source:
    return Source(section=section, paragraph=paragraph, printed=printed)


def promise(
    name: str, printed: str, section: str = "2.0", paragraph: int = 1, **more: object
) -> Target:
    fields = {"measure": "rate", "comparator": "at_least", **more}
    return target(name, source=source(printed, section, paragraph), **fields)


def nothing(printed: str, section: str = "2.0", paragraph: int = 1) -> NoPromise:
    reason = Text(zh="名称", en="A name")
    return NoPromise(section=section, paragraph=paragraph, printed=printed, reason=reason)


ABOUT = {"comparator": "about", "better": "higher", "tolerance": "0.5"}
COUNT = {"measure": "count", "unit": "people"}
TARGETS = (
    promise("gdp", "增长6%左右", value="6", **ABOUT),
    promise("budget", "与上年持平", value="0", **ABOUT),
    promise("cpi", "3.5%以内", comparator="at_most", value="3.5"),
    promise("unemployment", "低于5%", comparator="below", value="5", measure="level"),
    promise(
        "air", "环境持续好转", comparator="below", value="42",
        reading=Text(zh="低于2019年的42微克", en="Below the 42 µg of 2019"),
    ),
    promise(
        "energy", "较2015年下降17%", paragraph=2, measure="since_base", comparator="at_most",
        value="-17", base_year=2015,
    ),
    promise("alleys", "打造200条", "2.1", value="200", **COUNT),
    promise("jobs", "新增就业28万人", "2.1", value="280000", **COUNT),
    promise("works", "十大工程", "2.1", 3, value="10", **COUNT),
)  # fmt: skip
NOTHINGS = (nothing("2020年", paragraph=0), nothing("5G", "2.1"))
COMPLETE = plan_of(*TARGETS, no_promise=NOTHINGS)


def numbered(plan: Plan) -> Lines:
    """A line for each entry: 1 … for targets, 1001 … for no_promise; () has 5000."""
    lines = {("targets", position): position + 1 for position in range(len(plan.targets))}
    lines |= {("no_promise", position): position + 1001 for position in range(len(plan.no_promise))}
    return Lines("plan.yaml", {(): 5000, **lines})


def checked(plan: Plan, report: Report = REPORT) -> list[str]:
    """The problems as the command line prints them."""
    problems = check_report(plan, report, numbered(plan), file="report.txt")
    return [f"{problem.file}:{problem.line}: {problem.text}" for problem in problems]


def edited(plan: Plan, name: str, **changes: object) -> Plan:
    """The plan with one target changed; numbers may be given as text."""
    targets = tuple(
        Target.model_validate({**entry.model_dump(), **typed(changes)})
        if entry.id == name
        else entry
        for entry in plan.targets
    )
    return plan.model_copy(update={"targets": targets})


def only(problems: list[str]) -> str:
    [problem] = problems
    return problem


def test_sections_and_paragraphs_are_numbered_as_printed() -> None:
    assert list(REPORT) == [
        ("1.0", 0), ("1.0", 1), ("1.1", 0), ("1.1", 1),
        ("2.0", 0), ("2.0", 1), ("2.0", 2), ("2.1", 0), ("2.1", 1), ("2.1", 2), ("2.1", 3),
    ]  # fmt: skip


def test_paragraphs_keep_their_lines_and_an_enumeration_begins_no_chapter() -> None:
    assert REPORT["1.1", 1] == ("腾退土地95公顷。", 7)
    assert REPORT["2.1", 0].text == "（一）第二章。"
    assert REPORT["2.1", 2].text == "(一)这是章内的列举。"
    assert all("市长" not in text for text, _ in REPORT.values())


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        # Parts headed by words alone, chapters by 一、.
        (
            "2025年工作回顾\n2026年目标任务\n一、抓产业\n（一）项目\n二、抓民生\n加强政府自身建设\n务实",
            ["1.0", "2.0", "2.1", "2.2", "3.0"],
        ),
        ("第一部分 回顾\n好。\n第二部分 任务\n（ 一 ）产业。\n1.甲", ["1.0", "2.0", "2.1"]),
        ("一、回顾\n二、今年工作\n一是产业。增长6%。\n二是民生。", ["1.0", "2.0", "2.1", "2.2"]),
        ("增长6%。\n增长7%。", ["0.0"]),
        # A table of contents begins no part.
        (
            "一、去年工作\n二、今年工作\n一、去年工作\n好。\n二、今年工作\n（一）产业",
            ["1.0", "2.0", "2.1"],
        ),
    ],
)
def test_headings_are_found_with_and_without_numerals(text: str, sections: list[str]) -> None:
    assert list(dict.fromkeys(section for section, _ in parse_report(text))) == sections


@pytest.mark.parametrize("end", ["附件：名词解释", "《政府工作报告》有关名词解释", "注释："])
def test_the_text_ends_where_its_glossary_begins(end: str) -> None:
    text = f"一、回顾\n去年。\n二、任务\n增长6%。\n{end}\n1.甲：2025年。"
    assert [figure.text for figure in figures(parse_report(text))] == ["6"]
    assert len(figures(parse_report(text.replace(end, "说明\n")))) == 3
    assert len(figures(parse_report(text.replace(end, "说明\n"), "说明"))) == 1


def test_a_plan_covers_the_sections_that_it_names() -> None:
    report = parse_report("一、回顾\n增长6%。\n二、规划\n增长7%。\n三、今年\n增长8%。")
    plan = plan_of(promise("gdp", "增长8%", "3.0", value="8")).model_copy(update={"covers": ("3",)})
    assert checked(plan, report) == []
    everything = plan.model_copy(update={"covers": ("2.0", "3")})
    assert "the figure 7 " in only(checked(everything, report))
    absent = plan.model_copy(update={"covers": ("4", "3")})
    assert "the report has no section 4; it has: 1.0, 2.0, 3.0" in only(checked(absent, report))


@pytest.mark.parametrize(
    ("reading", "problems"), [("理解为不低于5%。", 0), ("理解为5%。", 1), (None, 1)]
)
def test_a_reading_that_says_a_comparator_overrules_the_wording(
    reading: str | None, problems: int
) -> None:
    report = parse_report("二、任务\n增长5%左右。")
    text = Text(zh=reading, en=reading) if reading else None
    entry = promise("gdp", "增长5%左右", value="5", comparator="at_least", reading=text)
    assert len(checked(plan_of(entry), report)) == problems
    assert read_otherwise(entry) == (not problems)


def test_every_figure_of_part_two_is_found_in_order() -> None:
    assert [figure.text for figure in figures(REPORT, ("2",))] == [
        "2020", "6", "3.5", "5", "2015", "17", "200", "28", "5", "5",
    ]  # fmt: skip


def test_a_figure_knows_where_it_stands() -> None:
    figure = figures(REPORT, ("2",))[7]
    text = REPORT[figure.section, figure.paragraph].text
    assert (text[figure.start : figure.end], figure.value) == ("28", 280000)


@given(st.text(max_size=300))
def test_any_text_is_a_report(text: str) -> None:
    assert all(line >= 1 for _, line in parse_report(text).values())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no such file"),
        ("Größe 3 % für das Jahr".encode("latin-1"), "neither UTF-8"),
        ("政府工作報告：經濟增長".encode("big5"), "neither UTF-8"),
        (TEXT.encode("utf-16")[:-1], "neither UTF-8"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "report.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Unavailable, match=says) as refusal:
        read_report(path)
    assert refusal.value.problems[0].file == str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_a_report_is_read_with_any_line_ends_and_usual_encoding(
    encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read_report(path) == REPORT


def test_a_passage_is_cut_around_its_phrase_if_that_is_there() -> None:
    assert passage(REPORT, source("下降17%", paragraph=2)) == ("能耗较2015年", "下降17%", "。")
    assert passage(REPORT, source("下降18%")) is None
    assert passage(REPORT, source("增长", paragraph=99)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("三百五十", 350),
        ("一百零八", 108), ("两千三百", 2300), ("一万", 10000), ("十万", 100000),
        ("百万", 1000000), ("三万五千", 35000), ("二亿三千万", 230000000), ("一万亿", 10**12),
        ("二〇二〇", 2020), ("零", 0), ("万", 10**4), ("亿", 10**8),
    ],
)  # fmt: skip
def test_a_number_in_chinese_characters_has_its_value(text: str, value: int) -> None:
    assert chinese_number(text) == value


def test_another_character_is_no_chinese_number() -> None:
    with pytest.raises(ValueError, match="条 is not part"):
        chinese_number("三条")


@given(st.integers(0, 10**12))
def test_a_number_written_out_in_chinese_is_read_back(number: int) -> None:
    assert chinese_number(written_out(number)) == number


def written_out(number: int) -> str:
    """A number in Chinese characters, every scale said, no 零 needed between them."""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            rest = written_out(number % scale) if number % scale else ""
            return written_out(number // scale) + name + rest
    return "零一二三四五六七八九"[number]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("28万人", [("280000", "人")]),
        ("12亿立方米", [("1200000000", "立方米")]),
        ("5000万元", [("50000000", "元")]),
        ("6.5万亿元", [("6500000000000", "元")]),
        ("20%以上面积实现70%", [("20", "%"), ("70", "%")]),
        ("提高10百分点、1.5个百分点", [("10", "百分点"), ("1.5", "个百分点")]),
        ("3.0版", [("3.0", "版")]),
        ("没有", []),
        # The unit before the scale.
        ("450亿千瓦时", [("45000000000", "千瓦时")]),
        ("3000万千瓦、3千米、2千克、500千伏", [
            ("30000000", "千瓦"), ("3", "千米"), ("2", "千克"), ("500", "千伏"),
        ]),
        ("5000万人次，120亿斤，8万吨标准煤", [
            ("50000000", "人次"), ("12000000000", "斤"), ("80000", "吨标准煤"),
        ]),
        ("29微克/立方米、0.6人/百亿元", [("29", "微克/立方米"), ("0.6", "人/百亿元")]),
        ("30多万户，8600余亿元", [("300000", "户"), ("860000000000", "元")]),
        ("1,200家，5．5％", [("1200", "家"), ("5.5", "%")]),
        ("4.5%-5%，60—70万人", [("4.5", "%"), ("5", "%"), ("600000", "人"), ("700000", "人")]),
        ("2026年", [("2026", "年")]),
        # Shares and multiples in Chinese.
        ("七成以上、三成半、7成", [("70", "%"), ("35", "%"), ("70", "%")]),
        ("三分之二，百分之五点五", [("66.67", "%"), ("5.5", "%")]),
        ("两倍，3倍，翻番，翻两番", [("2", "倍"), ("3", "倍"), ("2", "倍"), ("4", "倍")]),
        ("建成，倍增，一成不变，三成功", []),
        ("二十五个，一千五百万元、十二项", [("25", "个"), ("15000000", "元"), ("12", "项")]),
        ("党的二十大，二十届，第十二项，三十年，百万亩，十大工程，两个，一百周年", []),
    ],
)  # fmt: skip
def test_a_figure_has_its_value_with_scale_and_its_unit(
    text: str, values: list[tuple[str, str]]
) -> None:
    assert [(n.value, n.unit) for n in figures_in(text)] == [(Decimal(v), u) for v, u in values]


def test_words_that_count_nothing_are_no_numbers() -> None:
    assert list(chinese_numbers("进一步统一一般公共预算，第一批百分之")) == []


@pytest.mark.parametrize(
    ("text", "printed", "count"),
    [
        ("涨幅3.5%以内", "5%以内", 0),
        ("涨幅3.5%以内，5%以内", "5%以内", 1),
        ("就业28万", "就业28", 1),
        ("就业280万", "就业28", 0),
        ("就业28.5万", "就业28", 0),
        ("5G和5G", "5G", 2),
        ("15G", "5G", 0),
    ],
)
def test_a_phrase_does_not_cut_a_figure_in_two(text: str, printed: str, count: int) -> None:
    assert len(occurrences(text, printed)) == count


def test_a_complete_plan_has_no_problem() -> None:
    assert checked(COMPLETE) == []


def test_a_figure_left_over_names_the_line_of_the_report() -> None:
    problems = only(checked(plan_of(*TARGETS, no_promise=NOTHINGS[1:])))
    assert problems.startswith(
        "report.txt:8: the figure 2020 (section 2.0, paragraph 0: “二、2020年"
    )
    assert "belongs to no target and is not in no_promise" in problems
    # And a phrase of no_promise covers every occurrence in its paragraph.
    assert len(checked(plan_of(*TARGETS, no_promise=NOTHINGS[:1]))) == 2
    for name in ("gdp", "cpi", "unemployment", "alleys", "jobs"):
        rest = (entry for entry in TARGETS if entry.id != name)
        assert "belongs to no target" in only(checked(plan_of(*rest, no_promise=NOTHINGS)))


def test_a_base_year_is_accounted_for_by_its_target() -> None:
    problems = checked(edited(COMPLETE, "energy", base_year=2016))
    assert any("plan.yaml:6: base_year: 2016 is not in" in problem for problem in problems)
    assert any("report.txt:10: the figure 2015" in problem for problem in problems)


def test_a_target_covers_only_figures_that_it_gives() -> None:
    plan = edited(COMPLETE, "alleys", source=source("打造200条街巷，新增就业28万人", "2.1"))
    problems = checked(plan)
    assert problems == []  # 28 belongs to the other target, whose phrase lies inside this one
    without = plan_of(*(t for t in plan.targets if t.id != "jobs"), no_promise=NOTHINGS)
    assert "the figure 28 " in only(checked(without))


def test_a_number_of_a_target_accounts_for_one_figure_only() -> None:
    report = parse_report("二、任务\n建设100家驿站、100个服务点")
    plan = plan_of(promise("stations", "100家驿站、100个服务点", value="100", **COUNT))
    assert "the figure 100 " in only(checked(plan, report))


def test_a_condition_is_accounted_for() -> None:
    report = parse_report("二、任务\n20%以上面积实现70%降雨就地消纳")
    entry = promise("sponge", "20%以上面积实现70%", value="20", conditions=("70",))
    assert checked(plan_of(entry), report) == []


def test_a_figure_claimed_twice_is_a_problem() -> None:
    plan = plan_of(*TARGETS, no_promise=(*NOTHINGS, nothing("28万", "2.1")))
    problems = only(checked(plan))
    assert problems.startswith("plan.yaml:1003: the figure 28 is claimed twice, by jobs and by")


def test_a_phrase_that_stands_there_twice_is_a_problem() -> None:
    plan = plan_of(*TARGETS, promise("name", "发展", "2.1"), promise("g", "5G", "2.1", value="5"))
    assert any("“5G” stands 2 times in section 2.1, paragraph 1" in p for p in checked(plan))


ELSEWHERE = source("十大工程", "2.1", 9)


@pytest.mark.parametrize(
    ("name", "changes", "others", "says"),
    [
        ("alleys", {"conditions": ("7",)}, 0, "plan.yaml:7: conditions: 7 is not in “打造200条”"),
        ("gdp", {"source": source("增长6%上下")}, 1, "“增长6%上下” does not stand in section 2.0"),
        ("works", {"source": ELSEWHERE}, 0, "the report has no paragraph 9 in section 2.1"),
        # A phrase cut off before its scale does not give the value.
        ("jobs", {"source": source("新增就业28", "2.1"), "value": "28"}, 1, "value 28 is not in"),
        # A value read from words must stand in the reading, and needs one.
        ("air", {"value": "41"}, 0, "“环境持续好转” carries no figure; the value 41 must"),
        ("air", {"reading": None}, 1, "carries no figure"),
        # Level with last year is no growth.
        ("budget", {"value": "1"}, 0, "carries no figure"),
        ("energy", {"value": "17"}, 0, "is 17, but “较2015年下降17%” says it the other way round"),
        ("gdp", {"value": "-6"}, 0, "says it the other way round"),
    ],
)
def test_what_a_target_says_and_its_report_does_not_is_a_problem(
    name: str, changes: dict[str, object], others: int, says: str
) -> None:
    first, *rest = checked(edited(COMPLETE, name, **changes))
    line = 1 + [entry.id for entry in TARGETS].index(name)
    assert first.startswith(f"plan.yaml:{line}: ")
    assert says in first
    assert len(rest) == others


@pytest.mark.parametrize(
    ("printed", "measure", "value", "comparator"),
    [
        ("增长6%左右", "rate", "6", "about"),
        ("约6%", "rate", "6", "about"),
        ("规模与上年持平", "rate", "0", "about"),
        ("超过26.5万元", "level", "265000", "above"),
        ("突破6%", "rate", "6", "above"),
        ("超6%", "rate", "6", "above"),
        ("产值破6万亿元", "level", "6000000000000", "above"),
        ("快于6%", "rate", "6", "above"),
        ("近6%", "rate", "6", "about"),
        ("控制在6%", "rate", "6", "at_most"),
        ("控制在6%左右", "rate", "6", "about"),
        ("力争6%", "rate", "6", "at_least"),
        ("稳定在6%", "level", "6", "at_least"),
        ("降至6%", "level", "6", "at_most"),
        ("翻番", "level", "2", "at_least"),
        ("低于5%", "level", "5", "below"),
        ("不低于5%", "level", "5", "at_least"),
        ("不超过5%", "level", "5", "at_most"),
        ("3.5%以内", "rate", "3.5", "at_most"),
        ("减到2860平方公里", "level", "2860", "at_most"),
        ("下降到45%以内", "level", "45", "at_most"),
        ("下降17%", "rate", "-17", "at_most"),
        ("按3%的幅度压减", "rate", "-3", "at_most"),
        ("下降3%左右", "rate", "-3", "about"),
        ("下降10%以上", "rate", "-10", "at_most"),
        ("下降10%以内", "rate", "-10", "at_least"),
        ("压减产能100吨", "count", "100", "at_least"),
        ("95%以上", "level", "95", "at_least"),
        ("不少于5000万元", "count", "50000000", "at_least"),
        ("提高到75%", "level", "75", "at_least"),
        ("达到12亿立方米", "count", "1200000000", "at_least"),
        ("打造200条", "count", "200", "at_least"),
        ("十大工程", "level", "10", "at_least"),
        ("与经济增长基本同步", "rate", None, "in_step_with"),
        ("完成2项工程", "stage", None, "done"),
    ],
)
def test_a_phrase_fits_one_comparator_and_no_other(
    printed: str, measure: str, value: str | None, comparator: str
) -> None:
    report = parse_report(f"二、任务\n{printed}。")
    for candidate in Comparator:
        entry = promise("it", printed, measure=measure, value=value, comparator=candidate)
        problems = [p for p in checked(plan_of(entry), report) if "the comparator is" in p]
        assert bool(problems) == (candidate != comparator), candidate


def test_a_baseline_must_stand_where_it_says() -> None:
    def based(printed: str, value: str) -> Plan:
        there = {"section": "1.0", "paragraph": 1, "printed": printed}
        return edited(
            COMPLETE, "gdp", baseline={"value": Decimal(value), "year": 2019, "source": there}
        )

    assert checked(based("增长6.2%左右", "6.2")) == []
    assert checked(based("分别下降4%和3%", "-3")) == []
    assert "the value 6.3 is not in “增长6.2%左右”" in only(checked(based("增长6.2%左右", "6.3")))
    assert "“增长6.3%” does not stand in" in only(checked(based("增长6.3%", "6.3")))


def test_a_no_promise_phrase_must_stand_there_and_carry_a_figure() -> None:
    more = (nothing("6G", "2.1"), nothing("街巷", "2.1"))
    problems = checked(plan_of(*TARGETS, no_promise=(*NOTHINGS, *more)))
    assert [problem.split(":")[1] for problem in problems] == ["1003", "1004"]
    assert "does not stand in" in problems[0]
    assert "carries no figure" in problems[1]


def accounts(plan: Plan, report: Report) -> list[tuple[str, str]]:
    """Each figure with the id of the target or the phrase of no_promise that claims it first."""
    claims = claims_of(plan, report)
    entries = {"targets": [t.id for t in plan.targets]}
    entries["no_promise"] = [entry.printed for entry in plan.no_promise]
    firsts = [
        (figure.text, claims.get(figure, [None])[0]) for figure in figures(report, plan.covers)
    ]
    return [(text, entries[c[0]][c[1]] if c else "") for text, c in firsts]


def test_every_figure_is_accounted_for_in_order() -> None:
    assert accounts(COMPLETE, REPORT) == [
        ("2020", "2020年"), ("6", "gdp"), ("3.5", "cpi"), ("5", "unemployment"),
        ("2015", "energy"), ("17", "energy"), ("200", "alleys"), ("28", "jobs"),
        ("5", "5G"), ("5", "5G"),
    ]  # fmt: skip


def test_a_figure_that_went_nowhere_has_no_claim() -> None:
    rest = plan_of(*TARGETS[1:], no_promise=NOTHINGS)
    assert accounts(rest, REPORT)[1] == ("6", "")


def test_the_plan_alone_lists_its_phrases_by_section_and_paragraph() -> None:
    late = promise("late", "x", "2.10")
    citations = cited(plan_of(late, *TARGETS, no_promise=NOTHINGS))
    places = [(source.section, source.paragraph) for source, _ in citations]
    assert places[0] == ("2.0", 0)
    assert places[-2:] == [("2.1", 3), ("2.10", 1)]
    assert len(citations) == 1 + len(TARGETS) + len(NOTHINGS)


@pytest.fixture(scope="module")
def report() -> Report:
    return read_report(real_report())


@pytest.fixture(scope="module")
def plan() -> Plan:
    return real_plan()


def blamed(plan: Plan, report: Report) -> set[int]:
    """The targets, by their position, that a check finds a problem in."""
    problems: tuple[Problem, ...] = check_report(plan, report, numbered(plan))
    return {problem.line - 1 for problem in problems if problem.file == "plan.yaml"}


def changed(plan: Plan, change: Callable[[Target], dict[str, object]]) -> Plan:
    targets = tuple(entry.model_copy(update=change(entry)) for entry in plan.targets)
    return plan.model_copy(update={"targets": targets})


def test_the_real_plan_is_complete_and_true_to_its_report(plan: Plan, report: Report) -> None:
    lines = read_plan(PLAN_FILE).lines
    problems = check_report(plan, report, lines, file=str(REPORT_FILE))
    assert [f"{problem.file}:{problem.line}: {problem.text}" for problem in problems] == []


def test_every_figure_of_the_real_report_went_somewhere(plan: Plan, report: Report) -> None:
    problems = accounts(plan, report)
    assert len(problems) == len(figures(report, plan.covers)) > 70
    assert all(entry for _, entry in problems)


def test_removing_any_figured_entry_of_the_real_plan_is_noticed(plan: Plan, report: Report) -> None:
    figured = {entry for _, entry in accounts(plan, report)} & plan.by_id.keys()
    assert len(figured) > 50
    for key, entries in (("targets", plan.targets), ("no_promise", plan.no_promise)):
        for entry in entries:
            if getattr(entry, "id", None) in {*figured, None}:
                rest = tuple(other for other in entries if other is not entry)
                assert check_report(plan.model_copy(update={key: rest}), report, Lines()), entry


@pytest.mark.parametrize(
    "change",
    [lambda v: v + 1, lambda v: v - Decimal("0.1"), lambda v: v * 10 + 10, lambda v: -v or 1],
    ids=["one more", "a tenth less", "ten times", "the other way round"],
)
def test_changing_any_value_of_the_real_plan_is_noticed(
    plan: Plan, report: Report, change: Callable[[Decimal], Decimal]
) -> None:
    wrong = changed(plan, lambda t: {} if t.value is None else {"value": change(t.value)})
    valued = {n for n, entry in enumerate(plan.targets) if entry.value is not None}
    assert valued <= blamed(wrong, report)


@pytest.mark.parametrize("comparator", list(Comparator))
def test_another_comparator_is_noticed(plan: Plan, report: Report, comparator: Comparator) -> None:
    wrong = changed(plan, lambda _: {"comparator": comparator})
    # A promise without any number or comparing word (pm25) is compared as its reading says.
    entries = enumerate(plan.targets)
    other = {
        n
        for n, entry in entries
        if entry.comparator != comparator
        and entry.id != "pm25"
        and not read_otherwise(entry.model_copy(update={"comparator": comparator}))
    }
    assert len(other) > len(plan.targets) / 3
    assert other <= blamed(wrong, report)


def test_changing_any_baseline_of_the_real_plan_is_noticed(plan: Plan, report: Report) -> None:
    def raised(entry: Target) -> dict[str, object]:
        if entry.baseline is None:
            return {}
        more = {"value": entry.baseline.value + 1}
        return {"baseline": entry.baseline.model_copy(update=more)}

    based = {n for n, entry in enumerate(plan.targets) if entry.baseline is not None}
    assert based
    assert based <= blamed(changed(plan, raised), report)


CHANGE = {
    "known_on": date(2020, 12, 22),
    "comparator": "above",
    "value": Decimal(0),
    "by": {"zh": "市人大常委会", "en": "the standing committee"},
    "printed": "高于0",
}


def test_the_proof_knows_the_phrase_of_the_report_and_that_of_the_change() -> None:
    assert checked(edited(COMPLETE, "gdp", amended=CHANGE)) == []
    assert only(checked(edited(COMPLETE, "gdp", amended={**CHANGE, "printed": "高于1"}))) == (
        "plan.yaml:1: the value 0 is not in “高于1”"
    )
    assert only(checked(edited(COMPLETE, "gdp", amended={**CHANGE, "printed": "0以上"}))) == (
        "plan.yaml:1: the comparator is above, but “0以上” is worded as at_least"
    )
    first, *_ = checked(edited(COMPLETE, "gdp", amended=CHANGE, value="7"))
    assert first == "plan.yaml:1: the value 7 is not in “增长6%左右”"


def test_the_figures_that_went_nowhere_are_listed_first() -> None:
    rest = plan_of(*TARGETS[1:], no_promise=NOTHINGS)
    phrasebook = Phrasebook(rest, EN)
    first, *others = citations(phrasebook, "#{}".format, report=REPORT)
    assert (first.name, len(first.citations)) == ("Figures that nothing accounts for", 1)
    assert first.citations[0].printed == "增长6%左右"
    assert sum(len(section.citations) for section in others) == len(figures(REPORT, ("2",))) - 1 + 3
    assert coverage(phrasebook, REPORT).endswith("10 stand there; not accounted for: 1.")


def test_what_is_read_otherwise_than_worded_is_shown_so() -> None:
    reading = Text(zh="理解为不低于5%。", en="Read as at least 5%.")
    entry = promise("gdp", "增长5%左右", value="5", comparator="at_least", reading=reading)
    [section] = citations(Phrasebook(plan_of(entry), EN), "#{}".format)
    assert section.citations[0].text == "gdp (read otherwise than worded: Read as at least 5%.)"
