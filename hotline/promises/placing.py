"""A callback as it is placed: the volunteer takes it on, the caller is rung, and they meet.

Whoever picks up the caller's telephone hears nothing of us until they have confirmed by a key that
the call is for them, unless the caller allowed word to be left.
"""

from typing import Final

from hotline.calls.closing import LAST_WORDS, gone
from hotline.calls.exit.exits import COUNTS
from hotline.calls.instructions import Ask, GoTo, HangUp, Instructions, Say
from hotline.calls.paths import called_key, called_over
from hotline.calls.ringing.moving import HANG_UP_WITHIN, SENT_WITHIN
from hotline.calls.states import CallEvent, CallState, LegState, Outcome
from hotline.calls.talk.joining import meet
from hotline.calls.talk.parting import caller_joins
from hotline.calls.talk.talking import into_talk
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_at, call_now, waits_again
from hotline.phrases import when
from hotline.promises.states import AttemptResult
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.endings import end_in_vain
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg, advance_leg, leg_of_id
from hotline.store.calling.moves import close_call, move_call, note_on_call
from hotline.store.owed.attempts import (
    end_attempt,
    may_leave_word,
    note_picked_up,
    note_rung,
    promised_when,
    put_off_asked_before,
    times_rung,
)
from hotline.store.sending.outbox import NewOrder, Order, post

CONFIRMS: Final = "1"
NOT_NOW: Final = "2"
KEY_SECONDS: Final = 6
RING_EXTRA: Final = 20  # seconds that a carrier may ring longer than asked, and tell us
HEARD_WITHIN: Final = 60  # seconds for the words to whoever picks up, and their key
FINAL: Final = {
    "completed": AttemptResult.NO_KEY,
    "busy": AttemptResult.BUSY,
    "no-answer": AttemptResult.NO_ANSWER,
    "failed": AttemptResult.FAILED,
    "canceled": AttemptResult.NO_ANSWER,
}


def callback_whispered(turn: Turn, leg: StoredLeg) -> Say:
    """What a volunteer hears who is asked to keep a callback."""
    line = turn.line(leg.line)
    asked = promised_when(turn.db, leg.call)
    told = when(asked, turn.now, turn.settings.site.zone, line.languages[0])
    return turn.say("whisper_callback", line, when=told)


def place(turn: Turn, leg: StoredLeg) -> Instructions:
    """1 takes the callback on: the volunteer waits in the room while the caller is rung."""
    longest = turn.settings.answering.longest_talk
    ring = turn.settings.promised.ring
    expected = turn.later(SENT_WITHIN.total_seconds() + ring + RING_EXTRA)
    event = CallEvent.OFFER_TAKEN
    taken = move_call(turn.db, leg.call, event, leg_id=leg.id, accepted=turn.now, expected=expected)
    line = turn.line(leg.line)
    if not taken:
        end_in_vain(turn.db, leg.id, turn.now, turn.later(LAST_WORDS))
        return (turn.say("callback_gone", line), HangUp())
    advance_leg(turn.db, leg.id, (LegState.ANSWERED,), LegState.ACCEPTED, turn.later(longest))
    post(turn.db, [NewOrder(Order.CALL, leg.call, leg.id, turn.now, turn.now + SENT_WITHIN)])
    turn.note(Happening(leg.call, "accepted", leg.id))
    return (turn.say("placing", line), into_talk(turn, call_now(turn, leg.call), leg))


def called_answers(turn: Turn, token: str, sid: str) -> Instructions:
    """Somebody picked up at the caller's telephone: neutral words, and a key to confirm."""
    call = call_at(turn, token)
    note_rung(turn.db, call.id, sid, turn.now)
    note_picked_up(turn.db, call.id, turn.now)
    if call.state is not CallState.PLACING:
        return _beside_placing(turn, call)
    note_on_call(turn.db, call.id, expected=turn.later(HEARD_WITHIN))
    words = (_introduction(turn, call),)
    return (
        Ask(words, called_key(token, 0), KEY_SECONDS),
        Ask(words, called_key(token, 1), KEY_SECONDS),
        GoTo(called_over(token)),
    )


def _introduction(turn: Turn, call: StoredCall) -> Say:
    key = "called_named" if may_leave_word(turn.db, call.id) else "called"
    return turn.say(key, turn.line_of(call))


def _beside_placing(turn: Turn, call: StoredCall) -> Instructions:
    """They picked up too late, or this is an old request: whatever the call stands at."""
    if call.state is CallState.CLOSED:
        return (turn.say("called_late", turn.line_of(call)), HangUp())
    return caller_joins(turn, call.token)


def called_presses(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """1: it is for them. 2: not now. Anything else: once more, then goodbye."""
    call = call_at(turn, token)
    if call.state is not CallState.PLACING:
        return _beside_placing(turn, call)
    if digits == CONFIRMS:
        return _confirmed(turn, call)
    if digits == NOT_NOW:
        unreached(turn, call, AttemptResult.NOT_NOW)
        more = times_rung(turn.db, call.id) < turn.settings.promised.attempts
        key = "called_not_now" if more else "called_no_more"
        return (turn.say(key, turn.line_of(call)), HangUp())
    if number % COUNTS == 0:
        words = (_introduction(turn, call),)
        return (Ask(words, called_key(token, number + 1), KEY_SECONDS), GoTo(called_over(token)))
    return called_silent(turn, token)


def _confirmed(turn: Turn, call: StoredCall) -> Instructions:
    """The organisation is named now; then the conversation, or another volunteer."""
    leg = leg_of_id(turn.db, call.leg) if call.leg else None
    named = turn.say("called_confirmed", turn.line_of(call))
    if leg is None or leg.state is not LegState.ACCEPTED:
        return (named, *waits_again(turn, call.id))
    return (named, *meet(turn, call))


def called_silent(turn: Turn, token: str) -> Instructions:
    """Nobody confirmed: a mailbox, or not the person. Nothing more is said than goodbye."""
    call = call_at(turn, token)
    if call.state is not CallState.PLACING:
        return _beside_placing(turn, call)
    unreached(turn, call, AttemptResult.NO_KEY)
    return (turn.say("called_silent", turn.line_of(call)), HangUp())


def called_told(turn: Turn, token: str, status: str, sid: str) -> None:
    """The carrier's word on the caller's telephone. Late, doubled or out of order: no matter."""
    call = call_at(turn, token)
    note_rung(turn.db, call.id, sid, turn.now)
    result = FINAL.get(status)
    if result is None:
        if call.state is CallState.CLOSED:  # its answer was lost, and nobody waits for it
            expires = turn.now + HANG_UP_WITHIN
            post(turn.db, [NewOrder(Order.RELEASE, call.id, call.leg, turn.now, expires)])
        return
    if call.state is CallState.PLACING:
        unreached(turn, call, result)
    else:
        gone(turn, call)


def unreached(turn: Turn, call: StoredCall, result: AttemptResult) -> None:
    """This try is over; the volunteer is told, and the promise stays open for the next."""
    if not close_call(turn.db, call.id, Outcome.UNREACHED, turn.now):
        return
    end_attempt(turn.db, call.id, result)
    put_off_asked_before(turn.db, call.id, turn.later(turn.settings.promised.spacing))
    if call.leg is not None:
        end_in_vain(turn.db, call.leg, turn.now, turn.later(LAST_WORDS))
    turn.note(Happening(call.id, f"called-{result}", call.leg))
