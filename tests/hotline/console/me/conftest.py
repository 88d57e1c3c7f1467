"""The volunteer's pages of one week, in one browser each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from hotline.store import Store
from tests.hotline.console.ground import Watch, fresh_store
from tests.hotline.console.me import week
from tests.hotline.console.visitors import Visitor, visitor


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        yield store


@pytest.fixture
def watch() -> Watch:
    return Watch(week.NOW)


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
