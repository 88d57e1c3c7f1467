"""Calls of one caller that somebody answered, by an index: asked at every greeting."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

TALKED = sa.text("joined IS NOT NULL")


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_call_talked",
        "call",
        ["caller_hash", "arrived"],
        sqlite_where=TALKED,
        postgresql_where=TALKED,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_call_talked", "call")
