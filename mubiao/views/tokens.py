"""A token as a row of texts, for pages and the command line."""

from datetime import date

from mubiao.access import Scope
from mubiao.model import Token
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.roles import scope_text


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
