"""Who may do what: one table, asked before a page shows what is not public and in each write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mubiao import journal
from mubiao.model import Actor, Plan
from mubiao.plan.loader import named_plan, plan_files
from mubiao.problems import Phrase, Problem, Refused, message


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

# What an action is called in a refusal, and which role may do it, with whose things.
_POLICY: Mapping[Action, tuple[str, Mapping[Role, Whose]]] = {
    Action.READ: (message("read what is published"), dict.fromkeys(Role, _ANY)),
    Action.SEE_SUBMISSIONS: (
        message("see what is not published yet"),
        {Role.FILER: _OWN, Role.REVIEWER: _ANY},
    ),
    Action.RECORD: (message("record figures"), {Role.FILER: _ANY}),
    Action.UNDO: (message("undo this save"), {Role.FILER: _OWN, Role.REVIEWER: _OWN}),
    Action.REMARK: (
        message("write or take back this commentary"),
        {Role.FILER: _OWN, Role.REVIEWER: _OWN, Role.CURATOR: _ANY},
    ),
    Action.KEEP_MEETINGS: (message("hold and prepare meetings"), {Role.CURATOR: _ANY}),
    Action.ASSIGN: (message("assign targets"), {Role.CURATOR: _ANY}),
    Action.WRITE_PLANS: (message("put plans into their folder"), {Role.CURATOR: _ANY}),
    Action.SUBMIT: (message("submit figures"), {Role.FILER: _OWN}),
    Action.PUBLISH: (message("publish figures"), {Role.REVIEWER: _ANY}),
    Action.RETURN: (message("return figures"), {Role.REVIEWER: _ANY}),
    Action.LOCK: (message("lock periods"), {Role.REVIEWER: _ANY}),
    Action.REOPEN: (message("open locked periods again"), {Role.REVIEWER: _ANY}),
    Action.MAKE_TOKENS: (message("make tokens"), {Role.ADMINISTRATOR: _ANY}),
    Action.END_TOKENS: (message("end tokens"), {Role.ADMINISTRATOR: _ANY}),
    Action.END_SESSIONS: (
        message("end this session"),
        dict.fromkeys(Role, _OWN) | {Role.ADMINISTRATOR: _ANY},
    ),
    Action.SEE_ACCESS: (message("see who has which role"), {Role.ADMINISTRATOR: _ANY}),
    Action.GRANT: (message("grant roles"), {Role.ADMINISTRATOR: _ANY}),
    Action.REVOKE: (message("revoke roles"), {Role.ADMINISTRATOR: _ANY}),
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
        pairs = ((self.plan, other.plan), (self.owner, other.owner), (self.section, other.section))
        return all(own in {"", theirs} for own, theirs in pairs)

    @classmethod
    def of_target(cls, plan: Plan | None, plan_id: str, target: str) -> "Scope":
        """Where a target lies; one that the plan does not have is nobody's and of no section."""
        known = plan.by_id.get(target) if plan else None
        if known is None:
            return cls(plan_id)
        return cls(plan_id, known.owner or "", known.section)


EVERYWHERE = Scope()


# Whoever is proven to be somebody, by id.
EVERYBODY = "*"
# What makes no sense, and must not be prepared by anybody, while everybody may do everything.
_OF_ROLES = frozenset({Action.SEE_ACCESS, Action.GRANT, Action.REVOKE})
_DENIED = message(
    "{name} may not {action} here: this needs another role, which an administrator grants "
    "(id: {id})"
)
_NO_ROLES = message(
    "no roles are in force here: name the first administrator in MUBIAO_ADMINISTRATOR, by id"
)
_UNKNOWN = message("Sign in or give your name: nobody without a role may {action}")
_NOBODY = message("Sign in first.")


class Denied(Refused):
    """Whoever acts may not do this."""

    outcome = "denied"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody was given: `actor` has the id of who it is (EVERYBODY for whoever is
    proven to be somebody), `granted_by` and `grantor` the name and id of who gave it.

    `revoked_at`, `revoked_by` and `revoked_for` say who took it back, when and why.
    """

    actor: str
    name: str
    role: Role
    scope: Scope
    row: int = 0
    granted_by: str = ""
    grantor: str = ""
    granted_at: datetime | None = None
    reason: str = ""
    revoked_by: str = ""
    revoked_at: datetime | None = None
    revoked_for: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """What an actor may do: by its grants that stand, or everything where no roles are in force."""

    actor: Actor
    grants: tuple[Grant, ...] = ()
    in_force: bool = True

    def may(self, action: Action, scope: Scope = EVERYWHERE, *, own: bool = True) -> bool:
        """Whether the actor may do something with a thing in a scope, its own or another's."""
        if not self.in_force:
            return self._without_roles(action)
        _, roles = _POLICY[action]
        return any(
            grant.scope.covers(scope) and (roles[grant.role] is Whose.ANY or own)
            for grant in self.grants
            if grant.role in roles
        )

    def may_with(self, action: Action, plan: Plan, target: str, *, own: bool = True) -> bool:
        """Whether the actor may do something with a target of a plan."""
        return self.may(action, Scope.of_target(plan, plan.id, target), own=own)

    def may_somewhere(self, action: Action, plan_id: str = "") -> bool:
        """Whether there is any scope in a plan (or in any) where the actor may do something."""
        if not self.in_force:
            return self._without_roles(action)
        _, roles = _POLICY[action]
        return any(
            grant.role in roles and grant.scope.plan in {"", plan_id or grant.scope.plan}
            for grant in self.grants
        )

    def require(self, action: Action, *scopes: Scope, own: bool = True) -> None:
        """Raises Refused unless the actor may do something in each of these scopes; without any,
        in all that there is. The journal calls the act by it.
        """
        journal.name(action.value, self.actor.id)
        if not all(self.may(action, scope, own=own) for scope in scopes or (EVERYWHERE,)):
            raise self.denied(action)

    def _without_roles(self, action: Action) -> bool:
        """Whether it may be done where everybody may do all; nobody in particular only reads."""
        return action is Action.READ if not self.actor.id else action not in _OF_ROLES

    def denied(self, action: Action) -> Denied:
        """The refusal of what the actor may not do."""
        name, phrase = self.actor.name.strip(), Phrase(_POLICY[action][0])
        if not self.in_force:
            return Denied([Problem(_NO_ROLES if self.actor.id else _NOBODY)])
        if not self.actor.id or not name:
            return Denied([Problem(_UNKNOWN, {"action": phrase})])
        values = {"name": name, "action": phrase, "id": self.actor.id}
        return Denied([Problem(_DENIED, values)])


@dataclass(frozen=True, slots=True)
class Access:
    """How roles are in force in a deployment: not at all without `administrators`.

    These are the ids of those who are administrators without a grant; the files of the folder
    `plans` say whose a target is, and what needs approval; None where no plan is asked.
    """

    administrators: tuple[str, ...] = ()
    plans: Path | None = None

    @property
    def in_force(self) -> bool:
        """Whether it matters who does something."""
        return bool(self.administrators)

    def rights(self, actor: Actor, grants: Iterable[Grant]) -> Rights:
        """What an actor may do with the grants that stand, its own and everybody's."""
        own = [grant for grant in grants if actor.id and grant.actor == actor.id]
        own += [grant for grant in grants if actor.is_proven and grant.actor == EVERYBODY]
        if actor.id in self.administrators:
            own.append(Grant(actor.id, actor.name, Role.ADMINISTRATOR, EVERYWHERE))
        return Rights(actor, tuple(own), in_force=self.in_force)

    def plan(self, plan_id: str) -> Plan | None:
        """The plan of an id in the folder."""
        file = named_plan(plan_files(self.plans), plan_id) if self.plans else None
        return file.plan if file and file.plan and file.plan.id == plan_id else None


# Everybody may do everything.
OPEN = Access()
