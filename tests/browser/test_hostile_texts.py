"""What a plan, people and addresses say is drawn as text: no link, no image, no request of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from mubiao.model import Act, Observation, Remark, Status
from mubiao.period import Period
from mubiao.plan.loader import read_plan
from tests.actors import named
from tests.acts import add_row
from tests.browser.server import Deployment
from tests.browser.visit import Visitor
from tests.faults.figures import AtLength
from tests.hostile import BROKEN, HOSTILE, SHORT, hostile_plan

AT = datetime(2020, 7, 31, 9, tzinfo=UTC)
DAY = date(2020, 7, 20)
GDP = "gdp-growth"
PAGES = [
    ("overview", {"q": HOSTILE}),
    ("overview", {"section": HOSTILE, "status": HOSTILE, "as_of": HOSTILE}),
    ("target", {"target": GDP}),
    ("target", {"target": HOSTILE}),
    ("record", {"view": "month", "month": "2020-06"}),
    ("record", {"view": "one", "target": GDP}),
    ("record", {"view": "one", "target": GDP, "correct": "1"}),
    ("record", {"view": "files"}),
    ("meeting", {"meeting": "1"}),
    ("meeting", {}),
    *(("present", {"meeting": "1", "slide": slide}) for slide in ("", "headline", f"target-{GDP}")),
    ("history", {"person": SHORT}),
    ("history", {"since": "2020-01-31"}),
    ("years", {}),
    ("sources", {}),
    ("overview", {"plan": "broken <script>&"}),
    ("overview", {"plan": HOSTILE, "theme": HOSTILE, "draft": HOSTILE}),
]
TABLE = f"""target,period,value,qualifier,nature,known_on,source,note
{GDP},2020-H1,-3.0,,,2020-07-20,"{SHORT}","{SHORT}"
cpi,2020-H1,380,,,2020-07-20,"{SHORT}","{SHORT}"
"{SHORT}","{SHORT}","{SHORT}","{SHORT}","{SHORT}","{SHORT}","{SHORT}","{SHORT}"
"""
FILE = {"name": "![](x) :red[c] *d* <b>f</b>.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
# What was made of a text, and texts that still have what keeps Markdown away.
MADE = """() => {
  const all = (css) => [...document.querySelectorAll(css)];
  const leaves = (address) => {
    const url = new URL(address, location.href);
    return url.protocol === 'javascript:' || ![location.host, ''].includes(url.host);
  };
  const outside = all('img, image, a, iframe, link, object, embed, form')
    .flatMap((e) => ['src', 'href', 'xlink:href', 'data', 'action'].map((n) => e.getAttribute(n)))
    .filter((address) => address && leaves(address));
  const made = all('.katex, [data-testid="stIconMaterial"], b, em, del, code')
    .map((e) => e.textContent.trim())
    .filter((text) => ['home', 'x^2', 'b', 'c', 'd', 'f'].includes(text));
  const ran = [...document.scripts].filter((e) => e.textContent.includes('evil'));
  const named = all('[title], [alt], input, textarea')
    .flatMap((e) => [e.title, e.alt, e.placeholder, e.value]);
  const escaped = [document.body.textContent, ...named].filter((t) => /\\\\[*`~$:]/.test(t ?? ''));
  return [...outside, ...made, ...ran.map(() => 'a script'), ...escaped.map((t) => t.slice(0, 200)),
    ...(window.evil ? ['it ran'] : [])];
}"""


def fill(deployment: Deployment) -> str:
    """A figure, its correction, remarks, a judgement and a meeting, whose number is returned."""
    store, plan = deployment.store, deployment.plan
    figure = Observation(
        GDP, Period.parse("2020-H1"), Decimal("-3.2"), DAY, source=HOSTILE[:300], note=HOSTILE
    )
    row = add_row(store, plan, figure, SHORT, AT)
    add_row(store, plan, replace(figure, value=Decimal("-3.1"), replaces=row), SHORT, AT)
    judged = Remark(GDP, Period.parse("2020"), HOSTILE, DAY, Status.AT_RISK, date(2020, 12, 31))
    for remark in (Remark(GDP, Period.parse("2020"), HOSTILE, DAY), judged):
        store.remark(plan, remark, Act(named(SHORT), AT))
    act, text = Act(named(SHORT), AT), deployment.plan_text
    return str(store.hold(plan, SHORT[:80], date(2020, 7, 31), act, plan_text=text).id)


@pytest.fixture
def hostile(july: Deployment) -> Iterator[Deployment]:
    """A deployment whose plan is full of such texts, beside a broken one."""
    plans = july.server.log.parent / "plans"
    assert read_plan(hostile_plan(plans, july.plan)).problems == ()
    yield july
    (plans / BROKEN).unlink()


def test_every_page_draws_hostile_texts_as_texts(
    hostile: Deployment, open_page: Visitor, at_length: AtLength
) -> None:
    number = fill(hostile)
    seen = open_page("/overview", at=hostile, lang="en")
    wrong: list[Any] = []
    silent: list[Any] = []
    # In the short form each page in one language.
    for place in range(at_length(2, 1) * len(PAGES)):
        path, query = PAGES[place % len(PAGES)]
        lang = ("en", "zh")[sum(divmod(place, len(PAGES))) % 2]
        here = query | ({"meeting": number} if "meeting" in query else {})
        page = seen.visit(f"/{path}", lang=lang, **here)
        if query.get("view") == "files":
            page.locator('input[type="file"]').set_input_files(FILE)
            seen.settle()
        for each in page.locator('summary, [data-testid="stPopoverButton"]').all()[:6]:
            if each.is_visible():
                each.click()
        seen.settle()
        wrong += [(path, query, one) for one in page.evaluate(MADE)]
        text = page.evaluate("() => document.body.textContent").replace("\u2060", "")
        silent += [] if SHORT[:21] in text or HOSTILE[:30] in text else [(path, query)]
    assert wrong == [], wrong
    assert silent == [], f"{silent}: what the plan and people say is not to be seen here"
