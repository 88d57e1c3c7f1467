"""What is due next, and what must be asked of the outside meanwhile?"""

import heapq
import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hotline.ports import Clock

Action = Callable[[], None]


@dataclass(order=True)
class Moment:
    """Something to do at an instant; of equal instants the first planned comes first."""

    due: datetime
    order: int
    action: Action = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """It will not be done."""
        self.cancelled = True


@dataclass(frozen=True)
class Errand:
    """Something that leaves the carrier: `run` outside the lock, then what it returns inside."""

    run: Callable[[], Action]


class Timeline:
    """Moments in order. `lock` guards the whole exchange; nothing is sent while it is held."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self._moments: list[Moment] = []
        self._errands: deque[Errand] = deque()
        self._order = itertools.count()

    def now(self) -> datetime:
        """The instant it is."""
        return self.clock()

    def at(self, due: datetime, action: Action) -> Moment:
        """Plan `action`."""
        with self.changed:
            moment = Moment(due, next(self._order), action)
            heapq.heappush(self._moments, moment)
            self.changed.notify()
            return moment

    def after(self, seconds: float, action: Action) -> Moment:
        """Plan `action` so many seconds from now."""
        return self.at(self.now() + timedelta(seconds=seconds), action)

    def soon(self, action: Action) -> Moment:
        """Plan `action` for this very instant, after what is planned for it already."""
        return self.at(self.now(), action)

    def send(self, errand: Errand) -> None:
        """Have something sent as soon as the lock is free."""
        self._errands.append(errand)

    def next_due(self) -> datetime | None:
        """When the next moment is due."""
        with self.lock:
            while self._moments and self._moments[0].cancelled:
                heapq.heappop(self._moments)
            return self._moments[0].due if self._moments else None

    def next_moment(self, until: datetime) -> Moment | None:
        """The first moment that is due by `until`, taken out."""
        with self.lock:
            due = self.next_due()
            return heapq.heappop(self._moments) if due is not None and due <= until else None

    def errands(self) -> list[Errand]:
        """All that waits to be sent, taken out."""
        with self.lock:
            waiting = list(self._errands)
            self._errands.clear()
            return waiting
