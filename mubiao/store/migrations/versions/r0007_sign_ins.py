"""The record's seventh form: who signed in, and what ended that."""

from alembic import op

from mubiao.store.creation import create

revision = "form7"
down_revision = "form6"


def upgrade() -> None:
    """Create the table of sign-ins."""
    create(op.get_bind(), "sign_ins")
