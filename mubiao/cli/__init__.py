"""The command line: `python -m mubiao COMMAND`.

Exit 0: fine. Exit 1: what was checked or asked for is wrong or cannot be had. Exit 2: the call
itself is wrong. The answer goes to standard output, everything else to standard error.
"""

import io
import sys

import typer

from mubiao.cli import access, approval, backups, duties, owners, plans, publish, sheets

app = typer.Typer(
    help="A government's yearly promises: list them, judge them, keep the record of what became "
    "of them.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(plans.targets)
app.command()(plans.assess)
app.command()(plans.check)
app.command()(duties.due)
app.command("import")(sheets.import_)
app.command()(sheets.export)
app.command()(approval.lock)
app.command()(approval.approval)
app.command()(duties.remind)
app.command()(publish.publish)
app.command()(plans.draft)
app.command()(plans.series)
app.command()(backups.backup)
app.command()(backups.restore)
app.command()(backups.verify)
app.add_typer(owners.app, name="owners")
app.add_typer(access.app, name="access")


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Chinese gets escapes instead of an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="python -m mubiao")
