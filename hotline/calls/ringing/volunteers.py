"""A volunteer's key takes the call or passes it on."""

from typing import Final

from hotline.calls.colleagues.bringing import not_coming
from hotline.calls.colleagues.coming import comes_in
from hotline.calls.instructions import HangUp, Instructions
from hotline.calls.ringing.moving import (
    HANG_UP_WITHIN,
    keep_moving,
    stop_ringing,
)
from hotline.calls.ringing.whispering import too_late, whispered_again
from hotline.calls.states import CallEvent, CallState, LegResult, LegState, Part
from hotline.calls.talk.talking import into_talk, leg_at
from hotline.calls.turn import UNHEARD_FOR, Turn
from hotline.calls.wait.waiting import call_now
from hotline.promises.placing import place
from hotline.store.calling.endings import (
    end_answered,
)
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import (
    StoredLeg,
    advance_leg,
)
from hotline.store.calling.moves import move_call, wave_ended
from hotline.store.duty.reach import reached
from hotline.store.sending.outbox import NewOrder, Order, post

ACCEPT_KEY: Final = "1"


DECLINE_KEY: Final = "2"


def volunteer_pressed(turn: Turn, token: str, digits: str) -> Instructions:
    """1 takes the call if nobody was first, 2 passes it on; with another key, once more."""
    leg = leg_at(turn, token)
    if leg.state is not LegState.ANSWERED:
        return too_late(turn, leg)
    if digits in (ACCEPT_KEY, DECLINE_KEY):
        return _accepts(turn, leg) if digits == ACCEPT_KEY else _passes_on(turn, leg)
    return whispered_again(turn, leg)


def volunteer_pressed_again(turn: Turn, token: str, digits: str) -> Instructions:
    """The same the second time: then whatever is not 1 passes the call on."""
    leg = leg_at(turn, token)
    if leg.state is not LegState.ANSWERED:
        return too_late(turn, leg)
    return _accepts(turn, leg) if digits == ACCEPT_KEY else _passes_on(turn, leg)


def _passes_on(turn: Turn, leg: StoredLeg) -> Instructions:
    if end_answered(turn.db, leg.id, LegResult.PASSED, turn.now):
        turn.note(Happening(leg.call, "leg-passed", leg.id))
        not_coming(turn, leg)
        keep_moving_after(turn, leg)
    return (turn.say("passed", turn.line(leg.line)), HangUp())


def _accepts(turn: Turn, leg: StoredLeg) -> Instructions:
    if leg.part is not Part.ANSWER:
        return comes_in(turn, leg) or too_late(turn, leg)
    if call_now(turn, leg.call).state is CallState.OFFERED:
        return place(turn, leg)
    if not _wins(turn, leg):
        end_answered(turn.db, leg.id, LegResult.LOST, turn.now)
        return too_late(turn, leg)
    joining = turn.say("joining", turn.line(leg.line))
    if leg.by_dial:  # the bridge follows the end of these words
        move_call(turn.db, leg.call, CallEvent.CALLER_JOINED, joined=turn.now)
        return (joining,)
    order = NewOrder(Order.MOVE, leg.call, leg.id, turn.now, turn.now + HANG_UP_WITHIN)
    post(turn.db, [order])
    return (joining, into_talk(turn, call_now(turn, leg.call), leg))


def _wins(turn: Turn, leg: StoredLeg) -> bool:
    """One UPDATE decides who takes the call; the winner's colleagues are set free."""
    longest = turn.settings.answering.longest_talk
    expected = turn.later(longest + 60) if leg.by_dial else turn.now + UNHEARD_FOR
    event = CallEvent.LEG_ACCEPTED
    if not move_call(turn.db, leg.call, event, leg_id=leg.id, accepted=turn.now, expected=expected):
        return False
    until = turn.later(longest)
    reached(turn.db, leg.person, turn.now)
    advance_leg(turn.db, leg.id, (LegState.ANSWERED,), LegState.ACCEPTED, until)
    stop_ringing(turn, leg.call, LegResult.LOST)
    turn.note(Happening(leg.call, "accepted", leg.id))
    return True


def keep_moving_after(turn: Turn, leg: StoredLeg) -> None:
    """The leg's call waits again if nothing else rings for it, and is rung for at once."""
    wave_ended(turn.db, [leg.call])
    keep_moving(turn)
