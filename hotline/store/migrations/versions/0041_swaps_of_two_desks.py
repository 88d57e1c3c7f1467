"""A swap between two desks is approved by who coordinates each: which of them have, so far."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Add the column; so far nobody has."""
    with op.batch_alter_table("swap") as swap:
        swap.add_column(sa.Column("approved_at", sa.String(160), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it: whoever has approved does so again."""
    with op.batch_alter_table("swap") as swap:
        swap.drop_column("approved_at")
