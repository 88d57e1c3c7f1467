"""Calendars that volunteers subscribe to: their secret addresses, and what was told last."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "calendar",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("made", _TIME, nullable=False),
    )
    op.create_table(
        "calendar_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("uid", sa.String(160), nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("standby", sa.Boolean, nullable=False),
        sa.Column("starts", _TIME, nullable=False),
        sa.Column("ends", _TIME, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.UniqueConstraint("person_id", "uid"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("calendar_event")
    op.drop_table("calendar")
