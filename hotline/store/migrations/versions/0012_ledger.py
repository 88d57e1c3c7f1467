"""Why each telephone rang and each exit was offered; and since and until when facts were known.

So that any ring can be replayed against the roster of its moment. Rosters that were replaced
before this step were so when their successor was published.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

REPLACED = """
UPDATE roster SET archived_at = (
    SELECT min(later.published_at) FROM roster AS later
    WHERE later.desk = roster.desk AND later.week = roster.week
    AND later.published_at > roster.published_at
) WHERE state = 'archived' AND published_at IS NOT NULL
"""


def upgrade() -> None:
    """Add the ledger, and the instants at which facts ceased to hold."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided", sa.String(16), nullable=False),
        sa.Column("about", sa.String, nullable=False),
    )
    op.create_index("ix_decision_call_id", "decision", ["call_id"])
    op.create_index("ix_decision_at", "decision", ["at"])
    op.add_column("call", sa.Column("decided", sa.String(16)))
    op.add_column("roster", sa.Column("archived_at", sa.DateTime(timezone=True)))
    op.add_column("absence", sa.Column("dropped_at", sa.DateTime(timezone=True)))
    op.execute(REPLACED)


def downgrade() -> None:
    """Drop them; an absence that was taken back is deleted, as it was before."""
    op.execute("DELETE FROM absence WHERE dropped_at IS NOT NULL")
    op.drop_column("absence", "dropped_at")
    op.drop_column("roster", "archived_at")
    op.drop_column("call", "decided")
    op.drop_table("decision")
