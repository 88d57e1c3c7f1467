"""What the carrier tells of the room a conversation is in, and what is announced there."""

import re
from datetime import timedelta
from typing import Final

from hotline.calls.instructions import Instructions
from hotline.calls.ringing.facts import CallId
from hotline.calls.turn import Turn, UnknownCallError
from hotline.calls.wait.waiting import call_now
from hotline.duty import LegId
from hotline.store.sending.outbox import NewOrder, Order, post
from hotline.store.talking.talks import call_of_room, note_room

SAID_WITHIN: Final = timedelta(seconds=30)
MINUTES: Final = re.compile(r"minutes-([0-9]{1,4})")
SENTENCES: Final = frozenset({"helper-unreached", "supervisor-comes"})


def room_joined(turn: Turn, token: str, room_sid: str) -> None:
    """Remember the carrier's id of the room: without it nothing can be announced there."""
    if room_sid:
        note_room(turn.db, token, room_sid)


def tell(turn: Turn, call: CallId, leg: LegId | None, what: str) -> None:
    """Have one person in the room told something that nobody else there hears."""
    if leg is not None and call_now(turn, call).room_sid is not None:
        until = turn.now + SAID_WITHIN
        post(turn.db, [NewOrder(Order.TELL, call, leg, turn.now, until, what)])


def words_in_room(turn: Turn, token: str, what: str) -> Instructions:
    """The words of an announcement, by what stands in its address."""
    id_ = call_of_room(turn.db, token)
    if id_ is None:
        raise UnknownCallError("no call has this address")
    call = call_now(turn, id_)
    if minutes := MINUTES.fullmatch(what):
        return (turn.say("time_told", turn.line(call.line), count=int(minutes[1])),)
    if what not in SENTENCES:
        raise UnknownCallError("nothing is announced by this address")
    return (turn.say(what.replace("-", "_"), turn.line_of(call)),)
