"""Ada, Bo and Cem volunteer in Nanjing, Fay in Changzhou; Dee coordinates Nanjing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from hotline.store import Store
from scheduling.problem import Span
from tests import make
from tests.hotline.console import scene
from tests.hotline.console.ground import fresh_store
from tests.hotline.console.visitors import Visitor, visitor

NOW = scene.local(1, 20)  # Tuesday evening
NIGHT = Span(scene.local(1, 22), scene.local(2, 8))
NUMBER = "tel:+8613800000001"


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        yield store


@pytest.fixture
def app(store: Store) -> Flask:
    """A hotline on Tuesday evening; Ada has the night before her."""
    soon = {"minors": NOW + timedelta(days=30), "crisis": NOW + timedelta(days=400)}
    ada = make.hire(
        store,
        "Ada",
        desks="nanjing night",
        certificates=soon,
        availability="Mon-Fri 18:00-22:00; Sat 18:30-20:00",
        address=NUMBER,
    )
    for name in ("Bo", "Cem"):
        make.hire(store, name, desks="nanjing", certificates=soon)
    make.hire(store, "Fay", desks="changzhou")
    make.store_roster(store, (ada, NIGHT), desk="nanjing")
    return scene.app(store, lambda: NOW)


@pytest.fixture
def dee(app: Flask) -> Visitor:
    """Coordinates Nanjing alone."""
    return visitor(app, "dee", desks=("nanjing",))


@pytest.fixture
def eve(app: Flask) -> Visitor:
    """Has no role."""
    return visitor(app, "eve")
