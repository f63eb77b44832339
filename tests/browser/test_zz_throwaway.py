from pathlib import Path
import pytest
from tests.browser.visit import Visitor

@pytest.mark.parametrize("path", ["/", "/target", "/record", "/sources"])
def test_each_page_is_the_first_of_a_fresh_server(server, open_page: Visitor, path):
    seen = open_page(path, at=server(MUBIAO_TODAY="2020-07-31"), lang="zh")
    seen.page.screenshot(path=f"/tmp/w/real/{path.strip('/') or 'overview'}.png")

@pytest.mark.parametrize("path", ["/", "/target", "/record", "/sources"])
def test_shared(open_page: Visitor, path):
    seen = open_page(path, lang="en", theme="dark", width=390)
    seen.page.screenshot(path=f"/tmp/w/real/{path.strip('/') or 'overview'}-dark.png")
