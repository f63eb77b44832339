"""A report's text drafted into a plan: what each figure is, how it is read, and the plan's file."""

from collections.abc import Mapping
from pathlib import Path

import orjson
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from yaml import safe_load

from mubiao.i18n import language
from mubiao.plan.loader import open_reviews, read_plan
from mubiao.report.completeness import check_report, claims_of
from mubiao.report.drafting import Draft, Drafted, draft_of
from mubiao.report.planfile import plan_text
from mubiao.report.scope import delivered, place_name, scope_of
from mubiao.report.text import parse_report
from tests.commands import done, run, write
from tests.real import real_plan, real_report

LABELS = Path(__file__).parent / "data" / "figures"

# Made-up sentences in the manner of many reports. Behind each, for its figures in order:
# n for nothing, c for a condition, or value, unit and comparator (and the upper end of a range).
SENTENCES = [
    tuple(line.split("\t"))
    for line in (LABELS / "sentences.tsv").read_text(encoding="utf-8").splitlines()
]


def report_of(sentence: str) -> str:
    return f"一、2025年工作回顾\n增长6.1%。\n二、2026年工作安排\n{sentence}。"


def draft(text: str, year: int | None = None) -> Draft:
    made = draft_of(text, year)
    assert made is not None
    return made


def figures_of(text: str, year: int | None = None) -> list[Drafted]:
    """The figures of the parts with the year's promises."""
    made = draft(text, year)
    return [figure for figure in made.figures if made.scope.covers(figure.section)]


def read(figure: Drafted) -> str:
    if figure.wording is None:
        return str(figure.promise)[0]
    wording = figure.wording
    texts = [f"{wording.value.normalize():f}", wording.unit, str(wording.comparator)]
    return " ".join([*texts, *([str(wording.upper)] if wording.upper is not None else [])])


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_each_figure_is_read_as_a_person_reads_it(sentence: str, expected: str) -> None:
    figures = figures_of(report_of(sentence))[1:]
    assert "; ".join(map(read, figures)) == expected


@pytest.mark.parametrize("width", [1, 7, 60])
def test_the_drafted_plan_is_complete_but_for_its_reviews(width: int, tmp_path: Path) -> None:
    aims = "今年主要预期目标是：经济增长5%左右、居民收入与经济增长同步"
    sentences = [aims, *(sentence for sentence, _ in SENTENCES)]
    paragraphs = ["。".join(sentences[n : n + width]) for n in range(0, len(sentences), width)]
    made = draft(report_of("。\n".join(paragraphs)))
    file = read_plan(write(tmp_path / "plan.yaml", plan_text(made, "sample-2026", both)))
    assert file.plan is not None, [problem.text for problem in file.problems]
    assert [p.text for p in check_report(file.plan, made.report, file.lines)] == []
    assert len(list(open_reviews(file.plan))) == len(file.plan.targets)
    assert [t.in_step_with for t in file.plan.targets if t.in_step_with] == ["p2-0-1-1"]
    # Nearly every promise has a phrase that cites it alone.
    promised = sum(figure.wording is not None for figure in made.figures)
    assert len(file.plan.targets) > 0.98 * promised


def both(msgid: str) -> Mapping[str, str]:
    return {code: language(code).t(msgid) for code in ("zh", "en")}


@pytest.mark.parametrize(
    ("headings", "year", "parts"),
    [
        (["一、2025年工作回顾", "二、2026年工作安排"], 2026, "2"),
        (["一、2025年主要成绩", "二、奋力实现“十五五”良好开局", "三、2026年任务"], 2026, "3"),
        (["一、2025年工作回顾", "二、总体要求", "三、努力实现“十五五”良好开局"], 2026, "2 3"),
        (["一、2019年和今年以来工作回顾", "二、今年主要目标", "三、稳就业"], 2026, "2 3"),
        (["一、过去五年工作回顾", "二、今后五年的奋斗目标", "三、2023年重点工作"], 2023, "3"),
        (
            ["一、2023年工作回顾", "二、2024年总体要求和政策取向", "三、2024年政府工作任务"],
            2024,
            "2 3",
        ),
        (
            ["2025年工作回顾", "“十五五”时期主要目标", "2026年重点任务", "加强政府自身建设"],
            2026,
            "3 4",
        ),
        (["一、去年工作回顾", "二、今年主要任务", "三、切实加强政府自身建设"], 2026, "2 3"),
        (["关于2025年的工作", "关于2026年的工作"], 2026, "2"),
        (["一、二○○五年工作回顾", "二、二〇〇六年工作"], 2006, "2"),
        (["第一部分 “十四五”时期发展成就", "第二部分 2026年工作建议"], 2026, "2"),
        (["今年工作的总体要求是：", "一、扩大内需", "二、加强农业"], 2026, "0 1 2"),
    ],
)
def test_the_parts_of_the_year_are_found_by_their_headings(
    headings: list[str], year: int, parts: str
) -> None:
    text = "\n".join(
        ["——2026年1月20日", *(f"{heading}\n增长{n}%。" for n, heading in enumerate(headings))]
    )
    scope = scope_of(text, parse_report(text))
    assert scope is not None
    assert (scope.year, " ".join(scope.parts)) == (year, parts)


def test_without_such_headings_the_promises_begin_with_the_aims() -> None:
    text = "去年增长6%。\n今年的主要预期目标是：增长5%左右。\n新建绿道10公里。"
    assert [read(figure) for figure in figures_of(text, 2026)] == [
        "n", "5 % about", "10 公里 at_least",
    ]  # fmt: skip
    # The year behind may be named before that of the aims.
    text = text.replace("今年的", "在2025年基础上，2026年的").replace("去年", "")
    figures = [read(figure) for figure in figures_of(text, 2026)]
    assert (figures[0], figures[-2:]) == ("n", ["5 % about", "10 公里 at_least"])
    # A text without any of that is taken whole, once its year is known.
    assert [read(figure) for figure in figures_of("供电45亿千瓦时。", 2026)] == [
        "4500000000 千瓦时 at_least"
    ]
    assert scope_of("Dear colleague", parse_report("Dear colleague")) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("力争2027年建成绿道300公里，今年建成100公里", "n; n; 100 公里 at_least"),
        ("用三年时间改造管网3000公里", "n"),
        ("实施《三年行动计划（2026—2028年）》，新建绿道10公里", "n; n; 10 公里 at_least"),
        ("到二○三○年，建成绿道300公里", "n"),
        ("到2026年底，建成绿道10公里", "n; 10 公里 at_least"),
    ],
)
def test_goals_of_later_years_are_told_from_those_of_the_year(sentence: str, expected: str) -> None:
    assert "; ".join(map(read, figures_of(report_of(sentence))[1:])) == expected


def test_one_figure_for_several_makes_a_target_of_each(tmp_path: Path) -> None:
    cases = {
        "二氧化硫、氮氧化物排放量均下降3%": "二氧化硫 氮氧化物排放量",
        "新建省实验室、中试平台各20家": "新建省实验室 中试平台",
        "进出口总额和外资均增长5%左右、力争6%": "进出口总额 外资",
        "民间投资均衡增长5%": "民间投资均衡增长",
    }
    for sentence, names in cases.items():
        text = report_of(sentence)
        file = read_plan(write(tmp_path / "plan.yaml", plan_text(draft(text), "x", both)))
        assert file.plan
        assert check_report(file.plan, parse_report(text), file.lines) == (), sentence
        assert " ".join(target.name.zh for target in file.plan.targets) == names


def test_what_is_listed_has_a_target_each_though_none_has_a_figure() -> None:
    aims = "主要预期目标是：经济增长5%左右，空气、土壤、林木等指标达到国家要求，收入与经济增长同步"
    data = safe_load(plan_text(draft(report_of(aims)), "x", both))
    assert [target["name"]["zh"] for target in data["targets"]] == [
        *("经济增长", "空气达到国家要求", "土壤达到国家要求", "林木等指标达到国家要求"),
        "收入与经济增长同步",
    ]


def test_a_figure_is_named_by_what_it_measures() -> None:
    names = {
        "城镇新增就业45万人以上": "城镇新增就业",
        "打通50条断头路": "打通断头路",
        "养老金人均提高9元": "养老金人均",
        "一般公共预算收入增长4%左右": "一般公共预算收入增长",
        "城镇、农村居民收入分别增长5%和6%": "城镇",
        "新建和更新40处邻里球场": "新建和更新邻里球场",
        "整治南湖等9个片区的街面": "整治片区的街面",
        "利用屋顶、边角地等建设3万个苗圃": "建设苗圃",
        "在老城片区新建30个食堂": "新建食堂",
        "新增60条“慢行水岸”步道": "新增“慢行水岸”步道",
        "县级医院50%的夜间门诊号": "县级医院夜间门诊号",
        "新增处理能力日均900吨": "新增处理能力",
        "改造60个站点和70个学校": "改造站点",
        "一是改造老旧小区100个": "改造老旧小区",
        "二是新增普惠托位2000个": "新增普惠托位",
    }
    last = {
        "新增“乙号”服务20项、“甲号”应用30项": "“甲号”应用",
        "新增100处路灯联网、累计达900处": "路灯联网",
        "引进外地资金5亿元，增长8%": "引进外地资金",
        "办好实事。\n3.新增停车位2万个": "新增停车位",
    }
    for sentence, name in last.items():
        assert figures_of(report_of(sentence))[-1].indicator == name
    for sentence, name in names.items():
        assert figures_of(report_of(sentence))[1].indicator == name


def test_what_an_actual_will_be_follows_from_what_is_promised() -> None:
    cases = {
        "钢材产量稳定在20万吨左右": "count higher",
        "烟尘浓度控制在20微克/立方米左右": "rate lower",
        "食品价格涨幅3%左右": "rate neither",
        "新增30处路灯、累计达90处": "level None",
        "新增累计达标路灯30处": "count None",
    }
    for sentence, expected in cases.items():
        data = safe_load(plan_text(draft(report_of(sentence)), "x", both))
        last = data["targets"][-1]
        assert f"{last['measure']} {last.get('better')}" == expected, sentence


def test_what_is_striven_for_beyond_a_promise_is_its_stretch(tmp_path: Path) -> None:
    cases = {
        "财政收入增长3%以上、力争4%": "3 4 增长3%以上、力争4%",
        "单位能耗下降3%、力争4%": "-3 -4 下降3%、力争4%",
        "财政收入增长3%左右，力争达到4%": "3 4 增长3%左右，力争达到4%",
        "财政收入增长3%以上、税收增长4%": "4 None 增长4%",
        "力争财政收入增长3%、支出增长4%": "4 None 增长4%",
        "新增路灯300盏，力争400万元": "4000000 None 力争400万元",
    }
    for sentence, expected in cases.items():
        text = report_of(sentence)
        path = write(tmp_path / "plan.yaml", plan_text(draft(text), "x", both))
        file = read_plan(path)
        assert file.plan
        assert check_report(file.plan, parse_report(text), file.lines) == (), sentence
        last = file.plan.targets[-1]
        assert f"{last.value} {last.stretch} {last.source.printed}" == expected


def test_the_head_says_place_and_day() -> None:
    head = "政府工作报告\n——2026年1月25日在海南省第七届人民代表大会第五次会议上\n省长 某某"
    assert (place_name(head), str(delivered(head, 2026))) == ("海南省", "2026-01-25")
    assert (place_name("政府工作报告"), str(delivered("政府工作报告", 2026))) == (
        "全国",
        "2026-01-01",
    )


def test_a_figure_of_the_document_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    report = write(tmp_path / "r.txt", "\n" + report_of("　供电450亿千瓦时，增长4%-5%"))
    figures = orjson.loads(done("draft", report, "--json", "--lang", "en"))
    assert [list(figure) for figure in figures] == [
        ["line", "offset", "token", "section", "promise", "value", "upper", "unit", "comparator",
         "indicator", "reason"],
    ] * 6  # fmt: skip
    assert [figure["promise"] for figure in figures] == ["no"] * 3 + ["value", "value", "condition"]
    power, growth = figures[3:5]
    assert (power["line"], power["offset"], power["token"]) == (3, 2, "450")
    assert (power["value"], power["unit"]) == (45_000_000_000, "千瓦时")
    assert (growth["value"], growth["upper"], growth["comparator"]) == (4, 5, "between")
    assert figures[0]["reason"] == "outside the part with the year’s promises"


def test_a_word_file_is_read_like_a_text(tmp_path: Path) -> None:
    text = report_of("新建绿道10公里")
    expected = done("draft", write(tmp_path / "r.txt", text), "--lang", "zh")
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "r.docx"))
    assert done("draft", tmp_path / "r.docx", "--lang", "zh") == expected
    assert "新建绿道" in expected
    rows = document.add_table(2, 3)
    for row, cells in zip(rows.rows, (("新增就业", "5万人"), ("植树", "30万亩")), strict=True):
        row.cells[0].merge(row.cells[1]).text, row.cells[2].text = cells
    document.save(str(tmp_path / "t.docx"))
    figures = orjson.loads(done("draft", tmp_path / "t.docx", "--json"))[-2:]
    assert [(f["line"], f["value"], f["indicator"]) for f in figures] == [
        (4, 50_000, "新增就业"), (5, 300_000, "植树"),
    ]  # fmt: skip
    broken = tmp_path / "broken.docx"
    broken.write_bytes((tmp_path / "r.docx").read_bytes()[:500])
    result = run("draft", broken, "--lang", "en")
    assert (result.exit_code, "no Word file or is damaged" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Council plan 2025: at least 1,200 homes.", "in Chinese alone"),
        ("各位同事", "of the text"),
        ("一、2025年工作回顾\n二、2026年工作\n多建设。", "of the text"),
    ],
)
def test_a_text_that_promises_nothing_is_refused(text: str, expected: str, tmp_path: Path) -> None:
    result = run("draft", write(tmp_path / "r.txt", text), "--lang", "en")
    assert result.exit_code == 1
    assert expected in result.stderr


@pytest.mark.parametrize("year", [2020, 2025, 2026])
def test_the_figures_of_a_real_report_are_read_as_a_person_labelled_them(year: int) -> None:
    """The share of promises found and fully right, and of what is found without being promised.

    The labels of 2025 and 2026 were written before the rules; those of 2020 are the shipped plan.
    """
    text = real_report(year).read_text("utf-8-sig")
    figures = {place(text, figure): read(figure) for figure in figures_of(text)}
    labels = plan_labels(text) if year == 2020 else file_labels(year)
    promised = {key: label for key, label in labels.items() if label not in ("n", "c")}
    right = sum(figures.get(key) == label for key, label in promised.items())
    false = [key for key, label in labels.items() if label in ("n", "c") and len(figures[key]) > 1]
    assert len(promised) > 40
    assert right >= 0.97 * len(promised)
    assert len(false) <= 0.03 * len(promised)


def place(text: str, figure: Drafted) -> tuple[int, int]:
    """The line, counting those with text from 0, and the characters before it there."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return lines.index(figure.line), figure.context.number.start


def file_labels(year: int) -> dict[tuple[int, int], str]:
    """What a person says of each figure: line, offset, and n, c or value, unit and comparator."""
    rows = (LABELS / f"beijing-{year}.txt").read_text("utf-8").splitlines()
    parts = (row.split(maxsplit=1) for row in rows)
    return {(int(key.split(",")[0]), int(key.split(",")[1])): label for key, label in parts}


def plan_labels(text: str) -> dict[tuple[int, int], str]:
    """The same of the shipped plan: its values are promises, what promises nothing is n."""
    plan, report, labels = real_plan(), parse_report(text), {}
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for figure, [(kind, position)] in claims_of(plan, report).items():
        key = lines.index(report[figure.section, figure.paragraph].line), figure.start
        if kind == "no_promise":
            labels[key] = "n"
        elif abs((entry := plan.targets[position]).value or 0) == figure.value:
            unit = plan.units[str(entry.unit)].zh
            labels[key] = f"{(entry.value or 0).normalize():f} {unit} {entry.comparator}"
    return labels


TEXTS = st.text(
    "一二十百万亿年月日个元%3570.-—至到由提高下降分之翻番倍成（）“”《》，。、：前同步目标今\n",
    max_size=80,
)


@given(TEXTS)
def test_any_text_is_drafted_and_every_figure_has_its_place(text: str) -> None:
    made = draft(f"二、2026年工作目标\n{text}\n增长5%。", 2026)
    plan = safe_load(plan_text(made, "sample-2026", both))
    assert plan["targets"]
    entries = [*(entry["source"] for entry in plan["targets"]), *plan.get("no_promise", ())]
    for entry in entries:
        paragraph = made.report[entry["section"], entry["paragraph"]].text
        assert str(entry["printed"]) in paragraph
