"""Sites of the shipped plan, for tests of what is published."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mubiao.exports.site import SiteContent, SiteFile
from mubiao.exports.site.pages import files
from mubiao.model import Code, Entry, Observation
from tests.briefings import APRIL, JULY, full_year, seen
from tests.real import real_actuals, real_plan


def by_target(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.target, []).append(entry)
    return found


def july_site(
    codes: tuple[Code, ...] = ("zh", "en"),
    observations: Sequence[Observation] | None = None,
    **more: str,
) -> SiteContent:
    """As of 31 July 2020, with the shipped figures or others."""
    rows = real_actuals() if observations is None else tuple(observations)
    look, before = seen(JULY, rows), seen(APRIL, rows)
    made = SiteContent(real_plan(), look, before, by_target(rows), codes)
    return replace(made, base_url=more.get("base_url", ""), licence=more.get("licence", ""))


def december_site() -> SiteContent:
    """With a figure for everything."""
    rows = full_year()
    return SiteContent(
        real_plan(), seen(date(2021, 1, 31), rows), seen(JULY, rows), by_target(rows)
    )


def pages_of(content: SiteContent) -> dict[str, str]:
    """Every text of the site by its path, without the bundle that others wrote."""
    return {f.path: f.content().decode() for f in files(content) if "plotly" not in f.path}


def fake(path: str, content: str) -> SiteFile:
    return SiteFile(path, content.encode)
