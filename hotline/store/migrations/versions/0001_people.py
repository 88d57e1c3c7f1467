"""People first: everything else points at a volunteer.

The weekly grids are kept as they were written, so that an export gives back what was imported;
a certificate's end is kept twice, as the day people know and as the instant the telephone needs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of people and their training."""
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("languages", sa.String(40), nullable=False),
        sa.Column("desks", sa.String(400), nullable=False),
        sa.Column("availability", sa.String, nullable=False),
        sa.Column("preferred", sa.String, nullable=False),
        sa.Column("unwanted", sa.String, nullable=False),
        sa.Column("supervised_turns", sa.Integer, nullable=False),
        sa.Column("shifts_a_week", sa.Integer, nullable=False),
        sa.Column("hours_a_week", sa.Float, nullable=False),
        sa.Column("nights_a_week", sa.Integer, nullable=False),
        sa.Column("nights_running", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("person_id", "name"),
    )
    op.create_index("ix_certificate_person_id", "certificate", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("certificate")
    op.drop_table("person")
