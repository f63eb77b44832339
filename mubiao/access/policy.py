"""The table: which role may do what, and with whose things; what it does not name is denied."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mubiao.model import Plan


class Role(StrEnum):
    """What somebody is granted, within a scope."""

    READER = "reader"
    FILER = "filer"
    REVIEWER = "reviewer"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What somebody does. A write asks for its action in its own transaction."""

    READ = "read"  # what is public; asked where reading is not everybody's
    SEE_SUBMISSIONS = "see_submissions"  # what is not published
    RECORD = "record"  # enter, correct, withdraw and import figures that are published at once
    UNDO = "undo"
    REMARK = "remark"  # write, replace and take back commentary and judgements
    KEEP_MEETINGS = "keep_meetings"  # hold, take back, put back, and order their slides
    ASSIGN = "assign"  # targets to units
    WRITE_PLANS = "write_plans"  # put a reviewed plan into the folder of plans
    SUBMIT = "submit"  # figures for approval; edit or take back what was submitted
    PUBLISH = "publish"
    RETURN = "return"
    LOCK = "lock"
    REOPEN = "reopen"
    MAKE_TOKENS = "make_tokens"
    END_TOKENS = "end_tokens"
    END_SESSIONS = "end_sessions"
    SEE_ACCESS = "see_access"  # who has which role
    GRANT = "grant"
    REVOKE = "revoke"


class Whose(StrEnum):
    """With whose things a role may do something, within its scope."""

    OWN = "own"  # what the actor did or does itself
    ANY = "any"


_OWN, _ANY = Whose.OWN, Whose.ANY

POLICY: Mapping[Action, Mapping[Role, Whose]] = {
    Action.READ: dict.fromkeys(Role, _ANY),
    Action.SEE_SUBMISSIONS: {Role.FILER: _OWN, Role.REVIEWER: _ANY},
    Action.RECORD: {Role.FILER: _ANY},
    Action.UNDO: {Role.FILER: _OWN, Role.REVIEWER: _OWN},
    Action.REMARK: {Role.FILER: _OWN, Role.REVIEWER: _OWN, Role.CURATOR: _ANY},
    Action.KEEP_MEETINGS: {Role.CURATOR: _ANY},
    Action.ASSIGN: {Role.CURATOR: _ANY},
    Action.WRITE_PLANS: {Role.CURATOR: _ANY},
    Action.SUBMIT: {Role.FILER: _OWN},
    Action.PUBLISH: {Role.REVIEWER: _ANY},
    Action.RETURN: {Role.REVIEWER: _ANY},
    Action.LOCK: {Role.REVIEWER: _ANY},
    Action.REOPEN: {Role.REVIEWER: _ANY},
    Action.MAKE_TOKENS: {Role.ADMINISTRATOR: _ANY},
    Action.END_TOKENS: {Role.ADMINISTRATOR: _ANY},
    Action.END_SESSIONS: dict.fromkeys(Role, _OWN) | {Role.ADMINISTRATOR: _ANY},
    Action.SEE_ACCESS: {Role.ADMINISTRATOR: _ANY},
    Action.GRANT: {Role.ADMINISTRATOR: _ANY},
    Action.REVOKE: {Role.ADMINISTRATOR: _ANY},
}


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """A part of all plans: a plan, of it (or of all) the targets of a unit or of a section, each by
    its id; "" stands for any. A grant has one, and so has what somebody asks to do.
    """

    plan: str = ""
    owner: str = ""
    section: str = ""

    def covers(self, other: "Scope") -> bool:
        """Whether all of another part lies within this one."""
        pairs = (
            (self.plan, other.plan),
            (self.owner, other.owner),
            (self.section, other.section),
        )
        return all(own in {"", theirs} for own, theirs in pairs)

    @classmethod
    def of_target(cls, plan: Plan | None, plan_id: str, target: str) -> "Scope":
        """Where a target lies; one that the plan does not have is nobody's and of no section."""
        known = plan.by_id.get(target) if plan else None
        if known is None:
            return cls(plan_id)
        return cls(plan_id, known.owner or "", known.section)


EVERYWHERE = Scope()
