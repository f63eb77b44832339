"""The record's second form: what units were reminded of."""

from alembic import op

from mubiao.store.migrations.keeping import create

revision = "form2"
down_revision = "form1"


def upgrade() -> None:
    """Create the table of reminders."""
    create(op.get_bind(), {"reminders": '"row" = NEW."row" OR claim = NEW.claim'})
