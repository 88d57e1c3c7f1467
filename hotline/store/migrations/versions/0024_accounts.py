"""Accounts, their sessions, and the trail of what was changed by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and the end of a trail that is still empty."""
    _people()
    _ways_in()
    _trail()


def _people() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("login", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("roles", sa.String(80), nullable=False),
        sa.Column("desks", sa.String(400), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), unique=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("password", sa.String, nullable=False),
        sa.Column("totp", sa.LargeBinary),
        sa.Column("totp_since", AT),
        sa.Column("totp_step", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("made", AT, nullable=False),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("used", AT),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])


def _ways_in() -> None:
    op.create_table(
        "page_session",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("begun", AT, nullable=False),
        sa.Column("seen", AT, nullable=False),
        sa.Column("ends", AT, nullable=False),
        sa.Column("ended", AT),
    )
    op.create_index("ix_page_session_account_id", "page_session", ["account_id"])
    op.create_index("ix_page_session_ends", "page_session", ["ends"])
    op.create_table(
        "account_link",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("made", AT, nullable=False),
        sa.Column("ends", AT, nullable=False),
        sa.Column("used", AT),
    )
    op.create_index("ix_account_link_account_id", "account_link", ["account_id"])
    op.create_table(
        "wrong_try",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("locked_until", AT),
    )
    op.create_index("ix_wrong_try_at", "wrong_try", ["at"])
    op.create_table(
        "form_sent",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("at", AT, nullable=False),
        sa.Column("led_to", sa.String),
    )
    op.create_index("ix_form_sent_at", "form_sent", ["at"])


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("before", sa.String, nullable=False),
        sa.Column("after", sa.String, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_trail_at", "trail", ["at"])
    end = op.create_table(
        "trail_end",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(end, [{"id": 1, "last": 0, "hash": ""}])


def downgrade() -> None:
    """Drop them."""
    for table in (
        *("trail_end", "trail", "form_sent", "wrong_try", "account_link", "page_session"),
        *("recovery_code", "account"),
    ):
        op.drop_table(table)
