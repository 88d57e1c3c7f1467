"""What was said in a call, by the keys of the phrases: kept when the documents are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Of answers given before nobody knows what they said."""
    op.add_column("webhook", sa.Column("call_id", sa.Integer))
    op.add_column("webhook", sa.Column("leg_id", sa.Integer))
    op.add_column("webhook", sa.Column("said", sa.String, nullable=False, server_default=""))
    op.create_index("ix_webhook_call_id", "webhook", ["call_id"])


def downgrade() -> None:
    """Drop it, and the answers whose document is forgotten."""
    op.execute("DELETE FROM webhook WHERE document = ''")
    op.drop_index("ix_webhook_call_id", "webhook")
    with op.batch_alter_table("webhook") as webhook:
        webhook.drop_column("said")
        webhook.drop_column("leg_id")
        webhook.drop_column("call_id")
