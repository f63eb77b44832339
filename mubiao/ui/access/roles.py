"""Access: who the reader is, who has which role, who has signed in, and ending each of these."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from mubiao.access import EVERYBODY, EVERYWHERE, Action, Grant, Role, Scope
from mubiao.model import Actor
from mubiao.plain_text import NOTE_LIMIT
from mubiao.store.rows import NAME_LIMIT
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.ui.shell.visitor import current
from mubiao.wording.phrasebook import inline
from mubiao.wording.roles import ROLES, scope_text

_GRANT = "grant"
End = Callable[[Any, str], str]
"""Ends what was chosen for a reason, and says so. Raises Refused."""


def opening(screen: Screen) -> bool:
    """Title, who the reader is and which roles that one has; whether there is more to see."""
    t, own = screen.language.t, rights.of(screen)
    st.html(markup.title(t("Access"), t("Who may do what, since when, and why.")))
    act.tell(screen)
    if not own.in_force:
        text = t(
            "No roles are in force: whoever can open these pages may do everything. The setting "
            "MUBIAO_ADMINISTRATOR puts them in force, with the id of the first administrator."
        )
        st.html(markup.empty(text))
        return False
    with st.container(key="access-own", width=320, horizontal=True, vertical_alignment="bottom"):
        person.ask(screen)
    if not own.actor.name:
        return False
    st.html(
        markup.quiet(t("You are {name}; your id is {id}.", name=own.actor.name, id=own.actor.id))
    )
    roles = [
        inline(t(ROLES[one.role]), scope_text(one.scope, screen.phrasebook)) for one in own.grants
    ]
    listed = screen.language.listed(roles) or t("none")
    st.html(markup.quiet(screen.language.labelled(t("Your roles"), listed)))
    return own.may_somewhere(Action.SEE_ACCESS)


def standing(screen: Screen) -> None:
    """The grants that stand, and the form that revokes one."""
    t = screen.language.t
    grants = [one for one in _visible(screen) if one.revoked_at is None]
    st.html(markup.heading(t("Roles that stand"), str(len(grants))))
    if not grants:
        st.html(markup.empty(t("Nobody has been granted a role yet.")))
        return
    rows = [_row(screen, one, one.granted_by, one.granted_at, one.reason) for one in grants]
    st.html(_table(screen, t("Granted"), rows))

    def revoke(row: object, why: str) -> str:
        screen.store.revoke(row if isinstance(row, int) else 0, person.act(), reason=why)
        return t("Revoked, no. {row}.", row=row)

    choices = {one.row: inline(*_row(screen, one, "", None, "")) for one in grants}
    form_of_ending(screen, "revoke", (t("Role to revoke"), t("Revoke")), choices, revoke)


def revoked(screen: Screen) -> None:
    """The grants that were revoked, by whom, when and why."""
    t = screen.language.t
    grants = [one for one in _visible(screen) if one.revoked_at is not None]
    if not grants:
        return
    rows = [_row(screen, one, one.revoked_by, one.revoked_at, one.revoked_for) for one in grants]
    with st.expander(markup.plain(t("Roles that were revoked: {n}", n=len(grants)))):
        st.html(_table(screen, t("Revoked"), rows))


def _table(screen: Screen, when: str, rows: Sequence[Sequence[str]]) -> str:
    t = screen.language.t
    return markup.table([t("No."), t("Who"), t("Role"), when, t("Why")], rows)


def granting(screen: Screen) -> None:
    """The form that grants a role within a part of the plan, or of all plans."""
    if not rights.may_somewhere(screen, Action.GRANT):
        return
    t, turn = screen.language.t, fields.turn(_GRANT)
    names = {scope: scope_text(scope, screen.phrasebook) for scope in _scopes(screen)}
    st.html(markup.heading(t("Grant a role")))
    text = t(
        "People find their own id on this page. * stands for everybody who signs in, who can be "
        "a reader."
    )
    st.html(markup.quiet(text))
    with st.container(key="grant-who", horizontal=True, vertical_alignment="bottom"):
        st.text_input(t("Id of whoever it is"), key=f"grant-id-{turn}", max_chars=NOTE_LIMIT)
        st.text_input(t("Name, as it is shown"), key=f"grant-name-{turn}", max_chars=NAME_LIMIT)
        roles = {role: t(text) for role, text in ROLES.items()}
        fields.choice(t("Role"), roles, key=f"grant-role-{turn}")
        fields.choice(t("Scope"), names, key=f"grant-scope-{turn}")
        st.text_input(t("Why"), key=f"grant-why-{turn}", max_chars=NOTE_LIMIT)
        fields.button(t("Grant"), "grant-now", _grant, screen, turn, kind="primary")
    fields.say(screen, act.refusals(_GRANT))


def people(screen: Screen) -> None:
    """Everybody who has ever signed in, and the form that ends somebody's sign-ins; nothing where
    names are only typed.
    """
    own, t = rights.of(screen), screen.language.t
    if current().is_typed or not own.may(Action.END_SESSIONS, own=False):
        return
    everybody, moment = screen.store.last_sign_ins(), screen.language.short_moment
    st.html(markup.heading(t("Who has signed in"), str(len(everybody))))
    rows = (
        [one.name, one.actor, moment(one.at), t("ended") if one.is_over else ""]
        for one in everybody
    )
    st.html(markup.table([t("Who"), t("Id"), t("Last sign-in"), t("Now")], rows))

    def end(actor: object, why: str) -> str:
        screen.store.end_sign_ins(str(actor or ""), person.act(), reason=why)
        return t("All sign-ins of {actor} are ended.", actor=actor)

    going_on = {one.actor: f"{one.name} ({one.actor})" for one in everybody if not one.is_over}
    form_of_ending(screen, "end-sign-ins", (t("Whose sign-ins to end"), t("End")), going_on, end)


def form_of_ending(  # noqa: PLR0913 - what is chosen among, and what becomes of it
    screen: Screen,
    name: str,
    labels: tuple[str, str],
    choices: Mapping[Any, str],
    end: End,
    *,
    asks_why: bool = True,
) -> None:
    """Draw the choice, the reason and the button, under the labels of the first and the last;
    nothing where there is nothing to end. `name` is unique to the form.
    """
    if not choices:
        return
    turn, t = fields.turn(name), screen.language.t
    with st.container(key=f"{name}-one", horizontal=True, vertical_alignment="bottom"):
        key, hint = f"{name}-row-{turn}", t("Choose one")
        fields.choice(labels[0], choices, index=None, hint=hint, key=key)
        if asks_why:
            st.text_input(t("Why"), key=f"{name}-why-{turn}", max_chars=NOTE_LIMIT)
        fields.button(labels[1], f"{name}-now", _end, name, turn, end)
    fields.say(screen, act.refusals(name))


def _end(name: str, turn: int, end: End) -> None:
    with act.attempt(name):
        text = end(st.session_state.get(f"{name}-row-{turn}"), fields.held(f"{name}-why-{turn}"))
        fields.next_turn(name)
        act.done(text)


def _visible(screen: Screen) -> list[Grant]:
    """The grants in scopes where the reader may see them, newest first."""
    own = rights.of(screen)
    grants = reversed(screen.store.grants())
    return [one for one in grants if own.may(Action.SEE_ACCESS, one.scope)]


def _row(screen: Screen, grant: Grant, by: str, at: datetime | None, why: str) -> list[str]:
    """Number, who, role with its scope, by whom and when it was given or taken, and why."""
    role = inline(screen.language.t(ROLES[grant.role]), scope_text(grant.scope, screen.phrasebook))
    who = f"{grant.name} ({grant.actor})" if grant.name else grant.actor
    if grant.actor == EVERYBODY:
        who = screen.language.t("everybody who signs in")
    return [str(grant.row), who, role, inline(by, screen.language.short_moment(at)), why]


def _scopes(screen: Screen) -> Iterator[Scope]:
    """The scopes in which the reader may grant: all plans, this one, its units and sections."""
    plan, own = screen.plan, rights.of(screen)
    every = [EVERYWHERE, Scope(plan.id)]
    every += [Scope(plan.id, owner=owner.id) for owner in plan.owners]
    every += [Scope(plan.id, section=id_) for id_ in dict.fromkeys(t.section for t in plan.targets)]
    return (scope for scope in every if own.may(Action.GRANT, scope))


def _grant(screen: Screen, turn: int) -> None:
    held = {name: st.session_state.get(f"grant-{name}-{turn}") for name in ("role", "scope")}
    with act.attempt(_GRANT):
        made = screen.store.grant(
            Actor(fields.held(f"grant-id-{turn}"), fields.held(f"grant-name-{turn}")),
            Role(str(held["role"])),
            held["scope"] if isinstance(held["scope"], Scope) else EVERYWHERE,
            act=person.act(),
            reason=fields.held(f"grant-why-{turn}"),
        )
        fields.next_turn(_GRANT)
        act.done(screen.language.t("Granted, no. {row}.", row=made.row))
