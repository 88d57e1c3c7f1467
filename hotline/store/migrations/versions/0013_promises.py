"""How promises to callers are kept: consent, safe times, tries, and recordings of our own.

What was promised before this step is open to be kept at any time of day, as it was asked then, and
counts from its own deadline. Messages from before are still at the carrier, and are fetched.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add what is new to callbacks and messages, and the tables beside them."""
    op.add_column("call", sa.Column("callback_id", sa.Integer))
    _widen_callbacks()
    _widen_messages()
    _make_attempts()
    _make_consents()
    op.create_table(
        "recording",
        sa.Column("message_id", sa.Integer, sa.ForeignKey("message.id"), primary_key=True),
        sa.Column("cipher", sa.LargeBinary, nullable=False),
    )


def _widen_callbacks() -> None:
    for column in (
        sa.Column("state", sa.String(16), nullable=False, server_default="open"),
        sa.Column("number_cipher", sa.LargeBinary),
        sa.Column("number_hash", sa.String(64)),
        sa.Column("safe", sa.String(16), nullable=False, server_default="any"),
        sa.Column("leave_word", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("urgent", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_at", INSTANT, nullable=False, server_default="2026-01-01 00:00:00+00:00"),
        sa.Column("return_id", sa.Integer),
    ):
        op.add_column("callback", column)
    op.execute("update callback set state = 'kept' where done is not null")
    op.create_index("ix_callback_number_hash", "callback", ["number_hash"])
    op.create_index(
        "ix_callback_open",
        "callback",
        ["state"],
        sqlite_where=sa.text("done IS NULL"),
        postgresql_where=sa.text("done IS NULL"),
    )


def _widen_messages() -> None:
    for column in (
        sa.Column("due", INSTANT, nullable=False, server_default="2026-01-01 00:00:00+00:00"),
        sa.Column("answered", INSTANT),
        sa.Column("fetched", INSTANT),
        sa.Column("erased", INSTANT),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_at", INSTANT, nullable=False, server_default="2026-01-01 00:00:00+00:00"),
    ):
        op.add_column("message", column)
    op.execute("update message set due = at, answered = heard")
    op.create_index("ix_message_recording_sid", "message", ["recording_sid"])


def _make_attempts() -> None:
    op.create_table(
        "attempt",
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), primary_key=True),
        sa.Column("callback_id", sa.Integer, sa.ForeignKey("callback.id"), nullable=False),
        sa.Column("offered", INSTANT, nullable=False),
        sa.Column("rung", INSTANT),
        sa.Column("picked_up", INSTANT),
        sa.Column("result", sa.String(16)),
    )
    op.create_index("ix_attempt_callback_id", "attempt", ["callback_id"])


def _make_consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("question", sa.String(32), nullable=False),
        sa.Column("words", sa.String, nullable=False),
        sa.Column("answer", sa.String(16), nullable=False),
    )
    op.create_index("ix_consent_call_id", "consent", ["call_id"])


def downgrade() -> None:
    """Drop them; promises that are not kept stay as they were asked."""
    for table in ("recording", "consent", "attempt"):
        op.drop_table(table)
    op.drop_index("ix_message_recording_sid", "message")
    for column in ("due", "answered", "fetched", "erased", "tries", "next_at"):
        op.drop_column("message", column)
    op.drop_index("ix_callback_open", "callback")
    op.drop_index("ix_callback_number_hash", "callback")
    for column in (
        *("state", "number_cipher", "number_hash", "safe", "leave_word", "urgent", "attempts"),
        *("next_at", "return_id"),
    ):
        op.drop_column("callback", column)
    op.drop_column("call", "callback_id")
