"""What a reader of a page learns of a problem."""

import sqlite3
from pathlib import Path

import pytest

from mubiao.i18n import language
from mubiao.problems import Cause, Problem


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"where": "/srv/secret place/mubiao.sqlite"}, "mubiao.sqlite"),
        ({"where": "db.secret.example/mubiao"}, "mubiao"),
        ({"file": Path("/srv/secret/x.sqlite")}, "x.sqlite"),
        ({"folder": "/srv/secret/backups"}, "backups"),
        ({"reason": "[Errno 2] No such file: '/srv/secret/x.csv'"}, "No such file: 'x.csv'"),
        ({"reason": sqlite3.Error("cannot open /srv/secret/x (14)")}, "cannot open x (14)"),
        ({"reason": "1/2 of 2020/07/31 and/or n/a"}, "1/2 of 2020/07/31 and/or n/a"),
        ({"source": "/a person's/own/words"}, "/a person's/own/words"),
    ],
)
def test_of_a_path_of_the_server_a_reader_learns_the_last_part(
    values: dict[str, object], text: str
) -> None:
    [name] = values
    problem = Problem(f"{{{name}}}: mend it", values, file="/srv/secret/plans/p.yaml", line=3)
    reader = problem.for_page()
    assert text in reader.text
    assert "secret" not in f"{reader.text} {reader.file}"
    assert (reader.file, reader.line) == ("p.yaml", 3)


@pytest.mark.parametrize("name", ["reason", "where", "anything"])
def test_what_a_driver_says_is_not_for_pages(name: str) -> None:
    cause = 'no such column: meetings.kind; server at "db.internal" (10.0.0.5)'
    problem = Problem(f"mend it: {{{name}}}", {name: Cause(cause)})
    assert problem.text == f"mend it: {cause}"
    reader = problem.for_page()
    assert reader.text == "mend it: the server's log has the details"
    assert language("zh").problem(reader) == "mend it: 详见服务器日志"
