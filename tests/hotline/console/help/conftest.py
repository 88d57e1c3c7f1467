"""The made-up hotline at 23:10, as somebody sees it who only wants help."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from hotline.store import Store
from tests.hotline.console import scene
from tests.hotline.console.visitors import Visitor, passer_by


@dataclass
class Watch:
    """A clock that a test sets."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """One database is enough here: what differs between them is tried with the store."""
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def watch() -> Watch:
    return Watch(scene.BUSY)


@pytest.fixture
def app(store: Store, watch: Watch) -> Flask:
    with store.writing() as db:
        scene.busy(db)
    return scene.app(store, watch)


@pytest.fixture
def pupil(app: Flask) -> Visitor:
    """Nobody we know."""
    return passer_by(app)
