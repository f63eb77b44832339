"""What a deployment can set, read from the environment once at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mubiao.period import FIRST_DAY, LAST_DAY
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

    What is not set keeps its default. Raises Refused for an invalid date.
    """
    default = Settings()
    reports, backups = environment.get("MUBIAO_REPORTS"), environment.get("MUBIAO_BACKUPS")
    return Settings(
        database=environment.get("MUBIAO_DATABASE") or default.database,
        plans=Path(environment.get("MUBIAO_PLANS") or default.plans),
        reports=Path(reports) if reports else None,
        backups=Path(backups) if backups else None,
        today=_day(environment.get("MUBIAO_TODAY")),
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise refused(
            message("MUBIAO_TODAY is {found}; expected a day such as 2020-07-31"), found=text
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        msgid = message("MUBIAO_TODAY is {found}; expected a day from {first} to {last}")
        raise refused(msgid, found=text, first=FIRST_DAY, last=LAST_DAY)
    return day
