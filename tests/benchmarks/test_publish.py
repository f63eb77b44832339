"""How long publishing takes, and how that grows: with targets, with years of figures, in memory.

Times are processor times of making every page's bytes; what the disk adds is measured apart.
"""

import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mubiao.assessment import assess
from mubiao.exports.site import SiteContent
from mubiao.exports.site.folder import publish
from mubiao.exports.site.pages import files
from mubiao.exports.webpage import handout
from mubiao.i18n import language
from mubiao.model import Observation, Plan
from mubiao.period import Period
from mubiao.views.briefing import briefing
from mubiao.views.seen import Seen
from mubiao.wording.phrasebook import Phrasebook
from tests.benchmarks.larger import larger_plan, larger_record
from tests.benchmarks.result import Results
from tests.real import ROOT
from tests.sites import by_target

DAY, BEFORE = date(2021, 3, 31), date(2021, 2, 28)
YEARS = range(2010, 2021)


def seen(plan: Plan, rows: Iterable[Observation], day: date) -> Seen:
    standing = tuple(o for o in rows if o.known_on <= day)
    return Seen(day, assess(plan, standing, day), standing, (), datetime(2021, 4, 1, tzinfo=UTC))


def content(plan: Plan, rows: Sequence[Observation]) -> SiteContent:
    return SiteContent(plan, seen(plan, rows, DAY), seen(plan, rows, BEFORE), by_target(rows))


def made(site: SiteContent) -> int:
    """Make every file and forget it; the bytes of all of them."""
    return sum(len(file.content()) for file in files(site))


def seconds(site: SiteContent) -> float:
    start = time.process_time()
    made(site)
    return time.process_time() - start


def monthly(plan: Plan, count: int) -> tuple[Plan, list[Observation]]:
    """So many targets with a figure for each month of eleven years."""
    whole = larger_plan(plan, 3)
    chosen = [t for t in whole.targets if not t.is_milestone and t.in_step_with is None][:count]
    fields = {name: getattr(whole, name) for name in Plan.model_fields}
    small = Plan.model_validate({**fields, "targets": tuple(chosen)})
    rows = [
        Observation(
            target.id,
            Period.parse(f"{year}-01..{year}-{month:02}" if month > 1 else f"{year}-01"),
            Decimal(month * 10 + year % 7) / 8,
            date(year + month // 12, month % 12 + 1, 15),
            source=f"bulletin of {year}-{month:02}",
        )
        for target in chosen
        for year in YEARS
        for month in range(1, 13)
    ]
    return small, [replace(row, row=place) for place, row in enumerate(rows, 1)]


def test_the_plan_of_2020_in_both_languages(
    results: Results, plan: Plan, actuals: list[Observation], tmp_path: Path
) -> None:
    site = content(plan, actuals)
    [took] = results.medians(3, lambda: made(site))
    results.add("publish, the plan of 2020: making all pages", took, aim=2000)
    start = time.perf_counter()
    publish(tmp_path / "site", files(site))
    results.add("... with writing them, by the clock", (time.perf_counter() - start) * 1000)
    start = time.perf_counter()
    publish(tmp_path / "site", files(site))
    results.add("... once more, when nothing has changed", (time.perf_counter() - start) * 1000)
    sizes = [len(f.content()) for f in files(site) if "/targets/" in f.path]
    results.add("a target's page, mean size", sum(sizes) / len(sizes) / 1024, "KB")
    results.add("a target's page, greatest size", max(sizes) / 1024, "KB")


def test_the_command_by_the_clock(results: Results, own_folder: Path) -> None:
    command = [sys.executable, "-m", "mubiao", "publish", str(own_folder / "site")]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    results.add("publish, the whole command, by the clock", (time.perf_counter() - start) * 1000)


def test_the_handout(results: Results, plan: Plan, actuals: list[Observation]) -> None:
    looks = seen(plan, actuals, DAY), seen(plan, actuals, BEFORE)

    def both() -> bytes:
        return handout([briefing(Phrasebook(plan, language(c)), *looks) for c in ("zh", "en")])

    [took] = results.medians(3, both)
    results.add("handout in both languages, from the judgement on", took, aim=1000)
    results.hold("... its size", len(both()) / 1_000_000, "MB", most=2)


def test_a_hundred_targets_with_eleven_years_of_months(results: Results, plan: Plan) -> None:
    count = results.size(100, 4)
    half, whole = (content(*monthly(plan, number)) for number in (count // 2, count))
    assert sum(map(len, whole.history.values())) == count * 132
    took, of_half = results.medians(1, lambda: made(whole), lambda: made(half))
    results.add("publish, 100 targets, 13,200 figures, 2 languages", took, aim=10_000)
    results.hold("... beside half as many targets", took / of_half, most=2.6)


@pytest.mark.timeout(600)
def test_ten_thousand_targets(results: Results, plan: Plan, actuals: list[Observation]) -> None:
    smaller, larger = (
        content(larger_plan(plan, times), larger_record(actuals, times))
        for times in (results.size(6, 1), results.size(61, 2))
    )
    per_target = seconds(smaller) / len(smaller.plan.targets)
    took = seconds(larger)
    results.add("publish, 9,943 targets: making all pages", took * 1000)
    ratio = took / len(larger.plan.targets) / per_target
    results.hold("... a target beside one of 978", ratio, most=1.5)
    tracemalloc.start()
    for file in files(larger)[: results.size(2000, 100)]:
        file.content()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    results.hold("... the most memory that the pages hold", most / 2**20, "MB", most=1024)
