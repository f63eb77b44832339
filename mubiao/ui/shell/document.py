"""The HTML document that each page is opened in: Streamlit's own, with the product's style, script
and icon in it from the first byte, so that no run sends them again.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mubiao.settings import ROOT
from mubiao.theme import css_by_scheme
from mubiao.ui.shell import later

Endpoint = Callable[[Request], Awaitable[Response]]

_SHELL = Path(__file__).parent
_UI = _SHELL.parent
_PAGES = [page.stem for page in (ROOT / "pages").glob("*.py")]
_CATALOGS = ROOT / "mubiao" / "i18n" / "locales"
_SHEETS = (
    ROOT / "mubiao" / "html" / "parts.css",
    _SHELL / "style.css",
    *(_UI / page / f"{page}.css" for page in ("overview", "owes", "years", "review")),
)
_STYLE = "\n".join(
    (css_by_scheme(":root"), *(sheet.read_text(encoding="utf-8") for sheet in _SHEETS))
)
# Pages that show what a meeting's room saw; the others are about the record as it is.
OF_A_MEETING = ("overview", "target", "owes", "present", "meeting")
# What goes along to another page, and to which ones alone, None for all. Not the draft: whoever is
# handed a link to another page must not get at unsaved work with it.
CARRIED: Mapping[str, Sequence[str] | None] = {
    **dict.fromkeys(("plan", "lang", "as_of", "target", "view", "month")),
    **dict.fromkeys(("every", "theme", "appendix")),
    "meeting": OF_A_MEETING,
}
_SCRIPT = "".join(
    (_UI / f"{name}.js").read_text(encoding="utf-8")
    for name in ("shell/first_view", "shell/links", "shell/frame", "review/review_keys")
).replace("CARRIED = {}", f"CARRIED = {orjson.dumps(CARRIED).decode()}", 1)
_INDEX = Path(st.__file__).parent / "static" / "index.html"
# Of all that the answers are made of. The names of controls are left out until they are asked for:
# reading the catalogs takes a while.
_SOURCES = (
    f"{_STYLE}{_SCRIPT}".encode(),
    *(file.read_bytes() for file in sorted(_SHELL.glob("control_names.*"))),
    *(file.read_bytes() for file in sorted(_CATALOGS.rglob("*.po"))),
)
_DIGEST = sha256(b"".join(_SOURCES)).hexdigest()[:16]
# While the server loads what its first page needs, the browser has time for what draws texts and
# charts, which Streamlit would load with the first of them.
_DRAWING = sorted((_INDEX.parent / "static" / "js").glob("*.js"))
_MEANWHILE = "".join(
    f'<link rel="modulepreload" href="./static/js/{file.name}" class="mb-drawing">'
    for file in _DRAWING
    if file.name.startswith(("Html.", "PlotlyChart.", "purify."))
)
_FIRST = f'<script defer src="./mubiao.js?{_DIGEST}"></script><script type="module"'
_HEAD = f'<script async src="./names.js?{_DIGEST}"></script></head>'
ALWAYS = "public, immutable, max-age=31536000"  # by their digest in the document
# The style stands below Streamlit's, which come into the head as a page is drawn. Present has no
# bar, and none may flash up before it.
_BODY = (
    f'<link rel="stylesheet" href="./mubiao.css?{_DIGEST}">'
    "<noscript>目标 Mubiao 需要启用 JavaScript。"
    '<span lang="en">Mubiao needs JavaScript.</span></noscript>'
    '<header class="mb-frame"{hidden}></header><div id="root">'
)
# What is Streamlit's own in its document, and what takes its place.
_CHANGES = (
    (r'<html lang="en">', '<html lang="zh-CN">'),
    (r"<title>Streamlit</title>", "<title>目标 Mubiao</title>"),
    # A font that no page uses.
    (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', ""),
    # Before Streamlit's own, which reads what ours says.
    (r'<script type="module"', _FIRST),
    (r"</head>", _HEAD),
    (r"<noscript>.*?</noscript>", ""),
    (r'<div id="root">', _BODY),
)


def base() -> str:
    """The path that every address of the server begins with, "" for none."""
    return f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")


def routes() -> list[Route]:
    """What the server answers before Streamlit does, for `st.App`."""
    text = document(_INDEX.read_text(encoding="utf-8"))
    page, bare = _page(text.replace("{hidden}", "")), _page(text.replace("{hidden}", " hidden"))
    icon = (_SHELL / "icon.svg").read_text(encoding="utf-8")
    names: dict[str, Any] = dict.fromkeys(("", "start", *_PAGES), page) | {"present": bare}
    names["mubiao.css"] = answer(_STYLE, "text/css", ALWAYS)
    names["mubiao.js"] = answer(_SCRIPT, "text/javascript", ALWAYS)
    names["favicon.png"] = answer(icon, "image/svg+xml", "max-age=86400")
    return [Route(f"{base()}/{name}", endpoint) for name, endpoint in names.items()]


def document(index: str) -> str:
    """Streamlit's document as ours; ValueError where it has changed beyond that."""
    for pattern, text in _CHANGES:
        pieces = re.split(pattern, index, flags=re.DOTALL)
        if len(pieces) != 2:
            raise ValueError(f"Streamlit's document has {len(pieces) - 1} times {pattern}")
        index = text.join(pieces)
    return index


def _page(text: str) -> Endpoint:
    """The document, by whether the server has loaded what pages need."""
    late = answer(text, "text/html", "no-cache")
    early = answer(text.replace("</head>", f"{_MEANWHILE}</head>"), "text/html", "no-cache")

    async def page(request: Request) -> Response:
        return await (late if later.is_loaded() else early)(request)

    return page


def answer(body: str, media_type: str, cached: str) -> Endpoint:
    """An endpoint that always answers this."""

    async def answer_with(request: Request) -> Response:
        del request
        return Response(body, media_type=media_type, headers={"Cache-Control": cached})

    return answer_with
