"""A milestone with steps: their line on its own page and in the lists, its note by its parts."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mubiao.model import Stage
from mubiao.store import open_store
from tests.acts import add_row
from tests.pages.seen import opened
from tests.real import PLAN_FILE
from tests.samples import observation

PLAN, WHOLE, STEP = "beijing-2020", "township-spatial-plans", "planning-power-list"
NOW = datetime(2020, 7, 31, 8, tzinfo=UTC)


def test_a_milestones_steps_stand_in_its_row_and_on_its_page(plans: Path, database: str) -> None:
    text = PLAN_FILE.read_text(encoding="utf-8").replace("actuals: ", "# actuals: ", 1)
    step = text.replace(f"  - id: {STEP}\n", f"  - id: {STEP}\n    part_of: {WHOLE}\n", 1)
    (plans / PLAN_FILE.name).write_text(step, encoding="utf-8")
    note = "Progress: maps drawn. Problems: none. Next step: the hearing."
    store = open_store(database)
    for target, words in ((WHOLE, note), (STEP, "")):
        stage = observation(target, "2020-06-30", Stage.UNDER_WAY, "2020-07-05")
        add_row(store, PLAN, replace(stage, note=words), "Li Wei", NOW)
    line = "● Planning powers and duties list set up on track · 31 December 2020"
    page = opened("target", as_of="2020-07-31", target=WHOLE)
    assert page.texts("mb-steps") == [line]
    [parts, *_] = page.having("mb-pairs")
    assert ["".join(part.itertext()) for part in parts] == [
        *("Progress in words", "maps drawn.", "Problems", "none."),
        *("Next step", "the hearing."),
    ]
    assert opened("overview", as_of="2020-07-31", section="2.1").texts("mb-steps") == [line]
    assert "Step of" in opened("target", as_of="2020-07-31", target=STEP).text
