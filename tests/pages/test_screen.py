"""What pages make of the record is made once for a version of it, whoever asks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from streamlit.testing.v1 import AppTest

from mubiao.i18n import language
from mubiao.memo import Memo
from mubiao.plan.loader import PlanFile
from mubiao.settings import Settings
from mubiao.store import Store
from mubiao.ui.shell import page
from mubiao.ui.shell.address import Address
from mubiao.ui.shell.screen import Screen
from tests.samples import observation, plan_of, target

_PLAN = plan_of(target("cpi", measure="rate", comparator="at_most", value="3.5"))
_ADDRESS = Address(**dict.fromkeys(Address.__dataclass_fields__) | {"lang": "en"})


def _screen(store: Store) -> Screen:
    file = PlanFile(Path("plan.yaml"), _PLAN, (), "1")
    today = date(2020, 7, 31)
    return Screen(
        Settings(), _ADDRESS, language("en"), file, _PLAN, store, as_of=today, theme="light"
    )


def test_a_value_is_made_once_for_a_version_and_all_it_depends_on(store: Store) -> None:
    made: list[str] = []

    def memo(name: str, *extra: str) -> int:
        # Each rerun has a screen of its own.
        return _screen(store).memo(name, lambda: made.append(name) or len(made), *extra)

    assert [memo("a"), memo("a"), memo("b"), memo("a", "en"), memo("a", "zh")] == [1, 1, 2, 3, 4]
    store.seed(
        _PLAN.id,
        [observation("cpi", "2020-Q1", "3", "2020-04-20")],
        datetime(2020, 5, 1, tzinfo=UTC),
    )
    assert [memo("a"), memo("a", "en")] == [5, 6]
    elsewhere = replace(_screen(store), settings=Settings(database="sqlite:///other.sqlite"))
    assert elsewhere.memo("a", lambda: 0) == 0


def test_of_large_values_few_are_kept_and_they_push_out_no_others(store: Store) -> None:
    made: list[str] = []

    def memo(name: str, *, large: bool) -> None:
        _screen(store).memo(name, lambda: made.append(name), large=large)

    memo("shared", large=False)
    names = [f"file {n}" for n in range(200)]
    for name in (*names, *names[-8:], *names[:1]):
        memo(name, large=True)
    memo("shared", large=False)
    assert made == ["shared", *names, names[0]]


def test_sessions_that_ask_at_once_wait_for_one_of_them(store: Store) -> None:
    made, together = [], Barrier(4)

    def ask() -> None:
        screen = _screen(store)
        together.wait()
        screen.memo("slow", lambda: made.append(1))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_what_could_not_be_made_is_made_by_the_next_who_asks() -> None:
    kept = Memo(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("share", lambda: 1 // 0)
    assert [kept.get("share", lambda: 1), kept.get("share", lambda: 2)] == [1, 1]


def test_what_is_loaded_before_the_first_page_makes_no_record_and_minds_no_wrong_setting(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.warm()
    assert not Path(database.removeprefix("sqlite:///")).parent.exists()
    monkeypatch.setenv("MUBIAO_TODAY", "soon")
    page.warm()


def test_made_html_goes_to_the_page_as_it_is() -> None:
    text = "  <p>\n    a\n  </p>"
    shown = AppTest.from_function(_made, args=(text,)).run()
    assert [element.proto.body for element in shown.get("html")] == [text]


def _made(text: str) -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the body by itself

    from mubiao.ui.shell.markup import Made  # noqa: PLC0415 - the same

    st.html(Made(text))
