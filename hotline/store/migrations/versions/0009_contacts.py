"""How a person is reached outside of calls: ways, encrypted URLs, and who wants no texts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Everybody may be told by every way they have."""
    ways = sa.Column("notices", sa.String(32), nullable=False, server_default="")
    op.add_column("person", ways)
    op.create_table(
        "contact",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("urls", sa.LargeBinary),
        sa.Column("stopped", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("contact")
    op.drop_column("person", "notices")
