"""The same indicator over plans: what is asked more or less, and what seems to be alike."""

import json
from pathlib import Path
from typing import Any

import pytest

from mubiao.model import Plan, Text, Unit
from mubiao.plan.loader import read_plan
from mubiao.series import Promise, Turn, ties, turn
from tests.commands import done, run, write
from tests.real import PLAN_FILE, ROOT, real_plan
from tests.samples import plan_of, target

_TEXT = PLAN_FILE.read_text(encoding="utf-8")


def _promise(**fields: Any) -> Promise:  # noqa: ANN401 - any field of a target
    one = target("gdp", **{"measure": "rate", "comparator": "at_least", "value": 6, **fields})
    return Promise(plan_of(one), one)


def _of(year: int, *names: str, **fields: Any) -> Plan:  # noqa: ANN401 - any field of a target
    """A plan with a target for each name."""
    own = {"measure": "rate", "comparator": "at_least", "value": 6, **fields}
    targets = [
        target(f"t{at}", **own).model_copy(update={"name": Text(zh=name, en=name)})
        for at, name in enumerate(names)
    ]
    return plan_of(*targets).model_copy(update={"id": f"p-{year}", "year": year})


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ({}, {}, Turn.SAME),
        ({}, {"value": 7}, Turn.HARDER),
        ({}, {"value": 5}, Turn.EASIER),
        ({}, {"comparator": "above"}, Turn.HARDER),
        ({"comparator": "about", "tolerance": "0.5", "better": "higher"}, {}, Turn.HARDER),
        ({}, {"comparator": "about", "tolerance": "0.5", "better": "higher"}, Turn.EASIER),
        # Less is promised, but nothing below it is allowed any more.
        ({"comparator": "about", "tolerance": 1, "better": "higher"}, {"value": "5.5"}, Turn.OTHER),
        ({"comparator": "at_most"}, {"comparator": "at_most", "value": 5}, Turn.HARDER),
        ({"comparator": "at_most"}, {"comparator": "below"}, Turn.HARDER),
        ({"measure": "level"}, {"measure": "level", "judged": "all_year"}, Turn.HARDER),
        ({}, {"comparator": "at_most"}, Turn.OTHER),
        ({}, {"measure": "level"}, Turn.OTHER),
        ({}, {"unit": "people"}, Turn.OTHER),
        (
            {"measure": "since_base", "base_year": 2015},
            {"measure": "since_base", "base_year": 2020},
            Turn.OTHER,
        ),
    ],
)
def test_a_later_promise_asks_more_where_no_term_asks_less(
    before: dict[str, Any], after: dict[str, Any], asked: Turn
) -> None:
    assert turn(_promise(**before), _promise(**after)) is asked
    back = {Turn.HARDER: Turn.EASIER, Turn.EASIER: Turn.HARDER}
    assert turn(_promise(**after), _promise(**before)) is back.get(asked, asked)


def test_units_are_the_same_by_their_names_whatever_their_ids() -> None:
    people, other = _promise(unit="people"), _promise(unit="people")
    units = {"persons": Unit(zh="人", en="persons")}
    renamed = other.target.model_copy(update={"unit": "persons"})
    own = Promise(other.plan.model_copy(update={"units": units, "targets": (renamed,)}), renamed)
    assert turn(people, own) is Turn.SAME


def test_a_series_is_proposed_over_the_years_with_one_target_of_each() -> None:
    plans = [
        _of(2019, "城镇新增就业", "细颗粒物浓度"),
        _of(2020, "城镇新增就业人数", "全市造林"),
        _of(2021, "城镇新增就业", "城镇就业新增", "细颗粒物平均浓度"),
    ]
    proposed = [
        (
            *(one.promise.plan.year, one.promise.target.name.zh, one.earlier.plan.year),
            *(one.series, len(one.without)),
        )
        for one in ties(plans)
    ]
    assert proposed == [
        (2020, "城镇新增就业人数", 2019, "t0", 2),
        (2021, "城镇新增就业", 2020, "t0", 1),
        (2021, "细颗粒物平均浓度", 2019, "t1", 2),
    ]


def test_an_earlier_plan_that_comes_later_is_tied_to_the_series_that_is_there() -> None:
    later = _of(2020, "就业", series="jobs")
    [tie] = ties([_of(2019, "就业"), later])
    assert (tie.series, [one.plan.year for one in tie.without]) == ("jobs", [2019])


@pytest.mark.parametrize(
    ("earlier", "later", "series"),
    [("p2-0-1-1", "jobs", "jobs"), ("jobs", "p2-0-1-1", "jobs"), ("p2-0-1-1", "aim2-1-3-1", "")],
)
def test_where_a_drafted_target_stands_is_no_name_of_a_series(
    earlier: str, later: str, series: str
) -> None:
    plans = []
    for year, id_ in ((2019, earlier), (2020, later)):
        plan = _of(year, "就业", "造林")
        ids = zip(plan.targets, (id_, "p2-0-9-1"), strict=True)
        targets = tuple(one.model_copy(update={"id": id_}) for one, id_ in ids)
        plans.append(plan.model_copy(update={"targets": targets}))
    assert [tie.series for tie in ties(plans)] == [series, ""]


def test_what_a_person_told_apart_is_not_proposed_again() -> None:
    tied = _of(2020, "就业", series="jobs")
    for other, refused in (
        (_of(2019, "就业", unlike=["jobs"]), tied),
        (_of(2019, "就业"), _of(2020, "就业", unlike=["t0"])),
    ):
        assert not list(ties([other, refused]))
    assert list(ties([_of(2019, "就业", unlike=["homes"]), tied]))


def test_another_place_and_another_plan_of_the_year_are_no_earlier_year() -> None:
    first, then = _of(2019, "就业"), _of(2020, "就业")
    assert not list(ties([first, then.model_copy(update={"place": Text(zh="青川", en="青川")})]))
    assert not list(ties([then.model_copy(update={"id": "again"}), then]))
    # A draft has the place's name in Chinese alone.
    name = then.place.zh
    assert list(ties([first, then.model_copy(update={"place": Text(zh=name, en=name)})]))


def test_neither_what_a_person_tied_nor_another_unit_is_proposed() -> None:
    tied = [_of(year, "就业", series=name) for year, name in ((2019, "work"), (2020, "jobs"))]
    assert not list(ties(tied))
    assert not list(ties([_of(2019, "就业"), _of(2020, "就业", unit="people")]))


def test_two_targets_of_a_plan_cannot_have_one_series(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(_TEXT.replace("series: cpi", "series: gdp-growth"), encoding="utf-8")
    problem = read_plan(path).problems[0]
    assert (
        problem.text == "two targets have the series gdp-growth; a plan has one target of a series"
    )
    assert problem.line == _line(_TEXT, "series: cpi")


def test_the_command_prints_lines_to_put_in_and_changes_nothing(tmp_path: Path) -> None:
    text = (ROOT / "tests" / "plans" / "sound.yaml").read_text(encoding="utf-8")
    later = text.replace("id: sample\nyear: 2020", "id: later\nyear: 2021")
    later = later.replace("due: 2020", "due: 2021").replace("id: gdp\n", "id: growth\n")
    later = later.replace("with: gdp", "with: growth")
    files = write(tmp_path / "2020.yaml", text), write(tmp_path / "2021.yaml", later)
    plans = [part for file in reversed(files) for part in ("--plan", file)]
    proposed = {one["target"]: one for one in json.loads(done("series", *plans, "--json"))}
    assert proposed["growth"] == {
        "series": "gdp",
        "plan": "later",
        "target": "growth",
        "earlier_plan": "sample",
        "earlier_target": "gdp",
        "score": 100,
    }
    lines = [line for line in done("series", *plans, "--lang", "zh").splitlines() if "gdp" in line]
    name = "地区生产总值"
    assert lines == [
        f"{files[0]}:{_line(text, 'id: gdp')}: series: gdp  # {name} = 2021 {name}, 100%",
        f"{files[1]}:{_line(later, 'id: growth')}: series: gdp  # {name} = 2020 {name}, 100%",
    ]
    assert [file.read_text(encoding="utf-8") for file in files] == [text, later]


def _line(text: str, part: str) -> int:
    """The number of the line that has a part."""
    return text[: text.index(part)].count("\n") + 1


def test_one_plan_alone_is_no_comparison() -> None:
    call = run("series", "--plan", str(PLAN_FILE))
    assert call.exit_code == 2
    assert "two or more" in call.stderr


def test_the_headline_targets_of_beijing_have_their_series() -> None:
    plan = real_plan()
    own = {one.id: one.series for one in plan.targets if one.section == plan.headline}
    assert own == {name: name for name in own}
