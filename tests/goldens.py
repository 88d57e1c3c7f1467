"""Whole documents compared with tests/golden; `make golden` rewrites them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

FOLDER: Final = Path(__file__).parent / "golden"
Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --rewrite-golden."""
    parser.addoption("--rewrite-golden", action="store_true", help="rewrite tests/golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a document with the file of that name: `golden("greeting.xml", document)`."""
    return _rewrite if request.config.getoption("--rewrite-golden") else _compare


def _rewrite(name: str, document: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(document, encoding="utf-8")


def _compare(name: str, document: str) -> None:
    path = FOLDER / name
    assert path.exists(), f"{path} is missing; `make golden` writes it, then review it"
    assert document == path.read_text(encoding="utf-8")
