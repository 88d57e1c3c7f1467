"""A supervisor's word on a line for a time: paused, or answered by other desks."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

CHANGES = ("insert", "update", "delete")
# As in step 16: a rota is read from this table, too.
ON_SQLITE = """
create trigger rota_line_change_{change} after {change} on line_change begin
    update rota_version set token = hex(randomblob(12));
end
"""
ON_POSTGRESQL = """
create trigger rota_line_change_{change} after {change} on line_change
    for each statement execute function rota_changed()
"""


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "line_change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("desks", sa.String, nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
        sa.Column("lifted_by", sa.Integer, sa.ForeignKey("person.id")),
    )
    op.create_index("ix_line_change_ends", "line_change", ["ends"])
    on_sqlite = op.get_context().dialect.name == "sqlite"
    for change in CHANGES:
        op.execute((ON_SQLITE if on_sqlite else ON_POSTGRESQL).format(change=change))


def downgrade() -> None:
    """Drop it, and its triggers with it."""
    op.drop_table("line_change")
