"""How a call ends: last words, exactly one outcome, and every telephone set free."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.instructions import HangUp, Instructions
from hotline.calls.ringing.moving import legs_over, stop_ringing
from hotline.calls.states import CallState, LegResult, Outcome
from hotline.calls.turn import Turn
from hotline.calls.wait.hurrying import emergency_of
from hotline.duty import LegId
from hotline.oversight.alarms import AlarmKind
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.endings import (
    EndedLeg,
    end_talk,
    end_talks,
)
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import close_call, never_met, note_on_call
from hotline.store.owed.promising import has_callback
from hotline.store.sending.alarms import clear_alarm

# The volunteer still hears that it is over; a telephone in use must not be rung.
LAST_WORDS: Final = 15
# A recording or a partner's conversation reports itself just after the caller has hung up.
LONG: Final = timedelta(minutes=1)  # no shorter conversation has raised an alarm
LAST_REPORT: Final = timedelta(seconds=10)
CONNECTING: Final = timedelta(seconds=3)  # the words on the way into the room


def goodbye(turn: Turn, call: StoredCall) -> Instructions:
    """The last words; the call is closed with what it came to."""
    closed(turn, call, outcome_so_far(turn, call))
    return (turn.say("goodbye", turn.line_of(call)), HangUp())


def gone(turn: Turn, call: StoredCall) -> None:
    """The caller has hung up. Whoever rings for the call is set free."""
    if call.state is CallState.CLOSED:
        return
    if call.state is CallState.EXITING:
        note_on_call(turn.db, call.id, expected=turn.now + LAST_REPORT)
        return
    if call.joined is not None and turn.now - call.joined < CONNECTING and not call.callback:
        gone_unmet(turn, call)
        return
    closed(turn, call, outcome_so_far(turn, call))


def gone_unmet(turn: Turn, call: StoredCall) -> None:
    """The caller hung up on the way into the room: if nobody else spoke with them, nobody did."""
    if never_met(turn.db, call.id):
        call = replace(call, joined=None)
    closed(turn, call, outcome_so_far(turn, call))


def outcome_so_far(turn: Turn, call: StoredCall) -> Outcome:
    """What the call came to, if it ended now."""
    if call.joined is not None:
        return Outcome.ANSWERED
    if has_callback(turn.db, call.id):
        return Outcome.CALLBACK
    return _WITHOUT_A_TALK.get(call.state, Outcome.LEFT)


_WITHOUT_A_TALK: Final = {
    CallState.EXITING: Outcome.EXITED,
    CallState.OFFERED: Outcome.UNPLACED,
    CallState.PLACING: Outcome.UNREACHED,
}


def closed(turn: Turn, call: StoredCall, outcome: Outcome) -> None:
    """End the call with `outcome`, unless it has one already."""
    if not close_call(turn.db, call.id, outcome, turn.now):
        return
    if call.urgent:
        clear_alarm(turn.db, AlarmKind.EMERGENCY, emergency_of(call), turn.now)
    stop_ringing(turn, call.id, LegResult.CANCELLED)
    if call.leg is not None:
        legs_over(turn, end_talks(turn.db, call.id, *_freed(turn, call)))
    if call.joined is not None and turn.now - call.joined > LONG:
        clear_alarm(turn.db, AlarmKind.LONG_TALK, f"{call.line}/{call.id}", turn.now)
    turn.note(Happening(call.id, f"closed-{outcome}"))


def talk_ended(turn: Turn, call: StoredCall, leg: LegId) -> tuple[EndedLeg, ...]:
    """The volunteer of `leg` is in wrap-up from now on, if they were not before."""
    ended = end_talk(turn.db, leg, *_freed(turn, call))
    legs_over(turn, ended)
    return ended


def _freed(turn: Turn, call: StoredCall) -> tuple[datetime, datetime, timedelta]:
    """Now, when those who talked may be rung again, and how long they talked."""
    wrap_up = turn.settings.answering.wrap_up if call.joined else 0
    return turn.now, turn.later(max(wrap_up, LAST_WORDS)), turn.now - (call.joined or turn.now)
