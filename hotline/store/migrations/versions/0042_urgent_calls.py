"""What weighs more after a crisis is found without a look at every call of a year."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Add an index of urgent calls alone."""
    op.create_index(
        "ix_call_urgent",
        "call",
        ["arrived"],
        sqlite_where=sa.text("urgent = 1"),
        postgresql_where=sa.text("urgent"),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_index("ix_call_urgent", "call")
