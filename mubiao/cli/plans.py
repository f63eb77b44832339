"""`targets`, `assess`, `check`, `draft` and `series`: what a plan promises, what became of it,
whether it is sound; a plan drafted from a report, and the same targets in several.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mubiao import clock
from mubiao.assessment import assess as judge
from mubiao.cli import options
from mubiao.cli.answers import answer, answering, misuse
from mubiao.cli.choices import (
    day_of,
    first_plan,
    named_file,
    read_file,
    record_of,
    settings_of_call,
    sound_plan,
    store_of,
)
from mubiao.cli.tables import assess_text, targets_text
from mubiao.exports.data.documents import (
    assess_document,
    draft_document,
    targets_document,
    ties_document,
    to_json,
)
from mubiao.i18n import Language, in_both
from mubiao.model import Observation, Plan
from mubiao.observation.contract import read_csv
from mubiao.plan.loader import PlanFile, open_reviews, plan_files, read_plan
from mubiao.plan.textfile import MAX_BYTES
from mubiao.plan.yamlfile import Issue
from mubiao.problems import Problems, Refused, Unavailable, message
from mubiao.report.completeness import check_report
from mubiao.report.drafting import required_draft
from mubiao.report.planfile import plan_text
from mubiao.report.reportfile import report_text
from mubiao.report.text import Report, figures, read_report
from mubiao.series import Promise, Tie, ties
from mubiao.store.database import may_have_record
from mubiao.views.seen import assess_record
from mubiao.wording.phrasebook import Phrasebook

CSV_BYTES = 20 * 1024 * 1024


def targets(
    plan: options.Plan = None, as_json: options.Json = False, lang: options.Lang = None
) -> None:
    """List the targets of a plan, with the units that answer for them today."""
    with answering(lang) as language:
        settings = settings_of_call()
        _, sound = sound_plan(plan, settings, language)
        if may_have_record(settings.database):
            with store_of(settings) as store:
                sound = store.assigned(sound, clock.today(settings, sound.zone))
        phrasebook = Phrasebook(sound, language)
        answer(to_json(targets_document(sound)) if as_json else targets_text(phrasebook))


def assess(  # noqa: PLR0913, PLR0917 - a parameter is an option
    plan: options.Plan = None,
    observations: Annotated[
        Path | None,
        typer.Option("--observations", metavar="CSV", help="Judge by the actuals in this file."),
    ] = None,
    database: options.Database = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """Judge every target of a plan as of a day."""
    with answering(lang) as language:
        if observations is not None and database is not None:
            raise misuse(message("--observations and --database exclude each other; name one"))
        settings = settings_of_call(database)
        named = day_of(as_of)
        if observations is None:
            with record_of(plan, settings, language, named) as (sound, store, day):
                assessments = assess_record(store, sound, day)
        else:
            _, sound = sound_plan(plan, settings, language)
            day = named or clock.today(settings, sound.zone)
            assessments = judge(sound, _observations(named_file(observations), sound), day)
        if as_json:
            answer(to_json(assess_document(sound, assessments)))
        else:
            answer(assess_text(Phrasebook(sound, language), assessments, day))


def check(
    plan: options.Plan = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="TEXT", help="Prove the plan complete by this report."),
    ] = None,
    lang: options.Lang = None,
) -> None:
    """Check a plan and, with its report, that nothing is left out."""
    with answering(lang) as language:
        path = first_plan(settings_of_call(), language) if plan is None else named_file(plan)
        answer(_checked(path, report and named_file(report), language) + "\n")


def _observations(path: Path, plan: Plan) -> list[Observation]:
    """The actuals of a CSV file or pipe. Raises Refused with every problem of it."""
    content = read_file(path, CSV_BYTES, whole=True)
    # Figures that become known after today are no mistake: the as-of day decides what counts.
    observations, problems = read_csv(content, plan, str(path), date.max)
    if problems:
        raise Refused(problems)
    return observations


def _checked(path: Path, report: Path | None, language: Language) -> str:
    """What was checked, in one line. Raises Refused with everything that is wrong."""
    plan_file = read_plan(path)
    plan, problems = plan_file.plan, Problems(plan_file.problems)
    text: Report | None = None
    actuals: list[Observation] = []
    with problems.collected():
        text = read_report(report, plan.ends if plan else None) if report else None
    with problems.collected():
        actuals = _published(plan, plan_file) if plan else []
    if plan is not None and text is not None:
        problems += check_report(plan, text, plan_file.lines, file=str(report))
    if plan is not None:
        problems += map(plan_file.lines.problem, open_reviews(plan))
    if plan is None or problems:
        raise Refused(problems)
    counts = {"file": path, "targets": len(plan.targets), "actuals": len(actuals)}
    msgid = message("{file}: no problems. Targets: {targets}; published figures: {actuals}")
    if text is not None:
        msgid = message(
            "{file}: no problems. Targets: {targets}; published figures: {actuals}; "
            "figures of the sections that it covers, all accounted for: {figures}, "
            "of {all} in the whole report"
        )
        counts |= {"figures": len(figures(text, plan.covers)), "all": len(figures(text))}
    return language.t(msgid, **counts)


def _published(plan: Plan, file: PlanFile) -> list[Observation]:
    """The published figures that the plan names; none if it names no file."""
    if plan.actuals is None:
        return []
    try:
        return _observations(file.path.parent / plan.actuals, plan)
    except Unavailable as refusal:
        msgid = message("the published figures in {name} cannot be read: {reason}")
        values = {"name": plan.actuals, "reason": refusal.problems[0].values["reason"]}
        raise Refused([file.lines.problem(Issue(("actuals",), msgid, values))]) from refusal


def draft(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="Its text (txt, docx; - reads it).")
    ],
    year: Annotated[int | None, typer.Option("--year", help="The year that it plans.")] = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """Draft a plan from a report's text, or list its figures."""
    with answering(lang) as spoken:
        made = required_draft(_text(report), year, str(report), promises=not as_json)
        answer(
            to_json(draft_document(made, spoken))
            if as_json
            else plan_text(made, report.stem, in_both)
        )


def _text(path: Path) -> str:
    """The text of a file or of standard input. Raises Refused."""
    if str(path) == "-":
        return report_text(sys.stdin.buffer.read(MAX_BYTES + 1), path)
    return report_text(read_file(named_file(path), MAX_BYTES), path)


def series(
    plans: Annotated[
        list[Path] | None,
        typer.Option("--plan", metavar="FILE", help="Two plans or more; else all of the folder."),
    ] = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """Propose which targets of several plans are of one series; it changes no file.

    A target that says `unlike: [ID]` is not proposed with the target or series of that id.
    """
    with answering(lang) as language:
        files = plan_files(settings_of_call().plans)
        if plans:
            files = tuple(read_plan(named_file(path)) for path in plans)
        if problems := [problem for file in files for problem in file.problems]:
            raise Refused(problems)
        if len(files) < 2:
            raise misuse(message("series compares plans: name two or more, each with --plan"))
        sound = [file.plan for file in files if file.plan]
        proposed = list(ties(sorted(sound, key=lambda plan: plan.year)))
        text = "".join(f"{line}\n" for line in _lines(proposed, files, language))
        answer(to_json(ties_document(proposed)) if as_json else text)


def _lines(proposed: Sequence[Tie], files: Sequence[PlanFile], language: Language) -> Iterator[str]:
    """Lines to put into plan files, each after the place where its target begins."""
    at = {file.plan.id: file for file in files if file.plan}
    if not proposed:
        yield language.t("No name of a target without a series is like one of an earlier plan.")

    def line(promise: Promise, name: str, note: str) -> str:
        file, position = at[promise.plan.id], promise.plan.targets.index(promise.target)
        place = file.lines.line(("targets", position, "id"))
        return f"{file.path}:{place}: series: {name}  # {note}"

    for tie in proposed:
        for one in tie.without:
            other = tie.earlier if one is tie.promise else tie.promise
            names = [language.pick(each.target.name) for each in (one, other)]
            like = f"{names[0]} = {other.plan.span.name} {names[1]}, {round(tie.score)}%"
            yield line(one, tie.series, like)
