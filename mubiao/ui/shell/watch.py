"""What whoever runs a server asks it: whether it is well, and its figures for Prometheus."""

from collections.abc import Iterable
from functools import cache
from os import environ

import orjson
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import runtime

from mubiao.deployment import record
from mubiao.problems import Refused
from mubiao.settings import settings_from

# A thread of its own: a record that does not answer keeps no page waiting for one.
_thread = CapacityLimiter(1)
_SESSIONS = "active_sessions"


def routes(base: str) -> list[Route]:
    """`/healthz`, and `/metrics`, which the door keeps closed unless a setting opens it."""
    return [Route(f"{base}/healthz", _health), Route(f"{base}/metrics", _metrics)]


async def _health(request: Request) -> Response:
    """200 while the record can be reached and has this program's form, else 503."""
    del request
    status, document = await to_thread.run_sync(_look, limiter=_thread)
    fresh = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(document), status, fresh, "application/json")


def _look() -> tuple[int, dict[str, str]]:
    try:
        form = record(settings_from(environ)).form()
    except Refused as refusal:
        texts = (problem.for_page().text for problem in refusal.problems)
        return 503, {"status": "failing", "reason": "; ".join(texts)}
    return 200, {"status": "ok", "form": form}


async def _metrics(request: Request) -> Response:
    """The figures of this server since it started."""
    del request
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415 - slow

    _count_sessions()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@cache
def _count_sessions() -> None:
    """Have the figures tell how many sessions there are, from now on."""
    from prometheus_client import Gauge  # noqa: PLC0415 - as above

    gauge = Gauge("mubiao_sessions", "Browsers' windows that are connected or may come back.", ())
    gauge.set_function(_sessions)


def _sessions() -> float:
    """How many sessions Streamlit has."""
    if not runtime.exists():
        return 0.0
    stats: Iterable[object] = runtime.get_instance().stats_mgr.get_stats([_SESSIONS])[_SESSIONS]
    return sum(float(getattr(stat, "value", 0)) for stat in stats)
