"""Before a page: who reads it, and whether that may be anybody."""

import streamlit as st
from starlette.requests import Request

from mubiao import journal
from mubiao.access import Action, Denied
from mubiao.deployment import record, record_of
from mubiao.i18n import Language
from mubiao.identity import IdentityKind
from mubiao.model import Actor, Plan
from mubiao.plan.loader import PlanFile
from mubiao.settings import Settings
from mubiao.store import Store
from mubiao.ui.shell import markup, visitor
from mubiao.ui.shell.visitor import Visitor


def passed(settings: Settings, language: Language) -> Visitor:
    """Who reads; the run ends here where reading needs a sign-in and nobody has signed in."""
    if settings.identity.kind is IdentityKind.NONE:
        return Visitor()
    store = record(settings)
    reader = visitor.recognise(settings.identity, store)
    if not settings.identity.is_open:
        if not may_read(store, reader.actor):
            if reader.actor is not None:
                _denied(store, reader.actor)
            st.set_page_config(page_title="目标 Mubiao")
            st.html(markup.door(reader, _trouble(reader, language), language))
            st.stop()
        _look_again(settings, store)
    return reader


def may_read(store: Store, actor: Actor | None, plan_id: str = "") -> bool:
    """Whether somebody may read a plan, or ("") any, where not everybody may: with roles in force,
    by one of them.
    """
    return actor is not None and store.rights(actor).may_somewhere(Action.READ, plan_id)


def may_fetch(request: Request, settings: Settings, plan_id: str = "") -> bool:
    """The same of who asks for something beside the pages."""
    identity = settings.identity
    if identity.is_open:
        return True
    store = record(settings)
    return may_read(store, visitor.of_request(request, identity, store), plan_id)


def readable(settings: Settings, file: PlanFile, plan: Plan, reader: Visitor) -> Store:
    """The record of a plan. Raises Denied where the reader may read others alone."""
    store = record_of(settings, file)
    if not (settings.identity.is_open or may_read(store, reader.actor, plan.id)):
        raise _denied(store, reader.actor or visitor.NOBODY)
    return store


def _denied(store: Store, actor: Actor) -> Denied:
    """The refusal of a page, told to the journal."""
    denied = store.rights(actor).denied(Action.READ)
    journal.write(Action.READ.value, actor.id, denied.outcome)
    return denied


def explain(reader: Visitor, language: Language) -> None:
    """Say on a page that anybody may read why the reader is not signed in, where that is news."""
    if trouble := _trouble(reader, language):
        st.html(markup.sign_in_trouble(trouble))


@st.fragment(run_every=visitor.ASKED)
def _look_again(settings: Settings, store: Store) -> None:
    """End a page that lies open after its sign-in is over."""
    if not may_read(store, visitor.recognise(settings.identity, store).actor):
        st.rerun()


def _trouble(reader: Visitor, language: Language) -> str:
    if reader.problem is not None:
        return language.problem(reader.problem)
    if reader.signs_in and reader.actor is None and visitor.FAILED in st.context.cookies.to_dict():
        return language.t("The sign-in did not succeed. Try again, or ask who runs the server.")
    return ""
