"""The address of a page: what it says, and what goes along to another page."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from mubiao.model import Status
from mubiao.ui.shell import markup
from mubiao.ui.shell.address import Address

texts = st.text(min_size=1, max_size=12)


@given(st.dictionaries(texts, texts, max_size=5))
def test_a_link_keeps_its_choices_whatever_they_say(choices: dict[str, str]) -> None:
    split = urlsplit(markup.href("target", choices))
    assert split.path == "target"
    assert dict(parse_qsl(split.query, strict_parsing=bool(choices))) == choices


def test_a_link_without_choices_is_the_page_alone() -> None:
    assert markup.href("sources", {}) == "sources"


def address_script() -> None:
    """What a page sees of the address, left where the test finds it."""
    import streamlit  # noqa: PLC0415 - AppTest runs the body alone

    from mubiao.ui.shell import address as module  # noqa: PLC0415 - as above

    streamlit.session_state["read"] = module.read()
    streamlit.session_state["kept"] = module.carried(target="cpi")
    module.write("plan", "")
    module.write("lang", "zh")


def visited(**asked: str) -> AppTest:
    app = AppTest.from_function(address_script)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


TEXTS = {
    "plan": "beijing-2020",
    "lang": "en",
    "target": "gdp",
    "section": "2.5",
    "by": "section",
    "view": "one",
    "month": "2020-06",
    "person": "Li Wei",
    "slide": "target-cpi",
    "item": "new-jobs",
    "theme": "dark",
}


def test_the_address_is_read_and_goes_along_to_another_page() -> None:
    app = visited(
        **TEXTS,
        as_of="2020-07-31",
        status="missed,at_risk",
        q="大气 air",
        correct="12",
        owner="transport",
        tab="overdue",
        add="cpi,new-jobs",
        open="2.5,2.7",
        columns="1",
        look="cards",
        to="2020-07-30",
        rows="200",
        since="2020-06-30",
        meeting="3",
        every="20",
        **{"from": "2020-07-01"},
    )
    assert app.session_state["read"] == Address(
        **TEXTS,
        as_of=date(2020, 7, 31),
        statuses=(Status.AT_RISK, Status.MISSED),
        search="大气 air",
        correct=12,
        owner="transport",
        tab="overdue",
        added=("cpi", "new-jobs"),
        opened=("2.5", "2.7"),
        columns=True,
        look="cards",
        appendix=False,
        first=date(2020, 7, 1),
        last=date(2020, 7, 30),
        rows=200,
        since=date(2020, 6, 30),
        meeting=3,
        every=20,
    )
    along = {name: TEXTS[name] for name in ("plan", "lang", "view", "month", "theme")}
    numbers = {"as_of": "2020-07-31", "meeting": "3", "every": "20"}
    assert app.session_state["kept"] == along | numbers | {"target": "cpi"}
    assert "plan" not in app.query_params
    assert app.query_params["lang"] == "zh"


@pytest.mark.parametrize(
    ("correct", "as_of"),
    [
        ("-1", "2020-02-30"),
        ("1.5", "yesterday"),
        ("٣", "0001-01-01"),
        ("9" * 5000, "9999-12-31"),
        ("x", ""),
    ],
    ids=["negative", "fraction", "other digits", "thousands of digits", "text"],
)
def test_what_the_address_cannot_mean_is_passed_over(correct: str, as_of: str) -> None:
    app = visited(as_of=as_of, correct=correct, status="red,,missed", lang="fr")
    read = app.session_state["read"]
    assert (read.as_of, read.correct, read.statuses) == (None, None, (Status.MISSED,))
    assert read.lang in ("zh", "en")


@pytest.mark.parametrize("sign", ["\u202e", "\n", "\x00"])
def test_a_text_of_the_address_is_clean_or_none(sign: str) -> None:
    read: Address = visited(q=f"gdp{sign}", person="Li\u200b Wei").session_state["read"]
    assert (read.search, read.person) == ("gdp" if sign == "\n" else "", "Li Wei")


def read_right_script() -> None:
    """As a page does with an address that somebody wrote."""
    from mubiao.ui.shell import address as module  # noqa: PLC0415 - AppTest runs the body alone

    assert module.put_right({}) == {}


@pytest.mark.parametrize("day", ["20200731", "2020-W31-5", "2020-07-31"])
def test_a_day_is_left_in_the_address_as_a_browser_writes_it(day: str) -> None:
    app = AppTest.from_function(read_right_script)
    app.query_params["as_of"] = day
    app.run()
    assert not app.exception
    assert app.query_params["as_of"] == "2020-07-31"
