"""The routes of the API, for `st.App`; none runs in the event loop, which serves the pages."""

from collections.abc import Callable, Mapping
from functools import partial
from os import environ

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from mubiao import clock, journal
from mubiao.access import Denied
from mubiao.api.answers import JSON, answered, language_from, problem
from mubiao.api.call import (
    Misuse,
    TooOften,
    Unauthorised,
    Unknown,
    call_of,
    caller,
    known_caller,
    refuse_reading,
)
from mubiao.api.description import description
from mubiao.api.recording import PARAMETERS, OtherType, Undecided, recorded
from mubiao.api.resources import RESOURCES, Resource
from mubiao.deployment import record
from mubiao.exports.data.documents import to_json
from mubiao.identity import IdentityKind
from mubiao.memo import Memo
from mubiao.problems import Problem, Refused, Unavailable, message
from mubiao.settings import settings_from
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.store.conflicts import Conflicting

Handler = Callable[[Request, bytes], Response]

# Its own threads: the pages' files come from those that Starlette shares out.
_threads = CapacityLimiter(4)
_documents = Memo(64)
_STATUSES: tuple[tuple[type[Refused], int], ...] = (
    (Misuse, 400),
    (Unauthorised, 401),
    (Denied, 403),
    (Unknown, 404),
    (Conflicting, 409),
    (OtherType, 415),
    (TooOften, 429),
    (Unavailable, 503),
)
# As the journal calls them until more is known.
_ACTIONS = {"GET": "read", "HEAD": "read", "POST": "record"}
_NO_ADDRESS = message("there is nothing at this address; /api/openapi.json lists what there is")
_NO_METHOD = message("{method} is not for this address; expected {expected}")
_TOO_LARGE = message("the body has more than {most} MB")


def routes(base: str) -> list[Route]:
    """What the server answers below `/api`, at a base path of the server."""
    addresses: dict[str, dict[str, Handler]] = {
        f"v1/{name}": {"GET": partial(_read, name, one)} for name, one in RESOURCES.items()
    }
    addresses["v1/observations"]["POST"] = _record
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
        elif (body := await _body(request)) is None:
            journal.write(_ACTIONS[request.method], "", "too_large")
            problems = [Problem(_TOO_LARGE, {"most": MAX_BYTES // 2**20})]
            response = problem(413, problems, language_from(request.headers))
        else:
            act = partial(_response, _ACTIONS[request.method], handler, request, body)
            response = await to_thread.run_sync(act, limiter=_threads)
        await response(scope, receive, send)

    def _unknown(self, request: Request) -> Response:
        language = language_from(request.headers)
        if not self._methods:
            return problem(404, [Problem(_NO_ADDRESS)], language)
        values = {"method": request.method, "expected": ", ".join(self._methods)}
        allowed = {"Allow": ", ".join(self._methods)}
        return problem(405, [Problem(_NO_METHOD, values)], language, headers=allowed)


async def _body(request: Request) -> bytes | None:
    """What is sent; None for more than is read."""
    body = bytearray()
    if request.method == "POST":
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_BYTES:
                return None
    return bytes(body)


def _response(action: str, handler: Handler, request: Request, body: bytes) -> Response:
    """What a handler answers; its refusal as a problem document."""
    headers, more = dict[str, str](), {}
    try:
        with journal.act(action):
            return handler(request, body)
    except Undecided as refusal:
        problems, status = refusal.problems, 422 if refusal.wrong else 409
        more = {"rows": refusal.document["rows"], "statuses": refusal.document["statuses"]}
    except Refused as refusal:
        problems = refusal.problems
        status = next((number for kind, number in _STATUSES if isinstance(refusal, kind)), 422)
        if isinstance(refusal, Unauthorised):
            headers = {"WWW-Authenticate": "Bearer"}
        if isinstance(refusal, TooOften):
            headers = {"Retry-After": str(refusal.seconds)}
    return problem(status, problems, language_from(request.headers), headers=headers, **more)


def _read(name: str, resource: Resource, request: Request, _body: bytes) -> Response:
    """A document; made once for a version of the record, for every caller."""
    settings = settings_from(environ)
    store, headers, now = record(settings), request.headers, clock.now()
    identity = settings.identity
    is_open = identity.kind is IdentityKind.NONE or identity.is_open
    token = caller(headers, store, now) if is_open else known_caller(headers, store, now)
    call = call_of(request.query_params, resource.parameters, settings)
    if token is not None and not is_open:
        refuse_reading(token, call.plan, store)

    def make() -> bytes:
        return to_json(resource.make(call))

    content = _documents.get((name, *call.version), make) if resource.versioned else make()
    return answered(content, request.headers)


def _record(request: Request, body: bytes) -> Response:
    """What became of the rows of a body."""
    settings = settings_from(environ)
    token = known_caller(request.headers, record(settings), clock.now())
    call = call_of(request.query_params, PARAMETERS, settings)
    language = language_from(request.headers)
    document, waits = recorded(call, token, request.headers, body, language)
    spoken = {"Content-Language": language.tag, "Vary": "Accept-Language"}
    return Response(to_json(document), 202 if waits else 200, spoken, JSON)


def _describe(base: str, request: Request, _body: bytes) -> Response:
    return answered(description(base), request.headers)
