"""How long the Excel report takes, for a page's visitor who waits for it."""

from datetime import date

from mubiao.exports.workbook.report import workbook
from tests.benchmarks.result import Results
from tests.briefings import JULY, december, full_year, july, seen
from tests.real import real_plan


def test_the_report_as_a_workbook_in_both_languages(results: Results) -> None:
    plan, part, whole = real_plan(), seen(JULY), seen(date(2021, 1, 31), full_year())
    few = [july(code) for code in ("zh", "en")]
    many = [december(code) for code in ("zh", "en")]
    some, all_ = results.medians(
        5, lambda: workbook(plan, part, few), lambda: workbook(plan, whole, many)
    )
    results.add("the Excel report of July, both languages", some, aim=1000)
    results.hold("... with a figure for everything", all_, "ms", most=5000)
