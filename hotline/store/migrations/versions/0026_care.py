"""Notes and follow-ups: the form after a conversation is filled in on a page, too.

Callbacks may be given to somebody. Messages nobody answered are counted at every look at the board.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
DUE = sa.text("followed_up IS NULL AND follow_up IS NOT NULL")
OPEN = sa.text("answered IS NULL")


def upgrade() -> None:
    """Forms that were keyed before have no note, and their follow-ups are still due."""
    with op.batch_alter_table("call_form") as form:
        form.add_column(sa.Column("note_cipher", sa.LargeBinary))
        form.add_column(sa.Column("followed_up", sa.DateTime(timezone=True)))
        form.add_column(
            sa.Column(
                "followed_up_by",
                sa.Integer,
                sa.ForeignKey("person.id", name="fk_call_form_followed_up_by_person"),
            )
        )
        form.add_column(sa.Column("result", sa.String(16)))
        form.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="0"))
    op.create_index(
        "ix_call_form_due", "call_form", ["follow_up"], sqlite_where=DUE, postgresql_where=DUE
    )
    with op.batch_alter_table("callback") as callback:
        callback.add_column(
            sa.Column(
                "person_id",
                sa.Integer,
                sa.ForeignKey("person.id", name="fk_callback_person_id_person"),
            )
        )
    op.create_index(
        "ix_message_open", "message", ["line"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    """Drop them: notes are lost."""
    op.drop_index("ix_message_open", "message")
    with op.batch_alter_table("callback") as callback:
        callback.drop_constraint("fk_callback_person_id_person", type_="foreignkey")
        callback.drop_column("person_id")
    op.drop_index("ix_call_form_due", "call_form")
    with op.batch_alter_table("call_form") as form:
        form.drop_constraint("fk_call_form_followed_up_by_person", type_="foreignkey")
        for column in ("version", "result", "followed_up_by", "followed_up", "note_cipher"):
            form.drop_column(column)
