"""From signing in to publication, with two people at a provider of identities, until one's sign-in
is ended. JOURNEY_PICTURES names a folder for a picture of each step.
"""

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from mubiao import clock
from mubiao.access import Access, Role
from mubiao.i18n import language
from mubiao.model import Act, Actor, Code
from mubiao.store import Store, open_store
from tests.browser.provider import Provider, provider
from tests.browser.server import JULY, Deployment
from tests.browser.test_keyboard import choose
from tests.browser.visit import Seen, Visitor
from tests.faults.figures import AtLength
from tests.real import ACTUALS_FILE, PLAN_FILE, real_plan

pytestmark = pytest.mark.timeout(600)
ROOT = Actor("os:root", "root")
PLAN = "beijing-2020"
FIGURES = {"gdp-growth": "3.3", "budget-revenue-growth": "11.4"}  # of the first cards; both fall
WHY = "6月还是上半年？请注明。"


class Journey:
    """A language and a width, and the pictures of what was seen."""

    def __init__(self, code: Code, width: int) -> None:
        self.t, self.width = language(code).t, width
        self.name, self.numbers = f"{code}-{width}", count(1)

    def look(self, seen: Seen, step: str) -> None:
        """Take a picture of a step."""
        seen.settle()
        if folder := os.environ.get("JOURNEY_PICTURES"):
            path = Path(folder) / f"{self.name}-{next(self.numbers):02}-{step}.png"
            seen.page.screenshot(path=path, full_page=True)

    def button(self, seen: Seen, msgid: str, **values: object) -> Locator:
        """The button that a message names."""
        return seen.page.get_by_role("button", name=self.t(msgid, **values), exact=True)

    def confirm(self, seen: Seen) -> None:
        """Say of each doubtful figure that it is right."""
        for box in seen.page.get_by_text(self.t("It is right as it stands")).all():
            box.click()
            seen.settle()

    def press(self, seen: Seen, msgid: str, **values: object) -> None:
        """Press it, and wait for what it does."""
        self.button(seen, msgid, **values).first.click()
        seen.settle()


def deployed(folder: Path) -> Path:
    """The folder of the shipped plan, which asks for approval."""
    for name, file in (("plans", PLAN_FILE), ("actuals", ACTUALS_FILE)):
        (folder / name).mkdir()
        shutil.copy(file, folder / name)
    plan = folder / "plans" / PLAN_FILE.name
    plan.write_text(plan.read_text(encoding="utf-8") + "\napproval: true\n", encoding="utf-8")
    return folder / "plans"


def granted(at: Deployment, idp: Provider, plans: Path) -> Store:
    """The record, with a filer and a reviewer."""
    store = open_store(at.server.database, access=Access((ROOT.id,), plans))
    for person, role in (("wang", Role.FILER), ("li", Role.REVIEWER)):
        who = Actor(idp.actor(person), person)
        store.grant(who, role, act=Act(ROOT, clock.now()), reason="r")
    return store


@pytest.mark.parametrize(("code", "width"), [("zh", 1280), ("en", 1280), ("zh", 390)])
def test_from_signing_in_to_publication_and_the_end_of_a_sign_in(  # noqa: PLR0915 - fixtures; a journey
    code: Code,
    width: int,
    server: Callable[..., Deployment],
    open_page: Visitor,
    tmp_path: Path,
    at_length: AtLength,
) -> None:
    if at_length(0, 1) and (code, width) != ("zh", 1280):
        pytest.skip("at full length")
    go, plans = Journey(code, width), deployed(tmp_path)
    settings = {"MUBIAO_READING_NEEDS_SIGN_IN": "yes", "MUBIAO_ADMINISTRATOR": ROOT.id}
    with provider(tmp_path) as idp:
        at = server(**idp.environment, **settings, MUBIAO_PLANS=str(plans), MUBIAO_TODAY=JULY)
        store = granted(at, idp, plans)
        link = {"at": at, "lang": code, "width": width}
        # The filer's link leads through the provider to where it points.
        mine = open_page("/record", **link, month="2020-06", look="cards")
        page = mine.page
        go.look(mine, "link")
        idp.choose(mine, "wang", link=go.t("Sign in"))
        expect(page.locator(".st-key-card-0")).to_be_visible()
        assert "month=2020-06" in page.url
        go.look(mine, "landed")
        mine.fill(page.get_by_label(go.t("Source"), exact=True), "统计局月报 2020-07")
        for place, value in enumerate(FIGURES.values()):
            mine.fill(page.locator(f".st-key-card-{place} input").first, f"-{value}")
        go.look(mine, "typed")
        go.confirm(mine)
        go.press(mine, "Submit for approval")
        go.look(mine, "submitted")
        [filing] = store.filings(PLAN)
        assert len(filing.waiting) == 2
        # The reviewer sees the sentence that would be printed.
        theirs = open_page("/record", **link, view="approval")
        idp.choose(theirs, "li", link=go.t("Sign in"))
        other = theirs.page
        expect(other.locator(".mb-effect").first).to_be_visible()
        go.look(theirs, "review")
        name = language(code).pick(real_plan().by_id[[*FIGURES][1]].name)
        choose(theirs, go.t("Only these rows (the others go on waiting)"), name)
        other.keyboard.press("Escape")
        theirs.settle()
        go.press(theirs, "Return ({n})", n=1)
        theirs.fill(other.get_by_label(go.t("Reason for returning it")), WHY)
        go.look(theirs, "reason")
        go.button(theirs, "Return ({n})", n=1).last.click()
        theirs.settle()
        go.look(theirs, "returned")
        expect(other.get_by_label(go.t("Reason for returning it"))).to_have_count(0)
        go.confirm(theirs)
        go.press(theirs, "Publish ({n})", n=1)
        go.look(theirs, "published")
        [filing] = store.filings(PLAN, since=clock.now().replace(year=2020))
        assert (filing.ended("published"), filing.ended("returned")) == ([0], [1])
        # The page that all read shows what was published, and nothing of the rest.
        for target, value in FIGURES.items():
            theirs.visit("/target", target=target, lang=code)
            assert (value in other.locator("main, [data-testid=stMain]").last.inner_text()) is (
                target == "gdp-growth"
            )
            go.look(theirs, target)
        mine.visit("/record", view="approval", lang=code)
        expect(page.get_by_text(WHY)).to_be_visible()
        go.look(mine, "decided")
        go.press(mine, "Edit again")
        go.look(mine, "again")
        # Whoever administers ends the sign-in: nothing more is written, and soon nothing is read.
        store.end_sign_ins(idp.actor("wang"), Act(ROOT, clock.now()), reason="left")
        go.press(mine, "Submit for approval")
        go.look(mine, "ended")
        over = go.t("Your sign-in is over: you signed out, or it was ended. Sign in again.")
        expect(page.get_by_text(over).first).to_be_visible()
        expect(page.locator(".mb-edit")).to_have_count(0)
        go.look(mine, "closed")
        assert not [one for one in store.filings(PLAN) if one.waiting]
        store.close()
