"""Where the parts are wired: plan files, the start of a record, effects, the report's text."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mubiao import clock
from mubiao.model import Plan, SaveKind, Stage, Status
from mubiao.observation.draft import Draft, read_draft
from mubiao.plan.catalogue import PlanFile, plan_files
from mubiao.problems import Unavailable
from mubiao.proposal.effects import Change, effects
from mubiao.report.folder import report_of
from mubiao.settings import Settings, settings_from
from mubiao.store import Store, open_store
from mubiao.store.seeding import seed
from mubiao.views.seen import assess_record
from tests.real import PLAN_FILE, real_plan
from tests.samples import observation, plan_of, target

NOON = datetime(2020, 8, 1, 12, 0, tzinfo=UTC)
JULY = date(2020, 7, 31)
SOUND = Path(__file__).parent / "plans" / "sound.yaml"
HEADER = "target,period,value,qualifier,nature,known_on,source,note\n"

GDP = target("gdp", measure="rate", comparator="about", value="6", better="higher", tolerance="0.5")
INCOME = target(
    "income",
    measure="rate",
    comparator="in_step_with",
    in_step_with="gdp",
    better="higher",
    tolerance="0.5",
)
CPI = target("cpi", measure="rate", comparator="at_most", value="3.5")
# Income stands before GDP, so that the order of the changes is not the plan's.
PLAN = plan_of(INCOME, CPI, GDP)
STANDING = (
    observation("gdp", "2020-H1", "-3.2", "2020-07-27", row=1),
    observation("income", "2020-H1", "0.8", "2020-07-27", row=2),
    observation("cpi", "2020-H1", "2.8", "2020-07-10", row=3),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A folder for plans and one for reports, and a database that does not exist yet."""
    for folder in ("plans", "reports"):
        (tmp_path / folder).mkdir()
    return settings_from(
        {
            "MUBIAO_DATABASE": f"sqlite:///{tmp_path}/var/record.sqlite",
            "MUBIAO_PLANS": str(tmp_path / "plans"),
            "MUBIAO_REPORTS": str(tmp_path / "reports"),
            "MUBIAO_TODAY": "2020-08-01",
        }
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.database)
    yield opened
    opened.close()


def with_actuals(settings: Settings, content: str | bytes | None) -> PlanFile:
    """A plan file that names a CSV, with this content in it, or without the CSV."""
    plan = PLAN.model_copy(update={"actuals": "actuals.csv"})
    if content is not None:
        data = content.encode() if isinstance(content, str) else content
        (settings.plans / "actuals.csv").write_bytes(data)
    return PlanFile(settings.plans / "sample.yaml", plan, (), "1")


def rewritten(path: Path, old: str, new: str) -> None:
    """Change a file as an editor does, a second later than before."""
    before = path.stat().st_mtime_ns
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def ids(changes: tuple[Change, ...]) -> list[str]:
    return [change.after.target.id for change in changes]


# Plan files


def test_a_plan_file_is_read_again_only_when_it_has_changed(settings: Settings) -> None:
    path = settings.plans / "sound.yaml"
    path.write_bytes(SOUND.read_bytes())
    (first,) = plan_files(settings.plans)
    (again,) = plan_files(settings.plans)
    assert again is first
    assert first.plan is not None
    assert first.problems == ()
    rewritten(path, "year: 2020", "year: 2020 # of the report")
    (changed,) = plan_files(settings.plans)
    assert changed is not first
    assert changed.plan == first.plan
    assert changed.version != first.version


def test_a_changed_file_of_the_same_size_is_noticed(settings: Settings) -> None:
    path = settings.plans / "sound.yaml"
    path.write_bytes(SOUND.read_bytes())
    (first,) = plan_files(settings.plans)
    assert first.plan is not None
    name = first.plan.targets[0].name.en
    rewritten(path, name, name.swapcase())
    (changed,) = plan_files(settings.plans)
    assert changed.plan is not None
    assert changed.plan.targets[0].name.en == name.swapcase()


def test_every_plan_of_the_folder_is_found_and_a_broken_one_says_why(settings: Settings) -> None:
    (settings.plans / "b.yaml").write_bytes(SOUND.read_bytes())
    (settings.plans / "a.yml").write_text("id: [", encoding="utf-8")
    (settings.plans / "notes.txt").write_text("no plan", encoding="utf-8")
    broken, sound = plan_files(settings.plans)
    assert (broken.path.name, sound.path.name) == ("a.yml", "b.yaml")
    assert sound.plan is not None
    assert broken.plan is None
    assert [problem.file for problem in broken.problems] == [str(settings.plans / "a.yml")]


def test_an_empty_or_missing_folder_has_no_plans(settings: Settings) -> None:
    assert plan_files(settings.plans) == ()
    assert plan_files(settings.plans / "nowhere") == ()


def test_a_link_that_leads_nowhere_is_a_broken_plan_and_no_crash(settings: Settings) -> None:
    (settings.plans / "gone.yaml").symlink_to(settings.plans / "nowhere")
    (file,) = plan_files(settings.plans)
    assert file.plan is None
    assert file.problems


# The start of a record


def test_a_plan_without_rows_starts_with_its_published_figures_once(
    store: Store, settings: Settings
) -> None:
    line = "gdp,2020-Q1,-6.6,,preliminary,2020-04-24,Bureau,\n"
    file = with_actuals(settings, HEADER + line)
    assert seed(store, file, NOON)
    (first,) = store.as_of(PLAN.id, JULY)
    assert (first.value, first.source) == (Decimal("-6.6"), "Bureau")
    assert first.recorded_by == SaveKind.SEED
    assert not seed(store, file, NOON)
    assert store.count(PLAN.id) == 1


def test_a_plan_that_has_rows_is_left_alone(store: Store, settings: Settings) -> None:
    store.record(PLAN.id, observation("cpi", "2020-Q1", "3.8", "2020-04-20"), "Li", NOON)
    file = with_actuals(settings, HEADER + "gdp,2020-Q1,-6.6,,,2020-04-24,Bureau,\n")
    assert not seed(store, file, NOON)
    assert store.count(PLAN.id) == 1
    broken = with_actuals(settings, "not even read")
    assert not seed(store, broken, NOON)


@pytest.mark.parametrize("without", ["plan", "actuals"])
def test_a_plan_without_figures_starts_empty(
    store: Store, settings: Settings, without: str
) -> None:
    file = with_actuals(settings, None)
    plan = None if without == "plan" else PLAN
    assert not seed(store, replace(file, plan=plan), NOON)
    assert store.count(PLAN.id) == 0


def test_a_broken_file_of_figures_tells_every_problem_and_writes_nothing(
    store: Store, settings: Settings
) -> None:
    content = HEADER + (
        "gdp,2020-Q1,-6.6,,preliminary,2020-04-24,Bureau,\n"
        "nobody,2020-Q1,1,,,2020-04-24,Bureau,\n"
        "cpi,2020-Q9,N/A,,,2020-04-24,Bureau,\n"
    )
    file = with_actuals(settings, content)
    with pytest.raises(Unavailable) as caught:
        seed(store, file, NOON)
    problems = caught.value.problems
    assert {(problem.line, problem.field) for problem in problems} >= {
        (3, "target"),
        (4, "period"),
        (4, "value"),
    }
    assert {problem.line for problem in problems} == {3, 4}
    assert {problem.file for problem in problems} == {str(settings.plans / "actuals.csv")}
    assert store.count(PLAN.id) == 0


def test_a_missing_file_of_figures_is_named_with_the_reason(
    store: Store, settings: Settings
) -> None:
    with pytest.raises(Unavailable) as caught:
        seed(store, with_actuals(settings, None), NOON)
    (problem,) = caught.value.problems
    assert problem.file == str(settings.plans / "actuals.csv")
    assert "No such file or directory" in problem.text
    assert store.count(PLAN.id) == 0


def test_the_real_plan_starts_with_every_published_figure(store: Store) -> None:
    (file,) = [f for f in plan_files(Settings().plans) if f.path == PLAN_FILE]
    assert seed(store, file, NOON)
    assert store.count("beijing-2020") > 30
    board = assess_record(store, real_plan(), date(2021, 4, 30))
    assert [found.target.id for found in board] == [t.id for t in real_plan().targets]
    by_id = {found.target.id: found.status for found in board}
    assert (by_id["gdp-growth"], by_id["cpi"]) == (Status.MISSED, Status.ACHIEVED)


def test_the_board_sees_only_what_was_known_on_the_day(store: Store) -> None:
    store.record(PLAN.id, STANDING[0], "Li", NOON)
    before = assess_record(store, PLAN, date(2020, 7, 26))
    after = assess_record(store, PLAN, date(2020, 7, 27))
    assert {found.status for found in before} == {Status.NO_DATA}
    assert after[2].status is Status.OFF_TRACK


# What an entry would change


def test_an_entry_shows_its_own_target_and_what_is_in_step_with_it() -> None:
    entry = observation("gdp", "2020-H1", "0.2", "2020-07-28")
    changes = effects(PLAN, STANDING, [replace(entry, replaces=1)], JULY)
    assert ids(changes) == ["income", "gdp"]
    assert [(c.before.status, c.after.status) for c in changes] == [
        (Status.ON_TRACK, Status.ON_TRACK),
        (Status.OFF_TRACK, Status.OFF_TRACK),
    ]
    assert changes[0].after.threshold == Decimal("-0.3")


def test_an_entry_that_changes_nothing_still_shows_its_own_target() -> None:
    entry = observation("cpi", "2020-03", "3.2", "2020-04-20")
    (change,) = effects(PLAN, STANDING, [entry], JULY)
    assert change.before == change.after
    assert change.after.target.id == "cpi"


def test_a_new_entry_comes_after_all_others_of_the_same_day() -> None:
    entry = observation("cpi", "2020-H1", "3.9", "2020-07-10")
    (change,) = effects(PLAN, STANDING, [entry], JULY)
    assert (change.before.status, change.after.status) == (Status.ON_TRACK, Status.AT_RISK)


def test_taking_a_figure_back_shows_what_is_left() -> None:
    changes = effects(PLAN, STANDING, (), JULY, taken_back=STANDING[:1])
    assert ids(changes) == ["income", "gdp"]
    assert [change.after.status for change in changes] == [Status.NO_DATA, Status.NO_DATA]


def test_an_entry_that_becomes_known_later_changes_nothing_yet() -> None:
    entry = observation("cpi", "2020-01..2020-07", "4.9", "2020-08-11")
    (change,) = effects(PLAN, STANDING, [entry], JULY)
    assert change.before == change.after


def test_a_correction_that_becomes_known_later_leaves_the_old_figure_standing() -> None:
    """As the record itself does: a correction hides what it replaces from its own day on."""
    entry = observation("cpi", "2020-H1", "4.9", "2020-08-11")
    entry = replace(entry, replaces=3)
    (change,) = effects(PLAN, STANDING, [entry], JULY)
    assert change.before == change.after
    assert change.after.status is Status.ON_TRACK
    (later,) = effects(PLAN, STANDING, [entry], date(2020, 8, 11))
    assert later.after.status is Status.OFF_TRACK


@pytest.mark.parametrize("as_of", [date(2020, 7, 27), JULY, date(2020, 8, 11)])
@pytest.mark.parametrize("known_on", ["2020-07-28", "2020-08-11"])
def test_the_effect_shown_is_the_effect_that_saving_has(
    store: Store, as_of: date, known_on: str
) -> None:
    rows = [store.record(PLAN.id, seen, "Li", NOON) for seen in STANDING]
    entry = replace(observation("gdp", "2020-H1", "7", known_on), replaces=rows[0])
    changes = effects(PLAN, store.as_of(PLAN.id, as_of), [entry], as_of)
    promised = {c.after.target.id: c.after.status for c in changes}
    assert store.count(PLAN.id) == len(STANDING)
    store.record(PLAN.id, entry, "Li", NOON)
    became = {a.target.id: a.status for a in assess_record(store, PLAN, as_of)}
    assert promised == {name: became[name] for name in promised}
    assert "gdp" in promised


def test_an_effect_is_shown_without_anything_being_written(store: Store) -> None:
    store.record_many(PLAN.id, STANDING, "Li", NOON)
    before = store.history(PLAN.id)
    seven = replace(STANDING[0], value=Decimal(7), replaces=1)
    effects(PLAN, store.as_of(PLAN.id, JULY), [seven], JULY)
    assert store.history(PLAN.id) == before


# Entries, days, reports


def test_today_is_the_settings_day_or_the_clocks(settings: Settings) -> None:
    assert clock.today(settings) == date(2020, 8, 1)
    assert clock.today(Settings()) >= date(2025, 1, 1)
    assert clock.now().tzinfo is UTC


def test_the_reports_text_is_there_only_where_the_deployment_has_it(settings: Settings) -> None:
    plan: Plan = plan_of(GDP)
    assert report_of(None, plan.id) is None
    assert report_of(settings.reports, plan.id) is None
    path = Path(str(settings.reports)) / "sample-2020.txt"
    path.write_text("一、回顾\n去年。\n二、今年\n增长6%左右。\n", encoding="utf-8")
    first = report_of(settings.reports, plan.id)
    assert first is not None
    assert first.paragraphs["2.0", 1].text == "增长6%左右。"
    assert report_of(settings.reports, plan.id) is first
    rewritten(path, "6%", "5%")
    again = report_of(settings.reports, plan.id)
    assert again is not None
    assert again.paragraphs["2.0", 1].text == "增长5%左右。"


def test_a_file_that_is_no_report_is_unavailable(settings: Settings) -> None:
    path = Path(str(settings.reports)) / "sample-2020.txt"
    path.write_text("nothing of the kind\n", encoding="utf-8")
    with pytest.raises(Unavailable) as caught:
        report_of(settings.reports, plan_of(GDP).id)
    assert [problem.file for problem in caught.value.problems] == [str(path)]


def test_a_record_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_text("this is a letter, not a database", encoding="utf-8")
    with pytest.raises(Unavailable):
        open_store(f"sqlite:///{tmp_path}/record.sqlite")


def test_a_milestone_is_entered_by_its_stage() -> None:
    plan = plan_of(target("line", measure="stage", comparator="done"))
    draft = Draft("line", "2020-06-30", "进行中", "", "", "2020-07-01", "Bureau")
    entry = read_draft(draft, plan, JULY)
    assert entry.value is Stage.UNDER_WAY
    (change,) = effects(plan, (), [entry], JULY)
    assert (change.before.status, change.after.status) == (Status.NO_DATA, Status.ON_TRACK)
