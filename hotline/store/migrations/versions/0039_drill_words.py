"""Who agreed to be rung in drills, and which drill a call to a volunteer belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "drill_word",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
    )
    op.create_index("ix_drill_word_person_id", "drill_word", ["person_id"])
    with op.batch_alter_table("errand") as errand:
        errand.add_column(sa.Column("drill_id", sa.Integer(), nullable=True))
    op.create_index("ix_errand_drill_id", "errand", ["drill_id"])


def downgrade() -> None:
    """Drop both."""
    op.drop_index("ix_errand_drill_id", "errand")
    with op.batch_alter_table("errand") as errand:
        errand.drop_column("drill_id")
    op.drop_index("ix_drill_word_person_id", "drill_word")
    op.drop_table("drill_word")
