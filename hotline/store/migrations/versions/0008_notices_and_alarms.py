"""What people are told outside of calls, what a supervisor must know, and who is a supervisor.

A notice is written with the decision it tells of and sent after the commit, like an order to the
carrier. An alarm stands until somebody or something clears it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add both tables; everybody who is known is a volunteer."""
    role = sa.Column("role", sa.String(16), nullable=False, server_default="volunteer")
    op.add_column("person", role)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(120), unique=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("words", sa.String, nullable=False),
        sa.Column("posted", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("done", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.String),
    )
    op.create_index("ix_notice_person_id", "notice", ["person_id"])
    op.create_index(
        "ix_notice_due",
        "notice",
        ["due"],
        sqlite_where=sa.text("done IS NULL"),
        postgresql_where=sa.text("done IS NULL"),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("raised", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "uq_alarm_open",
        "alarm",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("cleared IS NULL"),
        postgresql_where=sa.text("cleared IS NULL"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("alarm")
    op.drop_table("notice")
    op.drop_column("person", "role")
