"""Whom a caller asked for, who could be meant, and which ways onward an exit has tried."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing is known of anybody yet, and nobody has asked."""
    op.add_column("person", sa.Column("gender", sa.String(8), nullable=False, server_default=""))
    dialects = sa.Column("dialects", sa.String(120), nullable=False, server_default="")
    op.add_column("person", dialects)
    op.add_column("call", sa.Column("wish", sa.String, nullable=False, server_default=""))
    op.add_column("call", sa.Column("came_to", sa.String(64)))
    op.add_column("call", sa.Column("ways_tried", sa.String, nullable=False, server_default=""))
    no = sa.false()
    op.add_column(
        "call", sa.Column("leaves_message", sa.Boolean, nullable=False, server_default=no)
    )


def downgrade() -> None:
    """Forget it."""
    for column in ("leaves_message", "ways_tried", "came_to", "wish"):
        op.drop_column("call", column)
    for column in ("dialects", "gender"):
        op.drop_column("person", column)
