"""`import` and `export`: the record as spreadsheets."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from mubiao import journal
from mubiao.access import Action
from mubiao.cli import options
from mubiao.cli.answers import Spoken, answer, answering, misuse, tell
from mubiao.cli.choices import act_of, named_file, record_of, settings_of_call, write_file
from mubiao.exports.formats import FormatId
from mubiao.problems import message
from mubiao.proposal.recording import SUBMITTED
from mubiao.spreadsheet.sheets import Encoding
from mubiao.wording.phrasebook import Phrasebook

What = Literal["actuals", "history", "remarks", "meetings"]

SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="YYYY-MM-DD",
        help="Tell what changed since; else since the meeting before, or the month's end "
        "before. Nothing in csv and json.",
    ),
]
WhatOption = Annotated[
    What | None,
    typer.Option(
        "--what",
        help="Instead of the report a table of the record, as csv or xlsx: the actuals that "
        "stand, every row ever recorded, every remark ever made, or every meeting ever held.",
    ),
]
LeaveOutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--leave-out",
        metavar="MARK",
        help="Do not record the doubtful row of this mark, or those of closed periods (“closed”); "
        "repeatable.",
    ),
]
SpokenOption = Annotated[
    Spoken | None,
    typer.Option(
        "--lang",
        help="Language; else the environment's. Both: each in turn in pptx, html and xlsx.",
    ),
]


def import_(  # noqa: PLR0913, PLR0917 - a parameter is an option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx) or CSV.")],
    plan: options.Plan = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who records.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what importing would do.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Record what is doubtful too.")] = False,
    confirm: options.Confirm = None,
    leave_out: LeaveOutOption = None,
    conflicts: Annotated[
        options.Whose | None,
        typer.Option("--conflicts", help="Of later figures: keep theirs, or take the file's."),
    ] = None,
    encoding: Annotated[
        Encoding | None,
        typer.Option("--encoding", help="Of a text file; else the one that is recognised."),
    ] = None,
    database: options.Database = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """Record or, where the plan asks for approval, submit actuals: all, or none and every error."""
    with answering(lang) as language:
        # Workbooks take longer to load than all other commands together.
        from mubiao.cli import files  # noqa: PLC0415
        from mubiao.spreadsheet import trial  # noqa: PLC0415

        settings = settings_of_call(database)
        act = act_of(settings, by or "")
        if not act.actor.name and not dry_run:
            raise misuse(message("--by NAME is missing: say who records, or try with --dry-run"))
        journal.name("dry_run" if dry_run else Action.RECORD.value, act.actor.id)
        table = files.read(named_file(file), encoding or "", language, as_json=as_json)
        with record_of(plan, settings, language) as (sound, store, today):
            phrasebook = Phrasebook(sound, language)
            marks = frozenset(confirm or ()), frozenset(leave_out or ())
            decisions = trial.Decisions(conflicts, *marks, all_confirmed=yes)
            tried = trial.tried(store, phrasebook, table, decisions, today=today, actor=act.actor)
            text = files.document(tried) if as_json else files.lines(tried)
            if dry_run:
                answer(text)
            trial.refuse(tried, files.OPTIONS, dry=dry_run)
            if dry_run:
                return
            if filing := trial.save(store, tried, act):
                tell(language.t(SUBMITTED, number=filing.id, n=len(filing.submissions)))
            answer(text)


def export(  # noqa: PLR0913, PLR0917 - a parameter is an option
    form: Annotated[FormatId, typer.Option("--format", help="The kind of file.")],
    plan: options.Plan = None,
    as_of: options.AsOf = None,
    meeting: options.Meeting = None,
    since: SinceOption = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help="A presentation whose looks pptx takes."),
    ] = None,
    appendix: Annotated[
        bool, typer.Option(help="Every target at the end of pptx, where it has no slide before.")
    ] = True,
    what: WhatOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Else standard output.")
    ] = None,
    database: options.Database = None,
    lang: SpokenOption = None,
) -> None:
    """Write the report as of a day as a file; the actuals of csv and xlsx can be imported again."""
    with answering(lang) as language:
        from mubiao.cli import files, reports  # noqa: PLC0415 - as for import

        reports.refuse_terminal(form, output)
        codes, scope = reports.codes_of(lang, language), reports.scope_of(as_of, meeting, since)
        reports.refuse_without_appendix(form, appendix=appendix)
        look = reports.template_of(template, form)
        wanted = reports.ReportOptions(form, codes, scope, look, appendix)
        if what is not None:
            reports.refuse_beside_what(form, scope)
        settings = settings_of_call(database)
        with record_of(plan, settings, language, scope.as_of) as (sound, store, _):
            if what is None:
                content = reports.report(store, sound, wanted, settings, language)
            else:
                content = files.exported(store, sound, what, form, language)
        if output is None:
            answer(content)
        else:
            write_file(output, content)
