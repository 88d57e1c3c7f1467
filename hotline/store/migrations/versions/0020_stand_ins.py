"""Searches for stand-ins, the questions asked in them, and calls to volunteers.

That one question waits at a time, and one search runs for a duty, is the database's promise: two
workers cannot ask two people. A call to a volunteer has a key, so that it is made once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "search",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("shift", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("starts", _TIME, nullable=False),
        sa.Column("ends", _TIME, nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("opened", _TIME, nullable=False),
        sa.Column("undo_until", _TIME),
        sa.Column("override_id", sa.Integer, sa.ForeignKey("override.id")),
        sa.UniqueConstraint("person_id", "desk", "starts", "reason"),
    )
    _unique(
        "uq_search_open", "search", "state IN ('searching', 'found')", "person_id", "desk", "starts"
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("search_id", sa.Integer, sa.ForeignKey("search.id"), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked", _TIME, nullable=False),
        sa.Column("deadline", _TIME, nullable=False),
        sa.Column("answered", _TIME),
        sa.UniqueConstraint("search_id", "person_id"),
    )
    op.create_index("ix_question_person_id", "question", ["person_id"])
    _unique("uq_question_asked", "question", "state = 'asked'", "search_id")
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(32), nullable=False, unique=True),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("question_id", sa.Integer, sa.ForeignKey("question.id")),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("starts", _TIME, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.Column("sid", sa.String(64)),
        sa.Column("ended", _TIME),
        sa.Column("result", sa.String(16)),
    )
    op.create_index("ix_errand_person_id", "errand", ["person_id"])
    live = sa.text("state <> 'ended'")
    op.create_index("ix_errand_live", "errand", ["due"], sqlite_where=live, postgresql_where=live)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("errand")
    op.drop_table("question")
    op.drop_table("search")


def _unique(name: str, table: str, where: str, *columns: str) -> None:
    op.create_index(
        name,
        table,
        list(columns),
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
