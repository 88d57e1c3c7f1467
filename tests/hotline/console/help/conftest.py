"""The made-up hotline at 23:10, as somebody sees it who only wants help."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from hotline.store import Store
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch, fresh_store
from tests.hotline.console.visitors import Visitor, passer_by


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        yield store


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
