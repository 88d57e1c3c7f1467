"""What people agreed to beyond one week, how far they are in learning, and when they can't come.

Rules of a month or a rolling window, pairs and exemptions are clauses of one text, so that a
further clause needs no further step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add two columns to people, and the table of absences."""
    with op.batch_alter_table("person") as person:
        full = sa.Column("standing", sa.String(16), nullable=False, server_default="full")
        person.add_column(full)
        person.add_column(sa.Column("agreement", sa.String, nullable=False, server_default=""))
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_absence_person_id", "absence", ["person_id"])
    op.create_index("ix_absence_ends", "absence", ["ends"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("absence")
    with op.batch_alter_table("person") as person:
        person.drop_column("agreement")
        person.drop_column("standing")
