"""What a deployment can set, read from the environment once at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mubiao.period import FIRST_DAY, LAST_DAY, Period
from mubiao.problems import message, refused

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """`database`: a SQLAlchemy URL; `plans`: the folder of plan files; `reports`: the folder with
    the reports' texts, named like the plans (`beijing-2020.txt`), None where there are none;
    `backups`: the folder of backups, None for the record's usual one; `today`: a fixed day instead
    of the clock's, for rehearsals and tests.
    """

    database: str = f"sqlite:///{ROOT / 'var' / 'mubiao.sqlite'}"
    plans: Path = ROOT / "data" / "plans"
    reports: Path | None = None
    backups: Path | None = None
    today: date | None = None


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings in MUBIAO_DATABASE, MUBIAO_PLANS, MUBIAO_REPORTS, MUBIAO_BACKUPS and
    MUBIAO_TODAY.

    What is not set keeps its default. Raises Refused as `day_of`.
    """
    default = Settings()
    reports, backups = environment.get("MUBIAO_REPORTS"), environment.get("MUBIAO_BACKUPS")
    return Settings(
        database=environment.get("MUBIAO_DATABASE") or default.database,
        plans=Path(environment.get("MUBIAO_PLANS") or default.plans),
        reports=Path(reports) if reports else None,
        backups=Path(backups) if backups else None,
        today=day_of(environment.get("MUBIAO_TODAY") or None, "MUBIAO_TODAY"),
    )


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
