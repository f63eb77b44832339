"""The record's ninth form: of what was submitted, some rows can be returned."""

from alembic import op
from sqlalchemy import Column, Text

revision = "form9"
down_revision = "form8"


def upgrade() -> None:
    """Add which rows were returned; before, that was all that waited."""
    op.add_column("filings", Column("positions", Text, nullable=False, server_default=""))
