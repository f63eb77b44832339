"""The report at the command line: each kind of file as of a day or a meeting, codes, streams."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation
from pptx.util import Inches

from mubiao.cli import reports
from mubiao.cli.answers import Misuse
from mubiao.exports.formats import FormatId
from mubiao.model import Act, Observation
from mubiao.observation.contract import read_csv
from mubiao.period import Period
from mubiao.store import Store, open_store
from tests.actors import named
from tests.acts import add_row
from tests.commands import ROOT, deployed, done, fails, run
from tests.real import real_plan

PLAN = "beijing-2020"
JULY = date(2020, 7, 31)
NOON = datetime(2020, 8, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The record of a fresh deployment with the real plan."""
    return deployed(monkeypatch, tmp_path)


def export(form: str, *args: str | Path) -> bytes:
    result = run("export", "--format", form, *args)
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


def sheets_of(*args: str | Path) -> list[Worksheet]:
    return load_workbook(io.BytesIO(export("xlsx", *args))).worksheets


def refused(*args: str | Path) -> str:
    return fails(2, "export", *args).strip().splitlines()[-1]


def figures(content: bytes) -> list[Observation]:
    found, problems = read_csv(content, real_plan(), "out.csv", date.max)
    assert not problems
    return found


@pytest.fixture
def met(database: str) -> Store:
    """A record with a meeting about July, after which a figure of then was recorded."""
    export("csv")
    store = open_store(database)
    store.hold(
        PLAN, "2020年7月调度会", JULY, Act(named("wang"), NOON), plan_text=real_plan().as_text()
    )
    late = Observation(
        "model-alleys", Period.parse("2020-H1"), Decimal(95), date(2020, 7, 20), source="x"
    )
    add_row(store, PLAN, late, "li", NOON)
    return store


def test_every_kind_of_file_can_be_had_as_of_a_day(tmp_path: Path) -> None:
    starts = {
        "pptx": b"PK",
        "docx": b"PK",
        "html": b"<!DOCTYPE",
        "xlsx": b"PK",
        "csv": b"\xef\xbb\xbftarget",
        "json": b"[",
    }
    for form, start in starts.items():
        file = tmp_path / f"out.{form}"
        call = ("--format", form, "--as-of", "2020-07-31", "--lang", "both", "--output", file)
        assert done("export", *call) == ""
        assert file.read_bytes()[:9].upper().startswith(start.upper())


def test_csv_is_what_stood_on_the_day_and_all_that_stands_without_one() -> None:
    known = figures(export("csv", "--as-of", "2020-07-31"))
    assert known
    assert all(o.known_on <= JULY for o in known)
    assert len(figures(export("csv"))) > len(known)


def test_json_is_the_document_of_assess() -> None:
    for call in (["--as-of", "2020-07-31"], []):
        assert export("json", *call) == run("assess", "--json", *call).stdout_bytes
        assert export("json", *call, "--lang", "both") == export("json", *call, "--lang", "zh")


def test_a_workbook_is_of_today_unless_a_day_is_named() -> None:
    for call, day in (((), "30 April 2021"), (("--as-of", "2020-07-31"), "31 July 2020")):
        assert str(sheets_of(*call)[0]["A3"].value).startswith(f"As of {day}:")


def test_both_languages_go_into_one_file_in_turn() -> None:
    assert [sheet["A1"].value for sheet in sheets_of("--lang", "both")[2::3]] == [
        "指标编号",
        "Target id",
    ]
    page = export("html", "--lang", "both").decode()
    assert 'lang="zh' in page
    assert 'lang="en' in page
    one = Presentation(io.BytesIO(export("pptx", "--lang", "zh")))
    both = Presentation(io.BytesIO(export("pptx", "--lang", "both")))
    assert len(both.slides) > 1.5 * len(one.slides)


def test_without_a_language_it_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert sheets_of()[2]["A1"].value == "指标编号"


@pytest.mark.usefixtures("met")
def test_a_meeting_is_exported_as_its_room_saw_it() -> None:
    meeting = ("--meeting", "2020年7月调度会")
    assert "model-alleys" in {o.target for o in figures(export("csv", "--as-of", "2020-07-31"))}
    assert "model-alleys" not in {o.target for o in figures(export("csv", *meeting))}
    judged = {row["target"]: row["status"] for row in json.loads(export("json", *meeting))}
    assert judged["model-alleys"] == "no_data"
    assert str(sheets_of(*meeting)[0]["A1"].value).startswith("2020年7月调度会 · ")


@pytest.mark.parametrize("form", ["json", "pptx"])
def test_a_plan_that_changed_since_the_meeting_is_told(form: str, met: Store) -> None:
    met.hold(PLAN, "other plan", JULY, Act(named("wang"), NOON), plan_text="another")
    call = ("export", "--format", form, "--meeting")
    assert "The plan has changed since this meeting" in run(*call, "other plan").stderr
    assert run(*call, "2020年7月调度会").stderr == ""


@pytest.mark.usefixtures("met")
@pytest.mark.parametrize(
    ("call", "since"),
    [
        (["--as-of", "2020-09-30"], "“2020年7月调度会”, 31 July 2020"),
        (["--as-of", "2020-09-30", "--since", "2020-04-30"], "30 April 2020"),
    ],
)
def test_what_changed_is_told_since_the_day_asked_for(call: list[str], since: str) -> None:
    assert sheets_of(*call)[3]["A1"].value == f"What changed since {since}"


@pytest.mark.parametrize("day", ["2020-07-30", "2020-07-31"])
def test_without_a_meeting_of_an_earlier_day_nothing_is_said_to_have_changed(day: str) -> None:
    assert [sheet.title for sheet in sheets_of("--as-of", day)] == [
        "Summary",
        "Targets",
        "Actuals",
        "Owed",
    ]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["--as-of", "July"], "--as-of is July; expected a day such as 2020-07-31"),
        (["--since", "2020"], "--since is 2020; expected a day such as 2020-07-31"),
        (
            ["--as-of", "0001-01-01"],
            "--as-of is 0001-01-01; expected a day from 1990-01-01 to 2100-12-31",
        ),
        (
            ["--since", "9999-12-31"],
            "--since is 9999-12-31; expected a day from 1990-01-01 to 2100-12-31",
        ),
        (
            ["--as-of", "2020-07-31", "--meeting", "July"],
            "--as-of and --meeting both name the day; give one of them",
        ),
        (
            ["--as-of", "2020-07-31", "--since", "2020-07-31"],
            "--since is 2020-07-31; expected a day before 2020-07-31, which the report is of",
        ),
        (["--meeting", "July"], "no meeting is recorded yet; name a day with --as-of"),
        (["--template", "none.pptx"], "--template is for --format pptx and docx alone"),
        (["--no-appendix"], "--no-appendix is for --format pptx alone"),
        (
            ["--what", "actuals", "--as-of", "2020-07-31"],
            "--what is the record as it is now; leave --as-of, --meeting and --since out",
        ),
    ],
)
def test_a_call_that_makes_no_sense_is_told_why(call: list[str], told: str) -> None:
    assert refused("--format", "xlsx", *call) == told


@pytest.mark.usefixtures("met")
def test_a_meeting_that_is_not_there_is_told_with_those_that_are() -> None:
    told = refused("--format", "json", "--meeting", "八月")
    assert told == "there is no meeting “八月”; there are: 2020年7月调度会"


@pytest.mark.parametrize("form", ["pptx", "docx", "html", "json"])
def test_tables_of_the_record_have_two_kinds(form: str) -> None:
    told = refused("--format", form, "--what", "history")
    assert told == "--what is a table of the record; expected --format csv or xlsx"


def test_a_template_that_is_not_there_or_is_none_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "none.pptx"
    told = refused("--format", "pptx", "--template", missing)
    assert told == f"{missing}: there is no such file"
    wrong = tmp_path / "wrong.pptx"
    wrong.write_text("Dear Sir")
    for form in ("pptx", "docx"):
        assert fails(1, "export", "--format", form, "--template", wrong).strip()
    told = refused("--format", "html", "--template", wrong)
    assert told == "--template is for --format pptx and docx alone"


def test_a_deck_can_leave_out_its_appendix() -> None:
    decks = (Presentation(io.BytesIO(export("pptx", *more))) for more in ((), ("--no-appendix",)))
    whole, short = ([slide.shapes.title.text for slide in deck.slides] for deck in decks)
    assert short == [title for title in whole if not title.startswith(("Appendix", "附录"))]
    assert len(short) < len(whole)


def test_a_deck_takes_the_looks_of_a_template(tmp_path: Path) -> None:
    file = tmp_path / "own.pptx"
    template = Presentation()
    template.slide_width = Inches(10)
    template.slide_height = Inches(6)
    template.save(str(file))
    made = Presentation(io.BytesIO(export("pptx", "--template", file)))
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(6))


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("xlsx", "a workbook is no text"),
        ("pptx", "a presentation is no text"),
        ("docx", "a Word file is no text"),
    ],
)
def test_a_binary_file_is_not_written_to_a_terminal(
    form: FormatId, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(Misuse, match=told):
        reports.refuse_terminal(form, None)
    reports.refuse_terminal(form, Path("a"))
    reports.refuse_terminal("html", None)


def test_every_file_of_a_meeting_is_by_the_plan_of_its_room(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans").mkdir()
    file = tmp_path / "plans" / "beijing-2020.yaml"
    content = (ROOT / "data" / "plans" / file.name).read_text(encoding="utf-8")
    file.write_text(content.replace("actuals:", "# actuals:"), encoding="utf-8")
    monkeypatch.setenv("MUBIAO_PLANS", str(file.parent))
    export("csv")
    store = open_store(database)
    said = real_plan().model_copy(update={"actuals": None}).as_text()
    store.hold(PLAN, "July", JULY, Act(named("wang"), NOON), plan_text=said)

    def made(name: str) -> dict[str, bytes]:
        found = {
            form: export(form, "--meeting", "July", "--lang", "en")
            for form in ("csv", "json", "html")
        }
        assert run("publish", tmp_path / name, "--meeting", "July", "--lang", "en").stderr == ""
        return found | {
            str(one.relative_to(tmp_path / name)): one.read_bytes()
            for one in (tmp_path / name).rglob("*.*")
        }

    then = made("then")
    changed = file.read_text(encoding="utf-8").replace("value: 3.5\n", "value: 3.0\n", 1)
    changed = changed.replace("printed: 3.5%以内", "printed: 3.0%以内")
    changed = changed.replace("id: unemployment\n", "id: jobless\n", 1)
    file.write_text(changed, encoding="utf-8")
    assert b"jobless" in export("json")
    assert made("now") == then


@pytest.mark.usefixtures("met")
def test_a_site_is_published_as_a_meeting_saw_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    call = ("publish", site, "--lang", "en", "--meeting", "2020年7月调度会")
    done(*call, "--since", "2020-04-30")
    front = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert "2020年7月调度会" in front
    assert "As of 31 July 2020" in front
    assert "model-alleys" not in (site / "data" / "observations.csv").read_text(encoding="utf-8")
    assert ">95" not in (site / "en" / "targets" / "model-alleys.html").read_text(encoding="utf-8")
    changed = (site / "en" / "changes.html").read_text(encoding="utf-8")
    assert "What changed since 30 April 2020" in changed
    assert "--since" in fails(2, *call, "--since", "2020-07-31")
    assert "--meeting" in fails(2, *call, "--as-of", "2020-07-31")
