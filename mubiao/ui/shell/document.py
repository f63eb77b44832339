"""The HTML document that each page is opened in: Streamlit's own, with the product's style, script
and icon in it from the first byte, so that no run sends them again.
"""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mubiao.html import STYLE as PARTS
from mubiao.theme import css_by_scheme
from mubiao.ui.shell import address, control_names, finder
from mubiao.ui.shell.frame import PAGES

_SHELL = Path(__file__).parent
_UI = _SHELL.parent
_SHEETS = (
    _SHELL / "style.css",
    *(_UI / page / f"{page}.css" for page in ("overview", "owes", "years", "review")),
)
_STYLE = "\n".join(
    (css_by_scheme(":root"), PARTS, *(sheet.read_text(encoding="utf-8") for sheet in _SHEETS))
)
_NAMES = orjson.dumps(control_names.by_language()).decode()
_SCRIPTS = [
    (_UI / f"{name}.js").read_text(encoding="utf-8")
    for name in (
        *("shell/first_view", "shell/links", "shell/frame", "shell/control_names"),
        "review/review_keys",
    )
]
_CARRIED = orjson.dumps(address.CARRIED).decode()
_SCRIPT = (
    "".join(_SCRIPTS)
    .replace("NAMES = {}", f"NAMES = {_NAMES}", 1)
    .replace("CARRIED = {}", f"CARRIED = {_CARRIED}", 1)
)
_INDEX = Path(st.__file__).parent / "static" / "index.html"
_DIGEST = sha256(f"{_STYLE}{_SCRIPT}".encode()).hexdigest()[:16]
_HEAD = f'<script defer src="./mubiao.js?{_DIGEST}"></script></head>'
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
    page = _answer(text.replace("{hidden}", ""), "text/html", "no-cache")
    bare = _answer(text.replace("{hidden}", " hidden"), "text/html", "no-cache")
    always = "public, immutable, max-age=31536000"  # by their digest in the document
    icon = (_SHELL / "icon.svg").read_text(encoding="utf-8")
    names: dict[str, Any] = dict.fromkeys(("", "start", *PAGES), page) | {"present": bare}
    names["mubiao.css"] = _answer(_STYLE, "text/css", always)
    names["mubiao.js"] = _answer(_SCRIPT, "text/javascript", always)
    names["favicon.png"] = _answer(icon, "image/svg+xml", "max-age=86400")
    names["find"] = finder.answer
    return [Route(f"{base()}/{name}", endpoint) for name, endpoint in names.items()]


def document(index: str) -> str:
    """Streamlit's document as ours; ValueError where it has changed beyond that."""
    for pattern, text in _CHANGES:
        pieces = re.split(pattern, index, flags=re.DOTALL)
        if len(pieces) != 2:
            raise ValueError(f"Streamlit's document has {len(pieces) - 1} times {pattern}")
        index = text.join(pieces)
    return index


def _answer(body: str, media_type: str, cached: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        del request
        return Response(body, media_type=media_type, headers={"Cache-Control": cached})

    return answer
