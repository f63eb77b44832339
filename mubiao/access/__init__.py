"""Who may do what: one table, asked before a page shows what is not public and in each write."""

from mubiao.access.policy import EVERYWHERE as EVERYWHERE
from mubiao.access.policy import POLICY as POLICY
from mubiao.access.policy import Action as Action
from mubiao.access.policy import Role as Role
from mubiao.access.policy import Scope as Scope
from mubiao.access.policy import Whose as Whose
from mubiao.access.rights import EVERYBODY as EVERYBODY
from mubiao.access.rights import OPEN as OPEN
from mubiao.access.rights import Access as Access
from mubiao.access.rights import Denied as Denied
from mubiao.access.rights import Grant as Grant
from mubiao.access.rights import Rights as Rights
