"""Nights and 24-hour duties by person and day, so that a year's spread is as quick as a month's."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Make the table; days that were counted before are counted again by the worker."""
    op.create_table(
        "duty_day",
        sa.Column("desk", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("shifts", sa.Integer, nullable=False),
    )
    op.create_index("ix_duty_day_day", "duty_day", ["day"])
    op.execute("delete from line_day")
    op.execute("delete from desk_day")


def downgrade() -> None:
    """Drop it: it can be counted again."""
    op.drop_table("duty_day")
