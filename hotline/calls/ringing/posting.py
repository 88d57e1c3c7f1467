"""Many orders on their way to the carrier at once, so that the last telephone rings soon."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Semaphore
from typing import Final

from hotline.calls.ringing.sending import Sender, send, taken

log = logging.getLogger(__name__)

AT_ONCE: Final = 16  # requests to the carrier under way


class Postmen:
    """Threads with one order each."""

    def __init__(self, sender: Sender, at_once: int = AT_ONCE) -> None:
        self._sender = sender
        self._free = Semaphore(at_once)
        self._hands = ThreadPoolExecutor(at_once, thread_name_prefix="postman")

    def hand_out(self) -> int:
        """Take what is due, no more than can be sent at once; how much it was.

        What is taken is kept from other workers for a while, so nothing is taken to lie around.
        """
        hands = self._take_hands()
        letters = taken(self._sender, hands) if hands else ()
        for letter in letters:
            self._hands.submit(send, self._sender, letter).add_done_callback(self._back)
        for _ in range(hands - len(letters)):
            self._free.release()
        return len(letters)

    def stop(self) -> None:
        """End, after what is under way."""
        self._hands.shutdown()

    def _take_hands(self) -> int:
        hands = 0
        while self._free.acquire(blocking=False):
            hands += 1
        return hands

    def _back(self, sending: "Future[None]") -> None:
        self._free.release()
        if error := sending.exception():
            log.error("could not send an order", exc_info=error)
