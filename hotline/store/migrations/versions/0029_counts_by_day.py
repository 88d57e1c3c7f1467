"""Counts by line, desk and day, so that a report over a million calls scans none of them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

LINE_COUNTS = (
    *("calls", "short", "answered", "prompt", "left", "callbacks", "messages", "referred"),
    *("exited", "wait_seconds", "longest_wait", "talk_seconds", "known", "repeats", "rated"),
    *("high_risk", "due", "kept", "follow_due", "follow_kept"),
)
DESK_COUNTS = ("talks", "busy_seconds", "there_seconds")


def upgrade() -> None:
    """Make the tables; the worker fills them, days long past too."""
    for table, key, counts in (
        ("line_day", "line", LINE_COUNTS),
        ("desk_day", "desk", DESK_COUNTS),
    ):
        op.create_table(
            table,
            sa.Column(key, sa.String(64), primary_key=True),
            sa.Column("day", sa.Date, primary_key=True),
            sa.Column("made", sa.DateTime(timezone=True), nullable=False),
            *(sa.Column(name, sa.Integer, nullable=False) for name in counts),
        )
        op.create_index(f"ix_{table}_day", table, ["day"])


def downgrade() -> None:
    """Drop them: all that stands in them can be counted again."""
    op.drop_table("desk_day")
    op.drop_table("line_day")
