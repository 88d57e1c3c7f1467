"""The caller's side of a conversation: into the room, out of it, and whether it was enough."""

from typing import Final

from hotline.calls.asking import asked
from hotline.calls.closing import gone, goodbye, talk_ended
from hotline.calls.exits import exit_told
from hotline.calls.instructions import Ask, DropOut, GoTo, Instructions, Meet, Pause
from hotline.calls.moving import keep_moving
from hotline.calls.paths import again, caller_alone, talked
from hotline.calls.paths import goodbye as goodbye_path
from hotline.calls.states import CallEvent, CallState, LegState
from hotline.calls.turn import Turn
from hotline.calls.waiting import call_at, call_now, wait_on, waits_again
from hotline.store.calls import Happening, StoredCall, move_call, note_on_call
from hotline.store.legs import leg_of_id

COUNTS: Final = 10  # an address counts ten times the age of the call, and the visits
ALONE_VISITS: Final = 5  # some 4 seconds each
PARTING_SECONDS: Final = 5
AGAIN_KEY: Final = "1"


def caller_joins(turn: Turn, token: str) -> Instructions:
    """REST moved the caller: the conversation, or what there is if it fell through meanwhile."""
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
        case CallState.PARTING:
            return parting(turn, call)
        case _:
            return goodbye(turn, call)


def meet(turn: Turn, call: StoredCall) -> Instructions:
    """Into the room where the volunteer is."""
    longest = turn.settings.answering.longest_talk
    expected = turn.later(longest + 60)
    event = CallEvent.CALLER_JOINED
    if move_call(turn.db, call.id, event, joined=turn.now, expected=expected):
        turn.note(Happening(call.id, "joined", call.leg))
    age = turn.age(call)
    return (
        turn.say("connecting", turn.line_of(call)),
        Meet(call.token, caller_alone(call.token, COUNTS * age), talked(call.token, age), longest),
    )


def caller_stands_alone(turn: Turn, token: str, number: int) -> Instructions:
    """Words while the volunteer enters; out of the room when they are not there to come."""
    call = call_at(turn, token)
    leg = leg_of_id(turn.db, call.leg) if call.leg else None
    there = leg is not None and leg.state is LegState.ACCEPTED
    if call.state is not CallState.TALKING or not there or number % COUNTS >= ALONE_VISITS:
        never_met(turn, call)
        return (DropOut(),)
    onward = GoTo(caller_alone(token, number + 1))
    return (turn.say("alone", turn.line_of(call)), Pause(2), onward)


def never_met(turn: Turn, call: StoredCall) -> None:
    """Nobody came to this caller: the call is not answered yet."""
    if call.state is CallState.TALKING:
        note_on_call(turn.db, call.id, joined=None)


def caller_talked(turn: Turn, token: str, call_status: str) -> Instructions:
    """The conversation is over: goodbye, or another volunteer if the caller had not finished."""
    call = call_at(turn, token)
    if call_status == "completed":
        gone(turn, call)
        return ()
    if call.leg is not None:
        talk_ended(turn, call, call.leg)
    if not move_call(turn.db, call.id, CallEvent.TALK_ENDED, expected=turn.later(60)):
        return goodbye(turn, call_now(turn, call.id))
    return parting(turn, call) if call.joined else waits_again(turn, call.id)


def parting(turn: Turn, call: StoredCall) -> Instructions:
    """The volunteer is gone: who had not finished gets another one."""
    words = turn.say("volunteer_left", turn.line_of(call))
    return (
        Ask((words,), again(call.token, turn.age(call)), PARTING_SECONDS),
        GoTo(goodbye_path(call.token)),
    )


def caller_asks_again(turn: Turn, token: str, digits: str) -> Instructions:
    """1: another volunteer. Another key: goodbye. None, for it was lost: the question again."""
    call = call_at(turn, token)
    if not digits and call.state is CallState.PARTING:
        return parting(turn, call)
    return waits_again(turn, call.id) if digits == AGAIN_KEY else goodbye(turn, call)
