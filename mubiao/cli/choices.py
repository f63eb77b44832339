"""What a call names: plan, record, files, days; or else what the environment's settings do."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from mubiao import atomic, clock, journal
from mubiao.cli.answers import Misuse, answering, line, misuse, tell
from mubiao.i18n import Language
from mubiao.model import Act, Actor, ActorKind, Code, Owner, Plan
from mubiao.plan.loader import PlanFile, default_plan, find_plans, plan_files, read_plan
from mubiao.plan.owners import owner_named
from mubiao.plan.textfile import reading
from mubiao.problems import Problem, Refused, Unavailable, message
from mubiao.settings import Settings, settings_from
from mubiao.settings import day_of as day_named
from mubiao.store import Store, open_store, seed

NAMELESS = message("--by NAME is missing: say who does this")


def settings_of_call(database: str | None = None) -> Settings:
    """The environment's settings, with the record that the call names. Raises Misuse."""
    with _misused():
        settings = settings_from(os.environ)
    if settings.log is not None:
        journal.begin(settings.log)
    return settings if database is None else replace(settings, database=database)


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """The day that an option names, if it is given. Raises Misuse for any other text."""
    with _misused():
        return day_named(text, option)


def named_file(path: Path) -> Path:
    """A file that the call names; Misuse if there is none."""
    with _misused(), reading(path):
        path.stat()
    return path


def named_owner(plan: Plan, text: str) -> Owner:
    """The unit that a call names. Raises Misuse where there is none of that name."""
    with _misused():
        return owner_named(plan, text, "--owner")


@contextmanager
def _misused() -> Iterator[None]:
    """A refusal of what the call or its environment names says that the call is wrong."""
    try:
        yield
    except Refused as refusal:
        raise Misuse(refusal.problems) from None


def sound_plan(named: Path | None, settings: Settings, language: Language) -> tuple[PlanFile, Plan]:
    """The plan that the call or a setting names, else the first sound one. Raises Refused."""
    file = _default(settings, language) if named is None else read_plan(named_file(named))
    if file.plan is None:
        raise Refused(file.problems)
    return file, file.plan


def first_plan(settings: Settings, language: Language) -> Path:
    """The setting's plan or the folder's first, even if broken: a check must not pass it by."""
    if settings.plan:
        return _default(settings, language).path
    paths = find_plans(settings.plans)
    if not paths:
        raise _no_plan(settings)
    _tell_choice(paths[0], len(paths), language)
    return paths[0]


def _default(settings: Settings, language: Language) -> PlanFile:
    files = plan_files(settings.plans)
    with _misused():
        file = default_plan(files, settings.plan)
    if file is None:
        raise _no_plan(settings)
    if file.plan is None and not settings.plan:
        raise Refused(problem for file in files for problem in file.problems)
    if not settings.plan:
        _tell_choice(file.path, len(files), language)
    return file


def act_of(settings: Settings, by: str = "") -> Act:
    """What the call does: by the name that it gives, typed like those of pages; where roles are in
    force by the settings' service account, or the operating system's user.
    """
    actor = Actor.typed(by)
    if settings.access.in_force:
        kind, account = ActorKind.OS, _system_user()
        if settings.service:
            kind, account = ActorKind.SERVICE, settings.service
        actor = Actor.of(kind, account, by or account)
    return Act(actor, clock.now(), uuid4().hex)


@contextmanager
def acting(
    lang: Code | None, database: str | None, by: str
) -> Iterator[tuple[Language, Settings, Act]]:
    """A call that changes something: language, settings, act. Raises Misuse without a name."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        act = act_of(settings, by)
        if not act.actor.name:
            raise misuse(NAMELESS)
        yield language, settings, act


def _system_user() -> str:
    """The name of who runs this, which no variable of the environment can change."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd  # noqa: PLC0415 - Windows has none

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run under a number alone
        return str(os.getuid())


@contextmanager
def store_of(settings: Settings) -> Iterator[Store]:
    """The record in the settings' database, as it is."""
    url, backups, access = settings.database, settings.backups, settings.access
    with closing(open_store(url, backups=backups, access=access)) as store:
        yield store


@contextmanager
def record_of(
    named: Path | None, settings: Settings, language: Language, day: date | None = None
) -> Iterator[tuple[Plan, Store, date]]:
    """A sound plan, with the units that answer for its targets on a day, its record in the
    settings' database, which begins with published figures, and the day (None: today).
    """
    file, plan = sound_plan(named, settings, language)
    with store_of(settings) as store:
        if seed(store, file, clock.now()):
            msgid = message("the record was empty and starts with the plan's published figures")
            tell(language.t(msgid))
        day = day or clock.today(settings, plan.zone)
        yield store.assigned(plan, day), store, day


def _no_plan(settings: Settings) -> Unavailable:
    msgid = message("there is no plan (*.yaml) in {folder}; name one with --plan")
    return Unavailable([Problem(msgid, {"folder": settings.plans})])


def _tell_choice(path: Path, count: int, language: Language) -> None:
    if count > 1:
        msgid = message("this plan is used, one of {count} in the folder; name another with --plan")
        tell(line(Problem(msgid, {"count": count}, str(path)), language))


def read_file(path: Path, most: int, *, whole: bool = False) -> bytes:
    """A file's first `most` bytes and one more; `whole`, all or nothing. Raises Unavailable."""
    with reading(path):
        with path.open("rb") as stream:
            content = stream.read(most + 1)
        if whole and len(content) > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return content


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there as it was. Raises Unavailable."""
    try:
        atomic.write(path, content)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        values = {"reason": getattr(error, "strerror", None) or error}
        msgid = message("the file cannot be written: {reason}")
        raise Unavailable([Problem(msgid, values, str(path))]) from error
