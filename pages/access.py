"""Access: who may do what; roles and tokens are granted and ended here."""

from mubiao.ui.access import roles, tokens
from mubiao.ui.shell import page

with page.opened() as screen:
    if roles.opening(screen):
        roles.standing(screen)
        roles.granting(screen)
        roles.people(screen)
        roles.revoked(screen)
        tokens.standing(screen)
        tokens.making(screen)
