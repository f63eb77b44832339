"""`backup`, `restore` and `verify`: the record kept safe."""

from pathlib import Path
from typing import Annotated

import typer

from mubiao.cli import options
from mubiao.cli.answers import answer, answering, line, tell
from mubiao.cli.choices import named_file, settings_of_call
from mubiao.plan.loader import plan_files
from mubiao.problems import Refused, message
from mubiao.store import backup as backups
from mubiao.store.restore import restore as replace_record
from mubiao.store.verify import verify as look_through


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """Copy the record into a file, also while it is in use."""
    with answering(lang) as language:
        backups.backup(settings_of_call(database).database, file)
        msgid = message("{file}: the record was copied and the copy checked")
        answer(language.t(msgid, file=file) + "\n")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What backup wrote.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace the record that is there; it is kept beside.")
    ] = False,
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """Verify a backup and make it the record."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        source, target = named_file(file), settings.database
        beside = replace_record(source, target, overwrite=yes, backups=settings.backups)
        msgid = message("the record is what {file} holds")
        if beside is not None:
            msgid = message("the record is what {file} holds; the one of before is kept in {kept}")
        answer(language.t(msgid, file=file, kept=beside) + "\n")


def verify(database: options.Database = None, lang: options.Lang = None) -> None:
    """Look through the whole record: file, rows, chains, saves."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        plans = [file.plan for file in plan_files(settings.plans) if file.plan is not None]
        verdict = look_through(settings.database, plans)
        for warning in verdict.warnings:
            tell(line(warning, language))
        if verdict.problems:
            raise Refused(verdict.problems)
        msgid = message("no problems. Rows: {rows}; things worth a look: {warnings}")
        answer(language.t(msgid, rows=verdict.rows, warnings=len(verdict.warnings)) + "\n")
