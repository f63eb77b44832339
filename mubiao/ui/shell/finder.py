"""What a search answers: asked by the bar on top of each page while somebody types."""

from os import environ

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mubiao import clock
from mubiao.deployment import record
from mubiao.i18n import language as language_of
from mubiao.memo import Memo
from mubiao.plan.loader import plan_files
from mubiao.problems import Refused
from mubiao.settings import settings_from
from mubiao.ui.shell import gate, markup, page
from mubiao.views.search import Findable, findables, search
from mubiao.views.seen import plan_at

_indexes = Memo(16)


def routes(base: str) -> list[Route]:
    """The search of the bar."""
    return [Route(f"{base}/find", answer)]


def answer(request: Request) -> Response:
    """The matches of `q` as JSON: a list of objects with `text`, `note` and `href`.

    `code` is the language of the page, `plan` and `meeting` are those of its address.
    """
    query = dict(request.query_params)
    text, code = query.pop("q", ""), query.pop("code", "")
    try:
        matches = search(_things(request, query, code), text)
    except Refused:  # the page itself says why nothing can be shown
        matches = []
    rows = [{"text": one.name, "note": one.note, "href": _href(one)} for one in matches]
    return Response(orjson.dumps(rows), media_type="application/json")


def _href(one: Findable) -> str:
    at = "#targets" if one.page == "overview" else ""
    return markup.href(one.page, dict(one.choices)) + at


def _things(request: Request, query: dict[str, str], code: str) -> tuple[Findable, ...]:
    """What can be found; nothing by who must sign in to read."""
    settings = settings_from(environ)
    store = record(settings)
    file = page.chosen(plan_files(settings.plans), query.get("plan", ""), settings)
    if file is None or file.plan is None:
        return ()
    if not gate.may_fetch(request, settings, file.plan.id):
        return ()
    meetings = store.meetings(file.plan.id)
    meeting = next((one for one in meetings if str(one.id) == query.get("meeting")), None)
    today = clock.today(settings, file.plan.zone)
    plan = plan_at(store, store.assigned(file.plan, today), meeting)
    language = language_of("en" if code == "en" else "zh", plan.zone, plan.span.first.month)
    key = (plan.version, language.code, repr(meetings))
    return _indexes.get(key, lambda: findables(plan, meetings, language))
