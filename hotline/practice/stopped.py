"""How does practice run ahead of the real time, the same way every time?"""

from collections.abc import Callable
from datetime import datetime, timedelta

from hotline.practice.carrier import PracticeCarrier

Between = Callable[[datetime], datetime | None]

MOST_ROUNDS = 10_000  # of the hook at one instant


class StoppedClock:
    """A clock that stands still until it is set. UTC, aware."""

    def __init__(self, start: datetime) -> None:
        assert start.tzinfo is not None, "a clock is aware of its zone"
        self._now = start

    def __call__(self) -> datetime:
        """The instant it stands at."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Go forward; never back."""
        assert instant >= self._now, "time does not run back"
        self._now = instant


class NeverQuietError(Exception):
    """The hook always wants to be called again at the same instant."""


class StoppedDriver:
    """Plays the carrier's moments one after the other and sets the clock to each.

    between(now): what the hotline must do now, called after each moment that reached the webhooks
    and when it asked for it; it returns the next instant it wants to be called at, or None.
    """

    def __init__(
        self, carrier: PracticeCarrier, clock: StoppedClock, between: Between | None = None
    ) -> None:
        self._line = carrier.timeline
        self._clock = clock
        self._between = between
        self._wanted: datetime | None = None
        self._touched = True

    def run_until(self, instant: datetime) -> None:
        """Play all that happens up to `instant`, which is included."""
        self._touched = True
        self._settle()
        while (due := self._next()) is not None and due <= instant:
            self._step(due)
        self._clock.set(max(instant, self._clock()))
        self._settle()

    def run_for(self, span: timedelta) -> None:
        """Play what happens in the next `span`."""
        self.run_until(self._clock() + span)

    def run_to_end(self, patience: timedelta = timedelta(hours=1)) -> None:
        """Play until nothing is planned any more and the hook brought nothing for `patience`."""
        self._touched = True
        self._settle()
        last = self._clock()
        while (due := self._next()) is not None:
            if self._line.next_due() is not None:
                last = due
            elif due > last + patience:
                return
            self._step(due)

    def _next(self) -> datetime | None:
        dues = [due for due in (self._line.next_due(), self._wanted) if due is not None]
        return min(dues, default=None)

    def _step(self, due: datetime) -> None:
        self._clock.set(max(due, self._clock()))
        moment = self._line.next_moment(self._clock())
        if moment is not None:
            with self._line.lock:
                moment.action()
        self._settle()

    def _settle(self) -> None:
        """Send what waits to be sent and let the hotline do what is due, until both are quiet."""
        for _ in range(MOST_ROUNDS):
            self._send()
            if not self._touched and not self._hook_is_due():
                return
            self._touched = False
            self._wanted = self._between(self._clock()) if self._between else None
        raise NeverQuietError

    def _hook_is_due(self) -> bool:
        return self._wanted is not None and self._wanted <= self._clock()

    def _send(self) -> None:
        while errands := self._line.errands():
            self._touched = True
            for errand in errands:
                done = errand.run()
                with self._line.lock:
                    done()
