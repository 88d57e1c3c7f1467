"""The volunteer's way into the room, the wait in it, and the end of their part in a talk."""

from typing import Final

from hotline.calls.closing import talk_ended
from hotline.calls.instructions import DropOut, GoTo, Instructions, Manner, Meet, Pause
from hotline.calls.paths import leg_done, room_events, volunteer_alone
from hotline.calls.ringing.moving import keep_moving, legs_over
from hotline.calls.states import (
    SUPERVISE,
    CallEvent,
    CallState,
    LegResult,
    LegState,
    Part,
    Place,
)
from hotline.calls.talk.missing import looked_for
from hotline.calls.talk.room import AWAY, TalkLeg, heir
from hotline.calls.turn import UNHEARD_FOR, Turn, UnknownCallError
from hotline.calls.wait.waiting import call_now
from hotline.promises.leaving import leaves_placing
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.endings import end_answered
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg, hold_call_of_leg, leg_of_token
from hotline.store.calling.moves import move_call, note_on_call
from hotline.store.talking.handovers import pending_handover
from hotline.store.talking.talks import legs_of_talk, move_leg, stay_until, take_over

COUNTS: Final = 10  # an address counts ten times the age of the call, and the visits
ALONE_VISITS: Final = 8  # some 4 seconds each; the caller comes within one visit of their own loop
COMES_OUT: Final = 120  # seconds after the longest talk: the wait for the caller, and the way out
MANNER: Final = {Part.LISTEN: Manner.LISTENS, Part.COACH: Manner.COACHES}
TALKS: Final = frozenset({CallState.TALKING, CallState.HELD})


def leg_at(turn: Turn, token: str) -> StoredLeg:
    """The leg of a web address; UnknownCallError if there is none."""
    hold_call_of_leg(turn.db, token)
    leg = leg_of_token(turn.db, token)
    if leg is None:
        raise UnknownCallError("no leg has this address")
    turn.told.call, turn.told.leg = leg.call, leg.id
    return leg


def takes_part(call: StoredCall, leg: StoredLeg) -> bool:
    """Whether the conversation goes on and this leg is in it."""
    return call.state in TALKS and leg.state is LegState.ACCEPTED


def stay(turn: Turn, leg: StoredLeg) -> None:
    """This leg is outside of the room and asks us again soon, or is over."""
    stay_until(turn.db, leg.id, turn.now + UNHEARD_FOR, turn.now)


def back(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """To the caller again; their own loop brings them into the room within seconds."""
    move_leg(turn.db, leg.id, AWAY, Place.ROOM)
    return (turn.say("joining", turn.line(leg.line)), into_talk(turn, call, leg))


def into_talk(turn: Turn, call: StoredCall, leg: StoredLeg) -> Meet:
    """Into the room, as what this leg is there for."""
    longest = turn.settings.answering.longest_talk
    stay_until(turn.db, leg.id, turn.later(longest + COMES_OUT), turn.now)
    others = [each for each in legs_of_talk(turn.db, call.id) if each.id != leg.id]
    number = COUNTS * turn.age(call)
    return Meet(
        call.token,
        volunteer_alone(leg.token, number),
        leg_done(leg.token, number),
        longest,
        room_events(call.token),
        _manner(leg, call, others),
        star=leg.id == call.leg or leg.part in SUPERVISE,
        coached=next((each.sid for each in others if each.id == call.leg), None),
    )


def _manner(leg: StoredLeg, call: StoredCall, others: list[TalkLeg]) -> Manner:
    """A helper may leave without the room's ending, as long as somebody else is with the caller."""
    if leg.part in MANNER:
        return MANNER[leg.part]
    accompanied = any(o.id == call.leg and o.place is Place.ROOM for o in others)
    helps = leg.part in (Part.HELP, Part.JOIN) and accompanied
    return Manner.HELPS if helps else Manner.TALKS


def volunteer_stands_alone(turn: Turn, token: str, number: int) -> Instructions:
    """Words while the caller comes; out of the room when they never will."""
    leg = leg_at(turn, token)
    call = looked_for(turn, call_now(turn, leg.call), leg, number // COUNTS)
    if call.state is CallState.PLACING and call.leg == leg.id:
        return _rings_still(turn, call, leg)
    coming = call.state is CallState.ACCEPTED and call.leg == leg.id
    if not (coming or takes_part(call, leg)) or number % COUNTS >= ALONE_VISITS:
        return (DropOut(),)
    onward = GoTo(volunteer_alone(token, number + 1))
    return (turn.say("joining", turn.line(leg.line)), Pause(2), onward)


def _rings_still(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """Words while a caller's telephone rings, as long as that is allowed to take."""
    onward = GoTo(volunteer_alone(leg.token, COUNTS * turn.age(call)))
    return (turn.say("placing_still", turn.line(leg.line)), Pause(2), onward)


def let_go(turn: Turn, call: StoredCall, leg: StoredLeg) -> None:
    """Free somebody who accepted. A caller who had not joined yet waits again, first in the queue.

    Whoever else is with the caller answers for the conversation from now on.
    """
    event = CallEvent.VOLUNTEER_LEFT
    if call.state is CallState.PLACING and call.leg == leg.id:
        leaves_placing(turn, call, leg)
        return
    if call.leg == leg.id and move_call(turn.db, call.id, event, leg_id=None, accepted=None):
        legs_over(turn, end_answered(turn.db, leg.id, LegResult.PASSED, turn.now))
        keep_moving(turn)
        return
    if not talk_ended(turn, call, leg.id) or call.state not in TALKS or call.leg != leg.id:
        return
    next_one = heir(legs_of_talk(turn.db, call.id), leg.id)
    if next_one is None and pending_handover(turn.db, call.id) is None:
        note_on_call(turn.db, call.id, expected=turn.later(60))
    elif next_one is not None and take_over(turn.db, call.id, leg.id, next_one.id):
        turn.note(Happening(call.id, "took-over", next_one.id))
