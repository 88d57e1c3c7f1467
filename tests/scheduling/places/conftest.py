"""A Dask cluster of the test's own, on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.loopback import Loopback, loopback
from scheduling import many
from tests.scheduling.places.played import Gate


@pytest.fixture
def cluster() -> Iterator[Loopback]:
    """A real scheduler and two real workers, each a process that may be killed."""
    with loopback(workers=2) as started:
        yield started


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Shut: what is solved is answered only once the test opens it."""
    shut = Gate(tmp_path / "open")
    monkeypatch.setattr(many, "solved", shut.solved)
    yield shut
    shut.open()
