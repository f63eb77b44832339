"""What most commands can be told, as options: `plan: options.Plan = None`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from mubiao.model import Code

Whose = Literal["theirs", "file"]
Plan = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="FILE", help="The plan; else the setting's, or the folder's first."
    ),
]
Lang = Annotated[
    Code | None,
    typer.Option("--lang", help="Language of messages and text; else the environment's."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day looked at from; else today."),
]
Meeting = Annotated[
    str | None,
    typer.Option("--meeting", metavar="NAME", help="What a meeting saw, on its own day."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Your name, as it is shown.")]
Database = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="The record; else that of the settings."),
]
Confirm = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm",
        metavar="MARK",
        help="Record the doubtful row of this mark, as the dry run reads it; repeatable.",
    ),
]
