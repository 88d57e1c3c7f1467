"""What a promised callback may look like: when the caller is rung, and what whoever answers hears.

The promise stands before these questions. What a caller leaves unanswered is taken the careful
way: by day, and no word to whoever else answers.
"""

from datetime import datetime
from typing import Final

from hotline.calls.closing import closed
from hotline.calls.exit.danger import in_danger, in_danger_in_queue
from hotline.calls.exit.exits import COUNTS
from hotline.calls.instructions import GoTo, HangUp, Instructions, Say
from hotline.calls.keys import EMERGENCY
from hotline.calls.paths import callback_times, callback_word, exit_menu, visit
from hotline.calls.ringing.moving import stop_ringing
from hotline.calls.states import CallEvent, CallState, LegResult, Outcome
from hotline.calls.turn import Turn
from hotline.calls.wait.patience import patiently
from hotline.calls.wait.waiting import call_at
from hotline.config.settings import seconds
from hotline.phrases import time_of_day
from hotline.promises.states import Safe
from hotline.promises.times import deadline, hours_of
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.moves import move_call, note_on_call
from hotline.store.owed.promising import (
    Consent,
    NewPromise,
    promised_at,
    record_consent,
    refine_promise,
)

ASKED_WITHIN: Final = 60  # seconds for one question and its answer
QUEUED: Final = 5  # added to an address, within COUNTS, while the carrier has the caller queue
MAY_LEAVE_WORD: Final = "1"
SAFE_KEYS: Final = {"1": Safe.ANY, "2": Safe.DAYTIME, "3": Safe.EVENING}
CAREFUL: Final = Safe.DAYTIME


def leaves_queue(turn: Turn, call: StoredCall) -> bool:
    """Nobody is rung any more for who is rung back; False: a volunteer took the call meanwhile."""
    left = call.state is CallState.EXITING or _stops_waiting(turn, call)
    note_on_call(turn.db, call.id, expected=turn.later(ASKED_WITHIN))
    return left


def _stops_waiting(turn: Turn, call: StoredCall) -> bool:
    if not move_call(turn.db, call.id, CallEvent.EXIT_REACHED):
        return False
    stop_ringing(turn, call.id, LegResult.CANCELLED)
    return True


def onward(turn: Turn, call: StoredCall) -> GoTo:
    """Back to where the caller was before they were asked."""
    age = turn.age(call)
    if call.state is CallState.EXITING:
        return GoTo(exit_menu(call.token, COUNTS * age + 1))
    return GoTo(visit(call.token, age))


def new_promise(turn: Turn, call: StoredCall, number: str) -> NewPromise:
    """The promise to ring `number`, on careful terms."""
    return NewPromise(
        call=call.id,
        line=call.line,
        asked=turn.now,
        due=_due(turn, CAREFUL, turn.now),
        cipher=turn.privacy.sealed(number),
        hash=turn.privacy.hashed(number),
        safe=CAREFUL,
        urgent=call.urgent,
    )


def _due(turn: Turn, safe: Safe, asked: datetime) -> datetime:
    within = seconds(turn.settings.answering.callback_due)
    return deadline(safe, within, turn.settings.promised, turn.settings.site.zone, asked)


def noted(turn: Turn, call: StoredCall, question: str, asked: Say, answer: str) -> None:
    """Keep what was asked and what was answered, word by word but for a number."""
    record_consent(turn.db, Consent(call.id, turn.now, question, asked.words, answer or "none"))


def times_asked(turn: Turn, call: StoredCall, number: int) -> Instructions:
    """When it is safe to ring: three keys. number: by `asked_at`, and how often it was asked."""
    path = callback_times(call.token, number)
    words = (_times_words(turn, call),)
    return (*patiently(turn, turn.line_of(call), words, path), GoTo(path))


def asked_at(turn: Turn, call: StoredCall) -> int:
    """What the addresses of these questions count by: the age of the call, and where it was.

    call: as it was before it left the queue. The carrier has it there until it hangs up.
    """
    return COUNTS * turn.age(call) + (0 if call.state is CallState.EXITING else QUEUED)


def _in_danger(turn: Turn, call: StoredCall, number: int, otherwise: GoTo) -> Instructions:
    queued = number % COUNTS >= QUEUED
    return (in_danger_in_queue if queued else in_danger)(turn, call, otherwise)


def _times_words(turn: Turn, call: StoredCall) -> Say:
    return turn.say("callback_times", turn.line_of(call))


def times_chosen(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """The times of the key; without one the question once more, then the careful ones."""
    call = call_at(turn, token)
    if digits == EMERGENCY:
        return _in_danger(turn, call, number, GoTo(callback_times(token, number)))
    chosen = SAFE_KEYS.get(digits)
    if chosen is None and number % QUEUED == 0:
        return times_asked(turn, call, number + 1)
    safe = chosen or CAREFUL
    noted(turn, call, "times", _times_words(turn, call), digits)
    asked = promised_at(turn.db, call.id)
    refine_promise(turn.db, call.id, safe=safe, due=_due(turn, safe, asked or turn.now))
    note_on_call(turn.db, call.id, expected=turn.later(ASKED_WITHIN))
    where = number % COUNTS // QUEUED * QUEUED
    path = callback_word(token, COUNTS * turn.age(call) + where + list(Safe).index(safe))
    words = (_word_words(turn, call),)
    return (*patiently(turn, turn.line_of(call), words, path), GoTo(path))


def _word_words(turn: Turn, call: StoredCall) -> Say:
    return turn.say("callback_word", turn.line_of(call))


def word_chosen(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """Whether whoever answers may be told who calls: only after a clear yes. Then goodbye."""
    call = call_at(turn, token)
    if digits == EMERGENCY:
        return _in_danger(turn, call, number, GoTo(callback_word(token, number)))
    safe = list(Safe)[number % QUEUED % len(Safe)]
    noted(turn, call, "word", _word_words(turn, call), digits)
    refine_promise(turn.db, call.id, leave_word=digits == MAY_LEAVE_WORD)
    closed(turn, call, Outcome.CALLBACK)
    line = turn.line_of(call)
    return (turn.say("callback_noted", line, times=_times(turn, call, safe)), HangUp())


def _times(turn: Turn, call: StoredCall, safe: Safe) -> str:
    line = turn.line_of(call)
    hours = turn.settings.answering.callback_due // 3600
    window = hours_of(safe, turn.settings.promised)
    language = turn.line_of(call).languages[0]
    start, end = (time_of_day(t, language) for t in window) if window else ("", "")
    return turn.say(f"times_{safe}", line, hours=hours, start=start, end=end).words
