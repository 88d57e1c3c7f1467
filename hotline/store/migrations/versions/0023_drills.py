"""Drills and what came of them: apart from calls, so that no figure counts a practice caller."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "drill",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("played", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stranded", sa.Integer, nullable=False),
        sa.Column("double_booked", sa.Integer, nullable=False),
        sa.Column("lines", sa.String, nullable=False),
    )
    op.create_index("ix_drill_played", "drill", ["played"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("drill")
