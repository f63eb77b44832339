"""The published site: static pages in one or two languages, search, open data.

`pages` says which files there are and makes them when asked; `folder` writes what has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mubiao.model import Code, Entry, Plan
from mubiao.views.seen import Seen
from mubiao.views.years import PlanYear


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of the site: its path from the site's folder, and its bytes when asked for."""

    path: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class SiteContent:
    """One plan as it is published.

    `history` are all recorded rows by target; `earlier` is the look that changes are told since.
    `base_url` is where the site will stand ("" for anywhere), `licence` that of the open data
    ("" where the deployment names none). `beside` are the place's plans of other years.
    """

    plan: Plan
    seen: Seen
    earlier: Seen
    history: Mapping[str, Sequence[Entry]]
    codes: tuple[Code, ...] = ("zh", "en")
    base_url: str = ""
    licence: str = ""
    beside: Sequence[PlanYear] = ()
