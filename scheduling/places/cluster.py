"""How are problems solved on many machines? By a Dask cluster, through the same interface."""

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING
from uuid import uuid4

from scheduling.choosing.budget import never
from scheduling.places import PlaceError, Work
from scheduling.places.board import progress_of, whole_numbers
from scheduling.solve import Progress

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as DaskFuture

PATIENCE = 10
TRIES = 3  # more, on other workers, for a problem whose worker could not solve it


@dataclass(frozen=True)
class Cluster:
    """The Dask cluster whose scheduler has this address, like tcp://127.0.0.1:8786.

    A worker that dies loses nothing: the scheduler gives what it had to another.
    patience, for_a_worker: seconds for the scheduler to answer, and for a first worker to be there.
    """

    address: str
    patience: float = PATIENCE
    for_a_worker: float = PATIENCE

    @contextmanager
    def opened(self, work: Work, problems: int) -> Iterator["ClusterCrew"]:
        """Connected. Raises PlaceError for a missing package, scheduler or worker."""
        client = self._connected()
        try:
            if not client.nthreads():
                self._wait_for_a_worker(client)
            yield ClusterCrew(client, work)
        finally:
            with suppress(TimeoutError):  # of a scheduler that is gone
                client.close()

    def _connected(self) -> "Client":
        try:
            from distributed import Client, Security
        except ImportError:
            raise PlaceError(
                "A cluster needs the package distributed: install hotline[cluster]."
            ) from None
        own = Security().get_connection_args("client")
        if self.address.startswith("tls:") and own.get("ssl_context") is None:
            raise PlaceError(f"{self.address} wants TLS, and Dask's configuration here has none.")
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # we say it ourselves
        try:
            return Client(self.address, timeout=self.patience, set_as_default=False)
        except (OSError, ValueError):
            raise PlaceError(f"No Dask scheduler answers at {self.address}.") from None

    def _wait_for_a_worker(self, client: "Client") -> None:
        try:
            client.wait_for_workers(1, timeout=self.for_a_worker)
        except TimeoutError:
            raise PlaceError(f"The Dask scheduler at {self.address} has no worker.") from None


class ClusterCrew:
    """A connection to the scheduler."""

    def __init__(self, client: "Client", work: Work) -> None:
        self._client, self._work = client, work
        self._aloft: set[DaskFuture[str]] = set()  # what nobody holds, Dask forgets
        self._topic = f"hotline-{uuid4()}"
        self._words: SimpleQueue[tuple[int, Progress]] = SimpleQueue()
        client.subscribe_topic(self._topic, self._hear)

    def width(self) -> int:
        """The threads of all workers that are there now."""
        scheduler = self._client.scheduler
        if scheduler is None:  # given up
            return 0
        try:
            threads: dict[str, int] = self._client.sync(scheduler.ncores)
        except OSError:
            return 0
        return max(1, sum(threads.values()))

    def submit(self, number: int, payload: str) -> Future[str]:
        """Begin with a problem; the future is cancelled if the scheduler goes."""
        order = (self._work, payload, number, self._topic, code_here())
        there = self._client.submit(on_a_node, *order, retries=TRIES, pure=False)
        here: Future[str] = Future()
        there.add_done_callback(partial(pass_on, here))
        self._aloft.add(there)
        here.add_done_callback(lambda _: self._aloft.discard(there))
        return here

    def heard(self) -> Iterable[tuple[int, Progress]]:
        """The words that came in."""
        while not self._words.empty():
            yield self._words.get()

    def enough(self) -> None:
        """Nodes do not hear it: what runs on one answers at its own limit."""

    def stop(self) -> None:
        """What has not begun will not; what runs on a node ends at its own limit, unheard."""
        from distributed.client import ClosedClientError

        with suppress(ClosedClientError):  # its scheduler is gone
            self._client.cancel([*self._aloft])

    def _hear(self, event: tuple[float, list[int]]) -> None:
        _, (number, *word) = event
        self._words.put((number, progress_of(word)))


def pass_on(here: Future[str], there: "DaskFuture[str]") -> None:
    """Tell whoever waits here. Dask's own executor tells nothing of an answer lost on its way."""
    if there.status == "error":
        here.set_exception(there.exception())
        return
    try:
        here.set_result(there.result())
    except (OSError, CancelledError):  # the scheduler is gone
        here.cancel()
        here.set_running_or_notify_cancel()


@cache
def code_here() -> str:
    """What tells this version of the engine from any other: a digest of its modules."""
    folder = Path(__file__).parent.parent
    texts = (path.read_bytes() for path in sorted(folder.rglob("*.py")))
    return sha256(b"\0".join(texts)).hexdigest()


def on_a_node(work: Work, payload: str, number: int, topic: str, code: str) -> str:
    """What a node does. Raises PlaceError unless its code is the one that asks."""
    from distributed import get_worker

    if code != code_here():
        raise PlaceError("A worker of the cluster has another version of the program.")
    node = get_worker()
    return work(payload, lambda word: node.log_event(topic, [number, *whole_numbers(word)]), never)
