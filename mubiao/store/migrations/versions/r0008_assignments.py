"""The record's eighth form: assignments of targets to units, and the mail of who signs in."""

from alembic import op
from sqlalchemy import Column, Text

from mubiao.store.creation import create

revision = "form8"
down_revision = "form7"


def upgrade() -> None:
    """Create the table and add the column; the mails of earlier sign-ins are not known."""
    create(op.get_bind(), "assignments")
    op.add_column("sign_ins", Column("mail", Text, nullable=False, server_default=""))
