"""What happens in a conversation: who is in it and where, how long, its form, hand-overs.

A leg says what it is rung for and where its person is now; a call knows its room by the carrier's
id, to announce something there, and whether a volunteer's drop-out cut it off.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Every leg there is was rung to answer."""
    part = sa.Column("part", sa.String(16), nullable=False, server_default="answer")
    place = sa.Column("place", sa.String(16), nullable=False, server_default="room")
    op.add_column("leg", part)
    op.add_column("leg", place)
    op.add_column("leg", sa.Column("seen", sa.DateTime(timezone=True)))
    cut_off = sa.Column("cut_off", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("call", cut_off)
    op.add_column("call", sa.Column("room_sid", sa.String(64)))
    op.add_column("call", sa.Column("time_told", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("detail", sa.String(32)))
    op.create_table(
        "call_form",
        sa.Column("leg_id", sa.Integer, sa.ForeignKey("leg.id"), primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("risk", sa.String(16)),
        sa.Column("kind", sa.Integer),
        sa.Column("follow_up", sa.DateTime(timezone=True)),
        sa.Column("done", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_call_form_call_id", "call_form", ["call_id"])
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id"), nullable=False),
        sa.Column("leg_id", sa.Integer, sa.ForeignKey("leg.id"), nullable=False),
        sa.Column("partner", sa.String(64), nullable=False),
        sa.Column("ground", sa.String(16), nullable=False),
        sa.Column("reference", sa.String(32)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.DateTime(timezone=True)),
        sa.Column("ended", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_handover_call_id", "handover", ["call_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("handover")
    op.drop_table("call_form")
    op.drop_column("outbox", "detail")
    for column in ("cut_off", "room_sid", "time_told"):
        op.drop_column("call", column)
    for column in ("part", "place", "seen"):
        op.drop_column("leg", column)
