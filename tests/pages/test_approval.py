"""Record with approval: submitted, looked at, published or returned; nobody else sees it before."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mubiao.access import Access, Role, Scope
from mubiao.model import Act, Submission
from mubiao.store import Store, open_store
from tests.actors import named
from tests.acts import refusal
from tests.assigned import assigned_files, assigned_plan
from tests.pages.seen import PAGES, Shown, opened, visits_from
from tests.pages.test_record_page import SOUND
from tests.samples import observation

PLAN = "beijing-2020"
NOON = datetime(2021, 4, 30, 4, tzinfo=UTC)
VALUE = "7.7"  # stands nowhere else


@pytest.fixture(autouse=True)
def approval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The shipped plan, every report of which is to be approved, or as a test has it."""
    folder = assigned_files(tmp_path)
    [file] = folder.glob("*.yaml")
    text = file.read_text(encoding="utf-8")
    monkeypatch.setenv("MUBIAO_PLANS", str(folder))

    def asked(key: str) -> None:
        file.write_text(f"{text}\napproval: {key}\n", encoding="utf-8")

    asked("true")
    return asked


def submitted(target: str = "gdp-growth", by: str = "Li Wei", **fields: object) -> Shown:
    shown = opened("record", view="one", target=target)
    return shown.fill(**{**SOUND, "value": VALUE, "by": by, **fields}).press("Submit for approval")


def reviewed(by: str = "Zhao Min", **address: str) -> Shown:
    return opened("record", view="approval", **address).put("by", by)


def waiting(store: Store) -> int:
    return sum(len(filing.waiting) for filing in store.filings(PLAN))


def test_what_is_submitted_waits_and_stands_on_no_page_but_the_reviewers(store: Store) -> None:
    before = store.history(PLAN)
    shown = submitted()
    assert "Submitted as no. 1, not public yet" in shown.said
    assert store.history(PLAN) == before
    assert waiting(store) == 1
    for page in PAGES:
        assert VALUE not in opened(page, target="gdp-growth", as_of="2021-04-30").text
    assert "Your figures waiting for approval: 1" in str([b.label for b in shown.at.button])
    grid = opened("record", month="2020-12", tab="all").at.data_editor[0].value
    effects = grid.set_index("name")["effect"]
    assert effects["GDP growth"].endswith(", submitted")
    assert "submitted" not in effects["Consumer price inflation"]
    review = reviewed()
    assert review.effects()[0][:1] == ("GDP growth",)
    assert f"{VALUE}%" in review.text
    assert "Beijing Municipal Bureau" in review.text


def test_a_reviewer_publishes_and_history_says_who_filed_and_who_published(store: Store) -> None:
    submitted()
    shown = reviewed().press("approval-publish")
    assert "Published of no. 1: 1." in shown.said
    assert not waiting(store)
    last = store.history(PLAN)[-1]
    assert (str(last.value), last.recorded_by) == (VALUE, "Li Wei")
    text = opened("history").text
    assert "published by Zhao Min" in text
    assert "Li Wei" in text
    assert "published by Zhao Min" in reviewed("Li Wei").text


def test_nobody_publishes_what_they_submitted_unless_the_plan_lets_them(
    approval: Callable[[str], None],
) -> None:
    submitted()
    own = reviewed("li wei")
    assert "You submitted this yourself" in own.text
    assert own.buttons("approval") == ["approval-take-back"]
    approval("{four_eyes: false}")
    assert "Published of no. 1" in reviewed("li wei").press("approval-publish").said


def test_what_is_returned_comes_back_with_the_reason_and_is_edited_again(store: Store) -> None:
    submitted(note="from the bulletin")
    review = reviewed()
    assert "say why it is returned" in review.press("approval-return-now").text
    review.fill(**{"approval-reason-1": "which bulletin?"}).press("approval-return-now")
    assert not waiting(store)
    own = reviewed("Li Wei")
    assert "returned by Zhao Min" in own.text
    assert "which bulletin?" in own.text
    again = own.press("edit-again-1")
    assert (again.holds("value"), again.holds("note")) == (VALUE, "from the bulletin")
    again.fill(note="bulletin no. 3").press("Submit for approval")
    assert waiting(store) == 1
    assert store.filings(PLAN)[0].submissions[0].entry.note == "bulletin no. 3"


def test_what_one_takes_back_is_edited_and_the_reviewer_who_looked_is_told(store: Store) -> None:
    submitted()
    review = reviewed()
    reviewed("Li Wei").press("approval-take-back")
    assert "Li Wei took this back meanwhile" in review.press("approval-publish").said
    assert not waiting(store)


def test_a_record_that_moved_is_decided_by_the_reviewer(store: Store) -> None:
    submitted(value="7.6")
    submitted(by="Chen Bo")
    review = reviewed()
    other = reviewed("Xu Lan").press("approval-publish")
    assert "Published of no. 1" in other.said
    # Two reviewers at once: the second is told, and looks at what is left.
    assert "Xu Lan published this meanwhile" in review.press("approval-publish").said
    review.run()
    assert review.at.button(key="approval-publish").disabled
    [mine] = review.buttons("mine-approval")
    review.press(mine).press("approval-publish")
    assert [str(e.value) for e in store.history(PLAN)[-2:]] == ["7.6", VALUE]
    assert store.history(PLAN)[-1].replaces == store.history(PLAN)[-2].row


def test_rows_are_published_one_by_one_and_the_rest_waits(store: Store) -> None:
    figures = [
        observation("cpi", "2020-09", "1.1", "2020-10-20"),
        observation("new-jobs", "2020-01..2020-09", "240000", "2020-10-20"),
    ]
    rows = [Submission(figure) for figure in figures]
    store.submit(PLAN, rows, Act(named("Li Wei"), NOON, "t"))
    shown = reviewed()
    shown.at.multiselect[0].set_value([0])
    shown.run().press("approval-publish")
    [filing] = store.filings(PLAN)
    assert (filing.waiting, filing.ended("published")) == ((1,), [0])
    # A closed period cannot be published into, and says why.
    store.close_periods(PLAN, date(2020, 12, 31), Act(named("Xu Lan"), NOON))
    text = reviewed().text
    assert "periods up to 2020-12-31 are closed, by Xu Lan" in text


def test_any_number_of_rows_is_decided_at_once(store: Store) -> None:
    days = (NOON.date() - timedelta(days=number) for number in range(80))
    rows = [Submission(observation("cpi", day.isoformat(), "1.1", day.isoformat())) for day in days]
    store.submit(PLAN, rows, Act(named("Li Wei"), NOON, "t"))
    reviewed().fill(**{"approval-reason-1": "printed twice"}).press("approval-return-now")
    assert not waiting(store)


def test_each_reviewer_decides_about_the_rows_of_their_own_unit(
    store: Store, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, owners = "gdp-growth", {target.id: target.owner for target in assigned_plan().targets}
    other = next(target for target, owner in owners.items() if owner not in {None, owners[own]})
    ada, eve, li = named("Ada"), named("Eve"), named("Li Wei")
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", ada.id)
    ruled = open_store(database, access=Access((ada.id,), Path(os.environ["MUBIAO_PLANS"])))
    ruled.grant(li, Role.FILER, act=Act(ada, NOON), reason="r")
    scope = Scope(PLAN, owners[own] or "")
    ruled.grant(eve, Role.REVIEWER, scope, act=Act(ada, NOON), reason="r")
    figures = (own, "2020-09", "1.12"), (own, "2020-06", "1.45"), (other, "2020-09", "2.34")
    rows = [Submission(observation(*figure, "2020-10-20")) for figure in figures]
    ruled.submit(PLAN, rows, Act(li, NOON, "t"), part=f"{own}/new")
    visits_from("a", monkeypatch, mubiao_name="Eve")
    shown = opened("record", view="approval")
    assert "2.34" not in shown.text
    assert "Publish or return what waits for approval." in shown.text
    assert "Enter, correct or withdraw" not in shown.text
    assert "waiting: 2, for other reviewers: 1" in shown.text
    shown.at.multiselect[0].set_value([1])
    shown.run().fill(**{"approval-reason-1": "which bulletin?"}).press("approval-return-now")
    shown.press("approval-publish")
    [filing] = store.filings(PLAN)
    assert (filing.waiting, filing.ended("published"), filing.ended("returned")) == ((2,), [0], [1])
    assert "Nothing waits for approval." in opened("record", view="approval").text
    visits_from("b", monkeypatch, mubiao_name="Li Wei")
    shown = opened("record", view="approval")
    for text in ("waiting: 1", "published by Eve", "returned by Eve", "which bulletin?"):
        assert text in shown.text
    assert shown.press("edit-again-1").holds("value") == "1.45"


def test_what_waits_outlives_the_plans_asking_for_approval(
    store: Store, approval: Callable[[str], None]
) -> None:
    filer = submitted()
    approval("false")
    assert "Your figures waiting for approval: 1" in str([b.label for b in filer.run().at.button])
    shown = reviewed()
    assert "This plan asks for approval no more" in shown.text
    assert "Published of no. 1: 1." in shown.press("approval-publish").said
    assert not waiting(store)


def test_a_withdrawal_waits_too(store: Store) -> None:
    row = next(e.row for e in store.history(PLAN) if e.target == "gdp-growth")
    shown = opened("record", view="one", target="gdp-growth").put("by", "Li Wei")
    shown.press(f"ask-withdraw-{row}").fill(**{f"reason-{row}": "printed twice"})
    shown.press(f"withdraw-{row}")
    assert "Submitted as no. 1" in shown.said
    review = reviewed()
    assert "printed twice" in review.text
    review.press("approval-publish")
    assert store.history(PLAN)[-1].replaces == row


def test_only_the_reports_of_the_units_that_the_plan_names_wait(
    store: Store, approval: Callable[[str], None]
) -> None:
    plan = {t.id: t.owner for t in assigned_plan().targets}
    approval(f"{{owners: [{plan['gdp-growth']}]}}")
    other = next(t for t, owner in plan.items() if owner not in {None, plan["gdp-growth"]})
    labels = [
        {one.label for one in opened("record", view="one", target=target).at.button}
        for target in ("gdp-growth", other)
    ]
    assert ["Submit for approval" in some for some in labels] == [True, False]
    assert not waiting(store)


def test_without_approval_there_is_none_of_it(
    store: Store, approval: Callable[[str], None]
) -> None:
    approval("false")
    shown = opened("record", view="approval")
    assert "Approval" not in shown.offers("view")
    assert "Waiting for approval" not in shown.text
    assert not waiting(store)


# Of somebody else's submission and of the reader's own: what each role sees and may do with it.
_SEES = {
    Role.FILER: (False, {"approval-take-back"}),
    Role.REVIEWER: (True, {"approval-publish", "approval-return-now"}),
}


@pytest.mark.parametrize("role", [Role.READER, Role.FILER, Role.REVIEWER, Role.CURATOR])
def test_a_role_sees_and_does_what_the_policy_says(
    role: Role, store: Store, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, eve = named("Ada"), named("Eve")
    rows = [Submission(observation("cpi", "2020-09", "1.12345", "2020-10-20"))]
    owed = Submission(observation("budget-revenue-growth", "2020-H1", "1.6", "2020-07-20"))
    store.submit(PLAN, rows, Act(named("Li Wei"), NOON, "t"))
    store.submit(PLAN, [owed], Act(named("Liu"), NOON, "owed"))
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", ada.id)
    visits_from("a", monkeypatch, mubiao_name="Eve")
    ruled = open_store(database, access=Access((ada.id,)))
    ruled.grant(eve, role, act=Act(ada, NOON), reason="r")
    shown = opened("record", view="approval")
    sees, does = _SEES.get(role, (False, set()))
    assert ("1.12345" in shown.text) is sees
    owes = opened("owes", as_of="2020-12-31")
    assert ("Submitted, waiting for approval" in owes.text) is (role in _SEES)
    if role is Role.FILER:
        own = [Submission(observation("cpi", "2020-08", "1.5", "2020-10-20"))]
        ruled.submit(PLAN, own, Act(eve, NOON, "own"))
        shown.run()
    assert set(shown.buttons("approval")) == does
    assert bool(opened("history").buttons("lock-now")) is (role is Role.REVIEWER)
    given = Act(eve, NOON, "x")
    reviews: list[Callable[[], object]] = [
        lambda: ruled.return_filing(PLAN, 1, "why", given),
        lambda: ruled.publish(PLAN, 1, {0: rows[0]}, given),
        lambda: ruled.close_periods(PLAN, date(2020, 6, 30), Act(eve, NOON)),
    ]
    for act in reviews if role is not Role.REVIEWER else []:
        assert "Eve may not" in refusal(act)
    if role is not Role.FILER:
        assert "Eve may not submit figures" in refusal(lambda: ruled.submit(PLAN, rows, given))
