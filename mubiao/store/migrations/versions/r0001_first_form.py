"""The record's first form: its tables, and the triggers that keep every recorded row."""

from alembic import op

from mubiao.store.creation import create

revision = "form1"
down_revision = None


def upgrade() -> None:
    """Create the tables with their indexes and triggers."""
    tables = ("entries", "saves", "remarks", "meetings", "agendas", "plans", "drafts")
    create(op.get_bind(), *tables)
