"""What a browser may do with the server's answers, said in the headers of each."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st

# What Streamlit's own page runs inline.
_PAGE = Path(st.__file__).parent / "static" / "index.html"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_POLICY = (
    "default-src 'none'",
    # blob: is how Streamlit loads the script of a component that is given as a text; its protocol
    # has WebAssembly for numbers of 64 bits.
    "script-src 'self' blob: 'wasm-unsafe-eval'{hashes}",
    # Streamlit's styles, ours in st.html and Plotly's are elements and attributes of the page.
    "style-src 'self' 'unsafe-inline'",
    # In styles of Streamlit's and the grid's, small icons are written out.
    "img-src 'self' data:",
    "font-src 'self' data:",
    # Not every browser takes 'self' for the WebSocket too.
    "connect-src 'self' ws://{host} wss://{host}",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    # The address holds what somebody looks at: other sites do not learn it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}


def headers_for(host: str) -> dict[str, str]:
    """The headers of an answer to a browser that calls the server by a name of its own; to any
    other (""), by which nothing may be done.
    """
    policy = _policy().replace("{host}", host) if host else "default-src 'none'"
    return {**_HEADERS, "Content-Security-Policy": policy}


@cache
def _policy() -> str:
    scripts = _INLINE.findall(_PAGE.read_text(encoding="utf-8"))
    digests = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    hashes = "".join(f" 'sha256-{digest}'" for digest in digests)
    return "; ".join(_POLICY).replace("{hashes}", hashes)
