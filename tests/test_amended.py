"""A target that was changed in the course of its year: the version in force judges, both are told.

The worked case: growth of "about 6%", changed on 22 December 2020 to "above 0".
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mubiao.assessment import assess, statuses
from mubiao.exports.data.documents import assess_document, targets_document
from mubiao.exports.workbook.report import workbook
from mubiao.figures.paths import path as figure
from mubiao.model import (
    Act,
    Amendment,
    Assessment,
    Better,
    Comparator,
    Flag,
    Stage,
    Status,
    Target,
    Text,
)
from mubiao.plan.loader import PlanFile, read_plan
from mubiao.store import Store
from mubiao.views.briefing import briefing
from mubiao.views.changes import changes
from mubiao.views.charts import stepped
from mubiao.views.charts.paths import path
from mubiao.views.detail import detail, numbers
from mubiao.views.seen import Seen, look, plan_at
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence
from mubiao.wording.titles import title
from tests.actors import named
from tests.acts import NOON, add_row
from tests.real import PLAN_FILE
from tests.samples import EN, ZH, observation, plan_of
from tests.worked import GDP, LINE, PUBLISHED, WORKED, judged

CHANGED_ON, CLOSED = date(2020, 12, 22), date(2021, 3, 31)
CHANGE = Amendment(
    known_on=CHANGED_ON,
    comparator=Comparator.ABOVE,
    value=Decimal(0),
    by=Text(zh="市人大常委会", en="the standing committee"),
    printed="高于0",
)
CHANGED_GDP = GDP.model_copy(update={"amended": CHANGE})
PLAN = plan_of(CHANGED_GDP, *WORKED.targets[1:])


def gdp(as_of: str) -> Assessment:
    return judged("gdp", as_of, PUBLISHED, PLAN)


@pytest.mark.parametrize(
    ("as_of", "status", "first"),
    [
        ("2020-07-31", Status.OFF_TRACK, None),
        ("2020-12-21", Status.OFF_TRACK, None),
        ("2020-12-22", Status.ON_TRACK, Status.OFF_TRACK),
        ("2021-01-31", Status.ACHIEVED, Status.MISSED),
    ],
)
def test_the_version_in_force_on_the_day_judges_and_the_first_one_beside_it(
    as_of: str, status: Status, first: Status | None
) -> None:
    found = gdp(as_of)
    assert found.status is status
    assert (found.as_promised and found.as_promised.status) is first
    assert (Flag.AMENDED in found.flags) is (first is not None)
    assert found.target.comparator is (Comparator.ABOVE if first else Comparator.ABOUT)


def test_before_the_change_all_is_as_in_the_plan_without_it() -> None:
    for day in ("2020-04-30", "2020-07-31", "2020-12-21"):
        assert gdp(day) == judged("gdp", day, PUBLISHED, WORKED)


def test_the_first_promise_is_judged_as_if_nothing_had_been_changed() -> None:
    for day in ("2020-12-22", "2021-03-31"):
        assert gdp(day).as_promised == judged("gdp", day, PUBLISHED, WORKED)


def test_the_sentence_gives_both_verdicts() -> None:
    english, chinese = Phrasebook(PLAN, EN), Phrasebook(PLAN, ZH)
    assert sentence(english, gdp("2021-01-31")) == (
        "The full year: up 1.2% on a year earlier, 1.2 percentage points above the target of 0%; "
        "as amended on 22 December: kept; as promised in January: missed."
    )
    assert sentence(chinese, gdp("2021-01-31")).endswith(
        "按12月22日调整后的目标：已兑现；按1月的原承诺：未达成。"
    )
    assert title(english, gdp("2021-01-31")).endswith(
        "as amended on 22 December: kept; as promised in January: missed"
    )
    assert "as promised in January: off track" in sentence(english, gdp("2020-12-31"))
    assert "amended" not in sentence(english, gdp("2020-12-21"))


def test_a_change_after_the_year_is_told_with_its_year() -> None:
    late = CHANGE.model_copy(update={"known_on": date(2021, 1, 5)})
    plan = plan_of(GDP.model_copy(update={"amended": late}))
    found = judged("gdp", "2021-03-31", PUBLISHED, plan)
    assert "as amended on 5 January 2021: kept" in sentence(Phrasebook(plan, EN), found)
    history = [o for o in PUBLISHED if o.target == "gdp"]
    line = path(Phrasebook(plan, EN), found, history).goal
    assert [value for _, value in line] == [6.0, 6.0, 0.0]  # its step is at the year's end


def test_a_milestone_may_be_given_another_day() -> None:
    change = CHANGE.model_copy(
        update={"comparator": Comparator.DONE, "value": None, "due": date(2021, 6, 30)}
    )
    plan = plan_of(LINE.model_copy(update={"amended": change}))
    begun = observation("line", "2020-12-31", Stage.UNDER_WAY, "2021-01-04")
    found = judged("line", "2021-01-10", [begun], plan)
    assert (found.status, found.as_promised and found.as_promised.status) == (
        Status.ON_TRACK,
        Status.MISSED,
    )
    assert "due by 30 June 2021" in sentence(Phrasebook(plan, EN), found)


def test_a_failing_step_holds_back_what_was_promised_first_too() -> None:
    change = CHANGE.model_copy(
        update={"comparator": Comparator.DONE, "value": None, "due": date(2021, 6, 30)}
    )
    whole = LINE.model_copy(update={"amended": change, "due": date(2021, 5, 31)})
    step = LINE.model_copy(update={"id": "step", "part_of": "line", "due": date(2020, 9, 30)})
    seen = (
        observation("line", "2020-12-31", Stage.UNDER_WAY, "2021-01-04"),
        observation("step", "2020-10-01", Stage.UNDER_WAY, "2020-10-02"),
    )
    found = judged("line", "2021-01-10", seen, plan_of(whole, step))
    assert (found.status, found.as_promised and found.as_promised.status) == (
        Status.AT_RISK,
        Status.AT_RISK,
    )


def test_how_the_first_phrase_was_read_does_not_explain_the_change() -> None:
    read = CHANGED_GDP.model_copy(update={"reading": Text(zh="不低于5.5%", en="5.5% or more")})
    assert read.in_force(date(2020, 12, 21)).reading is not None
    assert read.in_force(CHANGED_ON).reading is None


def test_documents_tell_both() -> None:
    by_id = {row["target"]: row for row in assess_document(PLAN, [gdp("2020-07-31")])}
    assert by_id["gdp"]["as_promised"] is None
    later = assess_document(PLAN, assess(PLAN, PUBLISHED, date(2021, 3, 31)))
    rows = {row["target"]: row for row in later}
    assert (rows["gdp"]["status"], rows["gdp"]["as_promised"]) == ("achieved", "missed")
    assert "amended" in rows["gdp"]["flags"]
    assert rows["cpi"]["as_promised"] is None
    listed = targets_document(PLAN)[0]
    assert (listed["comparator"], listed["value"]) == ("about", 6)
    assert listed["amended"] is not None
    assert (listed["amended"]["known_on"], listed["amended"]["value"]) == ("2020-12-22", 0)


def test_the_page_of_the_target_tells_what_was_changed_by_whom() -> None:
    phrasebook = Phrasebook(PLAN, EN)
    history = [o for o in PUBLISHED if o.target == "gdp"]
    page = detail(phrasebook, gdp("2021-01-31"), history)
    asked = next(figure for figure in page.figures if figure.label == "Target")
    assert (asked.value, asked.note) == ("above 0%", "until 22 December: about 6%")
    assert dict(page.facts)["Changed"] == (
        "22 December 2020: above 0% (before: about 6%), decided by the standing committee, “高于0”"
    )
    assert "Target changed" in {step.name.capitalize() for step in page.steps}
    assert "Changed" not in dict(detail(phrasebook, gdp("2020-12-21"), history).facts)


def test_the_chart_steps_on_the_day_of_the_change() -> None:
    history = [o for o in PUBLISHED if o.target == "gdp"]
    found = path(Phrasebook(PLAN, EN), gdp("2021-01-31"), history)
    eve = date(2020, 12, 21)
    assert found.goal == (
        *((date(2020, 1, 1), 6.0), (eve, 6.0)),
        *((CHANGED_ON, 0.0), (date(2020, 12, 31), 0.0)),
    )
    assert [value for _, value in found.met_edge] == [5.5, 5.5, 0.0, 0.0]
    assert found.axes.high > 6
    drawn = figure(found)
    assert "about 6%" in {note["text"] for note in drawn["layout"]["annotations"]}
    table = numbers(Phrasebook(PLAN, EN), gdp("2021-01-31").target, found)
    assert [(row.day, row.figure) for row in table[-2:]] == [
        ("22 December 2020", "about 6%"),
        ("31 December 2020", "above 0%"),
    ]
    before = path(Phrasebook(PLAN, EN), gdp("2020-12-21"), history)
    assert {value for _, value in before.goal} == {6.0}
    assert not before.before


@given(st.integers(1, 364), st.floats(-5, 5), st.floats(-5, 5))
def test_a_step_keeps_both_curves_on_their_sides(day: int, before: float, after: float) -> None:
    first, last = date(2020, 1, 1), date(2020, 12, 31)
    at = date.fromordinal(first.toordinal() + day)
    found = stepped(((first, before), (last, before)), ((first, after), (last, after)), at)
    assert {value for when, value in found if when < at} == {before}
    assert {value for when, value in found if when >= at} == {after}
    assert [when for when, _ in found] == sorted({when for when, _ in found})


def test_the_month_rail_counts_by_the_version_in_force() -> None:
    for day in (date(2020, 12, 21), CHANGED_ON, date(2021, 3, 31)):
        found = Counter(one.status for one in assess(PLAN, PUBLISHED, day))
        assert statuses(PLAN, PUBLISHED, day) == found


def test_the_workbook_has_a_column_for_the_first_promise_where_a_target_was_changed() -> None:
    heads = {}
    for plan in (PLAN, WORKED):
        seen = Seen(CLOSED, assess(plan, PUBLISHED, CLOSED), PUBLISHED, ())
        made = workbook(plan, seen, [briefing(Phrasebook(plan, EN), seen)])
        rows = list(load_workbook(BytesIO(made))["Targets"].values)
        heads[plan.targets[0].amended is None] = [row[-1] for row in rows[:3]]
    assert heads == {
        False: ["As first promised", "✖ missed", None],
        True: ["Where it stands", "section 2.0 Headline, paragraph 3, “目标”", ANY],
    }


def test_what_changed_names_the_amendment() -> None:
    earlier, later = (assess(PLAN, PUBLISHED, date(2020, 12, day)) for day in (21, 22))
    [turn] = changes(Phrasebook(PLAN, EN), earlier, later).turns
    assert (turn.id, turn.rows[0].cause) == ("better", "The target was changed on 22 December 2020")
    after = assess(PLAN, PUBLISHED, date(2020, 12, 23))
    again = changes(Phrasebook(PLAN, EN), later, after)
    assert (again.turns, again.steady) == ((), ())


def test_a_meeting_keeps_what_its_room_saw(store: Store) -> None:
    for one in PUBLISHED:
        if one.target == "gdp":
            add_row(store, WORKED.id, one, "wang", NOON)
    day = date(2020, 12, 31)
    held = store.hold(WORKED.id, "m", day, Act(named("wang"), NOON), plan_text=WORKED.as_text())
    again = store.hold(WORKED.id, "n", day, Act(named("wang"), NOON), plan_text=PLAN.as_text())
    saw = {m.id: look(store, plan_at(store, PLAN, m), day, m).assessments[0] for m in (held, again)}
    assert (saw[held.id].status, saw[held.id].as_promised) == (Status.OFF_TRACK, None)
    assert (saw[again.id].status, Flag.AMENDED in saw[again.id].flags) == (Status.ON_TRACK, True)


AMENDED = """    amended:
      known_on: 2020-12-22
      comparator: above
      value: 0
      by: {zh: 市人大常委会, en: the standing committee}
      printed: 高于0
"""


def edited(folder: Path, amendment: str) -> PlanFile:
    """The shipped plan with an amendment of its first target."""
    text = PLAN_FILE.read_text(encoding="utf-8")
    place = (
        '    cadence: quarterly\n    source: {section: "2.0", paragraph: 3, printed: 增长6%左右}\n'
    )
    assert place in text
    file = folder / "plan.yaml"
    file.write_text(text.replace(place, place + amendment).replace("actuals: ", "# "), "utf-8")
    return read_plan(file)


def line_of(file: PlanFile, words: str) -> int:
    lines = file.path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_plan_file_says_it_and_its_text_keeps_it(tmp_path: Path) -> None:
    file = edited(tmp_path, AMENDED)
    assert file.plan is not None
    assert file.plan.targets[0].amended == CHANGE
    assert type(file.plan).model_validate_json(file.plan.as_text()) == file.plan


def test_without_a_tolerance_it_is_half_a_unit_of_the_phrase(tmp_path: Path) -> None:
    about = AMENDED.replace("above", "about").replace("value: 0", "value: 2.5")
    file = edited(tmp_path, about.replace("高于0", "2.5%左右"))
    assert file.plan is not None
    version = file.plan.targets[0].in_force(CHANGED_ON)
    assert (version.tolerance, version.better) == (Decimal("0.05"), Better.HIGHER)
    assert file.plan.targets[0].tolerance == Decimal("0.5")


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("value: 0", "", "amended:", "the key value is missing"),
        ("value: 0", "values: 0", "values: 0", "values"),
        ("above", "done", "comparator: done", "does not fit the measure"),
        ("above", "in_step_with", "amended:", "the key in_step_with is missing"),
        ("2020-12-22", "2019-12-22", "2019-12-22", "expected a day in or after"),
        ("value: 0", "value: 0\n      tolerance: 1", "tolerance: 1", "tolerance is only for"),
        ("value: 0", "value: 0\n      due: 2019-06-30", "due: 2019", "due is 2019-06-30"),
        ("by: {zh: 市人大常委会, en: the standing committee}", "", "amended:", "by is missing"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, at: str, says: str
) -> None:
    file = edited(tmp_path, AMENDED.replace(old, new))
    assert file.plan is None
    told = {(problem.line, says in problem.text) for problem in file.problems}
    assert (line_of(file, at), True) in told, [(p.line, p.text) for p in file.problems]


def test_what_is_wrong_with_the_target_itself_is_told_once(tmp_path: Path) -> None:
    sound = edited(tmp_path, AMENDED).path.read_text(encoding="utf-8")
    file = tmp_path / "other.yaml"
    file.write_text(sound.replace('    unit: "%"\n', '    unit: "%%"\n', 1), "utf-8")
    [problem] = read_plan(file).problems
    assert problem.text.startswith("the unit %% is not in the plan's units")


@given(st.dates(date(2019, 1, 1), date(2022, 12, 31)))
def test_the_version_in_force_asks_one_thing(day: date) -> None:
    found: Target = CHANGED_GDP.in_force(day)
    assert (found.amended is not None) is (day >= CHANGED_ON)
    assert found.value == (0 if day >= CHANGED_ON else 6)
