"""A number that a caller keys in to be rung on: taken, read back, and confirmed by a key."""

from typing import Final

from hotline.calls.exit.danger import in_danger
from hotline.calls.exit.exits import COUNTS
from hotline.calls.instructions import AskNumber, GoTo, Instructions, Say
from hotline.calls.keys import EMERGENCY
from hotline.calls.paths import callback_number, callback_reads, callback_right
from hotline.calls.turn import Turn
from hotline.calls.wait.patience import patiently
from hotline.calls.wait.waiting import call_at
from hotline.numbers import number_keyed
from hotline.phrases import spoken_number
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
from hotline.store.owed.promising import confirm_draft, draft_promise, drafted_cipher

NUMBER_SECONDS: Final = 8  # between two keys
MOST_TRIES: Final = 3  # of keying it in, and of hearing it read
RIGHT: Final = "1"
WRONG: Final = "2"


def number_asked(turn: Turn, call: StoredCall, number: int) -> Instructions:
    """All keys of a number, ended by hash."""
    path = callback_number(call.token, number)
    words = turn.say("callback_number", turn.line_of(call))
    return (AskNumber((words,), path, NUMBER_SECONDS), GoTo(path))


def number_given(turn: Turn, token: str, number: int, keys: str) -> Instructions:
    """Keep the number, sealed, until it is confirmed; one that cannot be rung is asked for anew."""
    call = call_at(turn, token)
    given = number_keyed(keys, turn.settings.promised.country_code)
    if given is None:
        return _asked_anew(turn, call, number, "callback_number_wrong")
    draft_promise(turn.db, new_promise(turn, call, given))
    return (GoTo(callback_reads(token, number)),)


def _asked_anew(turn: Turn, call: StoredCall, number: int, key: str) -> Instructions:
    line = turn.line_of(call)
    if number % COUNTS >= MOST_TRIES - 1:
        return (turn.say("callback_number_without", line), onward(turn, call))
    return (turn.say(key, line), *number_asked(turn, call, number + 1))


def number_read(turn: Turn, token: str, number: int) -> Instructions:
    """The number, digit by digit. Only reads: what is answered here may be kept nowhere."""
    call = call_at(turn, token)
    cipher = drafted_cipher(turn.db, call.id)
    if cipher is None:
        return (onward(turn, call),)
    spoken = spoken_number(
        turn.privacy.opened(cipher),
        turn.settings.promised.country_code,
        turn.line_of(call).languages[0],
    )
    path = callback_right(token, number)
    words = (_read_words(turn, call, spoken),)
    return (*patiently(turn, turn.line_of(call), words, path), GoTo(path))


def _read_words(turn: Turn, call: StoredCall, spoken: str) -> Say:
    return turn.say("callback_number_read", turn.line_of(call), number=spoken)


def number_confirmed(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """1 makes it a promise; 2 keys it in anew; no key hears it once more."""
    call = call_at(turn, token)
    if digits == EMERGENCY:
        return in_danger(turn, call, onward(turn, call))
    if digits == WRONG:
        return _asked_anew(turn, call, number, "callback_number_again")
    if digits != RIGHT:
        again = number % COUNTS < MOST_TRIES - 1
        return (GoTo(callback_reads(token, number + 1)) if again else onward(turn, call),)
    noted(turn, call, "number", _read_words(turn, call, "…"), digits)
    if not leaves_queue(turn, call) or not confirm_draft(turn.db, call.id, turn.now):
        return (onward(turn, call),)
    turn.note(Happening(call.id, "callback-promised"))
    return times_asked(turn, call, asked_at(turn, call))
