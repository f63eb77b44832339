"""Who may do what: the whole table, at the policy and at every write of the store."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from mubiao.access import (
    EVERYBODY,
    EVERYWHERE,
    OPEN,
    Access,
    Action,
    Denied,
    Grant,
    Rights,
    Role,
    Scope,
)
from mubiao.model import Act, Actor, AgendaItem, Observation, Remark, Submission
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.store import Store, open_store
from mubiao.store.schema import METADATA
from tests.actors import ADMINISTRATOR, named, signed_in
from tests.acts import NOON, reasons, refusal
from tests.assigned import assigned_files, assigned_plan

PLAN = "beijing-2020"
# What each role may do within its scope: with its own things alone, with any, or ("-") not at all.
TABLE = """
                 reader filer reviewer curator administrator
read             any    any   any      any     any
see_submissions  -      own   any      -       -
record           -      any   -        -       -
undo             -      own   own      -       -
remark           -      own   own      any     -
keep_meetings    -      -     -        any     -
assign           -      -     -        any     -
write_plans      -      -     -        any     -
submit           -      own   -        -       -
publish          -      -     any      -       -
return           -      -     any      -       -
lock             -      -     any      -       -
reopen           -      -     any      -       -
make_tokens      -      -     -        -       any
end_tokens       -      -     -        -       any
end_sessions     own    own   own      own     any
see_access       -      -     -        -       any
grant            -      -     -        -       any
revoke           -      -     -        -       any
"""
_HEAD, *_LINES = (line.split() for line in TABLE.strip().splitlines())
CELLS = {
    (Action(action), Role(role)): cell
    for action, *cells in _LINES
    for role, cell in zip(_HEAD, cells, strict=True)
}
TARGET = next(t.id for t in assigned_plan().targets if t.owner == "transport")
OTHER = next(t.id for t in assigned_plan().targets if t.owner == "culture")
SECTION = assigned_plan().by_id[TARGET].section
HERE = Scope(PLAN, "transport", SECTION)
# By name a scope, and whether it covers the target.
SCOPES = {
    "everywhere": (EVERYWHERE, True),
    "plan": (Scope(PLAN), True),
    "unit": (Scope(PLAN, owner="transport"), True),
    "unit of any plan": (Scope(owner="transport"), True),
    "section": (Scope(PLAN, section=SECTION), True),
    "another unit": (Scope(PLAN, owner="culture"), False),
    "another section": (Scope(PLAN, section="9.9"), False),
    "another plan": (Scope("other-2020"), False),
}


def test_the_table_has_every_action_and_every_role() -> None:
    assert set(CELLS) == {(action, role) for action in Action for role in Role}


@pytest.mark.parametrize("scope", SCOPES)
def test_the_policy_is_the_table(scope: str) -> None:
    granted, covers = SCOPES[scope]
    for (action, role), cell in CELLS.items():
        rights = Rights(named("wang"), (Grant("typed:wang", "Wang", role, granted),))
        for own in (True, False):
            may = covers and cell != "-" and (own or cell == "any")
            assert rights.may(action, HERE, own=own) is may, (action, role, own)
        assert rights.may_somewhere(action, PLAN) is (
            cell != "-" and granted.plan != "other-2020"
        ), (action, role)


def test_without_roles_everybody_may_do_everything_but_prepare_roles() -> None:
    rights = OPEN.rights(named("wang"), ())
    closed = {Action.SEE_ACCESS, Action.GRANT, Action.REVOKE}
    assert {action for action in Action if not rights.may(action, HERE, own=False)} == closed


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan that has units."""
    return assigned_files(tmp_path_factory.mktemp("assigned"))


@pytest.fixture
def ruled(sqlite_url: str, plans: Path) -> Iterator[Store]:
    """A record in which roles are in force, with something to undo, take back and put back."""
    store = open_store(sqlite_url, access=Access((ADMINISTRATOR.id,), plans))
    yield store
    store.close()


def give(store: Store, actor: Actor, role: Role, scope: Scope = EVERYWHERE) -> Grant:
    return store.grant(actor, role, scope, act=Act(ADMINISTRATOR, NOON), reason="r")


def figure(target: str, note: str = "") -> Submission:
    day, period = date(2020, 7, 20), Period.parse("2020-H1")
    return Submission(Observation(target, period, Decimal(5), day, source="s", note=note))


def save(store: Store, actor: Actor, target: str = TARGET, token: str = "t") -> int:  # noqa: S107
    return store.save(PLAN, [figure(target, token)], Act(actor, NOON, token)).id


def remark(text: str, replaces: int | None = None, target: str = TARGET) -> Remark:
    return Remark(target, Period.parse("2020-H1"), text, date(2020, 7, 20), replaces=replaces)


def contents(store: Store) -> list[object]:
    """Everything that the record's tables hold."""
    tables = [name for name in METADATA.tables if name != "drafts"]
    with store._database.reading() as connection:  # noqa: SLF001 - what is really there
        return [connection.execute(text(f"SELECT * FROM {t}")).all() for t in tables]  # noqa: S608


Write = Callable[[], object]
JULY = date(2020, 7, 31)
_MEET = Action.KEEP_MEETINGS, False


class Prepared:
    """What the writes are about, all of somebody else: a save, a remark, meetings, filings, a lock,
    a token and a grant.
    """

    def __init__(self, store: Store) -> None:
        filer, curator, reviewer = map(signed_in, ("filer", "curator", "reviewer"))
        give(store, filer, Role.FILER)
        give(store, curator, Role.CURATOR)
        give(store, reviewer, Role.REVIEWER)
        self.granted = give(store, signed_in("leaver"), Role.READER).row
        self.saved = save(store, filer)
        self.remarked = store.remark(PLAN, remark("why"), Act(filer, NOON))
        self.held, self.dropped = (
            store.hold(PLAN, name, JULY, Act(curator, NOON), plan_text="p").id
            for name in ("July", "June")
        )
        store.drop_meeting(PLAN, self.dropped, Act(curator, NOON), reason="r")
        self.filings = []
        for token in ("f1", "f2", "f3"):
            give(store, signed_in(token), Role.FILER)
            by = Act(signed_in(token), NOON, token)
            self.filings.append(store.submit(PLAN, [figure(TARGET, token)], by)[0])
        store.close_periods(PLAN, date(2019, 6, 30), Act(reviewer, NOON))
        made = Act(ADMINISTRATOR, NOON)
        self.token = store.make_token(
            PLAN, "transport", "a system", made, expires=date(2031, 1, 1)
        )[0]

    def writes(self, store: Store, actor: Actor) -> dict[str, tuple[Action, bool, Write]]:
        """By name each write, its action, and whether it is about something of one's own."""
        s, by, (one, two, three) = store, Act(actor, NOON), self.filings
        later, some = date(2019, 12, 31), [figure(TARGET), figure(TARGET, "n")]

        def lock(through: date | None, reason: str) -> object:
            before = s.lock(PLAN)
            seen = before.row if before else 0
            return s.close_periods(PLAN, through, by, reason=reason, seen=seen)

        return {
            "record": (Action.RECORD, True, lambda: save(s, actor, token="mine")),
            "record two": (Action.RECORD, True, lambda: s.save(PLAN, some, replace(by, token="2"))),
            "undo": (Action.UNDO, False, lambda: s.undo(PLAN, self.saved, replace(by, token="u"))),
            "remark": (Action.REMARK, True, lambda: s.remark(PLAN, remark("so"), by)),
            "take back": (
                *(Action.REMARK, False),
                lambda: s.remark(PLAN, remark("", self.remarked), by),
            ),
            "hold": (*_MEET, lambda: s.hold(PLAN, "May", JULY, by, plan_text="p")),
            "drop": (*_MEET, lambda: s.drop_meeting(PLAN, self.held, by, reason="r")),
            "put back": (*_MEET, lambda: s.put_back_meeting(PLAN, self.dropped, by)),
            "prepare": (
                *_MEET,
                lambda: s.prepare(PLAN, self.held, [AgendaItem("opening")], by, replaces=0),
            ),
            "submit": (Action.SUBMIT, True, lambda: s.submit(PLAN, some, replace(by, token="s"))),
            "withdraw": (
                Action.SUBMIT,
                False,
                lambda: s.take_back(PLAN, three.id, replace(by, token="w")),
            ),
            "publish": (
                *(Action.PUBLISH, False),
                lambda: s.publish(
                    PLAN, one.id, dict(enumerate(one.submissions)), replace(by, token="p")
                ),
            ),
            "return": (
                *(Action.RETURN, False),
                lambda: s.return_filing(PLAN, two.id, "r", replace(by, token="r")),
            ),
            "lock": (Action.LOCK, False, lambda: lock(later, "")),
            "reopen": (Action.REOPEN, False, lambda: lock(None, "r")),
            "make token": (
                *(Action.MAKE_TOKENS, False),
                lambda: s.make_token(PLAN, "transport", "b", by, expires=date(2031, 1, 1)),
            ),
            "end token": (Action.END_TOKENS, False, lambda: s.end_token(PLAN, self.token, by)),
            "grant": (
                *(Action.GRANT, False),
                lambda: s.grant(named("li"), Role.FILER, Scope(PLAN), reason="r", act=by),
            ),
            "assign": (
                *(Action.ASSIGN, False),
                lambda: s.assign(assigned_plan(), TARGET, "culture", by, since=JULY, reason="r"),
            ),
            "revoke": (Action.REVOKE, False, lambda: s.revoke(self.granted, by, reason="r")),
        }


def allowed(name: str, action: Action, role: Role | None, granted: Scope, *, own: bool) -> bool:
    """Whether a write by somebody with a role in a scope is in the table."""
    cell = CELLS.get((action, role), "-") if role else "-"
    # What concerns a whole plan, or all of them, is no unit's nor section's; a reader of all plans
    # is revoked, and the token is a unit's.
    plan = {EVERYWHERE, Scope(PLAN)}
    units = plan | {Scope(PLAN, "transport"), Scope(owner="transport")}
    whole = {
        **dict.fromkeys((Action.KEEP_MEETINGS, Action.GRANT, Action.LOCK, Action.REOPEN), plan),
        **dict.fromkeys((Action.MAKE_TOKENS, Action.END_TOKENS), units),
        Action.REVOKE: {EVERYWHERE},
        Action.ASSIGN: plan | {Scope(PLAN, section=SECTION)},  # of both units
    }
    if granted not in whole.get(action, {granted}):
        return False
    covers = dict(SCOPES.values())[granted]
    # The save and the filing are somebody else's, which only that one can take back.
    mine = name not in {"undo", "withdraw"}
    return mine and covers and (cell == "any" or (cell == "own" and own))


@pytest.mark.parametrize("role", [*Role, None])
def test_every_write_asks_the_table(role: Role | None, ruled: Store) -> None:
    prepared, actor = Prepared(ruled), signed_in("eve")
    for scope, _ in SCOPES.values():
        grant = None if role is None else give(ruled, actor, role, scope)
        writes, before = prepared.writes(ruled, actor), contents(ruled)
        for name, (action, own, write) in writes.items():
            if not allowed(name, action, role, scope, own=own):
                with pytest.raises(Refused if name == "undo" else Denied):
                    write()
                assert contents(ruled) == before, (role, scope, name)
        if grant:
            ruled.revoke(grant.row, Act(ADMINISTRATOR, NOON), reason="r")


@pytest.mark.parametrize("role", Role)
def test_what_the_table_has_is_written(role: Role, ruled: Store) -> None:
    prepared, actor = Prepared(ruled), signed_in("eve")
    give(ruled, actor, role)
    for name, (action, own, write) in prepared.writes(ruled, actor).items():
        if allowed(name, action, role, EVERYWHERE, own=own):
            before = contents(ruled)
            write()
            assert contents(ruled) != before, (role, name)


def test_one_target_outside_the_scope_refuses_the_whole_save(ruled: Store) -> None:
    filer = signed_in("filer")
    give(ruled, filer, Role.FILER, Scope(PLAN, "transport"))
    both = [figure(TARGET), figure(OTHER)]
    assert refusal(lambda: ruled.save(PLAN, both, Act(filer, NOON, "t"))) == (
        "filer may not record figures here: this needs another role, which an administrator "
        "grants (id: oidc:id.example/filer)"
    )
    assert ruled.count(PLAN) == 0
    save(ruled, filer)
    with pytest.raises(Refused):
        save(ruled, filer, "no-such-target", "t2")
    assert ruled.count(PLAN) == 1


def test_a_save_is_undone_by_who_saved_it_while_the_role_stands(ruled: Store) -> None:
    filer, twin = signed_in("Wang"), named("Wang")
    grant = give(ruled, filer, Role.FILER, Scope(PLAN, "transport"))
    give(ruled, twin, Role.FILER)
    number = save(ruled, filer)
    assert reasons(lambda: ruled.undo(PLAN, number, Act(twin, NOON, "u"))) == [
        f"save {number} is by Wang; only who saved it can undo it"
    ]
    ruled.revoke(grant.row, Act(ADMINISTRATOR, NOON), reason="left")
    with pytest.raises(Refused, match="may not undo"):
        ruled.undo(PLAN, number, Act(filer, NOON, "u"))
    give(ruled, filer, Role.FILER, Scope(PLAN, "transport"))
    ruled.undo(PLAN, number, Act(filer, NOON, "u"))


def test_what_needs_approval_is_made_public_by_nobody_who_may_not_publish(
    sqlite_url: str, tmp_path: Path
) -> None:
    folder = assigned_files(tmp_path)
    store = open_store(sqlite_url, access=Access((ADMINISTRATOR.id,), folder))
    filer, act = signed_in("Wang"), Act(signed_in("Wang"), NOON, "a")
    give(store, filer, Role.FILER)
    number = save(store, filer, token="before")
    file = folder / f"{PLAN}.yaml"
    asking = file.read_text(encoding="utf-8") + "\napproval: {owners: [transport]}\n"
    file.write_text(asking, encoding="utf-8")
    ways: list[Callable[[], object]] = [
        lambda: save(store, filer, token="save"),
        lambda: store.submit(PLAN, [], act, direct=[figure(TARGET)]),
        lambda: store.undo(PLAN, number, act),
    ]
    assert ["may not publish" in refusal(way) for way in ways] == [False, False, True]
    assert ["need approval" in refusal(way) for way in ways] == [True, True, False]
    assert store.count(PLAN) == 1
    other = next(t.id for t in assigned_plan().targets if t.owner == "culture")
    save(store, filer, other, "another unit's")
    give(store, filer, Role.REVIEWER)
    store.undo(PLAN, number, act)
    store.close()


def test_nobody_in_particular_does_anything_also_without_roles() -> None:
    for action in set(Action) - {Action.READ}:
        assert not OPEN.rights(Actor("", ""), ()).may_somewhere(action)
        assert "Sign in first." in refusal(
            lambda a=action: OPEN.rights(Actor("", ""), ()).require(a)
        )


def test_grants_and_revocations_are_rows_with_who_when_and_why(ruled: Store) -> None:
    scope = Scope(PLAN, section="2.5")
    grant = give(ruled, named("Wang"), Role.FILER, scope)
    assert give(ruled, named("Wang"), Role.FILER, scope) == grant  # once
    assert (grant.actor, grant.name, grant.scope) == ("typed:wang", "Wang", scope)
    assert (grant.granted_by, grant.grantor, grant.granted_at) == ("Ada", ADMINISTRATOR.id, NOON)
    for _ in range(2):
        ruled.revoke(grant.row, Act(ADMINISTRATOR, NOON), reason=" moved ")
    [back] = ruled.grants()
    assert back == replace(grant, revoked_by="Ada", revoked_at=NOON, revoked_for="moved")
    assert give(ruled, named("Wang"), Role.FILER, scope).row > grant.row
    for statement in ("UPDATE grants SET role = 'administrator'", "DELETE FROM grants"):
        with (
            pytest.raises(Exception, match="kept as they were"),
            ruled._database.writing() as connection,  # noqa: SLF001 - past the store
        ):
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("subject", "role", "reason", "told"),
    [
        ("wang", Role.READER, "r", "“wang” is no id of anybody"),
        ("typed:王", Role.READER, "r", "is no id of anybody"),
        ("os:", Role.READER, "r", "is no id of anybody"),
        (EVERYBODY, Role.FILER, "r", "whoever signs in can be a reader alone"),
        ("os:li", Role.READER, " ", "the reason is missing; say why"),
    ],
)
def test_what_is_no_grant_is_refused(
    ruled: Store, subject: str, role: Role, reason: str, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        ruled.grant(Actor(subject, ""), role, act=Act(ADMINISTRATOR, NOON), reason=reason)
    assert ruled.grants() == []
    with pytest.raises(Refused, match="there is no grant"):
        ruled.revoke(7, Act(ADMINISTRATOR, NOON), reason="r")


def test_everybody_who_is_proven_may_be_a_reader(ruled: Store) -> None:
    give(ruled, Actor(EVERYBODY, ""), Role.READER)
    readers = (signed_in("x"), named("x"), Actor("", ""))
    assert [ruled.rights(one).may(Action.READ, Scope(PLAN)) for one in readers] == [1, 0, 0]


def test_nobody_can_be_granted_a_role_before_roles_are_in_force(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    told = reasons(lambda: give(store, named("eve"), Role.ADMINISTRATOR))
    assert "MUBIAO_ADMINISTRATOR" in told[0]
    assert store.grants() == []
    store.close()


ACTORS = [signed_in("a"), signed_in("b"), named("c")]
steps = st.lists(
    st.tuples(
        st.sampled_from(["grant", "revoke"]),
        st.sampled_from(ACTORS),
        st.sampled_from(Role),
        st.sampled_from([scope for scope, _ in SCOPES.values()]),
        st.sampled_from([*ACTORS, ADMINISTRATOR]),
    ),
    max_size=12,
)


@settings(max_examples=10)
@given(steps=steps)
def test_after_random_grants_and_revocations_everybody_may_just_what_stands(
    steps: list[tuple[str, Actor, Role, Scope, Actor]],
    tmp_path_factory: pytest.TempPathFactory,
    plans: Path,
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('grants')}/r.sqlite"
    store = open_store(url, access=Access((ADMINISTRATOR.id,), plans))
    standing: dict[tuple[str, Role, Scope], int] = {}
    for verb, subject, role, scope, by in steps:
        key = subject.id, role, scope
        if verb == "revoke" and key not in standing:
            continue
        may = by == ADMINISTRATOR or any(
            actor == by.id and held is Role.ADMINISTRATOR and _covers(own, scope)
            for actor, held, own in standing
        )
        try:
            if verb == "grant":
                made = store.grant(subject, role, scope, act=Act(by, NOON), reason="r")
                standing[key] = made.row
            else:
                row = standing.pop(key)
                store.revoke(row, Act(by, NOON), reason="r")
        except Refused:
            assert not may
            if verb == "revoke":
                standing[key] = row
        else:
            assert may
        for actor in ACTORS:
            rights = store.rights(actor)
            held = [r for who, r, within in standing if who == actor.id and _covers(within, HERE)]
            for action in Action:
                cells = {CELLS[action, role] for role in held}
                assert rights.may(action, HERE, own=True) is bool(cells & {"own", "any"})
                assert rights.may(action, HERE, own=False) is ("any" in cells)
    store.close()


def _covers(scope: Scope, other: Scope) -> bool:
    return all(
        own in ("", theirs)
        for own, theirs in zip(
            (scope.plan, scope.owner, scope.section),
            (other.plan, other.owner, other.section),
            strict=True,
        )
    )


def test_every_door_opens_the_record_with_its_roles() -> None:
    product = Path(__file__).resolve().parents[1] / "mubiao"
    opening = [
        line.strip()
        for path in product.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<!def )open_store\(", line)
    ]
    assert opening
    assert [line for line in opening if "access=" not in line] == []
