"""A hotline whose database goes away, or whose webhooks do not arrive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from hotline.practice.wire import Message, Reply, Transport, WireError
from hotline.store import Session, Store
from tests.scenarios.stage import Hotline

T = TypeVar("T")


class Failing(Store):
    """A store whose transactions fail in certain stretches of time."""

    clock: Callable[[], datetime]

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.away: tuple[datetime, datetime] | None = None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, or none."""
        self._is_there()
        with super().writing() as db:
            yield db

    def settled(self, work: Callable[[Session], T]) -> T:
        """Likewise."""
        self._is_there()
        return super().settled(work)

    def _is_there(self) -> None:
        if self.away and self.away[0] <= self.clock() < self.away[1]:
            raise OSError("the database is away")


def away(hotline: Hotline, start: float, seconds: float) -> None:
    """Have the database go away so many seconds from now."""
    assert isinstance(hotline.store, Failing)
    hotline.without_worker()  # its errors are the dispatcher's to log
    begins = hotline.clock() + timedelta(seconds=start)
    hotline.store.away = (begins, begins + timedelta(seconds=seconds))


class Deaf:
    """A way to the webhooks on which whatever has `lost` in its address is lost."""

    def __init__(self, way: Transport, lost: str) -> None:
        self._way, self._lost = way, lost

    def send(self, message: Message) -> Reply:
        """The answer, or none."""
        if self._lost in message.url:
            raise WireError(11200, "it never arrived")
        return self._way.send(message)


def loses(hotline: Hotline, lost: str) -> None:
    """From now on whatever has `lost` in its address does not arrive."""
    exchange = hotline.carrier._exchange
    exchange.transport = Deaf(exchange.transport, lost)
