"""When another line took a call over at the exit: what was decided before is the first line's."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """No call has been yet."""
    op.add_column("call", sa.Column("crossed", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("call", "crossed")
