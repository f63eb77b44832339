"""Tables whose cells are figures, headers of two lines, units in headers, rows of totals."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.i18n import language
from mubiao.problems import Refused
from mubiao.proposal.rows import Outcome
from mubiao.spreadsheet import sheets
from mubiao.spreadsheet.importing import Import
from tests.samples import EN
from tests.sheets import imported, outcomes, wrong, xlsx

KNOWN = date(2020, 12, 20)


def figures(proposal: Import) -> list[tuple[str, str, str, str]]:
    """The place, target, period and value of each figure."""
    return [
        (str(row.place), row.figure.target, row.figure.period.text, format(row.figure.value, "f"))
        for row in proposal.rows
        if row.figure
    ]


GDP = [
    ("B2", "gdp", "2020-Q1", "6.6"),
    ("C2", "gdp", "2020-H1", "6.2"),
    ("D2", "gdp", "2020-01..2020-09", "6.1"),
]


@pytest.mark.parametrize(
    "header",
    [
        ["target", "2020-Q1", "2020-H1", "2020-01..2020-09", "known_on"],
        ["指标", "一季度", "上半年", "前三季度", "公布日"],
        [None, "1-3月", "1-6月", "1-9月", "公布日期"],
        ["指标名称", "2020年一季度", "2020年上半年", "2020年1-9月", "发布日期", "备注", "合计"],
    ],
)
def test_a_column_a_period_is_read_cell_by_cell(header: list[object]) -> None:
    proposal = imported(xlsx(header, ["gdp", 6.6, 6.2, 6.1, KNOWN]))
    assert figures(proposal) == GDP
    assert "Read with a column for each period: figures: 3" in proposal.reading_notes(EN)


def test_a_header_of_days_names_the_months_that_it_shows() -> None:
    def formatted(sheet: Worksheet) -> None:
        for at, form in (("B1", "mmm-yy"), ("C1", 'yyyy"年"m"月"'), ("D1", 'm"月"')):
            sheet[at].number_format = form

    header = ["target", date(2020, 4, 1), date(2020, 5, 1), date(2020, 6, 1), "known_on"]
    proposal = imported(xlsx(header, ["gdp", 6.6, 6.2, 6.1, KNOWN], edit=formatted))
    assert [row[2] for row in figures(proposal)] == ["2020-04", "2020-05", "2020-06-01"]
    assert outcomes(proposal)[Outcome.ASK] == [proposal.rows[2].place]


def test_a_text_file_is_read_so_too_and_empty_cells_are_nothing() -> None:
    text = "target,1-3月,1-6月,known_on\ngdp,6.6,,2020-12-20\njobs,,15万,2020-12-20\n"
    assert figures(imported(text, name="a.csv")) == [
        ("B2", "gdp", "2020-Q1", "6.6"),
        ("C3", "jobs", "2020-H1", "150000"),
    ]


@pytest.mark.parametrize("corner", ["月份", "期间", None])
def test_a_column_a_target_has_a_row_a_period(corner: str | None) -> None:
    proposal = imported(
        xlsx(
            [corner, "gdp", "jobs", "公布日"],
            ["1-3月", 6.6, 50000, KNOWN],
            ["1-6月", 6.2, "15万", KNOWN],
            ["合计", 12.8, 200000, KNOWN],
        )
    )
    assert figures(proposal) == [
        ("B2", "gdp", "2020-Q1", "6.6"),
        ("C2", "jobs", "2020-Q1", "50000"),
        ("B3", "gdp", "2020-H1", "6.2"),
        ("C3", "jobs", "2020-H1", "150000"),
    ]
    assert [(place, "sums up" in reason) for place, _, reason in wrong(proposal)] == [
        ("A4", True),
        ("A4", True),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (["指标", "2020年", None, None, "公布日"], [None, "一季度", "上半年", "1-9月"]),
        (["指标", "实际值", None, None, "公布日"], [None, "一季度", "上半年", "1-9月"]),
        (["指标", "2020", None, None, "公布日"], ["", "Q1", "H1", "1-9月", ""]),
        (["项目", *["2020年"] * 3, "公布日"], [None, "1-3月", "上半年", "前三季度", None]),
    ],
)
def test_a_header_of_two_lines_is_read_as_one(lines: Sequence[list[object]]) -> None:
    proposal = imported(xlsx(*lines, ["gdp", 6.6, 6.2, 6.1, KNOWN]))
    assert figures(proposal) == [(f"{place[0]}3", *rest) for place, *rest in GDP]


@pytest.mark.parametrize(
    "below", [["目标", "实际", "目标", "实际"], ["增速", "绝对量", "增速", "绝对量"]]
)
def test_of_a_targets_and_an_actuals_column_below_a_period_the_actuals_are_read(
    below: list[object],
) -> None:
    content = xlsx(
        ["指标", "公布日", "一季度", None, "上半年", None],
        [None, None, *below],
        ["gdp", KNOWN, 6, -6.6, 6, -3.2],
    )
    assert [row[3] for row in figures(imported(content))] == ["-6.6", "-3.2"]


def test_the_columns_of_a_figure_may_stand_in_two_lines() -> None:
    lines = (["指标", "完成情况", None, "公布日"], [None, "期间", "实际值"])
    assert figures(imported(xlsx(*lines, ["gdp", "上半年", 6.2, KNOWN]))) == [
        ("3", "gdp", "2020-H1", "6.2")
    ]


@pytest.mark.parametrize(
    ("above", "value", "read", "asks"),
    [
        ([], "数值（人）", "15", False),
        ([], "数值（万人）", "150000", True),
        ([], "实际值/万人", "150000", True),
        ([], "数值（%）", "15", True),
        ([["单位：万人"]], "数值", "150000", True),
        ([["单位：人"]], "数值", "15", False),
        ([["(Unit: 10,000 people)"]], "数值", "15", True),
        ([], "数值（2020）", "15", True),
        ([["目标完成情况", None, "计量单位:万人"]], "实际值", "150000", True),
    ],
)
def test_a_unit_in_the_header_that_is_not_the_targets_is_asked(
    above: list[list[object]], value: str, read: str, *, asks: bool
) -> None:
    proposal = imported(
        xlsx(*above, ["指标", "时期", value, "公布日"], ["jobs", "上半年", 15, KNOWN])
    )
    assert [row[3] for row in figures(proposal)] == [read]
    assert any("the file says" in p.text for p in proposal.rows[0].candidate.doubts) is asks


def test_a_unit_below_the_header_is_none_of_its_rows() -> None:
    head = (["指标", "时期", "数值", "公布日"], [None, None, "（人）", None])
    assert figures(imported(xlsx(*head, ["jobs", "上半年", 15, KNOWN])))[0][0] == "3"


@pytest.mark.parametrize("name", ["合计", "总计", "Total"])
def test_a_total_says_that_it_is_one(name: str) -> None:
    rows = (["target", "period", "value", "known_on"], [name, "2020-H1", 5, KNOWN])
    [(place, column, reason)] = wrong(imported(xlsx(*rows)))
    assert (place, column) == ("A2", "target")
    assert "totals are not recorded" in reason


@pytest.mark.parametrize(
    ("header", "word"),
    [
        (["target", "2020-04", "2020-05"], "a column for each period (2020-04, 2020-05)"),
        (["period", "gdp", "jobs"], "a column for each target (gdp, jobs)"),
        (["target", "value"], "column “Period” is missing; add it"),
        (["月份", "实际值", "公布日"], "column “Target id” is missing; add it"),
        (["项目", "本月", "本月累计"], "lacks the columns: Period, Value, Known on; it has others"),
        (
            ["指标", "单位", "本期", "同比±%"],
            "has others: 本期, 同比±%. Write one row for each figure",
        ),
    ],
)
def test_what_is_missing_is_said_for_the_kind_of_table(header: list[object], word: str) -> None:
    with pytest.raises(Refused) as caught:
        imported(xlsx(header, ["gdp", 6.6, 6.2]))
    assert word in str(caught.value)


@pytest.mark.parametrize(
    "header",
    [
        ["项目", "本月", "累计"],
        ["指标", "时期", "数值"],
        ["指标", "4月", "5月"],
        ["月份", "gdp", "jobs"],
        ["指标", "时期", "值", "值"],
        ["甲", "乙"],
    ],
)
def test_what_a_header_lacks_is_said_in_the_words_of_its_reader(header: list[object]) -> None:
    with pytest.raises(Refused) as caught:
        imported(xlsx(header, ["gdp", 6.6, 6.2]))
    for problem in caught.value.problems:
        text = language("zh").problem(problem)
        assert not re.search("known_on|target|period|value|Known on", text), text


def test_figures_are_counted_as_rows_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mubiao.spreadsheet.table.MAX_ROWS", 5)
    header = ["target", *(f"2020-{month:02}" for month in range(1, 7)), "known_on"]
    with pytest.raises(Refused, match=f"more than {sheets.MAX_ROWS} rows"):
        imported(xlsx(header, ["gdp", *range(1, 7), KNOWN]))
