"""Roles, scopes and tokens in words."""

from datetime import date

from mubiao.access import EVERYWHERE, Role, Scope
from mubiao.model import Token
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook

ROLES = {
    Role.READER: message("reader"),
    Role.FILER: message("filer"),
    Role.REVIEWER: message("reviewer"),
    Role.CURATOR: message("curator"),
    Role.ADMINISTRATOR: message("administrator"),
}


def scope_text(scope: Scope, phrasebook: Phrasebook) -> str:
    """A scope in words: parts of the phrasebook's own plan by their names, of others by ids."""
    language, plan = phrasebook.language, phrasebook.plan
    if scope == EVERYWHERE:
        return language.t("all plans")
    ours = scope.plan == plan.id
    parts = [] if scope.plan else [language.t("all plans")]
    parts += [language.pick(plan.title) if ours else scope.plan] if scope.plan else []
    if scope.owner:
        owner = plan.owners_by_id.get(scope.owner)
        parts.append(language.pick(owner.name) if owner and ours else scope.owner)
    if scope.section:
        section = next((one for one in plan.sections if one.id == scope.section), None)
        parts.append(language.pick(section.name) if section and ours else scope.section)
    return " · ".join(parts)


def token_cells(phrasebook: Phrasebook, token: Token, day: date) -> list[str]:
    """Number, system, scope, who made it, until when it is or was good, and the last day of use."""
    t = phrasebook.language.t
    state = t("good until {day}", day=token.expires)
    if token.ended is not None:
        state = t("ended by {name}", name=token.ended_by)
    elif not token.is_good(day):
        state = t("expired on {day}", day=token.expires)
    used = t("last used {day}", day=token.used) if token.used else t("never used")
    scope = scope_text(Scope(token.plan, token.owner), phrasebook)
    return [str(token.id), token.name, scope, token.made_by, state, used]
