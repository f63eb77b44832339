"""A plan that asks for approval, at the command line: import submits, and what waits is in no file,
site or answer; closing periods.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from mubiao.exports.formats import FORMATS
from mubiao.model import Act, Save, Submission, Withdrawal
from mubiao.proposal.recording import undo
from mubiao.store import Store, open_store
from tests.actors import named
from tests.acts import refusal
from tests.assigned import assigned_plan, changed
from tests.commands import ROOT, deployed, done, fails, run
from tests.real import PLAN_FILE
from tests.samples import observation

PLAN, MARK = "beijing-2020", "水厂月报第七期"  # a source that nothing else has
FILE = f"target,period,value,known_on,source\nnew-jobs,2020-01..2020-09,240123,2020-10-20,{MARK}\n"


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file with one figure, beside a deployment whose plan asks for approval."""
    deployed(monkeypatch, tmp_path)
    for name in ("plans", "actuals"):
        (tmp_path / name).mkdir()
    figures = PLAN_FILE.parents[1] / "actuals" / "beijing-2020.csv"
    (tmp_path / "actuals" / figures.name).write_bytes(figures.read_bytes())
    text = PLAN_FILE.read_text(encoding="utf-8") + "\napproval: true\n"
    (tmp_path / "plans" / PLAN_FILE.name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("MUBIAO_PLANS", str(tmp_path / "plans"))
    path = tmp_path / "figures.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def opened(file: Path) -> Store:
    return open_store(f"sqlite:///{file.parent / 'record' / 'mubiao.sqlite'}")


def test_another_file_of_the_plan_passes_no_approval_by(file: Path) -> None:
    copy = file.parent / "copy.yaml"
    copy.write_bytes(PLAN_FILE.read_bytes())
    (file.parent / "actuals").rename(file.parent.parent / "actuals")
    said = fails(1, "import", file, "--plan", copy, "--by", "王伟")
    assert "need approval before they are public" in said
    assert MARK not in str(opened(file).history(PLAN))


def texts(content: bytes) -> Iterator[str]:
    """All text of a file, also of what it packs."""
    yield content.decode("utf-8", "replace")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from texts(packed.read(name))


def test_import_submits_and_answers_as_ever(file: Path) -> None:
    called = run("import", file, "--by", "王伟", "--json")
    assert called.exit_code == 0, called.stderr
    assert [row["outcome"] for row in json.loads(called.stdout)["rows"]] == ["new"]
    assert "Submitted as no. 1, not public yet; waiting for approval: 1." in called.stderr
    store = opened(file)
    assert MARK not in str(store.history(PLAN))
    [filing] = store.filings(PLAN)
    assert (filing.by, filing.waiting) == ("王伟", (0,))
    assert "still waits; take that back first" in fails(1, "import", file, "--by", "王伟")


def test_what_waits_is_in_no_file_site_or_answer_and_then_in_all(file: Path) -> None:
    done("import", file, "--by", "王伟")
    folder = file.parent / "out"
    folder.mkdir()

    def written(*exports: str) -> dict[str, bool]:
        """By what was asked for, whether the figure or its source is in it."""
        calls = {form: ["export", "--format", form] for form in FORMATS}
        calls |= {
            what: ["export", "--format", "xlsx", "--what", what]
            for what in ("actuals", "history", "remarks", "meetings")
        }
        calls = {name: call for name, call in calls.items() if name in exports or not exports}
        outputs = {}
        for name, call in calls.items():
            day = ["--as-of", "2020-10-31"] if name in FORMATS else []
            done(*call, *day, "--output", folder / name)
            outputs[name] = (folder / name).read_bytes()
        outputs["assess"] = done("assess", "--as-of", "2020-10-31", "--json").encode()
        outputs["due"] = done("due", "--as-of", "2020-10-31", "--json").encode()
        done("publish", folder / "site", "--as-of", "2020-10-31")
        site = [path for path in (folder / "site").rglob("*") if path.is_file()]
        outputs["site"] = b"\n".join(path.read_bytes() for path in site)
        said = re.compile(f"{MARK}|240[,]?123|24.01万")
        return {
            name: any(said.search(text) for text in texts(content))
            for name, content in outputs.items()
        }

    assert not [name for name, is_in in written().items() if is_in]
    store = opened(file)
    [filing] = store.filings(PLAN)
    rows = dict(enumerate(filing.submissions))
    now = datetime.now().astimezone()
    store.publish(PLAN, filing.id, rows, Act(named("李娜"), now, "p"))
    assert {name for name, is_in in written("history").items() if is_in} >= {
        "assess",
        "site",
        "history",
    }


def test_closing_at_the_command_line(file: Path) -> None:
    assert done("lock") == "No period is closed.\n"
    assert "--by NAME is missing" in fails(2, "lock", "--through", "2020-09-30")
    assert "contradict" in fails(2, "lock", "--through", "2020-09-30", "--open", "--by", "x")
    text = done("lock", "--through", "2020-09-30", "--by", "李娜")
    assert text == "Closed up to 30 September 2020, by 李娜.\n"
    [row] = json.loads(done_wrong("import", file, "--dry-run", "--json"))["rows"]
    assert row["outcome"] == "refused"
    assert "the periods up to 2020-09-30 are closed, by 李娜" in row["reasons"][0]
    assert "say why" in fails(1, "lock", "--open", "--by", "王伟")
    document = json.loads(
        done("lock", "--open", "--by", "王伟", "--reason", "a late figure", "--json")
    )
    assert (document["through"], document["by"], document["reason"]) == (
        None,
        "王伟",
        "a late figure",
    )
    done("import", file, "--dry-run")


def test_what_waits_is_listed_returned_and_published_at_the_command_line(file: Path) -> None:
    assert not done("approval")
    file.write_text(f"{FILE}cpi,2020-09,1.7,2020-10-20,{MARK}\n", encoding="utf-8")
    done("import", file, "--by", "王伟", "--yes")
    rows = json.loads(done("approval", "--json"))
    assert [(r["submission"], r["row"], r["target"], r["by"]) for r in rows] == [
        (1, 1, "new-jobs", "王伟"),
        (1, 2, "cpi", "王伟"),
    ]
    one = ("approval", "1", "--by", "李娜")
    refusals: dict[str, tuple[str, ...]] = {
        "say which submission": ("approval", "--publish", "--by", "李娜"),
        "--by NAME is missing": ("approval", "1", "--publish"),
        "contradict": (*one, "--publish", "--return"),
        "say why it is returned": (*one, "--return", "--row", "1"),
        "submitted this yourself": ("approval", "1", "--publish", "--yes", "--by", "王伟"),
    }
    for text, call in refusals.items():
        result = run(*call)
        assert result.exit_code, call
        assert text in result.stderr, call
    # Nothing is done to the others, nor to all, for a row that is not there.
    for way in (("--publish", "--yes"), ("--return", "--reason", "why"), ()):
        for row in ("7", "0", "-1"):
            for beside in ((), ("--row", "1")):
                said = fails(1, *one, *way, *beside, "--row", row)
                assert f"row {row} of no. 1 is not among what waits for you" in said
    done(*one, "--return", "--row", "1", "--reason", "which month?")
    assert "row 1 of no. 1 is not" in fails(1, *one, "--return", "--row", "1", "--reason", "again")
    done(*one, "--publish", "--yes")
    [filing] = opened(file).filings(PLAN, since=datetime(2020, 1, 1).astimezone())
    assert (filing.ended("returned"), filing.ended("published")) == ([0], [1])
    assert [e.target for e in opened(file).history(PLAN) if MARK in str(e)] == ["cpi"]
    assert not done("approval")


def test_a_withdrawal_of_what_stands_no_more_is_said_and_not_passed_over(file: Path) -> None:
    done("lock")
    store, now = opened(file), datetime.now().astimezone()
    row = store.as_of(PLAN, date.max)[0]
    withdrawal = Submission(Withdrawal(row.target, row.row, date(2021, 4, 1), "printed twice"))
    for by in ("王伟", "赵敏"):
        store.submit(PLAN, [withdrawal], Act(named(by), now, by))
    done("approval", "1", "--publish", "--by", "李娜")
    said = fails(1, "approval", "2", "--publish", "--by", "李娜")
    assert f"no. {row.row}, which was to be withdrawn, does not stand any more" in said
    assert store.filing(PLAN, 2).waiting == (0,)


def test_rows_of_closed_periods_are_named_and_the_others_saved_without_them(file: Path) -> None:
    file.write_text(f"{FILE}cpi,2020-10,1.7,2020-11-20,{MARK}\n", encoding="utf-8")
    done("lock", "--through", "2020-09-30", "--by", "李娜")
    call = ("import", file, "--by", "王伟", "--yes")
    said = fails(1, *call)
    assert "2: the periods up to 2020-09-30 are closed" in said  # no cell, and none is quoted
    assert "rows of closed periods: 1. Leave them out with --leave-out" in said
    assert "left out: 1" in done(*call, "--leave-out", "closed")
    [filing] = opened(file).filings(PLAN)
    assert [one.entry.target for one in filing.submissions] == ["cpi"]


def done_wrong(*args: str | Path) -> str:
    result = run(*args)
    assert result.exit_code == 1
    return result.stdout


def test_one_person_alone_undoes_nothing_that_four_eyes_did_not_see(store: Store) -> None:
    plan, now = assigned_plan(), datetime(2021, 4, 1, 12).astimezone()
    watched = changed(plan, approval={"four_eyes": "true"})

    def saved(token: str) -> Save:
        figure = observation("gdp-growth", "2020-09", "1.1", date(2020, 10, 20))
        return store.save(plan.id, [Submission(figure)], Act(named("王伟"), now, token))

    act = Act(named("王伟"), now, "undo")
    save = saved("t")
    assert "without a second pair of eyes" in refusal(lambda: undo(store, watched, save.id, act))
    undo(store, plan, save.id, act)


def test_nothing_but_one_place_saves_in_the_product() -> None:
    """What else called `Store.save` would pass approval by."""
    calls = re.compile(r"store\.save\(")
    callers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "mubiao").rglob("*.py")
        if calls.search(re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    }
    assert callers == {"mubiao/proposal/recording.py"}
