"""The record's fourth form: who has which role."""

from alembic import op

from mubiao.store.creation import create

revision = "form4"
down_revision = "form3"


def upgrade() -> None:
    """Create the table of grants."""
    create(op.get_bind(), "grants")
