"""Runs the steps on the connection that `hotline.store.migrate` opened, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

import hotline.store.tables  # noqa: F401 - fills SQLModel.metadata and its naming convention

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,  # SQLite too: hotline.store.sessions begins transactions by hand
)
with context.begin_transaction():
    context.run_migrations()
