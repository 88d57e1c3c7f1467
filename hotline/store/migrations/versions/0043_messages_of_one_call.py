"""A caller may leave more than one message in a call: each recording is known by itself."""

from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Let each recording of a call be one message."""
    with op.batch_alter_table("message") as message:
        message.drop_constraint("uq_message_call_id", type_="unique")
        message.create_unique_constraint("uq_message_recording", ["call_id", "recording_sid"])


def downgrade() -> None:
    """Only the first message of a call can stand in the table of before."""
    op.execute(
        "delete from recording"
        " where message_id not in (select min(id) from message group by call_id)"
    )
    op.execute("delete from message where id not in (select min(id) from message group by call_id)")
    with op.batch_alter_table("message") as message:
        message.drop_constraint("uq_message_recording", type_="unique")
        message.create_unique_constraint("uq_message_call_id", ["call_id"])
