"""What waits for approval, and which periods are closed."""

from alembic import op

from mubiao.store.migrations.keeping import create

revision = "form6"
down_revision = "form5"

_SAME = {
    "filings": '"row" = NEW."row" OR token = NEW.token OR save = NEW.save',
    "locks": '"row" = NEW."row" OR replaces = NEW.replaces',
}


def upgrade() -> None:
    """Create both tables."""
    create(op.get_bind(), _SAME)
