"""Access: who may do what; roles are granted and revoked here."""

from mubiao.ui.access import roles, sign_ins
from mubiao.ui.shell import page

with page.opened() as screen:
    if roles.opening(screen):
        roles.standing(screen)
        roles.granting(screen)
        sign_ins.people(screen)
        roles.revoked(screen)
