"""The carrier's mail: what we answered, what we must still send; and the claims of timed jobs.

A request that comes twice gets the stored document; what is to be sent is written in the same
transaction as the decision and sent after its commit.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

UNSENT = sa.text("done IS NULL")


def upgrade() -> None:
    """Make the tables of answered webhooks, the outbox, its pace and job claims."""
    op.create_table(
        "webhook",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.String, nullable=False),
    )
    op.create_index("ix_webhook_at", "webhook", ["at"])
    _make_outbox()
    op.create_table(
        "pace",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("next", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(40), primary_key=True),
        sa.Column("slot", sa.DateTime(timezone=True), primary_key=True),
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("leg_id", sa.Integer),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("done", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.String),
    )
    op.create_index("ix_outbox_leg_id", "outbox", ["leg_id"])
    op.create_index(
        "ix_outbox_due", "outbox", ["due"], sqlite_where=UNSENT, postgresql_where=UNSENT
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("job_run", "pace", "outbox", "webhook"):
        op.drop_table(table)
