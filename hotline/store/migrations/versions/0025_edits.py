"""What coordinators change in a draft by hand: each change is kept, and can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add what a build became by edits, and the edits."""
    op.add_column("build", sa.Column("version", sa.Integer, nullable=False, server_default="0"))
    op.add_column("build", sa.Column("edited_pins", sa.String))
    op.add_column("build", sa.Column("edited_result", sa.String))
    op.create_table(
        "roster_edit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("build_id", sa.Integer, sa.ForeignKey("build.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("made", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.UniqueConstraint("build_id", "version", name="uq_roster_edit_version"),
    )


def downgrade() -> None:
    """Forget them; assignments stay as they are."""
    op.drop_table("roster_edit")
    for column in ("edited_result", "edited_pins", "version"):
        op.drop_column("build", column)
