"""What the bar on top of each page holds."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the frame. `change` is the query of the choices that it changes in the address,
    "" where it leads to a page; `id` finds it again after its bar is drawn anew.
    """

    text: str
    href: str
    change: str = ""
    is_current: bool = False
    title: str = ""
    id: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """All that the bar holds; days are ISO dates, `today` is None on that day. `reader` is the
    name of who is signed in, "" for nobody; `own` are the ways beside it: in or out.

    `find` is the query that a search takes along, `lang` the tag of the page's language.
    """

    lang: str
    find: str
    home: Way
    plan: str
    plans: Sequence[Way]
    pages: Sequence[Way]
    as_of: str
    before: Way
    after: Way
    today: Way | None
    languages: Sequence[Way]
    copy: Way
    present: Way
    first: str
    last: str
    reader: str = ""
    own: Sequence[Way] = ()
