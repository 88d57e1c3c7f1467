"""Calls counted before the hotline was ours: what a forecast may learn from, never edited by us.

Apart from the calls themselves, so that an import can be repeated and taken back.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table of imported half hours."""
    op.create_table(
        "imported_calls",
        sa.Column("line", sa.String(64), primary_key=True),
        sa.Column("start", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("calls", sa.Float, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("imported_calls")
