"""A build from a page may be of weeks running, solved as one."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Add how many; what was asked for before is of one."""
    op.add_column(
        "roster_job", sa.Column("weeks", sa.Integer(), nullable=False, server_default="1")
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("roster_job", "weeks")
