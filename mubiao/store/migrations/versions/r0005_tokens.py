"""The record's fifth form: tokens of other systems."""

from alembic import op

from mubiao.store.creation import create

revision = "form5"
down_revision = "form4"


def upgrade() -> None:
    """Create the table of tokens."""
    create(op.get_bind(), "tokens")
