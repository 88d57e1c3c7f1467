"""How a callback begins: what it means is told, and only a clear yes is a promise."""

from typing import Final

from hotline.calls.exit.danger import in_danger
from hotline.calls.exit.exits import COUNTS, exit_told
from hotline.calls.instructions import Instructions, Say
from hotline.calls.keys import EMERGENCY
from hotline.calls.paths import consent
from hotline.calls.states import CallState
from hotline.calls.turn import Turn
from hotline.calls.wait.patience import patiently
from hotline.calls.wait.waiting import call_at
from hotline.numbers import number_to_ring
from hotline.promises.number import number_asked
from hotline.promises.terms import (
    asked_at,
    leaves_queue,
    new_promise,
    noted,
    onward,
    times_asked,
)
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.owed.promising import caller_cipher, promise_callback

AGREED: Final = "1"
ANOTHER_NUMBER: Final = "3"
ASKABLE: Final = frozenset({CallState.WAITING, CallState.RINGING, CallState.EXITING})


def consent_asked(turn: Turn, call: StoredCall) -> Instructions:
    """What a callback means, and the keys that agree to it."""
    words = _words(turn, call, _own_number(turn, call))
    return patiently(turn, turn.line_of(call), (words,), consent(call.token, turn.age(call)))


def _words(turn: Turn, call: StoredCall, own: str | None) -> Say:
    hours = turn.settings.answering.callback_due // 3600
    key = "consent" if own else "consent_withheld"
    return turn.say(key, turn.line_of(call), hours=hours)


def _own_number(turn: Turn, call: StoredCall) -> str | None:
    """The number the caller rings from, if it is told and can be rung."""
    cipher = None if call.withheld else caller_cipher(turn.db, call.id)
    if cipher is None:
        return None
    return number_to_ring(turn.privacy.opened(cipher), turn.settings.promised.country_code)


def consent_given(turn: Turn, token: str, digits: str) -> Instructions:
    """1 promises to ring the caller's own number; without one, and with 3, one is keyed in.

    9 is the emergency key here, too.
    """
    call = call_at(turn, token)
    if call.state not in ASKABLE:
        return _refused(turn, call)
    if digits == EMERGENCY:
        return in_danger(turn, call, onward(turn, call))
    own = _own_number(turn, call)
    if not digits:  # the key was lost on its way
        return (*consent_asked(turn, call), onward(turn, call))
    noted(turn, call, "consent", _words(turn, call, own), digits)
    if digits == AGREED and own:
        return _promised(turn, call, own)
    if digits in (AGREED, ANOTHER_NUMBER):
        return number_asked(turn, call, COUNTS * turn.age(call))
    return _refused(turn, call)


def _promised(turn: Turn, call: StoredCall, own: str) -> Instructions:
    if not leaves_queue(turn, call):
        return (onward(turn, call),)
    promise_callback(turn.db, new_promise(turn, call, own))
    turn.note(Happening(call.id, "callback-promised"))
    return times_asked(turn, call, asked_at(turn, call))


def _refused(turn: Turn, call: StoredCall) -> Instructions:
    words = turn.say("callback_refused", turn.line_of(call))
    if call.state is CallState.EXITING:
        return (words, *exit_told(turn, call, 1))
    return (words, onward(turn, call))
