"""Callbacks asked for by form: promises without a call, and a count of forms against floods."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Let a promise and a consent be of no call, and make the count."""
    with op.batch_alter_table("callback") as callback:
        callback.alter_column("call_id", existing_type=sa.Integer, nullable=True)
    with op.batch_alter_table("consent") as consent:
        consent.alter_column("call_id", existing_type=sa.Integer, nullable=True)
        consent.add_column(sa.Column("callback_id", sa.Integer))
        consent.create_foreign_key(
            "fk_consent_callback_id_callback", "callback", ["callback_id"], ["id"]
        )
        consent.create_index("ix_consent_callback_id", ["callback_id"])
    op.create_table(
        "form_count",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_form_count_ends", "form_count", ["ends"])


def downgrade() -> None:
    """Promises that no call made cannot stand in the tables of before."""
    op.drop_table("form_count")
    op.execute("delete from consent where call_id is null")
    op.execute(
        "delete from attempt where callback_id in (select id from callback where call_id is null)"
    )
    op.execute("delete from callback where call_id is null")
    with op.batch_alter_table("consent") as consent:
        consent.drop_index("ix_consent_callback_id")
        consent.drop_constraint("fk_consent_callback_id_callback", type_="foreignkey")
        consent.drop_column("callback_id")
        consent.alter_column("call_id", existing_type=sa.Integer, nullable=False)
    with op.batch_alter_table("callback") as callback:
        callback.alter_column("call_id", existing_type=sa.Integer, nullable=False)
