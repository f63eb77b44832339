"""What if, as values: what a tried figure changes, and where it lies in the chart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from mubiao.figures import paths
from mubiao.model import Observation, Stage
from mubiao.period import Period
from mubiao.proposal.effects import effects
from mubiao.theme import Theme
from mubiao.views.charts.paths import with_trial
from mubiao.views.trials import Trial, next_period, trial, trial_day
from tests import briefings
from tests.briefings import JULY, phrasebook
from tests.real import real_actuals, real_plan


def entry(target: str, period: str, value: str | Stage, known: date = JULY) -> Observation:
    number = value if isinstance(value, Stage) else Decimal(value)
    return Observation(target, Period.parse(period), number, known)


def tried(one: Observation, as_of: date = JULY) -> Trial:
    day = trial_day(as_of, one.period)
    standing = [o for o in real_actuals() if o.known_on <= as_of]
    changes = effects(real_plan(), standing, [replace(one, known_on=day)], day)
    return trial(phrasebook("en"), one, as_of, changes)


def test_the_other_targets_that_change_are_named_and_no_steady_one() -> None:
    march = date(2021, 3, 31)
    shown = tried(entry("gdp-growth", "2020", "5.9", march), march)
    assert [(other.name, other.after.status.value) for other in shown.others] == [
        (real_plan().by_id["income-growth"].name.en, "missed")
    ]


def test_a_trial_of_a_later_period_is_judged_at_its_end() -> None:
    assert tried(entry("cpi", "2020-01..2020-07", "4.5")).day == ""
    later = entry("cpi", "2020", "3.6", date(2020, 12, 31))
    assert trial_day(JULY, later.period) == date(2020, 12, 31)
    assert tried(later).day == "as of 31 December 2020"
    assert tried(later).own.after.status.value == "missed"


def test_the_next_period_is_the_first_without_a_figure() -> None:
    judged = {a.target.id: a for a in briefings.seen(JULY).assessments}
    assert next_period(real_plan(), judged["gdp-growth"]) == Period.parse("2020-01..2020-09")
    assert next_period(real_plan(), judged["energy-intensity"]) == Period.parse("2020")
    whole = {a.target.id: a for a in briefings.seen(date(2021, 4, 30)).assessments}
    assert next_period(real_plan(), whole["gdp-growth"]) == Period.parse("2020")


@pytest.mark.parametrize("value", ["4.5", "-40", "900"])
def test_a_trial_lies_within_the_axes_and_leaves_the_rest_of_the_chart(value: str) -> None:
    shown = briefings.july("en").subjects["cpi"].path
    one = entry("cpi", "2020-01..2020-07", value)
    path = with_trial(phrasebook("en"), shown, one)
    assert path.axes.low < path.trial.value < path.axes.high
    assert path.axes.values
    assert replace(path, trial=None, axes=shown.axes) == shown


@pytest.mark.parametrize("stage", list(Stage))
def test_a_tried_stage_lies_at_its_own_height(stage: Stage) -> None:
    target = next(target for target in real_plan().targets if target.is_milestone)
    shown = briefings.july("zh").subjects[target.id].path
    one = entry(target.id, "2020-07-31", stage)
    path = with_trial(phrasebook("zh"), shown, one)
    names = dict(path.axes.values)
    assert names[path.trial.value] in path.trial.label


@pytest.mark.parametrize("size", [paths.ON_PAGE, paths.ON_SLIDE])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_trial_is_hollow_and_dashed_from_the_last_figure(theme: Theme, size: paths.Size) -> None:
    subject = briefings.july("en").subjects["cpi"]
    one = entry("cpi", "2020-01..2020-07", "4.5")
    path = with_trial(phrasebook("en"), subject.path, one)
    spec = paths.path(path, theme, size)
    [trace] = [trace for trace in spec["data"] if trace["name"] == "tried, not recorded"]
    assert trace["x"] == ["2020-06-30", "2020-07-31"]
    assert trace["line"]["dash"] == "dash"
    assert trace["marker"]["symbol"] == "circle-open"
    assert go.Figure(spec).to_dict()["data"][-1]["y"] == trace["y"]


def test_nothing_on_a_slide_is_written_smaller_than_24() -> None:
    def sizes(part: object) -> list[int]:
        if isinstance(part, list):
            return [size for one in part for size in sizes(one)]
        if not isinstance(part, dict):
            return []
        inner = [size for key, one in part.items() if key != "marker" for size in sizes(one)]
        return [*inner, *([part["size"]] if isinstance(part.get("size"), int) else [])]

    for subject in briefings.july("en").subjects.values():
        spec = paths.path(subject.path, "light", paths.ON_SLIDE)
        layout = {k: v for k, v in spec["layout"].items() if k not in ("font", "hoverlabel")}
        assert min(sizes([layout, spec["data"]])) >= 24
