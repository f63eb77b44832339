"""Two servers behind nginx on one PostgreSQL: one is killed, each is restarted, the database is.

Readers speak Streamlit's protocol and come back as its browser part does; savers record by the API,
and say a save again that nobody acknowledged.
"""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets
from playwright.sync_api import expect

from tests.awaited import awaited
from tests.benchmarks.crowd import Reader
from tests.browser.month import figures, type_month
from tests.browser.server import JULY, Deployment
from tests.browser.visit import Visitor
from tests.cluster import Cluster, cluster
from tests.faults.figures import AtLength, Tell

BACK = 10  # seconds within which everybody is back
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


def test_a_killed_server_costs_nobody_more_than_a_moment(
    two: Cluster, open_page: Visitor, at_length: AtLength, tell: Tell
) -> None:
    at = Deployment(two.servers[0]).through(two.port)
    windows = [open_page("/record", at=at, lang="en") for _ in range(at_length(4, 2))]
    for seen in windows:
        type_month(seen, "Li Wei", "-3.1", "-11")
    readers = Readers(two.address, at_length(100, 6))

    async def during() -> None:
        reading = asyncio.create_task(readers.read())
        await asyncio.sleep(at_length(10, 3))
        two.kill(0)
        await asyncio.sleep(at_length(20, 8))
        readers.is_over = True
        await reading

    awaited(during())
    for seen in windows:
        seen.page.wait_for_function(f"() => {_STATE} === 'CONNECTED'")
        seen.settle()
        expect(seen.page.locator(".st-key-month-edits .mb-edit b")).to_have_count(2)
        assert figures(seen.page) == ["−3.1%", "−11%"]
    assert readers.gaps
    assert max(readers.gaps) < BACK
    tell(
        f"one of two servers killed: {len(readers.gaps)} of {readers.number} readers were cut off, "
        f"for {max(readers.gaps):.1f} s at most; {len(windows)} windows have their unsaved figures"
    )
