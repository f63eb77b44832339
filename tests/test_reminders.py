"""What a unit is sent about the reports that it owes."""

from datetime import date

from mubiao.assessment import assess
from mubiao.duty import debts
from mubiao.i18n import language
from mubiao.model import Owner, Text
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.reminders import Reminder, reminder
from tests.samples import observation, plan_of, target

RATE = {"measure": "rate", "comparator": "at_least", "value": "6", "owner": "transport"}
PLAN = plan_of(
    target("one", cadence="monthly", **RATE), target("two", cadence="quarterly", **RATE)
).model_copy(
    update={"owners": (Owner(id="transport", name=Text(zh="市交通委", en="Transport commission")),)}
)
LINK = "https://plans.example/record?owner=transport"


def made(code: str, as_of: str, **reported: str) -> Reminder:
    """The reminder of a day, with the period of the last report of a target."""
    day, phrasebook = date.fromisoformat(as_of), Phrasebook(PLAN, language(code))
    known = [observation(id_, period, 5, "2020-04-01") for id_, period in reported.items()]
    return reminder(phrasebook, "transport", debts(PLAN, assess(PLAN, known, day)), day, LINK)


def test_a_reminder_says_what_is_owed_since_when_and_where_to_file() -> None:
    assert made("en", "2020-05-10", one="2020-Q1") == Reminder(
        "Transport commission: reports of 2 targets are owed as of 10 May 2020",
        "Transport commission: as of 10 May 2020, reports of 2 targets of “Sample report” are "
        "owed, 1 of them overdue.\n"
        "1. two: Q1, due 30 April 2020, 10 days overdue\n"
        "2. one: January–April, due 20 May 2020\n"
        f"To file: {LINK}",
    )


def test_a_target_that_owes_several_reports_is_one_line_since_the_first_was_due() -> None:
    assert made("zh", "2020-05-10", one="2020-01..2020-02", two="2020-Q1") == Reminder(
        "市交通委：截至2020年5月10日，1项目标欠报",
        "市交通委：截至2020年5月10日，《样例报告》中由贵单位负责的1项目标欠报。\n"
        "1. 目标one：一季度、1—4月，应于2020年4月20日前报送，逾期20天\n"
        f"填报地址：{LINK}",
    )
