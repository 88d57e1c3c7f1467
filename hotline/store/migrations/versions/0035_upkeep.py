"""When data were last purged and saved, and since when somebody has left: their details age."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table and the column. The column is filled by the first purge."""
    op.create_table(
        "upkeep",
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("at", _TIME, nullable=False),
    )
    op.add_column("person", sa.Column("left_at", _TIME, nullable=True))


def downgrade() -> None:
    """Drop both."""
    op.drop_column("person", "left_at")
    op.drop_table("upkeep")
