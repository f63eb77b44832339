"""Units are reminded of what they owe, and what may go wrong on the way."""

import http.server
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest

from mubiao.i18n import language
from mubiao.model import Owner, Plan, Text
from mubiao.plan.loader import read_plan
from mubiao.reminders import Reminded, ReminderSettings, remind, remind_daily, reminder_settings
from mubiao.settings import settings_from
from mubiao.store import Store, open_store
from mubiao.wording.phrasebook import Phrasebook
from tests.acts import NOON, reasons
from tests.commands import run
from tests.mailbox import Mailbox, mail_server
from tests.real import real_plan, real_plan_with
from tests.test_plan import SOUND


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server of this test."""
    with mail_server() as box:
        yield box


def own_settings(mailbox: Mailbox, **fields: object) -> ReminderSettings:
    return ReminderSettings.model_validate({"mail": mailbox.channel, "language": "en", **fields})


def one_debt(url: str) -> tuple[Store, Plan]:
    """A record in which one unit owes a report since 30 April 2020."""
    owner = Owner(id="u0", name=Text(zh="单位", en="Unit"), contact="u0@plans.example")
    target = real_plan().by_id["gdp-growth"].model_copy(update={"owner": "u0"})
    plan = real_plan_with(owners=(owner,), targets=(target,))
    return open_store(url), plan


JULY = date(2020, 7, 31)


def reminded(url: str, settings: ReminderSettings, day: date = JULY) -> Reminded:
    store, plan = one_debt(url)
    phrasebook = Phrasebook(plan, language(settings.language))
    [one] = remind(store, phrasebook, settings, day, lambda: NOON)
    store.close()
    return one


def test_a_message_is_the_whole_text_with_the_link_to_what_is_to_be_filed(
    sqlite_url: str, mailbox: Mailbox
) -> None:
    settings = own_settings(mailbox, address="https://plans.example", language="zh")
    one = reminded(sqlite_url, settings)
    [(address, subject, text)] = mailbox.mails
    assert (address, subject) == ("u0@plans.example", one.reminder.title)
    assert text.replace("\r\n", "\n").strip() == one.reminder.text
    link = "https://plans.example/record?plan=beijing-2020&lang=zh&owner=u0"
    assert text.strip().endswith(link)


def test_a_unit_is_written_to_from_some_days_before_the_first_report_is_due(
    sqlite_url: str, mailbox: Mailbox
) -> None:
    store, plan = one_debt(sqlite_url)
    phrasebook = Phrasebook(plan, language("en"))

    def units(day: str, ahead: int) -> int:
        settings = own_settings(mailbox, ahead=ahead)
        return len(remind(store, phrasebook, settings, date.fromisoformat(day), None))

    assert units("2020-04-26", 3) == 0
    assert units("2020-04-27", 3) == 1
    assert units("2020-04-29", 0) == 0
    assert units("2020-04-30", 0) == 1
    assert mailbox.mails == []
    store.close()


@dataclass
class Deployment:
    """A plan with a unit that owes, its folder and the file of reminders, for calls and servers."""

    folder: Path
    mailbox: Mailbox

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the deployment."""
        return {
            "MUBIAO_DATABASE": f"sqlite:///{self.folder}/var/mubiao.sqlite",
            "MUBIAO_PLANS": str(self.folder / "plans"),
            "MUBIAO_REMINDERS": str(self.folder / "reminders.yaml"),
            "LC_ALL": "en_GB.UTF-8",
        }

    def assign(self, contact: str = "roads@plans.example", **more: str) -> None:
        """Write the plan, who answers for its targets, and the file of reminders with `more`."""
        for name in ("plans", "owners"):
            (self.folder / name).mkdir(exist_ok=True)
        (self.folder / "plans" / "sample.yaml").write_text(SOUND, encoding="utf-8")
        owners = f"""owners:
  - id: roads
    name: {{zh: 市交通委, en: Transport commission}}
    contact: "{contact}"
targets:
  - {{target: alleys, owner: roads}}
"""
        (self.folder / "owners" / "sample.yaml").write_text(owners, encoding="utf-8")
        keys = {"mail": self.mailbox.channel, "office": "office@plans.example", **more}
        lines = "".join(f'{name}: "{value}"\n' for name, value in keys.items())
        (self.folder / "reminders.yaml").write_text(lines, encoding="utf-8")


@pytest.fixture
def deployment(mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    """A deployment whose environment is this process's."""
    made = Deployment(tmp_path, mailbox)
    made.assign()
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    return made


def test_calls_at_once_send_one_message_a_unit(deployment: Deployment) -> None:
    call = [sys.executable, "-m", "mubiao", "remind", "--send", "--as-of", "2020-12-31"]
    calls = [
        subprocess.Popen(call, env={**os.environ, **deployment.environment}, text=True)
        for _ in range(3)
    ]
    assert [one.wait(timeout=120) for one in calls] == [0, 0, 0]
    addresses = sorted(address for address, _, _ in deployment.mailbox.mails)
    assert addresses == ["office@plans.example", "roads@plans.example"]


def test_a_dry_call_shows_what_would_be_sent_and_sends_nothing(deployment: Deployment) -> None:
    result = run("remind", "--as-of", "2020-12-31")
    assert result.exit_code == 0, result.stderr
    assert "市交通委 (mailto), would be sent\n  市交通委：截至2020年12月31日，" in result.stdout
    assert deployment.mailbox.mails == []
    assert run("remind", "--log").stdout == ""


@pytest.mark.usefixtures("deployment")
def test_a_call_logs_and_a_second_one_says_that_it_was_sent() -> None:
    day = ("--as-of", "2020-12-31", "--lang", "en")
    assert "Transport commission (mailto), sent\n" in run("remind", "--send", *day).stdout
    assert "Transport commission (mailto), sent already\n" in run("remind", "--send", *day).stdout
    assert "sent already" in run("remind", *day).stdout
    [office, roads] = sorted(run("remind", "--log").stdout.splitlines())
    assert "  sent  " in office
    assert "  sent  " in roads


def test_who_has_filed_gets_none_the_next_day(deployment: Deployment) -> None:
    assert run("remind", "--send", "--as-of", "2021-04-10").exit_code == 0
    assert "roads@plans.example" in {address for address, _, _ in deployment.mailbox.mails}
    file = deployment.folder / "figures.csv"
    file.write_text(
        "target,period,value,qualifier,nature,known_on,source,note\n"
        "alleys,2020,150,,,2021-04-10,x,\n",
        encoding="utf-8",
    )
    filed = run("import", file, "--by", "Li Wei", "--yes")
    assert filed.exit_code == 0, filed.stderr
    deployment.mailbox.mails.clear()
    assert run("remind", "--send", "--as-of", "2021-04-11").exit_code == 0
    assert {address for address, _, _ in deployment.mailbox.mails} == {"office@plans.example"}


def test_a_unit_that_cannot_be_reached_is_said_and_no_other_is_held_back(
    deployment: Deployment,
) -> None:
    deployment.mailbox.closed = {"roads@plans.example"}
    day = ("--as-of", "2020-12-31", "--lang", "en")
    result = run("remind", "--send", *day)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "Transport commission could not be reached by its channel (mailto); the next run tries "
        "again"
    )
    assert [address for address, _, _ in deployment.mailbox.mails] == ["office@plans.example"]
    deployment.mailbox.closed.clear()
    assert run("remind", "--send", *day).exit_code == 0
    assert deployment.mailbox.mails[-1][0] == "roads@plans.example"


def test_a_unit_without_a_channel_is_said(deployment: Deployment) -> None:
    deployment.assign(contact="telephone 12345678")
    result = run("remind", "--send", "--as-of", "2020-12-31", "--lang", "en")
    assert result.exit_code == 1
    assert "Transport commission has no channel; name one in the file of MUBIAO_REMINDERS" in (
        result.stderr
    )


@pytest.mark.parametrize(
    "channel", ["wecombot://", "foo://secret-key", "gnome://", "mailto://user:secret-key@x"]
)
def test_a_channel_that_no_message_can_go_by_is_refused_with_its_line_and_without_its_key(
    deployment: Deployment, channel: str
) -> None:
    deployment.assign(contact=channel)
    result = run("remind", "--as-of", "2020-12-31", "--lang", "en")
    kind = channel.partition(":")[0]
    assert result.exit_code == 1
    assert f"owners/sample.yaml:4: this channel ({kind}) is none that a message can go" in (
        result.stderr
    )
    assert "secret" not in result.output
    deployment.assign(office=channel)
    result = run("remind", "--lang", "en")
    assert f"reminders.yaml:2: this channel ({kind}) is none" in result.stderr
    assert "secret" not in result.output


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('at: "9"', 'at is "9"; expected 09:00'),
        ("address: plans.example", 'address is "plans.example"; expected https://localhost'),
        ("ahead: -1", "ahead is -1; expected at least 0"),
        ("maill: x", "unknown key maill; did you mean mail?"),
        # A channel where none belongs keeps its key to itself.
        ("channels: wecombot://key", 'channels must be a mapping of keys; found "wecombot://…"'),
        ("channels: {wecombot://key: }", "channels.wecombot://… is empty; expected a value"),
        ("address: feishu://key", 'address is "feishu://…"; expected https://localhost'),
    ],
)
def test_settings_are_refused_by_file_and_line(tmp_path: Path, line: str, text: str) -> None:
    path = tmp_path / "reminders.yaml"
    path.write_text(f"language: zh\n{line}\n", encoding="utf-8")
    assert reasons(lambda: reminder_settings(path)) == [text]


def test_a_channel_for_a_unit_goes_before_its_contact_in_the_plan(mailbox: Mailbox) -> None:
    owner = Owner(id="u0", name=Text(zh="市交通委", en="Unit"), contact="u0@plans.example")
    settings = own_settings(mailbox, channels={"市交通委": "wecombot://key"})
    assert settings.channel(owner) == "wecombot://key"
    assert settings.channel(None) is None


class Refusing(http.server.BaseHTTPRequestHandler):
    """A web service that takes no message."""

    def do_POST(self) -> None:
        """Say that it failed."""
        self.send_error(500)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def test_a_channels_key_is_in_no_log_record_or_file(
    deployment: Deployment, caplog: pytest.LogCaptureFixture
) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        channel = f"json://user:secret-key@127.0.0.1:{server.server_port}/secret-path"
        deployment.assign(contact=channel)
        with caplog.at_level(logging.DEBUG):
            result = run("remind", "--send", "--as-of", "2020-12-31", "--lang", "en")
        server.shutdown()
    assert result.exit_code == 1
    assert "could not be reached by its channel (json)" in result.stderr
    record = deployment.folder / "var" / "mubiao.sqlite"
    texts = [result.output, caplog.text, record.read_bytes().decode("latin-1")]
    assert not [text for text in texts if "secret" in text]
    file = read_plan(deployment.folder / "plans" / "sample.yaml")
    assert file.plan is not None
    assert file.plan.owners[0].contact == channel
    assert "secret" not in file.plan.as_text() + repr(file.plan)


def at_hour(hour: int) -> datetime:
    return datetime(2020, 12, 30, hour, tzinfo=UTC)


def test_the_server_sends_from_its_hour_on_once_a_day(deployment: Deployment) -> None:
    deployment.assign(at="09:00")
    settings = settings_from(os.environ)
    early, late = at_hour(0), at_hour(1)  # 08:00 and 09:00 in the plan's time zone
    if real_plan().timezone != "Asia/Shanghai":
        pytest.fail("the hours above are Shanghai's")
    zone = "timezone: Asia/Shanghai\n"
    plan = deployment.folder / "plans" / "sample.yaml"
    if zone not in plan.read_text(encoding="utf-8"):
        plan.write_text(zone + plan.read_text(encoding="utf-8"), encoding="utf-8")
    assert remind_daily(settings, lambda: early) == ""
    assert remind_daily(settings, lambda: late) != ""
    assert remind_daily(settings, lambda: at_hour(3)) == ""
    assert len(deployment.mailbox.mails) == 2
    assert remind_daily(replace(settings, today=date(2020, 12, 31)), lambda: late) == ""


def test_the_server_sends_nothing_unless_a_setting_says_so(deployment: Deployment) -> None:
    assert remind_daily(settings_from(os.environ), lambda: at_hour(3)) == ""
    assert deployment.mailbox.mails == []


def test_the_server_says_whom_it_could_not_reach_after_it_has_reached_the_others(
    deployment: Deployment,
) -> None:
    deployment.assign(at="00:00")
    deployment.mailbox.closed = {"roads@plans.example"}
    settings = settings_from(os.environ)
    [text] = reasons(lambda: remind_daily(settings, lambda: at_hour(3)))
    assert "市交通委 could not be reached" in text
    assert [address for address, _, _ in deployment.mailbox.mails] == ["office@plans.example"]
