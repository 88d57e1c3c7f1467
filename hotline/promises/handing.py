"""A caller who asks for it in a message is rung back; a callback is given to somebody."""

from dataclasses import dataclass, replace
from typing import Final

from hotline.calls.turn import Turn
from hotline.config.settings import seconds
from hotline.errors import HotlineError
from hotline.numbers import number_to_ring
from hotline.oversight.alarms import AlarmKind
from hotline.promises.states import MessageId, Safe
from hotline.promises.terms import new_promise
from hotline.promises.times import deadline
from hotline.store.calling.calls import StoredCall, call_of_id
from hotline.store.calling.happenings import Happening
from hotline.store.owed.messages import Message, answer_message, message_of
from hotline.store.owed.promising import (
    Consent,
    caller_cipher,
    has_callback,
    promise_callback,
    record_consent,
)
from hotline.store.sending.alarms import clear_alarm

IN_MESSAGE: Final = "message"  # the question that such a consent answers
WORDS: Final = "asked for it in message {message}, as heard by {heard_by}"


class HandingError(HotlineError):
    """The message is no callback, and why. reason: gone, withheld, or promised."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True)
class AskedInMessage:
    """What somebody heard a caller ask for. heard_by: a person's or an account's name."""

    message: MessageId
    heard_by: str
    safe: Safe
    urgent: bool


def hand_to_callback(turn: Turn, asked: AskedInMessage) -> Message:
    """Promise to ring back whoever left a message; it is answered with that.

    The consent is kept with whose word it is. Raises HandingError.
    """
    message, call = _message(turn, asked.message)
    number = _number(turn, call)
    if has_callback(turn.db, call.id):
        raise HandingError("promised", "The caller was promised a callback already.")
    words = WORDS.format(message=message.id, heard_by=asked.heard_by)
    record_consent(turn.db, Consent(call.id, turn.now, IN_MESSAGE, words, "yes"))
    plain = new_promise(turn, call, number)
    within = seconds(turn.settings.answering.callback_due)
    zone = turn.settings.site.zone
    due = deadline(asked.safe, within, turn.settings.promised, zone, turn.now)
    urgent = asked.urgent or call.urgent
    promise_callback(turn.db, replace(plain, safe=asked.safe, urgent=urgent, due=due))
    turn.note(Happening(call.id, "callback-promised"))
    answer_message(turn.db, message.id, turn.now)
    clear_alarm(turn.db, AlarmKind.UNANSWERED, str(message.id), turn.now)
    return message


def _message(turn: Turn, number: MessageId) -> tuple[Message, StoredCall]:
    message = message_of(turn.db, number)
    call = None if message is None else call_of_id(turn.db, message.call)
    if message is None or call is None or message.answered is not None:
        raise HandingError("gone", "This message waits for no answer any more.")
    return message, call


def _number(turn: Turn, call: StoredCall) -> str:
    cipher = caller_cipher(turn.db, call.id)
    country = turn.settings.promised.country_code
    number = None if cipher is None else number_to_ring(turn.privacy.opened(cipher), country)
    if number is None:
        raise HandingError("withheld", "The caller's number is not known, or cannot be rung.")
    return number
