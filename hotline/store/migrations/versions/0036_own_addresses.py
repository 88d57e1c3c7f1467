"""One telephone is one person's: an address of who volunteers is theirs alone.

Two people who have one already keep it and are told of (`shares_address`), until somebody changes
either; without that, this step would fail where it matters.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

THEIRS = sa.text("active AND NOT shares_address AND address <> ''")
LATER = sa.text(
    "UPDATE person SET shares_address = true WHERE active AND address <> '' AND EXISTS"
    " (SELECT 1 FROM person AS other WHERE other.active AND other.address = person.address"
    " AND other.id < person.id)"
)


def upgrade() -> None:
    """Mark who shares an address with somebody before them, and have no more of that."""
    column = sa.Column("shares_address", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("person", column)
    op.execute(LATER)
    op.create_index(
        "uq_person_address",
        "person",
        ["address"],
        unique=True,
        sqlite_where=THEIRS,
        postgresql_where=THEIRS,
    )


def downgrade() -> None:
    """Let addresses be shared."""
    op.drop_index("uq_person_address", "person")
    op.drop_column("person", "shares_address")
