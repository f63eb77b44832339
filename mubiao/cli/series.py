"""`series`: which targets of several plans seem to be one indicator, for a person to confirm."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from mubiao.cli.answers import answer, answering, misuse
from mubiao.cli.choices import JsonOption, LangOption, named_file, settings_of_call
from mubiao.exports.data.documents import ties_document, to_json
from mubiao.i18n import Language
from mubiao.plan.loader import PlanFile, plan_files, read_plan
from mubiao.problems import Refused, message
from mubiao.series import Promise, Tie, ties


def series(
    plans: Annotated[
        list[Path] | None,
        typer.Option("--plan", metavar="FILE", help="Two plans or more; else all of the folder."),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
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
        if as_json:
            answer(to_json(ties_document(proposed)))
        else:
            lines = _lines(proposed, files, language)
            answer("".join(f"{line}\n" for line in lines))


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
