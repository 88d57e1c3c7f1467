"""A volunteer saw that the caller is in danger: nobody who is stays blocked."""

from typing import Final

from hotline.calls.ringing.facts import CallId
from hotline.calls.turn import Turn
from hotline.duty import PersonId
from hotline.store.calling.callers import lift_block

IN_DANGER: Final = frozenset({"medium", "high"})  # risks after which nobody may be blocked


def risk_seen(turn: Turn, call: CallId, by: PersonId, risk: str) -> None:
    """A block of the caller ends with it, if there is one; a supervisor may decide anew."""
    if risk in IN_DANGER:
        lift_block(turn.db, call, by, turn.now)
