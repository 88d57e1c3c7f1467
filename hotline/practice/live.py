"""How does practice run at the pace of the clock on the wall?"""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from hotline.practice.carrier import PracticeCarrier
from hotline.practice.exchange.timeline import Errand

LONGEST_NAP = 0.25  # seconds; a clock may run faster than the wall's
THREADS = 8


class LiveDriver:
    """One thread for the moments, more for the webhooks: a slow answer stalls no other call."""

    def __init__(self, carrier: PracticeCarrier, threads: int = THREADS) -> None:
        self._line = carrier.timeline
        self._threads = threads
        self._stopping = False
        self._broken: list[BaseException] = []
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        assert self._thread is None, "started twice"
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="practice-carrier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, after webhooks under way have been answered; raises what broke one of them."""
        with self._line.changed:
            self._stopping = True
            self._line.changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        for broken in self._broken:
            raise broken

    def _run(self) -> None:
        with ThreadPoolExecutor(self._threads, thread_name_prefix="practice-webhook") as pool:
            while not self._stopping:
                self._step()
                for errand in self._line.errands():
                    pool.submit(self._send, errand).add_done_callback(self._look)

    def _step(self) -> None:
        """Do the next moment that is due, or nap until one is."""
        with self._line.changed:
            moment = self._line.next_moment(self._line.now())
            if moment is not None:
                moment.action()
                return
            due = self._line.next_due()
            ahead = (due - self._line.now()).total_seconds() if due else LONGEST_NAP
            self._line.changed.wait(min(max(ahead, 0.0), LONGEST_NAP))

    def _send(self, errand: Errand) -> None:
        self._line.soon(errand.run())

    def _look(self, sent: "Future[None]") -> None:
        broken = sent.exception()
        if broken is not None:
            self._broken.append(broken)
