"""What axe-core finds on a page."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What goes by the width and the scheme of the window.
LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
_SCRIPT = Axe().axe_script
# Nothing is told of what is as it should be: that takes longer than looking for what is not.
_RUN = """only => axe.run({resultTypes: ["violations"], ...(only ? {runOnly: only} : {})})
  .then(result => result.violations)"""


def violations(page: Page, kind: str = "", names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What axe finds on the page as it is, by the rules of these tags or names, or by all."""
    if page.evaluate("typeof axe === 'undefined'"):  # once a document
        page.evaluate(_SCRIPT)
    only = {"type": kind, "values": list(names)} if kind else None
    broken: list[dict[str, Any]] = page.evaluate(_RUN, only)
    return broken


def findings(page: Page, kind: str = "tag", names: Sequence[str] = TAGS) -> set[tuple[str, str]]:
    """The rule that is broken, and the part of the page."""
    broken = violations(page, kind, names)
    return {(one["id"], _part(node["html"])) for one in broken for node in one["nodes"]}


def _part(html: str) -> str:
    """Streamlit's name of a part, as its classes change with each version; else its HTML."""
    _, found, rest = html.partition('data-testid="')
    return rest.partition('"')[0] if found else html[:200]
