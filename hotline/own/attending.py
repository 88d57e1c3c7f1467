"""Coming, going and resting, said on the page: as by telephone and text."""

from datetime import timedelta
from typing import Final

from hotline.calls.ringing.moving import keep_moving
from hotline.calls.turn import Turn
from hotline.duty import BREAK_ENDS_AFTER, Attended, PersonId, ToldBy
from hotline.store.duty.attendance import NewFact, attend

SAID: Final = (
    Attended.CHECKED_IN,
    Attended.CHECKED_OUT,
    Attended.BREAK_BEGAN,
    Attended.BREAK_ENDED,
)
RUNG_AGAIN: Final = (Attended.CHECKED_IN, Attended.BREAK_ENDED)  # so who waits is rung for at once


def say_attended(turn: Turn, person: PersonId, kind: Attended) -> None:
    """Keep what somebody says; a break ends by itself."""
    rest: timedelta | None = BREAK_ENDS_AFTER if kind is Attended.BREAK_BEGAN else None
    until = None if rest is None else turn.now + rest
    attend(turn.db, NewFact(person, kind, turn.now, ToldBy.CONSOLE, until))
    if kind in RUNG_AGAIN:
        keep_moving(turn)
