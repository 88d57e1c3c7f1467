"""What people decided about callers who call again and again, and whom a call rings first.

A caller is a keyed hash; the words about them are encrypted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nobody is known yet."""
    op.create_table(
        "caller",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("plan_cipher", sa.LargeBinary),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True)),
        sa.Column("same_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("same_until", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "caller_act",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("by_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("why_cipher", sa.LargeBinary),
        sa.Column("until", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_caller_act_hash", "caller_act", ["hash"])
    with op.batch_alter_table("call") as call:
        call.add_column(sa.Column("same_id", sa.Integer))
        call.add_column(sa.Column("delayed", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("call", "delayed")
    op.drop_column("call", "same_id")
    op.drop_table("caller_act")
    op.drop_table("caller")
