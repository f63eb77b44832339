"""HTML of the page of the years: each function fills the template part of its name."""

from collections.abc import Mapping

from mubiao.html import part
from mubiao.i18n import Language
from mubiao.views.years import Ways, Years


def head(title: str, rest: str, then: str, meta: str) -> str:
    """The message in two halves with `then` between them."""
    return part("lead", title, rest, then, meta)


def years(view: Years, ways: Mapping[str, Ways], language: Language) -> str:
    """The tables and lists; `ways` by the plans' keys."""
    return part("years", view, ways, language.t)
