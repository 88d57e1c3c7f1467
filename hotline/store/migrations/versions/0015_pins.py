"""People who dial in: their PINs as hashes, and their calls."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "pin",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "staff_call",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(32), unique=True, nullable=False),
        sa.Column("sid", sa.String(64), unique=True, nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("admitted", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_staff_call_at", "staff_call", ["at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("staff_call")
    op.drop_table("pin")
