"""How close the outlook came and how often each light came true, over all closed years at hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial

from mubiao.observation.contract import read_csv
from mubiao.outlook import LIGHTS, hindsight
from mubiao.plan.loader import find_plans, read_plan
from tests.benchmarks.result import Results
from tests.real import PLAN_FILE


def test_the_outlooks_and_lights_of_closed_years(results: Results) -> None:
    cases, lights = [], []
    for path in find_plans(PLAN_FILE.parent):
        plan = read_plan(path).plan
        if plan is None or plan.actuals is None:
            continue
        figures = (path.parent / plan.actuals).read_bytes()
        rows = [
            replace(o, row=n) for n, o in enumerate(read_csv(figures, plan, "", date.max)[0], 1)
        ]
        past = hindsight(plan, rows, date.max)
        cases, lights = [*cases, *past.cases], [*lights, *past.lights]
        results.measure(f"looking back at {plan.id}", partial(hindsight, plan, rows, date.max))
    assert cases
    for target in dict.fromkeys(case.target for case in cases):
        own = [case for case in cases if case.target == target]
        unit = "" if target.unit is None else target.unit
        for name, ends in (
            ("outlook", [c.value for c in own]),
            ("as so far", [c.so_far for c in own]),
        ):
            off = sum((abs(v - c.end) for v, c in zip(ends, own, strict=True)), Fraction(0))
            results.add(
                f"{target.id}, {name}: mean error of {len(own)}", float(off / len(own)), unit
            )
    nearer = sum(abs(case.value - case.end) < abs(case.so_far - case.end) for case in cases)
    results.add(f"outlook closer than as so far, of {len(cases)} cases", nearer, "cases")
    for light in lights:
        total = light.achieved + light.missed
        if total:
            share = 100 * light.achieved / total
            results.add(f"{light.day:%B}, {light.status}: achieved, of {total}", share, "%")
    assert {light.status for light in lights} == set(LIGHTS)
