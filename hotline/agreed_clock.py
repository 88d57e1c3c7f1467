"""The time that a serving process goes by: one that all processes share, and that never leaps.

A call is closed, and a person freed, because it is later than somebody wrote down. So a clock that
is set by minutes, on one machine of several or on the only one, would hang up on everybody who
waits. Therefore a process counts the seconds itself and follows the reference slowly.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from hotline.ports import Clock

log = logging.getLogger(__name__)

EVERY: Final = timedelta(seconds=10)
SHARE: Final = 0.25  # of the seconds that pass, by which a difference is made up
NOTICED: Final = timedelta(seconds=2)
# The roster must be read by the right hour, so what differs by more is believed at once.
FOLLOWED_SLOWLY: Final = timedelta(hours=1)


class AgreedClock:
    """A Clock. reference: asked now and then, may fail; passed: seconds that never leap."""

    def __init__(
        self, reference: Clock, wall: Clock, passed: Callable[[], float] = time.monotonic
    ) -> None:
        """wall: believed while the reference does not answer at the start."""
        self._reference, self._passed = reference, passed
        self._lock = threading.Lock()
        self._at, self._owed = passed(), timedelta(0)
        try:
            self._now = reference()
        except Exception:  # the database may be away; it is asked again soon
            log.exception("the shared clock cannot be read; going by this machine's")
            self._now = wall()

    def __call__(self) -> datetime:
        """Now; later than it was, unless hours were wrong."""
        with self._lock:
            return self._moved_on()

    def agree(self) -> None:
        """Compare with the reference. What differs is made up slowly, unless it is hours."""
        asked = self()
        reference = self._reference()
        with self._lock:
            now = self._moved_on()
            owed = reference - asked - (now - asked) / 2
            if abs(owed) > max(NOTICED, abs(self._owed) * 1.5):
                log.warning("the clock differs by %.0f s", owed.total_seconds())
            if abs(owed) > FOLLOWED_SLOWLY:
                self._now, owed = now + owed, timedelta(0)
            self._owed = owed

    def keep_agreeing(self) -> None:
        """Compare every few seconds from now on, in a thread that ends with the process."""
        threading.Thread(target=self._run, name="clock", daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(EVERY.total_seconds())
            try:
                self.agree()
            except Exception:  # the database is away; the seconds are counted on
                log.exception("the shared clock cannot be read")

    def _moved_on(self) -> datetime:
        at = self._passed()
        passed, self._at = timedelta(seconds=at - self._at), at
        most = passed * SHARE
        made_up = max(-most, min(most, self._owed))
        self._owed -= made_up
        self._now += passed + made_up
        return self._now
