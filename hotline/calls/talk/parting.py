"""What a caller gets next by where the call stands; after a talk, goodbye or somebody else.

A carrier cannot tell a volunteer who hung up from one whose battery died (ADR 21).
"""

from typing import Final

from hotline.calls.arrival.asking import asked
from hotline.calls.closing import goodbye
from hotline.calls.exit.exits import exit_told
from hotline.calls.instructions import Ask, GoTo, Instructions
from hotline.calls.keys import EMERGENCY
from hotline.calls.paths import again, held, onward
from hotline.calls.paths import goodbye as goodbye_path
from hotline.calls.ringing.moving import keep_moving
from hotline.calls.states import CallEvent, CallState, Place
from hotline.calls.talk.joining import meet
from hotline.calls.turn import UNHEARD_FOR, Turn
from hotline.calls.wait.hurrying import hurried
from hotline.calls.wait.patience import patiently
from hotline.calls.wait.waiting import IN_QUEUE, call_at, wait_on, waits_again
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import leg_of_id
from hotline.store.calling.moves import move_call, note_on_call

AGAIN_KEY: Final = "1"
FINISHED_KEY: Final = "2"
FINISHED_SECONDS: Final = 2  # the caller is called for meanwhile
HELD_COUNTS: Final = 1000  # an address counts so many times the age of the call, and the visits


def caller_joins(turn: Turn, token: str) -> Instructions:
    """REST moved the caller, or words are over: the conversation, or what there is instead."""
    call = call_at(turn, token)
    match call.state:
        case CallState.ASKED:
            return asked(turn, call, 0)
        case CallState.ACCEPTED | CallState.TALKING:
            return meet(turn, call)
        case CallState.WAITING | CallState.RINGING:
            return wait_on(turn, call, keep_moving(turn))
        case CallState.EXITING:
            return exit_told(turn, call, 0)
        case CallState.HELD:
            return (GoTo(held(token, HELD_COUNTS * turn.age(call))),)
        case _:
            return parting(turn, call)


def parting(turn: Turn, call: StoredCall) -> Instructions:
    """The volunteer is gone, whatever the reason."""
    if call.state is not CallState.PARTING:
        return goodbye(turn, call)
    leg = leg_of_id(turn.db, call.leg) if call.leg else None
    if leg is not None and leg.place is Place.DONE:
        return _ended_properly(turn, call)
    return _dropped_out(turn, call)


def _ended_properly(turn: Turn, call: StoredCall) -> Instructions:
    note_on_call(turn.db, call.id, expected=turn.later(60))
    line = turn.line_of(call)
    words, path = (turn.say("volunteer_ended", line),), again(call.token, turn.age(call))
    return (*patiently(turn, line, words, path), GoTo(goodbye_path(call.token)))


def _dropped_out(turn: Turn, call: StoredCall) -> Instructions:
    """The caller is rung for while they hear of it: the words delay nothing."""
    move_call(
        turn.db,
        call.id,
        CallEvent.WAITS_AGAIN,
        since=turn.now,
        leg_id=None,
        accepted=None,
        cut_off=True,
        expected=turn.now + UNHEARD_FOR,
    )
    turn.note(Happening(call.id, "volunteer-dropped", call.leg))
    keep_moving(turn)
    words, age = turn.say("volunteer_left", turn.line_of(call)), turn.age(call)
    question = Ask((words,), again(call.token, age), FINISHED_SECONDS)
    return (question, GoTo(onward(call.token, age)))


def caller_asks_again(turn: Turn, token: str, digits: str) -> Instructions:
    """After a proper end 1 brings somebody else; after a drop-out only 2 ends the call.

    The emergency key brings somebody after either.
    """
    call = call_at(turn, token)
    urgent = digits == EMERGENCY and call.state in (CallState.PARTING, *IN_QUEUE)
    words = hurried(turn, call) if urgent else ()
    if call.state is CallState.PARTING:
        if not digits:  # the key was lost on its way
            return parting(turn, call)
        more = urgent or digits == AGAIN_KEY
        return (*words, *waits_again(turn, call.id)) if more else goodbye(turn, call)
    if digits == FINISHED_KEY:
        return goodbye(turn, call)
    return (*words, *caller_joins(turn, token))
