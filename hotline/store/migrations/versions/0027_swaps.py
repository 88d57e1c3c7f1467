"""Swaps and cover requests. That one of a kind is open at a time is the database's promise."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_TIME = sa.DateTime(timezone=True)
_OPEN = sa.text("state IN ('asked', 'agreed')")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "swap",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("asker_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("partner_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("gives_desk", sa.String(64), nullable=False),
        sa.Column("gives_shift", sa.String(120), nullable=False),
        sa.Column("gives_kind", sa.String(16), nullable=False),
        sa.Column("gives_starts", _TIME, nullable=False),
        sa.Column("gives_ends", _TIME, nullable=False),
        sa.Column("takes_desk", sa.String(64)),
        sa.Column("takes_shift", sa.String(120), nullable=False),
        sa.Column("takes_kind", sa.String(16)),
        sa.Column("takes_starts", _TIME),
        sa.Column("takes_ends", _TIME),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("answered", _TIME),
        sa.Column("decided", _TIME),
    )
    op.create_index("ix_swap_asker_id", "swap", ["asker_id"])
    op.create_index("ix_swap_partner_id", "swap", ["partner_id"])
    _open("ix_swap_open", "until")
    once = ("asker_id", "partner_id", "gives_desk", "gives_starts", "takes_shift")
    _open("uq_swap_open", *once, unique=True)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("swap")


def _open(name: str, *columns: str, unique: bool = False) -> None:
    op.create_index(
        name, "swap", list(columns), unique=unique, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
