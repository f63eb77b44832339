"""The routes of the API, for `st.App`; none runs in the event loop, which serves the pages."""

from collections.abc import Callable, Mapping
from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from mubiao.api.answers import answered, language_from, problem
from mubiao.api.call import Misuse, Unknown, call_of
from mubiao.api.description import description
from mubiao.api.resources import RESOURCES, Resource
from mubiao.exports.data.documents import to_json
from mubiao.memo import Memo
from mubiao.problems import Problem, Refused, Unavailable, message

Handler = Callable[[Request], Response]

# Its own threads: the pages' files come from those that Starlette shares out.
_threads = CapacityLimiter(4)
_documents = Memo(64)
_STATUSES = ((Misuse, 400), (Unknown, 404), (Unavailable, 503))
_NO_ADDRESS = message("there is nothing at this address; /api/openapi.json lists what there is")
_NO_METHOD = message("{method} is not for this address; expected {expected}")


def routes(base: str = "") -> list[Route]:
    """What the server answers below `/api`, at a base path of the server."""
    addresses: dict[str, Mapping[str, Handler]] = {
        f"v1/{name}": {"GET": partial(_read, name, one)} for name, one in RESOURCES.items()
    }
    addresses["openapi.json"] = {"GET": partial(_describe, f"{base}/api")}
    addresses["{rest:path}"] = {}
    return [Route(f"{base}/api/{path}", Endpoint(each)) for path, each in addresses.items()]


class Endpoint:
    """The methods of one address."""

    def __init__(self, methods: Mapping[str, Handler]) -> None:
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in a thread, or say that the address or the method is unknown."""
        request = Request(scope, receive)
        handler = self._methods.get(request.method.replace("HEAD", "GET"))
        if handler is None:
            response = self._unknown(request)
        else:
            act = partial(_response, handler, request)
            response = await to_thread.run_sync(act, limiter=_threads)
        await response(scope, receive, send)

    def _unknown(self, request: Request) -> Response:
        language = language_from(request.headers)
        if not self._methods:
            return problem(404, [Problem(_NO_ADDRESS)], language)
        values = {"method": request.method, "expected": ", ".join(self._methods)}
        allowed = {"Allow": ", ".join(self._methods)}
        return problem(405, [Problem(_NO_METHOD, values)], language, headers=allowed)


def _response(handler: Handler, request: Request) -> Response:
    """What a handler answers; its refusal as a problem document."""
    try:
        return handler(request)
    except Refused as refusal:
        status = next((number for kind, number in _STATUSES if isinstance(refusal, kind)), 422)
        return problem(status, refusal.problems, language_from(request.headers))


def _read(name: str, resource: Resource, request: Request) -> Response:
    """A document; made once for a version of the record, for every caller."""
    call = call_of(request.query_params, resource.parameters)

    def make() -> bytes:
        return to_json(resource.make(call))

    content = _documents.get((name, *call.version), make) if resource.versioned else make()
    return answered(content, request.headers)


def _describe(base: str, request: Request) -> Response:
    return answered(description(base), request.headers)
