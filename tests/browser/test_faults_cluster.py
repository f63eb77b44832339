"""Two servers behind nginx on one PostgreSQL: one is killed, each is restarted, the database is.

Readers speak Streamlit's protocol and come back as its browser part does; savers record by the API,
and say a save again that nobody acknowledged.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus
from itertools import count
from pathlib import Path

import httpx2
import pytest
import websockets
from playwright.sync_api import expect

from mubiao.model import Act, Observation
from mubiao.store import open_store
from tests.actors import named
from tests.awaited import awaited
from tests.benchmarks.crowd import Reader
from tests.browser.month import figures, type_month
from tests.browser.server import JULY, Deployment
from tests.browser.test_faults_connection import LOST, is_back
from tests.browser.visit import Visitor
from tests.cluster import Cluster, cluster, through_nginx
from tests.faults.figures import AtLength, Tell
from tests.real import real_plan

# Seconds within which everybody is back, and a save by another server is seen; on a machine that is
# busy with other tests it may take longer.
BACK, SEEN = 10, 2
PLAN = "beijing-2020"
API = f"/api/v1/observations?plan={PLAN}"
FAR = date(2030, 1, 1)
TARGETS = [target.id for target in real_plan().targets if not target.is_milestone][:10]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("two"), MUBIAO_TODAY=JULY) as running:
        yield running


class Readers:
    """Readers who look at Overview about once a second, and for how long each was cut off."""

    def __init__(self, address: str, number: int) -> None:
        self.address, self.number = address, number
        self.gaps: list[float] = []
        self.reruns = 0
        self.are_in = asyncio.Event()
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
                        if self.reruns == 2 * self.number:
                            self.are_in.set()
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
        self.address = f"{two.address}{API}&yes=true"
        store = open_store(two.database.get_uri())
        made = [
            store.make_token(
                PLAN, "", f"saver {place}", Act(named("Li"), datetime.now(UTC)), expires=FAR
            )
            for place in range(number)
        ]
        store.close()
        self.secrets = dict(zip(TARGETS, (secret for _, secret in made), strict=False))
        self.acknowledged: list[tuple[str, str]] = []
        self.failures: list[str] = []
        self.are_in = asyncio.Event()
        self.is_over = False

    async def save(self) -> None:
        """Until it is over. No threads: a pool that savers fill has none left for the fault."""
        async with httpx2.AsyncClient(timeout=60) as client:
            await asyncio.gather(*(self._one(client, *one) for one in self.secrets.items()))

    async def _one(self, client: httpx2.AsyncClient, target: str, secret: str) -> None:
        number = 1
        while not self.is_over:
            note = f"{secret[:8]} {number}"
            if await self.sent(client, target, secret, note):
                self.acknowledged.append((target, note))
                self.are_in.set()
                number += 1
            await asyncio.sleep(0.6)  # a token is good for so many calls a minute

    async def sent(self, client: httpx2.AsyncClient, target: str, secret: str, note: str) -> bool:
        """Whether a save was acknowledged."""
        row = {"target": target, "period": "2020-H1", "value": "3", "known_on": "2020-07-20"}
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": note}
        rows = [{**row, "source": "s", "note": note}]
        try:
            answer = await client.post(self.address, json=rows, headers=headers)
        except httpx2.TransportError as lost:
            self.failures.append(repr(lost))
            return False
        if answer.status_code != HTTPStatus.OK:
            self.failures.append(f"{answer.status_code} {answer.text[:200]}")
        return answer.status_code == HTTPStatus.OK

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
    """Read and save, at least so many seconds before a fault and so many after it; all have come in
    when it happens.
    """
    working = asyncio.gather(readers.read(), savers.save())
    await asyncio.sleep(before)
    await asyncio.wait_for(asyncio.gather(readers.are_in.wait(), savers.are_in.wait()), 120)
    await asyncio.to_thread(fault)
    await asyncio.sleep(after)
    readers.is_over = savers.is_over = True
    await working


@pytest.mark.timeout(400)
def test_a_killed_server_costs_nobody_more_than_a_moment(
    two: Cluster, open_page: Visitor, at_length: AtLength, tell: Tell
) -> None:
    at = Deployment(two.servers[0]).through(two.port)
    windows = [open_page("/record", at=at, lang="en") for _ in range(at_length(4, 1))]
    for seen in windows:
        type_month(seen, "Li Wei", "-3.1", "-11")
    readers = Readers(two.address, at_length(100, 6))
    savers = Savers(two, at_length(10, 3))
    before, after = at_length(15, 1), at_length(25, 6)
    awaited(together(readers, savers, before, partial(two.kill, 0), after))
    two.restart(0)
    for seen in windows:
        is_back(seen)
        expect(seen.page.locator(".st-key-month-edits .mb-edit b")).to_have_count(2)
        assert figures(seen.page) == ["−3.1%", "−11%"]
        seen.errors[:] = [error for error in seen.errors if not LOST.search(error)]
    assert readers.gaps
    assert max(readers.gaps) < at_length(BACK, 10 * BACK)
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
    readers, savers = Readers(two.address, at_length(100, 2)), Savers(two, at_length(10, 2))

    def roll() -> None:
        two.restart(0)
        two.restart(1)

    awaited(together(readers, savers, 1, roll, 2))
    assert savers.lost(two) == set()
    assert savers.failures == []
    tell(
        f"both servers restarted in turn: {len(savers.acknowledged)} saves, none failed; readers "
        f"were cut off for {max(readers.gaps):.1f} s at most"
    )
    readers, more = Readers(two.address, at_length(100, 2)), Savers(two, at_length(10, 2))
    awaited(together(readers, more, 2, two.restart_database, at_length(15, 4)))
    assert more.lost(two) == set()
    tell(
        f"PostgreSQL restarted at once: {len(more.acknowledged)} saves acknowledged, none lost, "
        f"{len(more.failures)} said again"
    )


def test_a_save_by_one_server_is_seen_by_the_other_within_two_seconds(
    two: Cluster, at_length: AtLength, tell: Tell
) -> None:
    longest = awaited(_seen_by_the_other(two, Savers(two, 1)))
    assert longest < at_length(SEEN, 10 * SEEN)
    tell(f"a save by one server: seen by the other {1000 * longest:.0f} ms later at most")


async def _seen_by_the_other(two: Cluster, savers: Savers) -> float:
    """Save at each server in turn: how long until the other answers with it, in seconds."""
    [(target, secret)], longest = savers.secrets.items(), 0.0
    async with httpx2.AsyncClient(timeout=60) as client:
        for turn, server in enumerate((*two.servers, *two.servers)):
            other = two.servers[two.servers.index(server) - 1]
            savers.address = f"{server.address}{API}&yes=true"
            reader = Reader(other.address, "overview")
            async with reader.connected() as wire:
                await reader.rerun(wire)  # the record is then at hand there
            assert await savers.sent(client, target, secret, f"seen {turn}"), savers.failures
            start = time.monotonic()
            rows = (await client.get(f"{other.address}{API}")).json()
            longest = max(longest, time.monotonic() - start)
            assert f"seen {turn}" in {row["note"] for row in rows}
    return longest


def test_what_a_server_took_and_did_not_answer_the_other_is_given_under_a_key(
    tmp_path: Path,
) -> None:
    """And again when that one has failed too: there is nobody else."""
    key = {"Idempotency-Key": "a key"}
    ok, bad = HTTPStatus.OK, HTTPStatus.BAD_GATEWAY
    assert awaited(_posted(tmp_path / "one", {}, second_fails=0)) == [bad, bad]
    assert awaited(_posted(tmp_path / "two", key, second_fails=0)) == [ok, ok]
    assert awaited(_posted(tmp_path / "three", key, second_fails=1)) == [bad, ok]


async def _posted(folder: Path, headers: dict[str, str], second_fails: int) -> list[int]:
    """How nginx answers to two bodies where the first of two servers takes each and ends, and the
    second so many of them.
    """
    turn = count()

    async def end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"body")
        writer.close()

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"body")
        if next(turn) >= second_fails:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    servers = [await asyncio.start_server(one, "127.0.0.1", 0) for one in (end, reply)]
    ports = [one.sockets[0].getsockname()[1] for one in servers]
    with through_nginx(folder, ports) as port:
        cookie = {"mubiao_server": "1"}
        async with httpx2.AsyncClient(timeout=60, headers=headers, cookies=cookie) as client:
            address = f"http://127.0.0.1:{port}{API}"
            answers = [await client.post(address, content="body") for _ in range(2)]
    for one in servers:
        one.close()
        await one.wait_closed()
    return [answer.status_code for answer in answers]
