"""The HTML document that each page is opened in: Streamlit's own, with the product's style, script
and icon in it from the first byte, so that no run sends them again.
"""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mubiao.settings import ROOT
from mubiao.theme import css_by_scheme

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
# The names of controls are yet to be filled in.
SCRIPTS = "".join(
    (_UI / f"{name}.js").read_text(encoding="utf-8")
    for name in (
        *("shell/first_view", "shell/links", "shell/frame", "shell/control_names"),
        "review/review_keys",
    )
)
_INDEX = Path(st.__file__).parent / "static" / "index.html"
# Of all that the two answers are made of: reading the catalogs takes a while.
_SOURCES = (
    f"{_STYLE}{SCRIPTS}".encode(),
    (_SHELL / "control_names.py").read_bytes(),
    *(file.read_bytes() for file in sorted(_CATALOGS.rglob("*.po"))),
)
_DIGEST = sha256(b"".join(_SOURCES)).hexdigest()[:16]
_HEAD = f'<script defer src="./mubiao.js?{_DIGEST}"></script></head>'
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
    page = answer(text.replace("{hidden}", ""), "text/html", "no-cache")
    bare = answer(text.replace("{hidden}", " hidden"), "text/html", "no-cache")
    icon = (_SHELL / "icon.svg").read_text(encoding="utf-8")
    names: dict[str, Any] = dict.fromkeys(("", "start", *_PAGES), page) | {"present": bare}
    names["mubiao.css"] = answer(_STYLE, "text/css", ALWAYS)
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


def answer(body: str, media_type: str, cached: str) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that always answers this."""

    async def answer_with(request: Request) -> Response:
        del request
        return Response(body, media_type=media_type, headers={"Cache-Control": cached})

    return answer_with
