"""The caller's way into the room where the volunteer is, and out of one where nobody is."""

from typing import Final

from hotline.calls.instructions import DropOut, GoTo, Instructions, Meet, Pause
from hotline.calls.paths import caller_alone, room_events, talked
from hotline.calls.states import CallEvent, CallState, Place
from hotline.calls.talk.room import talkers
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_at
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import move_call, never_met, note_on_call
from hotline.store.talking.talks import legs_of_talk

COUNTS: Final = 10  # an address counts ten times the age of the call, and the visits
ALONE_VISITS: Final = 5  # some 4 seconds each


def meet(turn: Turn, call: StoredCall) -> Instructions:
    """Into the room, with words: for the first time, or back from outside."""
    words = turn.say("connecting", turn.line_of(call))
    return (words, *into_room(turn, call))


def into_room(turn: Turn, call: StoredCall) -> Instructions:
    """The same without words."""
    longest = turn.settings.answering.longest_talk
    until = turn.later(longest + 60)
    first = {"joined": turn.now, "time_told": 0}
    if move_call(turn.db, call.id, CallEvent.CALLER_JOINED, expected=until, **first):
        turn.note(Happening(call.id, "joined", call.leg))
    elif move_call(turn.db, call.id, CallEvent.TALK_RESUMED, expected=until):
        turn.note(Happening(call.id, "resumed", call.leg))
    else:
        note_on_call(turn.db, call.id, expected=until)
    age = turn.age(call)
    alone, after = caller_alone(call.token, COUNTS * age), talked(call.token, age)
    return (Meet(call.token, alone, after, longest, room_events(call.token)),)


def caller_stands_alone(turn: Turn, token: str, number: int) -> Instructions:
    """Words while the volunteer enters; out of the room when they are not there to come."""
    call = call_at(turn, token)
    there = [leg for leg in talkers(legs_of_talk(turn.db, call.id)) if leg.place is Place.ROOM]
    if call.state is not CallState.TALKING or not there or number % COUNTS >= ALONE_VISITS:
        if _is_first_stay(call, number):
            never_met(turn.db, call.id)  # the call is not answered yet
        return (DropOut(),)
    onward = GoTo(caller_alone(token, number + 1))
    return (turn.say("alone", turn.line_of(call)), Pause(2), onward)


def _is_first_stay(call: StoredCall, number: int) -> bool:
    """Whether this stay in the room began with the conversation."""
    if call.joined is None:
        return False
    return number // COUNTS == int((call.joined - call.arrived).total_seconds())
