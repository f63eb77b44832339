"""Empty, broken and lost: what a person understands and can do something about, on every page."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from mubiao import memo
from tests.pages.seen import PAGES, ROOT, Shown, opened, walked

SOUND = ROOT / "tests" / "plans" / "sound.yaml"


def save(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """The small sound plan, changed in some places, as a file in the folder of plans."""
    text = SOUND.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def shows_nothing_else(shown: Shown) -> None:
    """Only the notice: no list, no form, no chart."""
    assert len(shown.having("mb-notice")) == 1
    assert [part.get("class") for part in shown.tree] == ["mb-notice"]
    assert [
        key
        for key in ("plotly_chart", "selectbox", "text_input", "button")
        if len(shown.at.main.get(key))
    ] == []


def test_without_any_plan_the_page_says_where_to_put_one(plans: Path) -> None:
    for page in PAGES:
        shown = opened(page)
        assert "There is no plan yet" in shown.notice, page
        assert "MUBIAO_PLANS" in shown.notice
        shows_nothing_else(shown)
    plans.rmdir()
    assert "There is no plan yet" in shown.run().notice


def test_a_broken_plan_is_told_by_file_and_line_until_it_is_mended(plans: Path) -> None:
    save(plans, "sample.yaml", ("value: 6\n", "value: six\n"), ("year: 2020", "jear: 2020"))
    shown = opened("record")
    assert "The plan sample.yaml cannot be used yet" in shown.notice
    problems = ["".join(item.itertext()) for item in shown.tree.iter("li")]
    for line, word in ((3, "jear"), (22, "six")):
        assert [p for p in problems if p.startswith(f"sample.yaml:{line}: ") and word in p], (
            problems
        )
    assert all("sample.yaml:" in problem for problem in problems)
    shows_nothing_else(shown)
    save(plans, "sample.yaml")
    assert shown.run().notice == ""


def test_a_sound_plan_comes_before_a_broken_one_which_can_be_chosen(plans: Path) -> None:
    save(plans, "a-broken.yaml", ("year: 2020", "year: soon"))
    save(plans, "sound.yaml")
    shown = opened("target")
    assert shown.notice == ""
    assert shown.plans == ["a-broken.yaml (has problems)", "Report"]
    shown.step("a-broken.yaml (has problems)")
    assert shown.address["plan"] == "a-broken"
    assert "a-broken.yaml cannot be used yet" in shown.notice
    assert shown.step("Report").notice == ""


def test_a_second_plan_appears_as_a_choice(plans: Path) -> None:
    save(plans, "sample.yaml")
    shown = opened("overview")
    assert shown.plans == []
    renamed = ("id: sample", "id: other"), ("en: City}", "en: Other city}")
    save(plans, "other.yaml", *renamed, ("en: Report}", "en: Other report}"))
    assert shown.run().plans == ["Other report", "Report"]
    shown.step("Report")
    assert shown.address["plan"] == "sample"
    assert "Other city" not in _place(shown)
    assert "Other city" in _place(opened("overview", plan="other"))


def _place(shown: Shown) -> str:
    return "".join(shown.frame.itertext())


def test_a_plan_without_any_actual_has_no_data_and_no_error(plans: Path) -> None:
    save(plans, "sample.yaml")
    for page in PAGES:
        shown = opened(page, lang="zh" if page in {"record", "present"} else "en", view="one")
        assert shown.notice == "", page
        if page == "overview":
            assert set(shown.targets.values()) == {"no_data"}
            assert shown.statuses("mb-attention") == {}
        if page in {"target", "record"}:
            assert shown.status == "no_data"
            assert shown.having("mb-actual") == []


@pytest.mark.parametrize("page", ["overview", "target", "record", "present"])
def test_a_plan_of_milestones_alone_needs_no_chart_of_figures(page: str, plans: Path) -> None:
    head, _, tail = SOUND.read_text(encoding="utf-8").partition("targets:\n")
    milestone = tail[tail.index("  - id: line") : tail.index("no_promise:")]
    (plans / "m.yaml").write_text(
        f"{head}targets:\n{milestone.replace('2.1', '2.0')}", encoding="utf-8"
    )
    shown = opened(page, as_of="2020-05-31", view="one", open="all")
    assert shown.notice == ""
    assert len(shown.at.main.get("plotly_chart")) == 0
    if page == "overview":
        assert shown.targets == {"line": "no_data"}
    if page == "record":
        day = date(2020, 5, 31)
        shown.fill(period="2020-05-31", value="under_way", known_on=day, source="s", by="b")
        assert [effect[1:] for effect in shown.effects()] == [("no_data", "at_risk")]


def test_what_is_no_database_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "letters.sqlite"
    path.write_text("Dear Sir or Madam, " * 500, encoding="utf-8")
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{path}")
    shown = opened("history")
    assert "letters.sqlite is not a database; it was left as it is" in shown.notice
    shows_nothing_else(shown)
    shown = opened("history", lang="zh")
    assert "letters.sqlite" in shown.notice
    assert "is not a database" not in shown.notice
    assert path.read_text(encoding="utf-8").startswith("Dear Sir")


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("oracle://somewhere", "address is not understood"),
        ("sqlite:///:memory:", "address is not understood"),
        ("sqlite:///{folder}", "cannot be opened"),
        ("sqlite:///{file}/mubiao.sqlite", "cannot be opened"),
        ("postgresql://mubiao:geheim@127.0.0.1:9/mubiao", "cannot be reached"),
    ],
)
def test_an_impossible_database_is_told_with_what_to_do(
    database: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    url = database.format(folder=tmp_path / "folder", file=tmp_path / "file")
    monkeypatch.setenv("MUBIAO_DATABASE", url)
    shown = opened("overview")
    assert words in shown.notice
    assert "geheim" not in shown.notice
    shows_nothing_else(shown)
    # What the driver says, in English and with the server's address, is for the log.
    reader = opened("overview", lang="zh").notice
    for own in ("unable to open", "connection", "127.0.0.1", "Errno", "directory"):
        assert own not in reader
    assert ("详见服务器日志" in reader) == ("(the server's log has the details)" in shown.notice)
    assert [line for line in caplog.messages if words in line] or "understood" in words
    assert "geheim" not in caplog.text


def test_a_record_of_another_version_gets_one_clear_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "other.sqlite"
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{path}")
    opened("history")
    with closing(sqlite3.connect(path)) as record:
        record.execute("ALTER TABLE meetings RENAME COLUMN kind TO sort")
        record.commit()
    before = path.read_bytes()
    for page in PAGES:
        memo.forget()
        shown = opened(page, lang="zh")
        assert "由本程序的其他版本建立。未作任何改动" in shown.notice, page
        assert "column" not in shown.notice
        shows_nothing_else(shown)
    assert path.read_bytes() == before


def test_a_day_in_the_settings_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_TODAY", "soon")
    assert "MUBIAO_TODAY is soon; expected a day" in opened("overview").notice


def test_published_figures_that_cannot_be_read_are_told_by_line(plans: Path) -> None:
    save(plans, "sample.yaml", ('headline: "2.0"', 'headline: "2.0"\nactuals: figures.csv'))
    header = "target,period,value,qualifier,nature,known_on,source,note\n"
    figures = plans / "figures.csv"
    figures.write_text(header + "gdp,2020,much,,,2021-01-20,Bureau,\n", encoding="utf-8")
    shown = opened("overview")
    assert "figures.csv:2: “much” is not a plain decimal" in shown.notice
    figures.unlink()
    assert "published figures cannot be read" in shown.run().notice


def test_a_database_lost_while_the_page_is_open_is_told_and_comes_back(tmp_path: Path) -> None:
    shown = walked("record", target="gdp-growth", view="one")
    fields = {"period": "2020", "value": "2.0", "known_on": date(2021, 4, 29), "source": "Bureau"}
    shown.fill(**fields, by="Li Wei")
    path, aside = tmp_path / "record" / "mubiao.sqlite", tmp_path / "aside.sqlite"
    shutil.move(path, aside)
    shown.press("Save")
    assert "cannot be opened" in shown.notice
    assert not path.exists()
    shutil.move(aside, path)
    assert shown.run().notice == ""
    assert len(shown.having("mb-actual")) == 4


def test_a_damaged_report_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_REPORTS", str(tmp_path))
    (tmp_path / "beijing-2020.txt").write_bytes(b"\xff\xfe\xfa")
    assert "beijing-2020.txt" in opened("target").notice
