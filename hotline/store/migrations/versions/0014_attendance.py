"""Who has come, is on a break or rests after a hard call; and whose telephone is out of reach.

Attendance is facts that are appended: what is true now is computed from them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the facts; of everybody's telephone nothing bad is known yet."""
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("duty", sa.DateTime(timezone=True)),
        sa.Column("way", sa.String(16), nullable=False),
    )
    op.create_index("ix_attendance_person", "attendance", ["person_id", "at"])
    op.add_column("presence", sa.Column("missed_at", sa.DateTime(timezone=True)))
    refused = sa.Column("refused", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("presence", refused)


def downgrade() -> None:
    """Drop them."""
    op.drop_column("presence", "refused")
    op.drop_column("presence", "missed_at")
    op.drop_table("attendance")
