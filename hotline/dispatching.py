"""Threads that work as soon as they are told of news: calls move, orders and notices are sent."""

import logging
import threading
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

NAP: Final = 0.05  # seconds; orders that are due later, or were committed by another process


class Dispatcher:
    """Sends what is due; `poke` says that there is something new, however often it is told."""

    def __init__(self, send: Callable[[], int], threads: int = 1, nap: float = NAP) -> None:
        """send: sends some of what is due and returns how much it was; nap: in seconds."""
        self._send = send
        self._nap = nap
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"dispatcher-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Begin; returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._stopping.set()
        self._news.set()
        for thread in self._threads:
            thread.join()

    def poke(self) -> None:
        """Have every thread look at once."""
        self._news.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._news.wait(self._nap)
            self._news.clear()
            try:
                while not self._stopping.is_set() and self._send():
                    pass
            except Exception:  # a database that is away for a moment must not end the thread
                log.exception("could not send")
