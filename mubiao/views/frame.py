"""What the bar on top of each page holds."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the frame, to a page or, with "?" at its beginning, to another choice of this one;
    `id` finds it again after its bar is drawn anew.
    """

    text: str
    href: str
    is_current: bool = False
    title: str = ""
    id: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """All that the bar holds but the day in view; days are ISO dates. `reader` is the name of who
    is signed in, "" for nobody; `own` are the ways beside it: in or out. `lang` is the tag of the
    page's language.
    """

    lang: str
    home: Way
    plan: str
    plans: Sequence[Way]
    pages: Sequence[Way]
    today: str
    before: Way
    after: Way
    now: Way
    languages: Sequence[Way]
    copy: Way
    present: Way
    first: str
    last: str
    reader: str = ""
    own: Sequence[Way] = ()
