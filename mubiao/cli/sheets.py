"""`import` and `export`: the record as spreadsheets."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from mubiao.cli.answers import answer, answering, misuse
from mubiao.cli.choices import (
    DatabaseOption,
    LangOption,
    PlanOption,
    named_file,
    record_of,
    settings_of_call,
    sound_plan,
    with_database,
)
from mubiao.problems import message

Form = Literal["csv", "xlsx"]


def import_(  # noqa: PLR0913, PLR0917 - a parameter is an option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx) or CSV.")],
    plan: PlanOption = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who records.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what importing would do.")
    ] = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Record the actuals of a spreadsheet: all of them, or none and every error."""
    with answering(lang) as words:
        if by is None and not dry_run:
            raise misuse(message("--by NAME is missing: say who records, or try with --dry-run"))
        # Workbooks take longer to load than all other commands together.
        from mubiao.cli import files  # noqa: PLC0415

        settings = with_database(settings_of_call(), database)
        loaded, sound = sound_plan(plan, settings, words)
        table = files.read(named_file(file))
        with record_of(settings, loaded, words) as store:
            found = files.tried(settings, store, sound, table)
            if dry_run:
                answer(files.lines(table, found, sound, words))
            files.refuse_wrong(found, words)
            if not dry_run:
                files.save(store, sound, found, by or "")
                answer(files.lines(table, found, sound, words))


def export(  # noqa: PLR0913, PLR0917 - a parameter is an option
    form: Annotated[Form, typer.Option("--format", help="The kind of file.")],
    plan: PlanOption = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every row ever recorded, not what stands.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Else standard output.")
    ] = None,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Write the recorded actuals as a file, which import takes again."""
    with answering(lang) as words:
        if form == "xlsx" and output is None and sys.stdout.isatty():
            raise misuse(message("a workbook is no text for a terminal; name a file by --output"))
        from mubiao.cli import files  # noqa: PLC0415 - as for import

        settings = with_database(settings_of_call(), database)
        loaded, sound = sound_plan(plan, settings, words)
        with record_of(settings, loaded, words) as store:
            content = files.exported(store, sound, form, words, history=history)
        if output is None:
            answer(content)
        else:
            files.write(output, content)
