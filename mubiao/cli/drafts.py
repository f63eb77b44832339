"""`draft`: a report's text made a plan in which every target is open for review."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mubiao.cli import contents
from mubiao.cli.answers import answer, answering
from mubiao.cli.choices import JsonOption, LangOption, named_file
from mubiao.exports.data.documents import draft_document, to_json
from mubiao.i18n import in_both
from mubiao.plan.textfile import MAX_BYTES
from mubiao.report.drafting import required_draft
from mubiao.report.planfile import plan_text
from mubiao.report.reportfile import report_text


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
        made = required_draft(_text(report), year, str(report), promises=not as_json)
        if as_json:
            answer(to_json(draft_document(made, spoken)))
        else:
            answer(plan_text(made, report.stem, in_both))


def _text(path: Path) -> str:
    """The text of a file or of standard input. Raises Refused."""
    if str(path) == "-":
        return report_text(sys.stdin.buffer.read(MAX_BYTES + 1), path)
    return report_text(contents.read(named_file(path), MAX_BYTES), path)
