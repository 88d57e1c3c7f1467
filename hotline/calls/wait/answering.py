"""The caller waits, presses keys and leaves the queue: what they hear, and what is done."""

from dataclasses import dataclass
from typing import Final

from hotline.calls.closing import gone, goodbye
from hotline.calls.exit.choosing import message_taken
from hotline.calls.exit.exits import COUNTS, exit_reached, exit_told, somebody_comes, wait_left
from hotline.calls.instructions import Ask, GoTo, Instructions, Leave
from hotline.calls.keys import CALLBACK, EMERGENCY, KEY_SECONDS, MESSAGE
from hotline.calls.paths import exit_menu, visit, visit_key
from hotline.calls.ringing.moving import keep_moving, rota_now
from hotline.calls.states import CallState
from hotline.calls.talk.joining import meet
from hotline.calls.talk.parting import caller_joins
from hotline.calls.turn import Turn
from hotline.calls.wait.hurrying import hurried
from hotline.calls.wait.relaxing import wish_answered, wish_costs_time
from hotline.calls.wait.soothing import waiting_words
from hotline.calls.wait.waiting import (
    IN_QUEUE,
    call_at,
    call_visiting_at,
    person_to_dial,
    wait_on,
    wait_without_queue,
)
from hotline.promises.consent import consent_asked
from hotline.store.calling.calls import StoredCall, call_of_sid
from hotline.store.calling.moves import note_on_call

GONE: Final = frozenset({"completed", "canceled", "failed", "busy", "no-answer"})


def caller_waits(turn: Turn, token: str, number: int) -> Instructions:
    """One visit of the wait loop: it alone keeps a call moving when all else fails."""
    call = call_visiting_at(turn, token)
    if call.state is CallState.CLOSED:
        return goodbye(turn, call)
    if call.state not in IN_QUEUE:
        return (Leave(),)
    if not somebody_comes(turn, call) and exit_reached(turn, call, rota_now(turn)):
        return (Leave(),)
    if call.by_dial and person_to_dial(turn, call, rota_now(turn)):
        return (Leave(),)
    if told := wish_costs_time(turn, call, number):
        return told
    words = waiting_words(turn, call, number)
    return (Ask((words,), visit_key(token, number), KEY_SECONDS), _next_visit(turn, call, number))


def _next_visit(turn: Turn, call: StoredCall, number: int) -> GoTo:
    return GoTo(visit(call.token, max(turn.age(call), number) + 1))


def caller_pressed(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """A key while waiting: a callback, a message, an emergency; anything else waits on."""
    call = call_at(turn, token)
    onward = _next_visit(turn, call, number)
    if call.state not in IN_QUEUE:
        return (onward,)
    if digits == CALLBACK:
        return (*consent_asked(turn, call), onward)
    if digits == MESSAGE:
        return _leaves_message(turn, call, onward)
    if digits == EMERGENCY:
        return (*hurried(turn, call), onward)
    return (onward,)


def _leaves_message(turn: Turn, call: StoredCall, onward: GoTo) -> Instructions:
    """Out of the queue: nothing is recorded in it."""
    left = wait_left(turn, call, "message", leaves_message=True)
    return (Leave(),) if left else (onward,)


def caller_heard_of_wish(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """After the words that a wish costs time: the key that keeps it, another key, or none."""
    call = call_at(turn, token)
    if call.state not in IN_QUEUE:
        return (_next_visit(turn, call, number),)
    if digits in (CALLBACK, MESSAGE, EMERGENCY):  # what they always mean; the wish stands
        return caller_pressed(turn, token, number, digits)
    return (*wish_answered(turn, call, digits), _next_visit(turn, call, number))


@dataclass(frozen=True)
class QueueEnd:
    """How a stay in the queue ended, in the carrier's words."""

    result: str
    call_status: str


def caller_left_queue(turn: Turn, token: str, end: QueueEnd) -> Instructions:
    """What comes after the wait: the conversation, the exit, a telephone rung from here, more."""
    call = call_at(turn, token)
    if end.result == "hangup" or end.call_status in GONE:
        gone(turn, call)
        return ()
    if end.result.startswith("redirected"):
        return ()  # REST moved the caller: what they fetch there is the answer
    match call.state:
        case CallState.ACCEPTED | CallState.TALKING:
            return meet(turn, call)
        case CallState.EXITING:
            return _exit_or_message(turn, call)
        case CallState.WAITING | CallState.RINGING:
            more = wait_on if end.result in ("leave", "") else wait_without_queue
            return more(turn, call, keep_moving(turn))
        case CallState.HELD:
            return caller_joins(turn, token)
        case _:
            return goodbye(turn, call)


def _exit_or_message(turn: Turn, call: StoredCall) -> Instructions:
    if not call.leaves_message:
        return exit_told(turn, call, 0)
    note_on_call(turn.db, call.id, leaves_message=False)  # asked for once
    return message_taken(turn, call, GoTo(exit_menu(call.token, COUNTS * turn.age(call))))


def caller_hung_up(turn: Turn, sid: str) -> bool:
    """The carrier says that the caller's leg has ended. False if we never knew of it."""
    call = call_of_sid(turn.db, sid)
    if call is not None:
        gone(turn, call)
    return call is not None
