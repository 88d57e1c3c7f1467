"""Who moves calls on after an answer was given: not the caller who waits for that answer."""

import logging
from collections.abc import Callable

from hotline.calls.ringing.moving import keep_moving_unseen
from hotline.calls.turn import Turn
from hotline.parts import Parts
from hotline.privacy import Privacy
from hotline.store.owed.overdue import anything_to_move

log = logging.getLogger(__name__)


def mover(parts: Parts, privacy: Privacy) -> Callable[[], None]:
    """What starts waves and ends what is overdue, for all calls, in a transaction of its own.

    It raises nothing: the next answer or the worker tries again.
    """

    def move() -> None:
        try:
            with parts.store.reading() as db:
                idle = not anything_to_move(db, parts.clock())
            if not idle:
                parts.store.settled(
                    lambda db: keep_moving_unseen(Turn(db, parts.settings, privacy, parts.clock()))
                )
        except Exception:  # whatever it is: the caller has an answer, and asks again in seconds
            log.exception("could not move the calls on")

    return move
