"""Readers of a page, many at once, without browsers: they speak Streamlit's protocol.

Each opens the page and then asks for it again and again, as soon as it stands.
"""

import asyncio
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WAIT = 120  # seconds, on a machine that may be busy


@dataclass
class Rerun:
    """What one rerun took: seconds, messages, bytes."""

    seconds: float
    messages: int
    size: int


@dataclass
class Reader:
    """A reader of `page` at `address`, and the large messages that it keeps, as a browser does."""

    address: str
    page: str
    page_hash: str = ""
    kept: set[str] = field(default_factory=set)

    def connected(self, cookie: str = "") -> websockets.connect:
        """The connection, to be entered; a server among several is found by its `cookie`."""
        return websockets.connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(self.address),
            additional_headers={"Cookie": cookie} if cookie else {},
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=WAIT,
        )

    async def read(self, ready: asyncio.Barrier, rounds: int) -> list[Rerun]:
        """Open the page, wait for all others, and ask for it that many times again."""
        async with self.connected() as wire:
            await self.rerun(wire)
            await ready.wait()
            return [await self.rerun(wire) for _ in range(rounds)]

    async def rerun(self, wire: websockets.ClientConnection) -> Rerun:
        """Ask for the page, and wait until it stands."""
        asked, rerun = BackMsg(), Rerun(0, 0, 0)
        query = asked.rerun_script
        query.page_script_hash, query.page_name = self.page_hash, self.page
        query.cached_message_hashes.extend(self.kept)
        query.context_info.locale = "zh-CN"
        query.context_info.url = f"{self.address}/{self.page}"
        start = time.perf_counter()
        await wire.send(asked.SerializeToString())
        message = ForwardMsg()
        while message.WhichOneof("type") != "script_finished":
            received = await asyncio.wait_for(wire.recv(decode=False), WAIT)
            message.ParseFromString(received)
            rerun.messages, rerun.size = rerun.messages + 1, rerun.size + len(received)
            self._take(message)
        assert message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        rerun.seconds = time.perf_counter() - start
        return rerun

    def _take(self, message: ForwardMsg) -> None:
        assert message.delta.new_element.WhichOneof("type") != "exception", message
        if message.metadata.cacheable:
            self.kept.add(message.hash)
        for part in ("new_session", "navigation"):
            if message.HasField(part):
                self.page_hash = getattr(message, part).page_script_hash or self.page_hash


def p95(seconds: Iterable[float]) -> float:
    """How many milliseconds all but one in twenty took at most."""
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


@dataclass(frozen=True)
class Crowd:
    """What many readers had: all reruns, and how many there were in a second."""

    reruns: list[Rerun]
    a_second: float

    @property
    def p95(self) -> float:
        """How many milliseconds all but one in twenty reruns took at most."""
        return p95(one.seconds for one in self.reruns)

    @property
    def median(self) -> float:
        """How many milliseconds half of the reruns took at most."""
        return 1000 * statistics.median(one.seconds for one in self.reruns)


async def crowd(address: str, page: str, readers: int, rounds: int) -> Crowd:
    """So many readers of a page, each of whom asks for it so many times again."""
    ready = asyncio.Barrier(readers + 1)
    async with asyncio.TaskGroup() as group:  # one that fails ends all others, who wait for it
        tasks = [
            group.create_task(Reader(address, page).read(ready, rounds)) for _ in range(readers)
        ]
        await ready.wait()
        start = time.perf_counter()
    reruns = [one for task in tasks for one in task.result()]
    return Crowd(reruns, len(reruns) / (time.perf_counter() - start))
