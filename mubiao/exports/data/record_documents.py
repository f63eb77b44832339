"""What the record holds, as JSON documents: figures, meetings, tokens."""

from collections.abc import Iterable, Mapping

from typing_extensions import TypedDict

from mubiao.access import Grant
from mubiao.exports.data.documents import Number, document, plain
from mubiao.model import Assignment, Meeting, Observation, Plan, Token
from mubiao.store.sign_ins import LastSignIn


class ObservationDocument(TypedDict):
    """A figure that stands, by the columns of the contract; `row` is its number in the record."""

    target: str
    period: str
    value: Number | str
    qualifier: str
    nature: str
    known_on: str
    source: str
    note: str
    row: int


class MeetingDocument(TypedDict):
    """A meeting that stands, the latest day first; `held_at` is in UTC."""

    id: int
    name: str
    as_of: str
    held_by: str
    held_at: str


def observations_document(observations: Iterable[Observation]) -> list[ObservationDocument]:
    """Every figure, in the order given."""
    return [document(ObservationDocument, one) for one in observations]


def tokens_document(tokens: Iterable[Token]) -> list[dict[str, object]]:
    """Every token; `owner` is None for all targets, `used` and `ended` None for never."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "owner": one.owner or None,
            "expires": plain(one.expires),
            "made_by": one.made_by,
            "used": plain(one.used),
            "ended": plain(one.ended),
        }
        for one in tokens
    ]


def meetings_document(meetings: Iterable[Meeting]) -> list[MeetingDocument]:
    """Every meeting, in the order given."""
    return [document(MeetingDocument, one) for one in meetings]


def owners_document(plan: Plan, last: Mapping[str, Assignment]) -> list[dict[str, object]]:
    """The targets with their units; since when and why, where the record gave them one `last`."""
    return [
        {
            "target": target.id,
            "owner": target.owner,
            "supports": list(target.supports),
            "since": one.since.isoformat() if (one := last.get(target.id)) else None,
            "reason": one.reason if one else None,
            "assigned_by": one.actor.name if one else None,
        }
        for target in plan.targets
    ]


def grants_document(grants: Iterable[Grant]) -> list[dict[str, object]]:
    """Who was given which role; "" stands for any plan, owner and section, None for not revoked."""
    return [
        {
            "row": one.row,
            "actor": one.actor,
            "name": one.name,
            "role": one.role.value,
            "plan": one.scope.plan,
            "owner": one.scope.owner,
            "section": one.scope.section,
            "granted_by": one.granted_by,
            "grantor": one.grantor,
            "granted_at": one.granted_at and one.granted_at.isoformat(),
            "reason": one.reason,
            "revoked_by": one.revoked_by or None,
            "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
            "revoked_for": one.revoked_for or None,
        }
        for one in grants
    ]


def sign_ins_document(everybody: Iterable[LastSignIn]) -> list[dict[str, object]]:
    """Who has signed in, each with the last time, and whether that was ended."""
    return [
        {"actor": one.actor, "name": one.name, "at": one.at.isoformat(), "ended": one.is_over}
        for one in everybody
    ]
