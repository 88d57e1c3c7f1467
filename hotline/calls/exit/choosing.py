"""What the caller chose at the exit: a callback, a message, a partner, or more waiting."""

from typing import Final

from hotline.calls.closing import closed, goodbye
from hotline.calls.exit.danger import in_danger
from hotline.calls.exit.exits import COUNTS, exit_told, onward_of
from hotline.calls.exit.onward import Onward
from hotline.calls.instructions import GoTo, HangUp, Instructions, RingOne, TakeMessage
from hotline.calls.keys import CALLBACK, EMERGENCY, MESSAGE, ONWARD, WAIT
from hotline.calls.paths import exit_menu, message, partner
from hotline.calls.states import CallState, Outcome
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_at, waits_again
from hotline.config.settings import LineName
from hotline.ports import Recorded
from hotline.promises.announcing import keep_and_announce
from hotline.promises.consent import consent_asked
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import note_on_call
from hotline.store.duty.rosters import rota_at

PARTNER_RINGS: Final = 30  # seconds


def exit_repeated(turn: Turn, token: str, number: int) -> Instructions:
    """The exit once more; goodbye after the last time."""
    call = call_at(turn, token)
    if call.state is not CallState.EXITING:
        return goodbye(turn, call)
    stay, told = divmod(number, COUNTS)
    return exit_told(turn, call, told, stay)


def exit_chosen(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """The key pressed at the exit; one that means nothing hears the exit again."""
    call = call_at(turn, token)
    if call.state is not CallState.EXITING:
        return goodbye(turn, call)
    once_more = GoTo(exit_menu(token, number + 1))
    if digits == CALLBACK:
        return (*consent_asked(turn, call), once_more)
    if digits == MESSAGE:
        return message_taken(turn, call, once_more)
    if digits == ONWARD and (way := onward_of(turn, call, rota_at(turn.db, turn.now))):
        return _led_onward(turn, call, way)
    if digits == EMERGENCY:
        return in_danger(turn, call, once_more)
    if digits == WAIT:
        return waits_again(turn, call.id)
    return (once_more,)


def message_taken(turn: Turn, call: StoredCall, silent: GoTo) -> Instructions:
    """The tone, and what is said after it; `silent` for who says nothing."""
    longest = turn.settings.answering.message
    note_on_call(turn.db, call.id, expected=turn.later(longest + 60))
    return (
        turn.say("message_prompt", turn.line_of(call)),
        TakeMessage(message(call.token), longest),
        silent,
    )


def _led_onward(turn: Turn, call: StoredCall, way: Onward) -> Instructions:
    """To another line or a partner; never to the same one twice."""
    line = turn.line_of(call)
    note_on_call(turn.db, call.id, ways_tried=" ".join((*call.ways_tried, way.key)))
    said = turn.say("to_partner", line, partner=way.title.in_language(line.languages[0]))
    if way.line is not None:
        return (said, *_to_line(turn, call, way.line))
    return (said, _to_partner(turn, call, str(way.address)))


def _to_line(turn: Turn, call: StoredCall, other: LineName) -> Instructions:
    """The same call, waiting at another line from now on."""
    note_on_call(turn.db, call.id, line=other, came_to=call.line, crossed=turn.now)
    turn.note(Happening(call.id, "to-line", detail=other))
    return waits_again(turn, call.id)


def _to_partner(turn: Turn, call: StoredCall, address: str) -> RingOne:
    longest = turn.settings.answering.longest_talk
    note_on_call(turn.db, call.id, expected=turn.later(longest + 120))
    turn.note(Happening(call.id, "to-partner"))
    return RingOne(
        address=address,
        caller_id=turn.settings.carrier.caller_id,
        byoc=turn.settings.carrier.byoc,
        whisper=None,
        after=partner(call.token, turn.age(call)),
        ring=PARTNER_RINGS,
        longest=longest,
    )


def partner_left(turn: Turn, token: str, *, reached: bool) -> Instructions:
    """After the partner's conversation: goodbye; the exit again if they did not answer."""
    call = call_at(turn, token)
    if reached:
        closed(turn, call, Outcome.REFERRED)
        return goodbye(turn, call)
    if call.state is not CallState.EXITING:
        return goodbye(turn, call)
    return (turn.say("partner_unreached", turn.line_of(call)), *exit_told(turn, call, 1))


def message_left(turn: Turn, token: str, recording: str, seconds: int) -> Instructions:
    """Keep where the recording is, and thank the caller."""
    call = call_at(turn, token)
    left = Recorded(recording, call.sid, turn.now, seconds)
    keep_and_announce(turn, call.id, call.line, left)
    closed(turn, call, Outcome.MESSAGE)
    return (turn.say("message_noted", turn.line_of(call)), HangUp())


def last_words(turn: Turn, token: str) -> Instructions:
    """Goodbye."""
    return goodbye(turn, call_at(turn, token))
