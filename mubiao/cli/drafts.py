"""`draft`: a report's text made a plan in which every target is open for review."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mubiao.cli import contents
from mubiao.cli.answers import answer, answering
from mubiao.cli.choices import JsonOption, LangOption, named_file
from mubiao.exports.data.documents import to_json
from mubiao.exports.data.figures import draft_document
from mubiao.i18n import language
from mubiao.plan.textfile import MAX_BYTES, text_of
from mubiao.problems import Problem, Refused, message
from mubiao.report.drafting import draft_of
from mubiao.report.planfile import plan_text
from mubiao.report.wordfile import word_text


def draft(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="Its text (txt, docx; - reads it).")
    ],
    year: Annotated[int | None, typer.Option("--year", help="The year that it plans.")] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Draft a plan from a report's text, or list its figures."""
    with answering(lang) as spoken:
        made = draft_of(_text(report), year)
        if made is None:
            msgid = message(
                "no part of the text is for a year’s promises; name the year with --year"
            )
            raise Refused([Problem(msgid, file=str(report), line=1)])
        if as_json:
            answer(to_json(draft_document(made, spoken)))
        elif not made.promises:
            msgid = message("no figure of the text promises something for {year}")
            raise Refused([Problem(msgid, {"year": made.scope.year}, str(report), 1)])
        else:
            answer(plan_text(made, report.stem, _both))


def _both(msgid: str) -> dict[str, str]:
    return {code: language(code).t(msgid) for code in ("zh", "en")}


def _text(path: Path) -> str:
    """The text of a file or of standard input. Raises Refused."""
    if str(path) == "-":
        return text_of(sys.stdin.buffer.read(MAX_BYTES + 1), path)
    content = contents.read(named_file(path), MAX_BYTES)
    return word_text(content, path) if content.startswith(b"PK") else text_of(content, path)
