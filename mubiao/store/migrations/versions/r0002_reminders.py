"""The record's second form: what units were reminded of."""

from alembic import op

from mubiao.store.creation import create

revision = "form2"
down_revision = "form1"


def upgrade() -> None:
    """Create the table of reminders."""
    create(op.get_bind(), "reminders")
