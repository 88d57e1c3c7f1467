"""A Dask cluster of the test's own, on loopback."""

from collections.abc import Iterator

import pytest

from benchmarks.loopback import Loopback, loopback


@pytest.fixture
def cluster() -> Iterator[Loopback]:
    """A real scheduler and two real workers, each a process that may be killed."""
    with loopback(workers=2) as started:
        yield started
