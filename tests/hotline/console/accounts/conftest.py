"""A hotline with accounts and a clock that a test sets."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from hotline.config.tables.accounts import Accounts
from hotline.parts import Parts
from hotline.store import Store
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch, fresh_store


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        with store.writing() as db:
            scene.fill(db)
        yield store


@pytest.fixture
def watch() -> Watch:
    return Watch(scene.BUSY)


@pytest.fixture
def app(store: Store, watch: Watch) -> Flask:
    return scene.app(store, watch)


def with_rules(app: Flask, **rules: object) -> Flask:
    """The same site with other rules of signing in."""
    found: Parts = app.extensions["hotline"]
    settings = replace(found.settings, accounts=replace(Accounts(), **rules))  # type: ignore[arg-type]
    app.extensions["hotline"] = replace(found, settings=settings)
    return app
