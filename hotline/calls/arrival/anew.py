"""Whether a request is a new one: the carrier repeats some, and those get the same answer again."""

from hotline.calls.turn import AnsweredBeforeError, Turn
from hotline.store.calling.repeats import remembered


def anew(turn: Turn) -> None:
    """Raise AnsweredBeforeError if this request was answered before. One query."""
    known = remembered(turn.db, turn.request)
    if known is not None:
        raise AnsweredBeforeError(known)
