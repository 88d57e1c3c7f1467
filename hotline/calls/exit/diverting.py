"""A supervisor's word on a line: nobody answers it for a time, other desks do, or as ever."""

from datetime import datetime

from hotline.calls.ringing.moving import keep_moving
from hotline.calls.turn import Turn
from hotline.config.settings import Line
from hotline.duty import PersonId
from hotline.store.calling.lines import change_line, lift_changes
from scheduling.problem import Span


def pause_line(turn: Turn, line: Line, until: datetime, by: PersonId | None) -> None:
    """Nobody answers the line until then; its callers hear the honest exit."""
    change_line(turn.db, line.name, (), Span(turn.now, until), by)
    keep_moving(turn)


def divert_line(turn: Turn, line: Line, other: Line, until: datetime, by: PersonId | None) -> None:
    """The desks of another line answer this one until then, by their whole chain."""
    change_line(turn.db, line.name, other.desks, Span(turn.now, until), by)
    keep_moving(turn)


def resume_line(turn: Turn, line: Line, by: PersonId | None) -> bool:
    """The line is answered by its own desks again. False if it was already."""
    lifted = lift_changes(turn.db, line.name, by, turn.now)
    keep_moving(turn)
    return lifted
