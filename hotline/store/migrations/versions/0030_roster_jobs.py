"""Builds, searches for repairs and rehearsals that pages ask for, as rows for any worker."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Make the table."""
    when = sa.DateTime(timezone=True)
    op.create_table(
        "roster_job",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("desks", sa.String, nullable=False),
        sa.Column("seconds", sa.Float),
        sa.Column("asked_by", sa.String(120), nullable=False),
        sa.Column("asked_at", when, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(40)),
        sa.Column("leased_until", when),
        sa.Column("stop_asked", sa.Boolean, nullable=False),
        sa.Column("so_far", sa.String, nullable=False),
        sa.Column("began", when),
        sa.Column("ended", when),
        sa.Column("build_id", sa.Integer, sa.ForeignKey("build.id")),
        sa.Column("failure", sa.String),
        sa.Column("found", sa.String),
    )
    op.create_index("ix_roster_job_week", "roster_job", ["week", "kind"])
    op.create_index(
        "uq_roster_job_open",
        "roster_job",
        ["kind", "week", "desks"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("roster_job")
