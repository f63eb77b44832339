"""Who acts: an id by which acts are attributed, the name shown beside it, and tokens of systems."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from urllib.parse import quote

from mubiao.plain_text import folded

_SIGNS = re.compile(r"[A-Za-z0-9_.~%/@+=-]{1,1500}", re.ASCII)


class ActorKind(StrEnum):
    """How it is known who acts; each id begins with its kind."""

    TYPED = "typed"  # a name that was typed, and proves nothing: typed:<folded name>
    OIDC = "oidc"  # who signed in with a provider: oidc:<issuer>/<subject>
    PROXY = "proxy"  # whom a reverse proxy named in a header: proxy:<that id>
    TOKEN = "token"  # noqa: S105 - another system, by its token: token:<number of the token>
    OS = "os"  # the operating system's user at the command line: os:<user>
    SERVICE = "service"  # a named service account there: service:<name>


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is plain ASCII, unique, and stays when the `name` changes. `sign_in` is the number of
    the sign-in by which it acts, 0 for none.

    What an actor may do is no part of it: that is read from the record whenever it acts.
    """

    id: str
    name: str
    sign_in: int = field(default=0, compare=False)

    @classmethod
    def of(cls, kind: ActorKind, text: str, name: str) -> Self:
        """The actor that a text tells apart among a kind's; its id is percent-encoded ASCII."""
        return cls(f"{kind}:{quote(text, safe='/@+=')}", name)

    @classmethod
    def typed(cls, name: str) -> Self:
        """Whoever typed a name; all spellings of it that are compared as equal have one id."""
        return cls.of(ActorKind.TYPED, folded(name), name)

    @staticmethod
    def is_id(text: str) -> bool:
        """Whether a text can be an actor's id."""
        kind, _, rest = text.partition(":")
        return kind in list(ActorKind) and bool(_SIGNS.fullmatch(rest))

    @property
    def is_proven(self) -> bool:
        """Whether more than a typed name says who it is."""
        return bool(self.id) and not self.id.startswith(f"{ActorKind.TYPED}:")

    def did(self, actor: str, name: str) -> bool:
        """Whether an act is this actor's, by the id and the name recorded with it; acts from before
        there were ids have "" for it, and are those of whoever types the same name.
        """
        return self.id == (actor or Actor.typed(name).id)


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something, and when; doing it again under the caller's `token` does nothing."""

    actor: Actor
    at: datetime
    token: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A token for the targets of one unit of a plan; for all of the plan's where `owner` is "".

    It is good until its day `expires` is over, unless it was ended before. `made` and `ended` are
    the moments, `made_by` and `ended_by` the names that go with them; `used` is the last day on
    which it was, None for never. The secret itself is kept nowhere.
    """

    id: int
    plan: str
    owner: str
    name: str
    expires: date
    made: datetime
    made_by: str
    used: date | None = None
    ended: datetime | None = None
    ended_by: str = ""

    @property
    def actor(self) -> Actor:
        """Who acts by it."""
        return Actor.of(ActorKind.TOKEN, str(self.id), self.name)

    def is_good(self, day: date) -> bool:
        """Whether it opens anything on a day."""
        return self.ended is None and day <= self.expires
