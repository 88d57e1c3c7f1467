"""Timed corrections of the published roster: who comes instead of whom.

A correction is a fact of its own, so that the roster stays what people were promised first, and so
that it can be undone. Few are in force at once; the index holds only those.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "override",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("comes_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("replaces_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("shift", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("part", sa.Boolean, nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "ix_override_span",
        "override",
        ["starts", "ends"],
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("override")
