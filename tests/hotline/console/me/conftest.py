"""The volunteer's pages of one week, in one browser each."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from hotline.store import Store
from tests.hotline.console.me import week
from tests.hotline.console.visitors import Visitor, visitor


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at: datetime = week.NOW

    def __call__(self) -> datetime:
        """Now."""
        return self.at


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """One database is enough here: what differs between them is tested with the store."""
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def people(store: Store) -> dict[str, int]:
    with store.writing() as db:
        return week.fill(db).people


@pytest.fixture
def app(store: Store, watch: Watch, people: dict[str, int]) -> Flask:
    return week.app(store, watch)


@pytest.fixture
def signed_in(app: Flask, people: dict[str, int]) -> Callable[[str], Visitor]:
    """Somebody of the cast; volunteers are who they are in the roster."""
    return lambda login: visitor(app, login, person=people.get(login))


@pytest.fixture
def ada(signed_in: Callable[[str], Visitor]) -> Visitor:
    return signed_in("ada")


@pytest.fixture
def bo(signed_in: Callable[[str], Visitor]) -> Visitor:
    return signed_in("bo")


@pytest.fixture
def dee(signed_in: Callable[[str], Visitor]) -> Visitor:
    return signed_in("dee")
