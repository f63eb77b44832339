"""What the reader may do: pages leave out controls by it; each write asks again for itself."""

from collections.abc import Iterable

import streamlit as st

from mubiao.access import Action, Rights, Scope
from mubiao.ui.shell import markup, person
from mubiao.ui.shell.page import Screen


def of(screen: Screen) -> Rights:
    """The reader's rights, read from the record once a run."""
    return screen.rights_of(person.actor())


def may(screen: Screen, action: Action, target: str = "", *, own: bool = True) -> bool:
    """Whether the reader may do something with a target, or what concerns the whole plan."""
    plan = screen.plan_today
    scope = Scope.of_target(plan, plan.id, target) if target else Scope(plan.id)
    return of(screen).may(action, scope, own=own)


def permitted(screen: Screen, action: Action, targets: Iterable[str]) -> frozenset[str]:
    """Those of some targets with which the reader may do something: who it is is asked once."""
    own, plan = of(screen), screen.plan_today
    return frozenset(one for one in targets if own.may_with(action, plan, one))


def may_somewhere(screen: Screen, action: Action) -> bool:
    """Whether there is anything in the plan with which the reader may do something."""
    return of(screen).may_somewhere(action, screen.plan.id)


def explain(screen: Screen, action: Action) -> None:
    """Say in place of a control why it is not there."""
    [problem] = of(screen).denied(action).problems
    st.html(markup.empty(screen.language.problem(problem)))
