"""Series that promise nothing, several targets for one figure, ranks, units before the number."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mubiao.i18n import language
from mubiao.model import Unit
from mubiao.observation.contract import read_csv
from mubiao.observation.values import parse_figure
from mubiao.plan.loader import read_plan
from mubiao.report.completeness import check_report
from mubiao.report.text import parse_report
from mubiao.views.key_figures import distance
from mubiao.wording.phrasebook import Phrasebook
from tests.fiscal import FOLDER, fiscal_plan
from tests.samples import EN, plan_of, target
from tests.worked import PUBLISHED, WORKED, judged

HEAD = "target,period,value,qualifier,nature,known_on,source,note\n"


def test_a_reference_series_is_recorded_and_counts_nowhere_as_a_promise() -> None:
    plan = fiscal_plan()
    text = f"{HEAD}national-growth,2025/26-Q1,1.5,,,2025-08-12,Office,\n"
    read, problems = read_csv(text, plan, "file", date.max)
    assert (len(read), problems) == (1, [])
    assert "national-growth" in plan.indicators
    assert "national-growth" not in plan.by_id
    assert Phrasebook(plan, EN).name("national-growth") == "National growth"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reference: national-growth", "reference: nobody", "no such target or reference"),
        ("measure: rate, unit", "measure: level, unit", "whose measure is another"),
        ('rate, unit: "%"}', "rate, unit: litres}", "the unit litres is not in the plan's units"),
        ("id: national-growth", "id: growth", "the id growth is given twice"),
    ],
)
def test_a_reference_that_nothing_can_be_held_against_is_refused_at_load(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    text = (FOLDER / "riverton-2025.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "plan.yaml"
    file.write_text(text.replace(old, new, 1).replace("actuals:", "# actuals:"), encoding="utf-8")
    assert says in " · ".join(problem.text for problem in read_plan(file).problems)


def test_levels_of_two_cadences_never_meet(tmp_path: Path) -> None:
    text = (FOLDER / "riverton-2025.yaml").read_text(encoding="utf-8")
    series = '{id: national-growth, name: {en: Nation}, measure: level, unit: "%", cadence: '
    before = '{id: national-growth, name: {en: National growth}, measure: rate, unit: "%"}'
    held = "measure: rate\n    comparator: above\n    reference"
    for cadence, wrong in (("monthly", True), ("quarterly", False)):
        file = tmp_path / f"{cadence}.yaml"
        made = text.replace(before, f"{series}{cadence}}}").replace(
            held, held.replace("rate", "level")
        )
        file.write_text(made.replace("actuals:", "# actuals:"), encoding="utf-8")
        problems = " · ".join(problem.text for problem in read_plan(file).problems)
        assert ("no two figures are ever of the same period" in problems) is wrong, problems


def test_one_printed_figure_stands_for_several_targets_that_ask_alike() -> None:
    report = parse_report("二、任务\n二氧化硫、氮氧化物排放量均下降3%。")
    fields = {"measure": "rate", "comparator": "at_most", "value": "-3", "section": "2.0"}
    source = target("x", **fields).source.model_copy(update={"paragraph": 1, "printed": "均下降3%"})
    one, other = (target(name, **fields, source=source) for name in ("sulphur", "nitrogen"))
    assert check_report(plan_of(one, other), report, read_plan(Path("none")).lines) == ()
    harder = other.model_copy(update={"comparator": "below"})
    problems = check_report(plan_of(one, harder), report, read_plan(Path("none")).lines)
    assert any("claimed twice" in problem.text for problem in problems)


def test_units_before_the_number_and_ranks_read_as_people_write_them() -> None:
    pounds = Unit(zh="英镑", en="£", before=True)
    assert EN.quantity(Decimal(-2500000), pounds) == "−£2.5 million"
    assert parse_figure("−£2.5 million", ("£",)).value == Decimal(-2500000)
    assert language("zh").quantity(Decimal(3), Unit(zh="homes", en="homes")) == "3 homes"
    assert language("zh").quantity(Decimal(3), WORKED.units["place"]) == "第3"
    assert EN.quantity(Decimal(3), WORKED.units["place"]) == "rank 3"
    for text, right in (("£3.5", True), ("rank 2", True), ("2.5", False), ("0", False)):
        name, period = ("spending", "2025/26-H1") if "£" in text else ("cleanliness", "2025/26-H1")
        line = f'{HEAD}{name},{period},"{text.split()[-1].strip("£")}",,,2025-11-01,Office,\n'
        read, problems = read_csv(line, fiscal_plan(), "file", date.max)
        assert (bool(read), bool(problems)) == (right, not right), text


@pytest.mark.parametrize(
    ("name", "as_of", "text"),
    [
        ("prices", "2021-01-31", "Outside it by 0.4 percentage points"),
        ("prices", "2020-07-31", "Room left 0.4 percentage points"),
        ("bonds", "2020-07-31", "Room left 300 people"),
        ("bonds", "2020-10-31", "Over it by 1 person"),
        ("rank", "2020-07-31", "Short of it by places: 1"),
    ],
)
def test_the_distance_says_on_which_side_a_value_lies(name: str, as_of: str, text: str) -> None:
    found = judged(name, as_of, PUBLISHED)
    gap = distance(Phrasebook(WORKED, EN), found, found.observation)
    assert gap is not None
    assert gap.text == text
