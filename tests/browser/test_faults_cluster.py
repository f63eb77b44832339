"""Two servers behind nginx on one PostgreSQL: one is killed, each is restarted, the database is.

Readers speak Streamlit's protocol and come back as its browser part does; savers record by the API,
and say a save again that nobody acknowledged.
"""

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import websockets
from playwright.sync_api import expect

from mubiao.model import Observation
from mubiao.store import open_store
from tests.actors import named
from tests.awaited import awaited
from tests.benchmarks.crowd import Reader
from tests.browser.month import figures, type_month
from tests.browser.server import JULY, Deployment
from tests.browser.visit import Visitor
from tests.cluster import Cluster, cluster
from tests.faults.figures import AtLength, Tell
from tests.real import real_plan

BACK = 10  # seconds within which everybody is back
SEEN = 2  # seconds within which a save by another server is seen
PLAN = "beijing-2020"
FAR = date(2030, 1, 1)
TARGETS = [target.id for target in real_plan().targets if not target.is_milestone][:10]
# What a browser says of a server that does not answer, and what Streamlit does.
LOST = re.compile("net::ERR_|reaching server endpoint|Is Streamlit still running|not responding")
_STATE = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path, MUBIAO_TODAY=JULY) as running:
        yield running


class Readers:
    """Readers who look at Overview about once a second, and for how long each was cut off."""

    def __init__(self, address: str, number: int) -> None:
        self.address, self.number = address, number
        self.gaps: list[float] = []
        self.reruns = 0
        self.is_over = False

    async def read(self) -> None:
        """Until it is over."""
        await asyncio.gather(*(self._one(place / self.number) for place in range(self.number)))

    async def _one(self, delay: float) -> None:
        await asyncio.sleep(delay)
        cookie, lost = "", None
        while not self.is_over:
            reader = Reader(self.address, "overview")
            try:
                async with reader.connected(cookie) as wire:
                    assert wire.response is not None
                    cookie = wire.response.headers.get("Set-Cookie", cookie).partition(";")[0]
                    while not self.is_over:
                        await reader.rerun(wire)
                        self.reruns += 1
                        if lost is not None:
                            self.gaps.append(time.monotonic() - lost)
                        lost = None
                        await asyncio.sleep(1)
            except (websockets.WebSocketException, OSError):
                lost = lost or time.monotonic()
                await asyncio.sleep(0.5)
        assert lost is None


class Savers:
    """Other systems that record by the API, each one target, for as long as they are asked to.

    What is not acknowledged is said again under the same key, as docs/api.md has it.
    """

    def __init__(self, two: Cluster, number: int) -> None:
        self.address = f"{two.address}/api/v1/observations?plan={PLAN}&yes=true"
        store = open_store(two.database.get_uri())
        made = [
            store.make_token(
                PLAN, "", f"saver {place}", expires=FAR, actor=named("Li"), at=datetime.now(UTC)
            )
            for place in range(number)
        ]
        store.close()
        self.secrets = dict(zip(TARGETS, (secret for _, secret in made), strict=False))
        self.acknowledged: list[tuple[str, str]] = []
        self.failures: list[str] = []
        self.is_over = False

    async def save(self) -> None:
        """Until it is over."""
        await asyncio.gather(*(asyncio.to_thread(self._one, *one) for one in self.secrets.items()))

    def _one(self, target: str, secret: str) -> None:
        number = 0
        while not self.is_over:
            number += 1
            note = f"{secret[:8]} {number}"
            while not self.sent(target, secret, note):
                time.sleep(0.3)
            self.acknowledged.append((target, note))
            time.sleep(0.6)  # a token is good for so many calls a minute

    def sent(self, target: str, secret: str, note: str) -> bool:
        """Whether a save was acknowledged."""
        row = {"target": target, "period": "2020-H1", "value": "3", "known_on": "2020-07-20"}
        body = json.dumps([{**row, "source": "s", "note": note}]).encode()
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": note}
        request = Request(self.address, body, {**headers, "Content-Type": "application/json"})  # noqa: S310 - this machine
        try:
            with urlopen(request, timeout=20) as answer:  # noqa: S310 - this machine
                return bool(answer.status == HTTPStatus.OK)
        except HTTPError as refused:
            self.failures.append(f"{refused.code} {refused.read().decode()[:200]}")
        except OSError as lost:
            self.failures.append(str(lost))
        return False

    def lost(self, two: Cluster) -> set[tuple[str, str]]:
        """What was acknowledged and is not in the record."""
        store = open_store(two.database.get_uri())
        rows = [row for row in store.history(PLAN) if isinstance(row, Observation)]
        store.close()
        times = Counter((row.target, row.note) for row in rows)
        assert not [one for one in self.acknowledged if times[one] > 1], "recorded twice"
        return {one for one in self.acknowledged if not times[one]}


async def together(
    readers: Readers, savers: Savers, before: float, fault: Callable[[], object], after: float
) -> None:
    """Read and save, so many seconds before a fault and so many after it."""
    working = asyncio.gather(readers.read(), savers.save())
    await asyncio.sleep(before)
    await asyncio.to_thread(fault)
    await asyncio.sleep(after)
    readers.is_over = savers.is_over = True
    await working


@pytest.mark.timeout(400)
def test_a_killed_server_costs_nobody_more_than_a_moment(
    two: Cluster, open_page: Visitor, at_length: AtLength, tell: Tell
) -> None:
    at = Deployment(two.servers[0]).through(two.port)
    windows = [open_page("/record", at=at, lang="en") for _ in range(at_length(4, 2))]
    for seen in windows:
        type_month(seen, "Li Wei", "-3.1", "-11")
    readers = Readers(two.address, at_length(100, 6))
    savers = Savers(two, at_length(10, 3))
    before, after = at_length(15, 3), at_length(25, 8)
    awaited(together(readers, savers, before, partial(two.kill, 0), after))
    for seen in windows:
        seen.page.wait_for_function(f"() => {_STATE} === 'CONNECTED'")
        seen.settle()
        expect(seen.page.locator(".st-key-month-edits .mb-edit b")).to_have_count(2)
        assert figures(seen.page) == ["−3.1%", "−11%"]
        seen.errors[:] = [error for error in seen.errors if not LOST.search(error)]
    assert readers.gaps
    assert max(readers.gaps) < BACK
    assert savers.acknowledged
    assert savers.lost(two) == set()
    tell(
        f"one of two servers killed: {len(readers.gaps)} of {readers.number} readers were cut off, "
        f"for {max(readers.gaps):.1f} s at most; {len(windows)} windows have their unsaved "
        f"figures; {len(savers.acknowledged)} saves acknowledged, none lost, "
        f"{len(savers.failures)} said again"
    )


@pytest.mark.timeout(400)
def test_a_rolling_restart_fails_no_save_and_a_restarted_database_loses_none(
    two: Cluster, at_length: AtLength, tell: Tell
) -> None:
    readers, savers = Readers(two.address, at_length(100, 4)), Savers(two, at_length(10, 3))

    def roll() -> None:
        two.restart(0)
        time.sleep(3)  # nginx looks at it again
        two.restart(1)

    awaited(together(readers, savers, 2, roll, 4))
    assert savers.lost(two) == set()
    assert savers.failures == []
    tell(
        f"both servers restarted in turn: {len(savers.acknowledged)} saves, none failed; readers "
        f"were cut off for {max(readers.gaps):.1f} s at most"
    )
    readers, more = Readers(two.address, at_length(100, 4)), Savers(two, at_length(10, 3))
    awaited(together(readers, more, 2, two.restart_database, at_length(15, 6)))
    assert more.lost(two) == set()
    tell(
        f"PostgreSQL restarted at once: {len(more.acknowledged)} saves acknowledged, none lost, "
        f"{len(more.failures)} said again"
    )


def test_a_save_by_one_server_is_seen_by_the_other_within_two_seconds(two: Cluster) -> None:
    savers = Savers(two, 1)
    [(target, secret)] = savers.secrets.items()
    for turn, server in enumerate((*two.servers, *two.servers)):
        other = two.servers[two.servers.index(server) - 1]
        savers.address = f"{server.address}/api/v1/observations?plan={PLAN}&yes=true"
        note = f"seen {turn}"
        awaited(overview(other.address))  # which it then has at hand
        assert savers.sent(target, secret, note), savers.failures
        start = time.monotonic()
        with urlopen(f"{other.address}/api/v1/observations?plan={PLAN}") as answer:  # noqa: S310
            rows = json.load(answer)
        assert note in {row["note"] for row in rows}
        assert time.monotonic() - start < SEEN


async def overview(address: str) -> None:
    """Look at Overview once."""
    reader = Reader(address, "overview")
    async with reader.connected() as wire:
        await reader.rerun(wire)
