"""One token that changes with everything a rota is read from, so that reading it can be spared.

By triggers, for a use case could forget it, and then the wrong telephones would ring. The token is
random and not counted: a transaction that is undone leaves none behind that comes again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

READ_FROM = (
    "absence", "assignment", "attendance", "certificate", "override", "person", "roster"
)  # fmt: skip
CHANGES = ("insert", "update", "delete")
ON_SQLITE = """
create trigger rota_{table}_{change} after {change} on "{table}" begin
    update rota_version set token = hex(randomblob(12));
end
"""
FUNCTION = """
create function rota_changed() returns trigger language plpgsql as $$
begin
    update rota_version set token = gen_random_uuid()::text;
    return null;
end $$
"""
ON_POSTGRESQL = """
create trigger rota_{table}_{change} after {change} on "{table}"
    for each statement execute function rota_changed()
"""


def upgrade() -> None:
    """Add the token, and what changes it."""
    version = op.create_table(
        "rota_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(40), nullable=False),
    )
    op.bulk_insert(version, [{"id": 1, "token": "first"}])
    if not _on_sqlite():
        op.execute(FUNCTION)
    trigger = ON_SQLITE if _on_sqlite() else ON_POSTGRESQL
    for table in READ_FROM:
        for change in CHANGES:
            op.execute(trigger.format(table=table, change=change))


def downgrade() -> None:
    """Take both away."""
    for table in READ_FROM:
        for change in CHANGES:
            on = "" if _on_sqlite() else f' on "{table}"'
            op.execute(f"drop trigger rota_{table}_{change}{on}")
    if not _on_sqlite():
        op.execute("drop function rota_changed()")
    op.drop_table("rota_version")


def _on_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
