"""The secret by which a browser's unsaved work is known as its own."""

import re

import pytest

from mubiao.ui.shell.browser import cookie_header, secret_of

SECRET = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "given", ["", "x", SECRET.upper(), f"{SECRET}; Domain=evil", SECRET + "\n"]
)
def test_whoever_has_no_sound_secret_gets_a_new_one_each_time(given: str) -> None:
    headers = {cookie_header(given) for _ in range(2)}
    assert len(headers) == 2
    for header in headers:
        assert re.fullmatch(
            "mubiao_browser=[0-9a-f]{32}; Path=/; Max-Age=5184000; HttpOnly; SameSite=Lax", header
        )


def test_a_secret_stays() -> None:
    assert cookie_header(SECRET).startswith(f"mubiao_browser={SECRET}; ")
    assert [secret_of(c) for c in ({"mubiao_browser": SECRET}, {"other": "x"})] == [SECRET, ""]
