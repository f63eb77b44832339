"""`lock`: which periods are closed, closing them, and opening them again."""

from typing import Annotated

import typer

from mubiao.cli.answers import answer, answering, misuse
from mubiao.cli.choices import (
    NAMELESS,
    ByOption,
    DatabaseOption,
    JsonOption,
    LangOption,
    PlanOption,
    act_of,
    day_of,
    record_of,
    settings_of_call,
)
from mubiao.exports.data.documents import to_json
from mubiao.model import Lock
from mubiao.problems import message


def lock(  # noqa: PLR0913, PLR0917 - a parameter is an option
    plan: PlanOption = None,
    through: Annotated[
        str | None,
        typer.Option(
            "--through",
            metavar="YYYY-MM-DD",
            help="Close the periods that end by this day; an earlier day opens those after it.",
        ),
    ] = None,
    open_all: Annotated[bool, typer.Option("--open", help="Open all periods again.")] = False,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why closed periods are opened.")
    ] = "",
    by: ByOption = "",
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say up to which day periods are closed, close some, or open them again."""
    with answering(lang) as language:
        day = day_of(through, "--through")
        if through is not None and open_all:
            raise misuse(message("--through and --open contradict each other; give one of them"))
        settings = settings_of_call(database)
        changes = through is not None or open_all
        if changes and not by and not settings.access.in_force:
            raise misuse(NAMELESS)
        with record_of(plan, settings, language) as (sound, store):
            held = store.lock(sound.id)
            if changes:
                seen = held.row if held else 0
                held = store.close_periods(
                    sound.id, day, act_of(settings, by), reason=reason, seen=seen
                )
        if as_json:
            answer(to_json(_document(held)))
        elif held is None or held.through is None:
            answer(language.t("No period is closed.") + "\n")
        else:
            msgid = message("Closed up to {day}, by {name}.")
            text = language.t(msgid, day=language.day(held.through), name=held.actor.name)
            answer(text + "\n")


def _document(lock: Lock | None) -> dict[str, object]:
    """Up to which day periods are closed, None for no day; who last changed that, when, why."""
    if lock is None:
        return {"through": None, "by": "", "at": None, "reason": ""}
    at = lock.at.isoformat()
    return {"through": lock.through, "by": lock.actor.name, "at": at, "reason": lock.reason}
