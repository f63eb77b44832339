"""What a deployment can set, read from the environment once at the edge."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mubiao.actor import Actor
from mubiao.identity import NO_IDENTITY, IdentitySettings, identity_settings, is_yes
from mubiao.period import FIRST_DAY, LAST_DAY, Period
from mubiao.problems import message, refused

if TYPE_CHECKING:
    from mubiao.access import Access

ROOT = Path(__file__).parent.parent
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


@dataclass(frozen=True, slots=True)
class Settings:
    """`database`: a SQLAlchemy URL; `plans`: the folder of plan files; `plan`: the id or file name
    of the plan that opens, "" for the folder's first; `reports`: the folder with the reports'
    texts, named like the plans (`beijing-2020.txt`), None where there are none; `backups`: the
    folder of backups, None for the record's usual one; `today`: a fixed day instead of the clock's,
    for rehearsals and tests. `hosts`: the names, beside this machine's own, by which browsers reach
    the server, in lower case and without a port; `anyone_may_record`: the server may listen where
    other machines reach it, without a sign-in; `metrics`: Streamlit's figures about the server can
    be read; `reminders`: the file that says how units are reminded, None where nobody is.
    `administrators`: the ids of the first administrators, none where roles are not in force;
    `service`: as whom the command line acts, "" for the operating system's user; `plans_writable`:
    a reviewed plan may be written into the folder of plans; `log`: the file with a line for each
    act, None for the server's standard error alone; `identity`: what says who somebody is on
    pages.
    """

    database: str = f"sqlite:///{ROOT / 'var' / 'mubiao.sqlite'}"
    plans: Path = ROOT / "data" / "plans"
    plan: str = ""
    reports: Path | None = None
    backups: Path | None = None
    today: date | None = None
    hosts: tuple[str, ...] = ()
    anyone_may_record: bool = False
    metrics: bool = False
    reminders: Path | None = None
    administrators: tuple[str, ...] = ()
    service: str = ""
    plans_writable: bool = False
    log: Path | None = None
    identity: IdentitySettings = NO_IDENTITY

    @property
    def access(self) -> "Access":
        """Who may do what: by roles, where there are administrators."""
        # A server answers before it has the plan's types.
        from mubiao.access import Access  # noqa: PLC0415

        return Access(self.administrators, self.plans)


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings in the variables named below, and those of `identity_settings`; what is not set
    keeps its default. Raises Refused for an invalid one.
    """
    default = Settings()

    def path(name: str) -> Path | None:
        return Path(environment[name]) if environment.get(name) else None

    return Settings(
        database=environment.get("MUBIAO_DATABASE") or default.database,
        plans=Path(environment.get("MUBIAO_PLANS") or default.plans),
        plan=environment.get("MUBIAO_PLAN") or default.plan,
        reports=path("MUBIAO_REPORTS"),
        backups=path("MUBIAO_BACKUPS"),
        today=day_of(environment.get("MUBIAO_TODAY") or None, "MUBIAO_TODAY"),
        hosts=_hosts(environment.get("MUBIAO_HOSTS") or ""),
        anyone_may_record=is_yes(environment, "MUBIAO_ANYONE_MAY_RECORD"),
        metrics=is_yes(environment, "MUBIAO_METRICS"),
        reminders=path("MUBIAO_REMINDERS"),
        administrators=_administrators(environment.get("MUBIAO_ADMINISTRATOR") or ""),
        service=(environment.get("MUBIAO_SERVICE_ACCOUNT") or "").strip(),
        plans_writable=is_yes(environment, "MUBIAO_PLANS_WRITABLE"),
        log=path("MUBIAO_LOG"),
        identity=identity_settings(environment),
    )


def _hosts(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    for name in names:
        if not _HOST.fullmatch(name):
            msgid = message(
                "MUBIAO_HOSTS has {found}; expected names of hosts alone, without scheme, port and "
                "path, with commas between them: plans.example, 10.0.0.5"
            )
            raise refused(msgid, found=name)
    return names


def _administrators(text: str) -> tuple[str, ...]:
    for actor in text.split():
        if not Actor.is_id(actor):
            msgid = message(
                "MUBIAO_ADMINISTRATOR has {found}; expected the id of somebody, such as "
                "oidc:id.example/7, proxy:wang or os:li, or several with spaces between them"
            )
            raise refused(msgid, found=actor)
    return tuple(text.split())


def day_of(text: str | None, name: str) -> date | None:
    """The day of a setting or an option, if there is one. Raises Refused for any other text."""
    if text is None:
        return None
    try:
        period = Period.parse(text)
    except ValueError:
        period = None
    if period is None or not period.is_day:
        msgid = message("{option} is {text}; expected a day such as 2020-07-31")
        raise refused(msgid, option=name, text=text)
    if not FIRST_DAY <= period.first <= LAST_DAY:
        msgid = message("{option} is {text}; expected a day from {first} to {last}")
        raise refused(msgid, option=name, text=text, first=FIRST_DAY, last=LAST_DAY)
    return period.first
