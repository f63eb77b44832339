"""What a call answers: JSON, or why not as a problem document (RFC 9457), in its language."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.responses import Response

from mubiao.exports.data.documents import to_json
from mubiao.i18n import Language
from mubiao.i18n import language as language_of
from mubiao.problems import Problem, message

JSON = "application/json"
PROBLEM = "application/problem+json"
TITLES = {
    400: message("The call is wrong"),
    401: message("A token is needed"),
    403: message("The token does not allow this"),
    404: message("What was asked for is not there"),
    405: message("This method is not for this address"),
    409: message("Something is to be decided first"),
    413: message("The body is too large"),
    415: message("The body is of another type"),
    422: message("What was sent is refused"),
    429: message("Too many calls"),
    503: message("The record cannot be used now"),
}


def language_from(headers: Headers) -> Language:
    """The language that a call prefers by Accept-Language: Chinese or English; else English."""
    best, weight = "en", 0.0
    for part in headers.get("accept-language", "").split(","):
        tag, _, quality = part.strip().partition(";")
        code, wanted = tag.lower().partition("-")[0], 1.0
        if quality:
            wanted = 0.0
            with suppress(ValueError):
                wanted = float(quality.strip().removeprefix("q="))
        if code in {"zh", "en"} and wanted > weight:
            best, weight = code, wanted
    return language_of(best)


def answered(content: bytes, headers: Headers) -> Response:
    """A document, or 304 where the caller has it already."""
    # Weak: the same document may leave compressed or not.
    tag = f'W/"{sha256(content).hexdigest()[:32]}"'
    fresh = {"ETag": tag, "Cache-Control": "no-cache"}
    known = {one.strip() for one in headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=fresh)
    return Response(content, media_type=JSON, headers=fresh)


def problem(
    status: int,
    problems: Iterable[Problem],
    language: Language,
    *,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Response:
    """Why a call was not answered: every problem with the parameter or column that it is about."""
    public = [one.for_page() for one in problems]
    texts = [{"detail": _located(one, language), "field": one.field or None} for one in public]
    document = {
        "type": "about:blank",
        "title": language.t(TITLES[status]),
        "status": status,
        "detail": "\n".join(dict.fromkeys(text["detail"] or "" for text in texts)),
        "problems": texts,
        **more,
    }
    spoken = {"Content-Language": language.tag, "Vary": "Accept-Language", **(headers or {})}
    return Response(to_json(document), status, media_type=PROBLEM, headers=spoken)


def _located(one: Problem, language: Language) -> str:
    """A problem with its place in the body, or its file and line, before it."""
    place = f"{one.file}:{one.line}" if one.file and one.line else one.file
    text = language.problem(one)
    return f"{place}: {text}" if place else text
