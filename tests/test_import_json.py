"""`import --json`: the document that other programs read."""

import json
from pathlib import Path

import pytest

from tests.cases import dry_run
from tests.commands import deployed, run, write

HEAD = "target,period,value,known_on,source\n"


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A new record with the real plan, as of 31 March 2021."""
    url = deployed(monkeypatch, tmp_path)
    monkeypatch.setenv("MUBIAO_TODAY", "2021-03-31")
    return url


def test_each_row_says_its_figure_its_outcome_and_the_sentences(tmp_path: Path) -> None:
    rows = (
        "gdp-growth,2020,1.3,2021-03-01,x\n"
        "new-jobs,2020-H1,28万,2020-07-20,x\n"
        "model-alleys,soon,3,2020-07-20,x\n"
        "cpi,2020-H1,130,2020-07-20,x\n"
    )
    document = dry_run(write(tmp_path / "a.csv", HEAD + rows))
    new, jobs, refused, doubtful = document["rows"]
    assert (document["encoding"], new["row"], new["value"]) == ("utf-8", 2, 1.3)
    assert (jobs["target"], jobs["period"], jobs["value"]) == ("new-jobs", "2020-H1", 280000)
    assert (refused["outcome"], refused["period"], refused["value"]) == ("refused", "soon", "3")
    assert "“soon” is not a period" in refused["reasons"][0]
    assert (doubtful["outcome"], doubtful["reasons"][0]) == ("ask", "130 is above 100 per cent")
    assert doubtful["mark"]
    assert not new["mark"]
    statuses = {each["target"]: (each["before"], each["after"]) for each in document["statuses"]}
    assert statuses["gdp-growth"] == ("missed", "missed")


def test_a_doubtful_row_is_saved_by_the_mark_of_exactly_its_reading(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", HEAD + "cpi,2020-H1,130,2021-03-01,x\n")
    mark = dry_run(file)["rows"][0]["mark"]
    write(file, HEAD + "cpi,2020-H1,131,2021-03-01,x\n")
    assert run("import", file, "--by", "me", "--confirm", mark).exit_code == 1
    write(file, HEAD + "cpi,2020-H1,130,2021-03-01,x\n")
    result = run("import", file, "--by", "me", "--confirm", mark, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["rows"][0]["outcome"] == "new"


def test_a_file_that_is_refused_as_a_whole_is_a_document_too(tmp_path: Path) -> None:
    [row] = dry_run(write(tmp_path / "a.csv", "a,b\n1,2\n"))["rows"]
    assert (row["row"], row["outcome"]) == (0, "refused")
    assert "names the columns" in row["reasons"][0]
