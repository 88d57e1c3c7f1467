"""Calls: the caller's contact, the legs to volunteers, and how each call ended.

The caller's number is here encrypted and as a keyed hash, and nowhere else. A person can be
reserved for one leg at most because there is one row of presence for each.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

OPEN = sa.text("state <> 'closed'")
LIVE = sa.text("state <> 'ended'")


def upgrade() -> None:
    """Make the tables of calls, legs, presence, events, callbacks and voicemail."""
    _make_calls()
    _make_legs()
    _make_presence()
    _make_events()
    _make_exits()


def _make_calls() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(32), nullable=False, unique=True),
        sa.Column("sid", sa.String(64), nullable=False, unique=True),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("caller_cipher", sa.LargeBinary),
        sa.Column("caller_hash", sa.String(64)),
        sa.Column("arrived", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("by_dial", sa.Boolean, nullable=False),
        sa.Column("leg_id", sa.Integer),
        sa.Column("accepted", sa.DateTime(timezone=True)),
        sa.Column("joined", sa.DateTime(timezone=True)),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String(16)),
    )
    op.create_index("ix_call_caller_hash", "call", ["caller_hash"])
    op.create_index("ix_call_arrived", "call", ["arrived"])
    op.create_index("ix_call_open", "call", ["state"], sqlite_where=OPEN, postgresql_where=OPEN)


def _make_legs() -> None:
    op.create_table(
        "leg",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(32), nullable=False, unique=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("by_dial", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("sid", sa.String(64)),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("result", sa.String(16)),
    )
    op.create_index("ix_leg_call_id", "leg", ["call_id"])
    op.create_index("ix_leg_person_id", "leg", ["person_id"])
    op.create_index("ix_leg_live", "leg", ["state"], sqlite_where=LIVE, postgresql_where=LIVE)


def _make_presence() -> None:
    op.create_table(
        "presence",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("leg_id", sa.Integer),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("talking", sa.Boolean, nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_ended", sa.DateTime(timezone=True)),
        sa.Column("talk_seconds", sa.Integer, nullable=False),
        sa.Column("missed", sa.Integer, nullable=False),
    )


def _make_events() -> None:
    op.create_table(
        "call_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("leg_id", sa.Integer),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("detail", sa.String, nullable=False),
    )
    op.create_index("ix_call_event_call_id", "call_event", ["call_id"])


def _make_exits() -> None:
    op.create_table(
        "callback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False, unique=True),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False, unique=True),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recording_sid", sa.String(64), nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("heard", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Drop them, those that point at others first."""
    for table in ("message", "callback", "call_event", "presence", "leg", "call"):
        op.drop_table(table)
