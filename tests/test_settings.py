"""What a deployment can set, read from a mapping like the environment."""

from datetime import date
from pathlib import Path

import pytest

from mubiao.identity import IdentityKind, IdentitySettings
from mubiao.problems import Refused
from mubiao.settings import ROOT, Settings, settings_from
from tests.acts import refusal


def test_without_settings_everything_has_its_default() -> None:
    found = settings_from({})
    assert found == Settings()
    assert found.database == f"sqlite:///{ROOT}/var/mubiao.sqlite"
    assert found.plans == ROOT / "data" / "plans"
    assert (found.reports, found.backups, found.today) == (None, None, None)


def test_empty_settings_are_as_good_as_none() -> None:
    names = (
        *("DATABASE", "PLANS", "PLAN", "REPORTS", "BACKUPS", "TODAY"),
        *("HOSTS", "ANYONE_MAY_RECORD", "METRICS"),
    )
    assert settings_from({f"MUBIAO_{name}": "" for name in names}) == Settings()


def test_each_setting_is_taken_and_anything_else_is_left_alone() -> None:
    found = settings_from(
        {
            "MUBIAO_DATABASE": "postgresql://host/record",
            "MUBIAO_PLANS": "/srv/plans",
            "MUBIAO_PLAN": "beijing-2025",
            "MUBIAO_REPORTS": "/srv/reports",
            "MUBIAO_BACKUPS": "/srv/backups",
            "MUBIAO_TODAY": "2020-07-31",
            "MUBIAO_HOSTS": " Plans.example,[2001:db8::7], 10.0.0.5,",
            "MUBIAO_ANYONE_MAY_RECORD": "yes",
            "MUBIAO_METRICS": "yes",
            "MUBIAO_PLANS_WRITABLE": "yes",
            "MUBIAO_LOG": "/var/log/mubiao.log",
            "MUBIAO_IDENTITY": "oidc",
            "MUBIAO_CHROMIUM": "/usr/bin/chromium",
            "HOME": "/root",
        }
    )
    assert found == Settings(
        database="postgresql://host/record",
        plans=Path("/srv/plans"),
        plan="beijing-2025",
        reports=Path("/srv/reports"),
        backups=Path("/srv/backups"),
        today=date(2020, 7, 31),
        hosts=("plans.example", "[2001:db8::7]", "10.0.0.5"),
        anyone_may_record=True,
        metrics=True,
        plans_writable=True,
        log=Path("/var/log/mubiao.log"),
        identity=IdentitySettings(IdentityKind.OIDC),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((t, "such as 2020-07-31") for t in ("2020-02-30", "31 July 2020", "2020-7-31", " ")),
        *((t, "from 1990-01-01 to") for t in ("0001-01-01", "1989-12-31", "2101-01-01")),
    ],
)
def test_a_day_that_is_none_or_too_far_is_refused_and_named(text: str, expected: str) -> None:
    told = refusal(lambda: settings_from({"MUBIAO_TODAY": text}))
    assert told.startswith(f"MUBIAO_TODAY is {text}; expected a day {expected}")


def test_the_environment_is_never_read_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_TODAY", "2020-07-31")
    assert settings_from({}).today is None


@pytest.mark.parametrize(
    "text", ["https://plans.example", "plans.example:8443", "*", "*.example", "a/b", "计划.example"]
)
def test_what_is_no_name_of_a_host_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="MUBIAO_HOSTS has"):
        settings_from({"MUBIAO_HOSTS": f"plans.example, {text}"})


@pytest.mark.parametrize("name", ["MUBIAO_ANYONE_MAY_RECORD", "MUBIAO_METRICS"])
@pytest.mark.parametrize("text", ["true", "1", "Yes", " yes"])
def test_what_opens_a_door_is_said_in_as_many_words(name: str, text: str) -> None:
    with pytest.raises(Refused, match=f"{name} is {text}; expected yes or no"):
        settings_from({name: text})
    assert settings_from({name: "no"}) == Settings()
