"""The command line: `python -m mubiao targets|assess|check|import|export`.

Exit 0: fine. Exit 1: what was checked or asked for is wrong or cannot be had. Exit 2: the call
itself is wrong. The answer goes to standard output, everything else to standard error.
"""

import errno
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from mubiao import exports, service
from mubiao.assessment import assess as judge
from mubiao.i18n import Language, language
from mubiao.model import Assessment, Code, Observation, Plan
from mubiao.observation import read_csv
from mubiao.period import Period
from mubiao.plan import LoadedPlan, find_plans, load_plan, read_plan
from mubiao.plan.yamlfile import Issue
from mubiao.problems import Problem, Refused, Unavailable, message
from mubiao.report import Report, figures, read_report
from mubiao.report.completeness import check_report
from mubiao.service import PlanFile
from mubiao.settings import Settings, settings_from
from mubiao.store import Store

WRONG = 1
WRONG_CALL = 2
CSV_BYTES = 20 * 1024 * 1024
Form = Literal["csv", "xlsx"]

app = typer.Typer(
    help="A government's yearly promises: list them, judge them, check a plan.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

PlanOption = Annotated[
    Path | None,
    typer.Option("--plan", metavar="FILE", help="The plan; else the first of the plans' folder."),
]
LangOption = Annotated[
    Code | None,
    typer.Option("--lang", help="Language of messages and text; else the environment's."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")]


DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="The record; else that of the settings."),
]


class Misuse(Refused):
    """The call itself is wrong."""


@app.command()
def targets(plan: PlanOption = None, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """List the targets of a plan."""
    with _answering(lang) as words:
        _, sound = _sound_plan(plan, _settings(), words)
        if as_json:
            _answer(exports.to_json(exports.targets_document(sound)))
        else:
            _answer(exports.targets_text(sound, words))


@app.command()
def assess(  # noqa: PLR0913, PLR0917 - a parameter is an option
    plan: PlanOption = None,
    observations: Annotated[
        Path | None,
        typer.Option("--observations", metavar="CSV", help="Judge by the actuals in this file."),
    ] = None,
    database: DatabaseOption = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day looked at from; else today."),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Judge every target of a plan as of a day."""
    with _answering(lang) as words:
        if observations is not None and database is not None:
            raise _misuse(message("--observations and --database exclude each other; name one"))
        settings = _settings()
        day = service.today(settings) if as_of is None else _day(as_of)
        file, sound = _sound_plan(plan, settings, words)
        if observations is None:
            chosen = _with_database(settings, database)
            found = _judged_by_record(chosen, file, sound, day, words)
        else:
            found = judge(sound, _observations(_named(observations), sound), day)
        if as_json:
            _answer(exports.to_json(exports.assess_document(sound, found)))
        else:
            _answer(exports.assess_text(sound, found, day, words))


@app.command()
def check(
    plan: PlanOption = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="TEXT", help="Prove the plan complete by this report."),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Check a plan and, with its report, that nothing is left out."""
    with _answering(lang) as words:
        path = _first_plan(_settings(), words) if plan is None else _named(plan)
        text = None if report is None else _named(report)
        _answer(_checked(path, text, words) + "\n")


@app.command(name="import")
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
    with _answering(lang) as words:
        if by is None and not dry_run:
            raise _misuse(message("--by NAME is missing: say who records, or try with --dry-run"))
        # Workbooks take longer to load than all other commands together.
        from mubiao import clifiles  # noqa: PLC0415

        settings = _with_database(_settings(), database)
        loaded, sound = _sound_plan(plan, settings, words)
        table = clifiles.read(_named(file))
        with _record(settings, loaded, words) as store:
            found = clifiles.tried(settings, store, sound, table)
            if dry_run:
                _answer(clifiles.lines(table, found, sound, words))
            clifiles.refuse_wrong(found, words)
            if not dry_run:
                clifiles.save(store, sound, found, by or "")
                _answer(clifiles.lines(table, found, sound, words))


@app.command()
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
    with _answering(lang) as words:
        if form == "xlsx" and output is None and sys.stdout.isatty():
            raise _misuse(message("a workbook is no text for a terminal; name a file by --output"))
        from mubiao import clifiles  # noqa: PLC0415 - as for import

        settings = _with_database(_settings(), database)
        loaded, sound = _sound_plan(plan, settings, words)
        with _record(settings, loaded, words) as store:
            content = clifiles.exported(store, sound, form, words, history=history)
        if output is None:
            _answer(content)
        else:
            clifiles.write(output, content)


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Chinese gets escapes instead of an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="python -m mubiao")


@contextmanager
def _answering(lang: Code | None) -> Iterator[Language]:
    """The one place where refusals become messages and exit codes."""
    words = language(lang or _spoken(os.environ))
    try:
        yield words
    except Refused as refusal:
        for problem in refusal.problems:
            _tell(_line(problem, words))
        raise typer.Exit(WRONG_CALL if isinstance(refusal, Misuse) else WRONG) from None


def _spoken(environment: Mapping[str, str]) -> Code:
    """The language of the environment: Chinese where it is Chinese, otherwise English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    spoken = next((value for name in names if (value := environment.get(name))), "")
    return "zh" if spoken.lower().startswith("zh") else "en"


def _line(problem: Problem, words: Language) -> str:
    """A problem as one line, `file:line: what is wrong`, whatever its texts contain."""
    place = f"{problem.file}:{problem.line}" if problem.file and problem.line else problem.file
    text = words.problem(problem)
    whole = f"{place}: {text}" if place else text
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in whole)


def _answer(text: str | bytes) -> None:
    """Write to standard output; a reader that has gone (`| head -1`) has seen enough."""
    try:
        typer.echo(text, nl=False)
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        told = message("the output cannot be written: {reason}")
        raise Unavailable([Problem(told, {"reason": error.strerror or error})]) from error


def _tell(text: str) -> None:
    """Write a line to standard error; where nobody reads, the exit code still says it."""
    try:
        typer.echo(text, err=True)
    except OSError:
        _silence(sys.stderr)


def _silence(stream: TextIO) -> None:
    """Send what is left in a broken stream nowhere: Python flushes it once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _misuse(text: str, /, **values: object) -> Misuse:
    return Misuse([Problem(text, values)])


def _settings() -> Settings:
    """The environment's settings; a setting that cannot be read makes the call wrong."""
    try:
        return settings_from(os.environ)
    except Refused as refusal:
        raise Misuse(refusal.problems) from None


def _day(text: str) -> date:
    try:
        period = Period.parse(text)
    except ValueError:
        period = None
    if period is None or not period.is_day:
        raise _misuse(message("--as-of is {text}; expected a day such as 2020-07-31"), text=text)
    return period.first


def _named(path: Path) -> Path:
    """A file that the call names; Misuse if there is none."""
    values: dict[str, object] = {}
    try:
        path.stat()
        if not path.is_dir():
            return path
        told = message("this is a folder; expected a file")
    except FileNotFoundError:
        told = message("there is no such file")
    except OSError as error:
        told, values = message("the file cannot be read: {reason}"), {"reason": error.strerror}
    raise Misuse([Problem(told, values, str(path))])


def _sound_plan(named: Path | None, settings: Settings, words: Language) -> tuple[PlanFile, Plan]:
    """The plan that the call names, or the first sound one of the folder.

    Raises Refused with every problem where there is no sound one.
    """
    files: Sequence[PlanFile] = service.plan_files(settings)
    if named is not None:
        files = [PlanFile(_named(named), *load_plan(named), version="")]
    if not files:
        raise _no_plan(settings)
    for file in files:
        if file.plan is not None:
            _tell_choice(file.path, len(files), words)
            return file, file.plan
    raise Refused(problem for file in files for problem in file.problems)


def _first_plan(settings: Settings, words: Language) -> Path:
    """The first plan of the folder, sound or not: a check must not pass by the broken one."""
    paths = find_plans(settings.plans)
    if not paths:
        raise _no_plan(settings)
    _tell_choice(paths[0], len(paths), words)
    return paths[0]


def _no_plan(settings: Settings) -> Unavailable:
    told = message("there is no plan (*.yaml) in {folder}; name one with --plan")
    return Unavailable([Problem(told, {"folder": settings.plans})])


def _tell_choice(path: Path, count: int, words: Language) -> None:
    if count > 1:
        told = message("this plan is used, one of {count} in the folder; name another with --plan")
        _tell(_line(Problem(told, {"count": count}, str(path)), words))


def _judged_by_record(
    settings: Settings, file: PlanFile, plan: Plan, day: date, words: Language
) -> Sequence[Assessment]:
    """The judgement by the settings' database."""
    with _record(settings, file, words) as store:
        return service.board(store, plan, day)


@contextmanager
def _record(settings: Settings, file: PlanFile, words: Language) -> Iterator[Store]:
    """The settings' record, which starts with the plan's published figures."""
    with closing(service.open_record(settings)) as store:
        if service.seed(store, file):
            told = message("the record was empty and starts with the plan's published figures")
            _tell(words.t(told))
        yield store


def _with_database(settings: Settings, database: str | None) -> Settings:
    return settings if database is None else replace(settings, database=database)


def _observations(path: Path, plan: Plan) -> list[Observation]:
    """The actuals of a CSV file; Refused with every problem of it."""
    try:
        content = _content(path)
    except OSError as error:
        told = message("the file cannot be read: {reason}")
        raise Unavailable([Problem(told, {"reason": error.strerror}, str(path))]) from error
    return _rows(content, plan, path)


def _content(path: Path) -> bytes:
    """A CSV file or pipe, but not all of one without an end."""
    with path.open("rb") as stream:
        content = stream.read(CSV_BYTES + 1)
    if len(content) > CSV_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def _rows(content: bytes, plan: Plan, path: Path) -> list[Observation]:
    # Figures that become known after today are no mistake: the as-of day decides what counts.
    observations, problems = read_csv(content, plan, str(path), date.max)
    if problems:
        raise Refused(problems)
    return observations


def _checked(path: Path, report: Path | None, words: Language) -> str:
    """What was checked, in one line. Raises Refused with everything that is wrong."""
    loaded, found = read_plan(path)
    problems = list(found)
    text: Report | None = None
    actuals: list[Observation] = []
    with _collected(problems):
        text = read_report(report) if report is not None else None
    if loaded is not None:
        with _collected(problems):
            actuals = _published(loaded, path)
    if loaded is not None and text is not None:
        problems += check_report(loaded.plan, text, file=str(report), lines=loaded.lines)
    if loaded is None or problems:
        raise Refused(problems)
    counts = {"file": path, "targets": len(loaded.plan.targets), "actuals": len(actuals)}
    told = message("{file}: no problems. Targets: {targets}; published figures: {actuals}")
    if text is not None:
        told = message(
            "{file}: no problems. Targets: {targets}; published figures: {actuals}; "
            "figures of the report, all accounted for: {figures}"
        )
        counts["figures"] = len(figures(text))
    return words.t(told, **counts)


@contextmanager
def _collected(problems: list[Problem]) -> Iterator[None]:
    """Adds what is refused to the problems, so that the checks can go on."""
    try:
        yield
    except Refused as refusal:
        problems.extend(refusal.problems)


def _published(loaded: LoadedPlan, path: Path) -> list[Observation]:
    """The published figures that the plan names; none if it names no file."""
    if loaded.plan.actuals is None:
        return []
    file = path.parent / loaded.plan.actuals
    try:
        content = _content(file)
    except (OSError, ValueError) as error:
        told = message("the published figures in {name} cannot be read: {reason}")
        values = {"name": loaded.plan.actuals, "reason": getattr(error, "strerror", None) or error}
        raise Refused([loaded.lines.problem(Issue(("actuals",), told, values))]) from error
    return _rows(content, loaded.plan, file)
