"""Sam's evening for tests of the pages: the app, the clock, and who looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.store import Store
from hotline.store.access.trail import latest_of_trail
from hotline.store.tables import PersonRow
from tests.hotline.console import evening, scene
from tests.hotline.console.ground import Watch, fresh_store
from tests.hotline.console.visitors import Visitor, visitor

SAM = 1  # as a volunteer: a supervisor, whose telephone is free
ADA = evening.ADA


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        with store.writing() as db:
            evening.busy(db)
            sam = db.get_one(PersonRow, SAM)
            sam.role = "supervisor"
            db.add(sam)
        yield store


@pytest.fixture
def watch() -> Watch:
    return Watch(scene.BUSY)


@pytest.fixture
def app(store: Store, watch: Watch) -> Flask:
    return scene.app(store, watch)


@pytest.fixture
def sam(app: Flask) -> Visitor:
    """A supervisor of the whole site."""
    return visitor(app, "sam", person=SAM)


@pytest.fixture
def youth(app: Flask) -> Visitor:
    """A supervisor of the youth line alone."""
    return visitor(app, "sue", desks=("youth",), roles=(Role.SUPERVISOR,))


def acts(store: Store) -> list[tuple[str, str, str]]:
    """The latest entries of the audit trail, the newest first: who did what to what."""
    with store.reading() as db:
        found = latest_of_trail(db, 20, None, "", "")
    return [(each.login, each.change.act, each.change.subject) for each in found]
