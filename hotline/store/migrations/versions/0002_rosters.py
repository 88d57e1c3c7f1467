"""Rosters: what the solver was asked, what it answered, and who works when.

At most one roster of a desk and week can be published: the database itself sees to it, because
the published roster is the routing table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PUBLISHED = sa.text("state = 'published'")


def upgrade() -> None:
    """Make the tables of builds, rosters and assignments."""
    op.create_table(
        "build",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("price", sa.Integer, nullable=False),
        sa.Column("bound", sa.Integer, nullable=False),
        sa.Column("problem", sa.String, nullable=False),
        sa.Column("result", sa.String, nullable=False),
    )
    op.create_index("ix_build_week", "build", ["week"])
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("build_id", sa.Integer, sa.ForeignKey("build.id")),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "uq_roster_published",
        "roster",
        ["desk", "week"],
        unique=True,
        sqlite_where=PUBLISHED,
        postgresql_where=PUBLISHED,
    )
    _make_assignments()


def _make_assignments() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("roster_id", sa.Integer, sa.ForeignKey("roster.id"), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("shift", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pinned", sa.Boolean, nullable=False),
    )
    op.create_index("ix_assignment_roster_id", "assignment", ["roster_id"])
    op.create_index("ix_assignment_person_id", "assignment", ["person_id"])
    op.create_index("ix_assignment_span", "assignment", ["starts", "ends"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("assignment")
    op.drop_table("roster")
    op.drop_table("build")
