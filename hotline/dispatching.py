"""Threads that send orders and notices as soon as they are committed and due."""

import logging
import threading
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

NAP: Final = 0.25  # seconds; orders that are due later, or were committed by another process
THREADS: Final = 4


class Dispatcher:
    """Sends what is due; `poke` says that there is something new."""

    def __init__(self, send: Callable[[], int], threads: int = THREADS, nap: float = NAP) -> None:
        """send: sends some of what is due and returns how much it was; nap: in seconds."""
        self._send = send
        self._nap = nap
        self._news = threading.Semaphore(0)
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
        for _ in self._threads:
            self._news.release()
        for thread in self._threads:
            thread.join()

    def poke(self) -> None:
        """Have somebody look at once."""
        self._news.release()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._news.acquire(timeout=self._nap)
            try:
                while not self._stopping.is_set() and self._send():
                    pass
            except Exception:  # a database that is away for a moment must not end the thread
                log.exception("could not send")
