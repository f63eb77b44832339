"""What a call answers: standard output, standard error, exit codes, in the caller's language."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, TextIO

import typer

from mubiao import journal
from mubiao.i18n import CODES, Language
from mubiao.i18n import language as language_of
from mubiao.model import Code
from mubiao.problems import Problem, Refused, Unavailable, message

WRONG = 1
WRONG_CALL = 2

Spoken = Literal["zh", "en", "both"]
"""The languages of a file; its call is answered in the one language, or the environment's."""


class Misuse(Refused):
    """The call itself is wrong."""


@contextmanager
def answering(lang: Spoken | None) -> Iterator[Language]:
    """The one place where refusals become messages and exit codes."""
    language = language_of(lang if lang in CODES else _code_of(os.environ))
    try:
        with journal.act():
            yield language
    except Refused as refusal:
        tell("\n".join(line(problem, language) for problem in refusal.problems))
        raise typer.Exit(WRONG_CALL if isinstance(refusal, Misuse) else WRONG) from None


def answer(text: str | bytes) -> None:
    """Write to standard output; a reader that has gone (`| head -1`) has seen enough."""
    try:
        typer.echo(text, nl=False)
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        msgid = message("the output cannot be written: {reason}")
        raise Unavailable([Problem(msgid, {"reason": error.strerror or error})]) from error


def tell(text: str) -> None:
    """Write a line to standard error; where nobody reads, the exit code still says it."""
    try:
        typer.echo(text, err=True)
    except OSError:
        _silence(sys.stderr)


def line(problem: Problem, language: Language) -> str:
    """A problem as one line, `file:line: what is wrong`, whatever its texts contain."""
    place = f"{problem.file}:{problem.line}" if problem.file and problem.line else problem.file
    text = language.problem(problem)
    whole = f"{place}: {text}" if place else text
    if whole.isprintable():
        return whole
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in whole)


def misuse(text: str, /, **values: object) -> Misuse:
    """What is wrong with the call, for one reason."""
    return Misuse([Problem(text, values)])


def _code_of(environment: Mapping[str, str]) -> Code:
    """The language of the environment: Chinese where it is Chinese, otherwise English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := environment.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _silence(stream: TextIO) -> None:
    """Send what is left in a broken stream nowhere: Python flushes it once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
