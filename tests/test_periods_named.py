"""Periods as people write them, in both languages."""

import pytest

from mubiao.i18n import CODES, language
from mubiao.period import Period
from mubiao.wording.periods import period_label, period_meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020-01..2020-07", "2020-01..2020-07"),
        (" ２０２０-Ｑ３ ", "2020-Q3"),
        ("2019-12", "2019-12"),  # another year is only named by its form
        ("2020-q3", "2020-Q3"),
        ("January–July", "2020-01..2020-07"),
        ("january - july 2020", "2020-01..2020-07"),
        ("March", "2020-03"),
        ("the first half", "2020-H1"),
        ("First half of 2020", "2020-H1"),
        ("January–June", "2020-H1"),
        ("The first three quarters", "2020-01..2020-09"),
        ("January–September", "2020-01..2020-09"),
        ("full year 2020", "2020"),
        ("1-7月", "2020-01..2020-07"),
        ("１—７月", "2020-01..2020-07"),
        ("1～7月", "2020-01..2020-07"),
        ("1至7月", "2020-01..2020-07"),
        ("2020年1到7月", "2020-01..2020-07"),
        ("3月", "2020-03"),
        ("上半年", "2020-H1"),
        ("1-6月", "2020-H1"),
        ("前三季度", "2020-01..2020-09"),
        ("2020年二季度", "2020-Q2"),
        ("全年", "2020"),
        ("第一季度", "2020-Q1"),
        ("1季度", "2020-Q1"),
        ("2020年第3季度", "2020-Q3"),
        ("1-7月份", "2020-01..2020-07"),
        ("1月至7月", "2020-01..2020-07"),
        ("1月-7月", "2020-01..2020-07"),
        ("2020年", "2020"),
        ("2020年度", "2020"),
        ("2020上半年", "2020-H1"),
        ("H1", "2020-H1"),
        ("2020 Q3", "2020-Q3"),
        ("Jan–Jul", "2020-01..2020-07"),
        ("Jan. to Sept. 2020", "2020-01..2020-09"),
        ("January to July", "2020-01..2020-07"),
        ("the third quarter of 2020", "2020-Q3"),
        ("4 August 2020", "2020-08-04"),
        ("as at 4 Aug 2020", "2020-08-04"),
        ("6月30日", "2020-06-30"),
        ("2020年6月30日", "2020-06-30"),
        ("as at 30 June 2019 (2019-06-30)", "2019-06-30"),
    ],
)
def test_a_name_means_its_period(written: str, meant: str) -> None:
    assert period_meant(written, 2020) == meant


@pytest.mark.parametrize(
    "written", ["", "soon", "13月", "7-1月", "2020-13", "2019年3月", "31 June", "(soon)"]
)
def test_what_names_no_period_is_given_back(written: str) -> None:
    assert period_meant(written, 2020) == written


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "form",
    ["2020", "2020-H1", "2020-Q3", "2020-03", "2020-01..2020-09", "2020-02..2020-05", "2020-06-30"],
)
def test_what_a_list_shows_can_be_typed(code: str, form: str) -> None:
    """The list of periods offers the typed words first, even where they are an entry's own."""
    label, name = period_label(language(code), form), language(code).period(Period.parse(form))
    assert label == f"{name} ({form})"
    assert period_meant(label, 2020) == form
    assert period_meant(name, 2020) == form


def test_the_label_of_what_is_no_period_is_itself() -> None:
    assert period_label(language("en"), "soon") == "soon"
