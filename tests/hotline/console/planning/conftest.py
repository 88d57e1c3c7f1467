"""Two cities on a Thursday evening, for whoever plans their week."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.store import Store
from tests.hotline.console.planning import town
from tests.hotline.console.planning.town import Town
from tests.hotline.console.visitors import Visitor, visitor


@pytest.fixture
def here(sqlite_template: Path, tmp_path: Path) -> Iterator[Town]:
    """The pages, and volunteers who are too few."""
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{path}")
    town.hire(store)
    yield Town(town.app(store), store)
    store.close()


@pytest.fixture
def dee(here: Town) -> Visitor:
    """Dee coordinates both cities."""
    return visitor(here.app, "dee")
