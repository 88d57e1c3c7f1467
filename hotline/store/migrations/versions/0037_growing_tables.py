"""Nothing that is asked often looks at all that ever was: indexes on tables that grow with time."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

KEPT = sa.text("document <> '' OR said = ''")
NEW = {
    "ix_leg_planned": ("leg", ["planned"]),
    "ix_leg_ended": ("leg", ["ended"]),
    "ix_errand_ended": ("errand", ["ended"]),
    "ix_search_state": ("search", ["state", "due"]),
    "ix_callback_state": ("callback", ["state"]),
    "ix_alarm_subject": ("alarm", ["kind", "subject"]),
    "ix_search_ends": ("search", ["ends"]),
}


def upgrade() -> None:
    """Add them; documents that were forgotten leave theirs."""
    for name, (table, columns) in NEW.items():
        op.create_index(name, table, columns)
    op.create_index("ix_webhook_kept", "webhook", ["at"], sqlite_where=KEPT, postgresql_where=KEPT)
    op.drop_index("ix_webhook_at", "webhook")


def downgrade() -> None:
    """Drop them again."""
    op.create_index("ix_webhook_at", "webhook", ["at"])
    op.drop_index("ix_webhook_kept", "webhook")
    for name, (table, _) in NEW.items():
        op.drop_index(name, table)
