"""The caller rings, waits, presses keys and leaves the queue: what they hear, and what is done."""

import logging
import secrets
from dataclasses import dataclass
from typing import Final

from hotline.calls.closing import gone, goodbye
from hotline.calls.exits import exit_reached, exit_told
from hotline.calls.instructions import Ask, GoTo, HangUp, Instructions, Leave, Say
from hotline.calls.joining import caller_joins, meet
from hotline.calls.moving import keep_moving, settled
from hotline.calls.paths import visit, visit_key
from hotline.calls.states import CallState
from hotline.calls.turn import UNHEARD_FOR, Turn
from hotline.calls.waiting import call_at, call_now, person_to_dial, wait_on, wait_without_queue
from hotline.config.settings import Line
from hotline.numbers import line_dialled, withheld
from hotline.phrases import either, say
from hotline.promises.consent import consent_asked
from hotline.store.calls import (
    Happening,
    NewCall,
    StoredCall,
    call_of_sid,
    note_on_call,
    open_call,
)
from hotline.store.rosters import rota_at
from hotline.store.waiting import (
    callers_before,
)

log = logging.getLogger(__name__)

CALLBACK_KEY: Final = "1"
EMERGENCY_KEY: Final = "9"
KEY_SECONDS: Final = 3
FIRST_SECONDS: Final = 3  # after the arrival
URGENT_SENTENCES: Final = ("waiting_urgent", "waiting_breathe", "waiting_emergency")
SECONDS_A_SENTENCE: Final = 5  # shorter than a visit, so that no sentence comes twice running
GONE: Final = frozenset({"completed", "canceled", "failed", "busy", "no-answer"})
IN_QUEUE: Final = frozenset({CallState.WAITING, CallState.RINGING})


@dataclass(frozen=True)
class Ringing:
    """A caller's leg as the carrier announces it. number: as it came, withheld or not."""

    sid: str
    number: str
    dialled: str


def caller_rang(turn: Turn, ringing: Ringing) -> Instructions:
    """The greeting and the wait; the honest exit at once when nobody is on duty."""
    line = line_dialled(turn.settings.lines, ringing.dialled)
    if line is None:
        log.warning("call refused: no line has the number that was dialled")
        return _no_such_line(turn)
    call = open_call(turn.db, _new_call(turn, line, ringing))
    if call is None:  # a document was lost on its way, and the carrier starts over
        return _starts_over(turn, ringing)
    turn.note(Happening(call.id, "arrived"))
    if exit_reached(turn, call, rota_at(turn.db, turn.now)):
        return (turn.say("greeting_closed", line), *exit_told(turn, call, 0))
    return (turn.say("greeting", line), turn.queue(call))


def _starts_over(turn: Turn, ringing: Ringing) -> Instructions:
    call = call_of_sid(turn.db, ringing.sid)
    assert call is not None
    return caller_joins(turn, call.token)


def _no_such_line(turn: Turn) -> Instructions:
    language = turn.settings.site.language
    emergency = either(turn.settings.site.emergency, language)
    return (say("unknown_line", language, emergency=emergency), HangUp())


def _new_call(turn: Turn, line: Line, ringing: Ringing) -> NewCall:
    hidden = withheld(ringing.number)
    return NewCall(
        token=secrets.token_urlsafe(12),
        sid=ringing.sid,
        line=line.name,
        cipher=None if hidden else turn.privacy.sealed(ringing.number),
        hash=None if hidden else turn.privacy.hashed(ringing.number),
        arrived=turn.now,
        expected=turn.now + UNHEARD_FOR,
    )


def caller_waits(turn: Turn, token: str, number: int) -> Instructions:
    """One visit of the wait loop: it alone keeps a call moving when all else fails."""
    call = call_at(turn, token)
    if call.state is CallState.CLOSED:
        return goodbye(turn, call)
    if call.state not in IN_QUEUE:
        return (Leave(),)
    if settled(turn):
        call = call_now(turn, call.id)
    rota = rota_at(turn.db, turn.now)
    if exit_reached(turn, call, rota) or person_to_dial(turn, call, rota):
        return (Leave(),)
    ask = Ask((_sentence(turn, call, number),), visit_key(token, number), KEY_SECONDS)
    return (ask, _next_visit(turn, call, number))


def _next_visit(turn: Turn, call: StoredCall, number: int) -> GoTo:
    return GoTo(visit(call.token, max(turn.age(call), number) + 1))


def _sentence(turn: Turn, call: StoredCall, number: int) -> Say:
    line = turn.line_of(call)
    if number < FIRST_SECONDS:
        return turn.say("waiting_first", line)
    spoken = number // SECONDS_A_SENTENCE
    if call.urgent:
        return turn.say(URGENT_SENTENCES[spoken % 3], line)
    key = ("place", "waiting_keys", "waiting_breathe")[spoken % 3]
    return _place(turn, call, line) if key == "place" else turn.say(key, line)


def _place(turn: Turn, call: StoredCall, line: Line) -> Say:
    ahead = callers_before(turn.db, call)
    if ahead:
        return turn.say("waiting_position", line, ahead=ahead)
    return turn.say("waiting_next", line)


def caller_pressed(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """A key while waiting: 1 for a callback, 9 in an emergency; anything else waits on."""
    call = call_at(turn, token)
    onward = _next_visit(turn, call, number)
    if call.state not in IN_QUEUE:
        return (onward,)
    if digits == CALLBACK_KEY:
        return (*consent_asked(turn, call), onward)
    if digits == EMERGENCY_KEY:
        return (*_urgent(turn, call), onward)
    return (onward,)


def _urgent(turn: Turn, call: StoredCall) -> Instructions:
    note_on_call(turn.db, call.id, urgent=True)
    turn.note(Happening(call.id, "urgent"))
    keep_moving(turn)
    return (turn.say("urgent", turn.line_of(call)),)


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
            return exit_told(turn, call, 0)
        case CallState.WAITING | CallState.RINGING:
            more = wait_on if end.result in ("leave", "") else wait_without_queue
            return more(turn, call, keep_moving(turn))
        case _:
            return goodbye(turn, call)


def caller_hung_up(turn: Turn, sid: str) -> None:
    """The carrier says that the caller's leg has ended."""
    call = call_of_sid(turn.db, sid)
    if call is not None:
        gone(turn, call)
