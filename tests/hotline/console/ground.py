"""What the pages' tests stand on: a clock that a test sets, and a store of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hotline.store import Store


@dataclass
class Watch:
    """A clock that a test sets."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@contextmanager
def fresh_store(template: Path, folder: Path) -> Iterator[Store]:
    """An empty, migrated SQLite store: what differs between databases is tested with the store."""
    path = folder / "hotline.db"
    path.write_bytes(template.read_bytes())
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()
