"""Past weeks summed up by line: a page must not count a million calls."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "line_week",
        sa.Column("line", sa.String(64), primary_key=True),
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("promised", sa.String, nullable=False),
        sa.Column("delivered", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("line_week")
