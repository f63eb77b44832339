"""Milestones with steps: the line of their steps, their progress in words, their statuses."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.assessment import assess
from mubiao.i18n import language
from mubiao.model import Observation, Stage, Status
from mubiao.views.detail import progress
from mubiao.views.overview import overview
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import observation, plan_of, target

DAY = date(2020, 7, 31)
PLAN = plan_of(
    target("station", measure="stage", comparator="done"),
    target("opening", measure="stage", comparator="done", part_of="station"),
    target("site", measure="stage", comparator="done", due=date(2020, 6, 30), part_of="station"),
    target("permit", measure="stage", comparator="done", due=date(2020, 3, 31), part_of="station"),
)
KNOWN = (
    observation("station", "2020-06-30", Stage.UNDER_WAY, "2020-07-05"),
    observation("permit", "2020-03-20", Stage.COMPLETE, "2020-03-25"),
    observation("site", "2020-06-30", Stage.UNDER_WAY, "2020-07-05"),
)


def test_a_milestone_has_its_steps_beside_it_by_their_due_days() -> None:
    view = overview(Phrasebook(PLAN, language("en")), assess(PLAN, KNOWN, DAY), DAY)
    rows = {row.id: row for row in view.headline.rows}
    assert [(part.id, part.due, part.mark.word) for part in rows["station"].parts] == [
        ("permit", "31 March 2020", "achieved"),
        ("site", "30 June 2020", "missed"),
        ("opening", "31 December 2020", "not reported"),
    ]
    assert rows["station"].mark.status is Status.AT_RISK
    assert rows["site"].parts == ()


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        ("", []),
        ("half built", [("Progress in words", "half built")]),
        (
            "进展：主体完工；问题: 资金未到位；下一步：8月完成验收",
            [
                ("Progress in words", "主体完工"),
                ("Problems", "资金未到位"),
                ("Next step", "8月完成验收"),
            ],
        ),
        (
            "Half built. Problems: none; next step: the roof",
            [("Progress in words", "Half built."), ("Problems", "none"), ("Next step", "the roof")],
        ),
    ],
)
def test_a_note_is_told_by_its_parts(note: str, parts: list[tuple[str, str]]) -> None:
    said = replace(KNOWN[0], note=note)
    station = assess(PLAN, [said], DAY)[0]
    assert list(progress(Phrasebook(PLAN, language("en")), station)) == parts


def _statuses(due: date, reading: Observation) -> list[Status]:
    """The status on each day from the reading's to the one after the due day."""
    plan = plan_of(target("station", measure="stage", comparator="done", due=due))
    days = (due - reading.known_on).days + 2
    every = (reading.known_on + timedelta(days=number) for number in range(days))
    return [assess(plan, [reading], day)[0].status for day in every]


# Of what is due sooner after the report the last 60 days begin before half of the time is gone.
@given(
    due=st.dates(PLAN.delivered + timedelta(days=123), date(2021, 12, 31)),
    known=st.dates(PLAN.delivered, PLAN.delivered + timedelta(days=120)),
    stage=st.sampled_from([Stage.NOT_STARTED, Stage.UNDER_WAY]),
)
def test_no_milestone_is_green_on_one_day_and_red_on_the_next(
    due: date, known: date, stage: Stage
) -> None:
    red = (Status.OFF_TRACK, Status.MISSED)
    turns = set(
        pairwise(
            _statuses(due, observation("station", known.isoformat(), stage, known.isoformat()))
        )
    )
    assert not any(before is Status.ON_TRACK and after in red for before, after in turns)
    # Nor does it become better by waiting.
    order = [Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.NO_DATA]
    assert all(order.index(before) <= order.index(after) for before, after in turns)


def test_nothing_turns_red_on_the_first_of_november() -> None:
    reading = observation("station", "2020-03-31", Stage.NOT_STARTED, "2020-04-05")
    plan = plan_of(target("station", measure="stage", comparator="done"))
    days = ("2020-04-30", "2020-10-31", "2020-11-01")
    statuses = [assess(plan, [reading], date.fromisoformat(day))[0].status for day in days]
    assert statuses == [Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]
