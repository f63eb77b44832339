"""Targets that are given to another unit after the plan was written: from a day on, and why."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mubiao.access import Access, Denied, Role, Scope
from mubiao.model import Act, Plan, Submission
from mubiao.plan.owners import assigned
from mubiao.store import Store, open_store
from mubiao.store.verify import verify
from tests.actors import ADMINISTRATOR, named, signed_in
from tests.acts import NOON, refusal
from tests.assigned import assigned_files, assigned_plan
from tests.commands import deployed, done, fails
from tests.samples import observation
from tests.test_access import OTHER, PLAN, TARGET, give, save

MARCH, JUNE = date(2020, 3, 1), date(2020, 6, 1)


def assign(store: Store, owner: str, since: date, target: str = TARGET, why: str = "moved") -> None:
    plan, li = assigned_plan(), named("Li")
    store.assign(plan, target, owner, Act(li, NOON), since=since, reason=why)


def owners(store: Store, *days: date) -> list[str | None]:
    return [store.assigned(assigned_plan(), day).by_id[TARGET].owner for day in days]


def test_from_its_day_on_a_target_is_the_units_and_earlier_days_keep_theirs(store: Store) -> None:
    plan = assigned_plan()
    assert store.assigned(plan, JUNE) is plan
    version = store.version(PLAN)
    assign(store, "culture", JUNE)
    assert store.version(PLAN) > version
    days = date(2020, 2, 29), MARCH, JUNE, date(2021, 1, 1)
    assert owners(store, *days) == ["transport", "transport", "culture", "culture"]
    assign(store, "water", MARCH)  # whatever was said of later days before
    assert owners(store, *days) == ["transport", "water", "water", "water"]
    assign(store, "", JUNE)
    assert owners(store, *days) == ["transport", "water", None, None]
    last = store.assignments(PLAN)[-1]
    assert (last.actor, last.at, last.reason, last.row) == (named("Li"), NOON, "moved", 3)
    assert store.assigned(plan, JUNE).by_id[OTHER] == plan.by_id[OTHER]


def test_who_leads_a_target_no_longer_supports_it(store: Store) -> None:
    assert assigned_plan().by_id[TARGET].supports == ("ndrc",)
    assign(store, "ndrc", MARCH)
    assert store.assigned(assigned_plan(), MARCH).by_id[TARGET].supports == ()


def test_a_unit_that_the_plan_has_no_more_changes_nothing(store: Store, url: str) -> None:
    assign(store, "culture", MARCH)
    plan = assigned_plan()
    left = tuple(one for one in plan.owners if one.id != "culture")
    fewer = plan.model_copy(update={"owners": left})
    fewer = Plan.model_construct(**{name: getattr(fewer, name) for name in Plan.model_fields})
    assert assigned(fewer, store.assignments(PLAN), JUNE) is fewer
    [warning] = verify(url, [fewer]).warnings
    assert f"has no unit culture, to which the record gives {TARGET}" in warning.text


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda s: assign(s, "culture", MARCH, "no-such"), "no target no-such in the plan"),
        (lambda s: assign(s, "nobody", MARCH), "no unit nobody among the plan's owners"),
        (lambda s: assign(s, "culture", MARCH, why=" "), "the reason is missing"),
        (lambda s: assign(s, "transport", MARCH), "answers for it on 2020-03-01 already"),
    ],
)
def test_what_is_no_assignment_is_refused(
    store: Store, act: Callable[[Store], None], reason: str
) -> None:
    assert reason in refusal(lambda: act(store))
    assert store.assignments(PLAN) == []


def test_rights_and_approval_go_by_todays_unit(sqlite_url: str, tmp_path: Path) -> None:
    folder = assigned_files(tmp_path)
    file = folder / f"{PLAN}.yaml"
    asking = file.read_text(encoding="utf-8") + "\napproval: {owners: [water]}\n"
    file.write_text(asking, encoding="utf-8")
    store = open_store(sqlite_url, access=Access((ADMINISTRATOR.id,), folder))
    before, after, curator = map(signed_in, ("before", "after", "curator"))
    give(store, before, Role.FILER, Scope(PLAN, "transport"))
    give(store, after, Role.FILER, Scope(PLAN, "culture"))
    give(store, curator, Role.CURATOR, Scope(PLAN))

    def hand_over(owner: str, since: date) -> None:
        by = Act(curator, NOON)
        store.assign(assigned_plan(), TARGET, owner, by, since=since, reason="r")

    save(store, before, token="1")
    hand_over("culture", date(2030, 1, 1))  # not yet
    save(store, before, token="2")
    hand_over("culture", MARCH)
    with pytest.raises(Denied):
        save(store, before, token="3")
    save(store, after, token="4")
    give(store, after, Role.FILER, Scope(PLAN, "water"))
    hand_over("water", MARCH)
    assert "need approval" in refusal(lambda: save(store, after, token="5"))
    # What is decided already keeps nobody from taking the rest back.
    rows = [Submission(observation(one, "2020-06", "1", "2020-07-20")) for one in (TARGET, OTHER)]
    given = Act(after, NOON, "6")
    filing, _ = store.submit(PLAN, rows, given)
    reviewer = signed_in("reviewer")
    give(store, reviewer, Role.REVIEWER, Scope(PLAN, "water"))
    given = Act(reviewer, NOON, "7")
    with pytest.raises(Denied):
        store.return_filing(PLAN, filing.id, "why", given)
    store.return_filing(PLAN, filing.id, "why", given, positions=[0])
    hand_over("transport", MARCH)
    given = Act(after, NOON, "8")
    assert store.take_back(PLAN, filing.id, given).ended("taken_back") == [1]
    assert verify(sqlite_url).problems == ()
    store.close()


def test_the_command_gives_targets_and_all_commands_go_by_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deployed(monkeypatch, tmp_path)
    monkeypatch.setenv("MUBIAO_PLANS", str(assigned_files(tmp_path)))
    why = ("--reason", "三定方案", "--by", "Li")
    assert "there is no unit “x”" in fails(2, "owners", "assign", TARGET, "x", *why)
    assert "--by NAME is missing" in fails(2, "owners", "assign", TARGET, "Culture", *why[:2])
    text = done("owners", "assign", TARGET, "市文化和旅游局", "--since", "2020-06-01", *why)
    assert text.startswith("From 1 June 2020 on Culture and Tourism answers for “")
    listed = {
        day: {one["target"]: one for one in json.loads(done("owners", "list", "--json", *args))}
        for day, args in {"now": (), "then": ("--as-of", "2020-05-31")}.items()
    }
    now, then = listed["now"][TARGET], listed["then"][TARGET]
    assert (now["owner"], now["since"], now["reason"]) == ("culture", "2020-06-01", "三定方案")
    assert (then["owner"], then["since"]) == ("transport", None)
    assert f"{TARGET}\tCulture and Tourism\t2020-06-01\t三定方案\n" in done("owners", "list")
    done("owners", "assign", TARGET, "-", *why)
    for day, unit in (("2020-05-31", "transport"), ("2020-06-30", "culture")):
        owed = json.loads(done("due", "--json", "--as-of", day, "--owner", unit))
        assert TARGET in {one["target"] for one in owed}
    kept = {one["id"]: one["owner"] for one in json.loads(done("targets", "--json"))}
    assert kept[TARGET] is None
