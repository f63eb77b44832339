"""What waits for approval, and which periods are closed."""

from alembic import op

from mubiao.store.creation import create

revision = "form6"
down_revision = "form5"


def upgrade() -> None:
    """Create both tables."""
    create(op.get_bind(), "filings", "locks")
