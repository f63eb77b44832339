"""The record's third form: beside the name of who did something, the id."""

from alembic import op
from sqlalchemy import Column, Text

revision = "form3"
down_revision = "form2"


def upgrade() -> None:
    """Add the ids; those of what was done before are not known."""
    for table in ("entries", "saves", "remarks", "meetings", "agendas"):
        op.add_column(table, Column("actor", Text, nullable=False, server_default=""))
