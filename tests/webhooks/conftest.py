"""What tests of one request need: a database, either will do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.store import Store


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A fresh, migrated, empty SQLite store."""
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()
