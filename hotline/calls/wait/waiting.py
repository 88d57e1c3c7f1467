"""What a waiting caller gets next: a telephone rung from their leg, more waiting, or the exit."""

import secrets
from datetime import timedelta
from typing import Final

from hotline.calls.closing import goodbye
from hotline.calls.exit.exits import exit_reached, exit_told, take_exit
from hotline.calls.instructions import GoTo, Instructions, RingOne
from hotline.calls.ledger import Decided, Decision, Rung
from hotline.calls.paths import dialled, visit, whisper
from hotline.calls.ringing.facts import CallId
from hotline.calls.ringing.moving import keep_moving, settle_overdue
from hotline.calls.ringing.routing import first_free
from hotline.calls.states import CallEvent, CallState
from hotline.calls.turn import UNHEARD_FOR, AnsweredBeforeError, Turn, UnknownCallError
from hotline.calls.wait.wishes import asked_anew
from hotline.duty import Rota, Seat, in_reach
from hotline.store.calling.calls import StoredCall, call_heard_from, call_of_id, call_visiting
from hotline.store.calling.happenings import Happening
from hotline.store.calling.ledger import keep_decisions
from hotline.store.calling.legs import NewLeg, plan_legs
from hotline.store.calling.moves import move_call, note_on_call, note_wish, wave_ended
from hotline.store.calling.waiting import (
    call_waiting,
)

IN_QUEUE: Final = frozenset({CallState.WAITING, CallState.RINGING})
DIAL_ADDS: Final = 5  # the carrier rings so many seconds longer than asked
WHISPER_EXTRA: Final = 15  # seconds of words in the whisper, beside the patience for a key


def call_at(turn: Turn, token: str) -> StoredCall:
    """The call whose caller asks at a web address; UnknownCallError if there is none."""
    call = call_heard_from(turn.db, token, turn.now + UNHEARD_FOR)
    if call is None:
        raise UnknownCallError("no call has this address")
    turn.told.call = call.id
    return call


def call_visiting_at(turn: Turn, token: str) -> StoredCall:
    """The same for a visit of the wait loop, which also settles what is overdue of any call.

    Raises AnsweredBeforeError where this very visit was answered before.
    """
    found = call_visiting(turn.db, turn.request, token, turn.now + UNHEARD_FOR, turn.now)
    if found is None:
        raise UnknownCallError("no call has this address")
    if found.document is not None:
        raise AnsweredBeforeError(found.document)
    call = found.call
    turn.told.call = call.id
    if not found.overdue or call.state not in IN_QUEUE:
        return call
    settle_overdue(turn)
    return call_now(turn, call.id)


def call_now(turn: Turn, call: CallId) -> StoredCall:
    """The call as it stands after what this turn has done."""
    known = call_of_id(turn.db, call)
    assert known is not None
    return known


def person_to_dial(turn: Turn, call: StoredCall, rota: Rota) -> Seat | None:
    """Whom to ring from the caller's own leg; None while nobody is free."""
    tried_since = turn.now - timedelta(seconds=turn.settings.answering.ring_again)
    waiting = call_waiting(turn.db, call.id, tried_since)
    return first_free(waiting, rota, turn.settings, turn.now) if waiting else None


def dial_one(turn: Turn, call: StoredCall, rota: Rota) -> Instructions:
    """Ring one person from the caller's own leg; empty when nobody is to be had."""
    seat = person_to_dial(turn, call, rota) if call_now(turn, call.id).by_dial else None
    if seat is None or not move_call(turn.db, call.id, CallEvent.WAVE_STARTED):
        return ()
    bounds = turn.settings.answering
    until = turn.later(bounds.ring + DIAL_ADDS + bounds.whisper + WHISPER_EXTRA)
    leg = NewLeg(
        secrets.token_urlsafe(12), call.id, seat.volunteer.id, seat.desk, by_dial=True, until=until
    )
    planned = plan_legs(turn.db, [leg], turn.now)
    if not planned:
        wave_ended(turn.db, [call.id])
        return ()
    note_on_call(turn.db, call.id, expected=until + UNHEARD_FOR)
    turn.note(*(Happening(call.id, "leg-by-dial", leg_id) for leg_id in planned))
    rung = (Rung(seat.volunteer.id, seat.desk),)
    keep_decisions(turn.db, [Decision(call.id, call.line, Decided.RINGS, rung)], {}, turn.now)
    return (
        turn.say("by_dial_quiet", turn.line_of(call)),
        RingOne(
            address=seat.volunteer.address,
            caller_id=turn.settings.carrier.caller_id,
            byoc=turn.settings.carrier.byoc,
            whisper=whisper(leg.token),
            after=dialled(leg.token),
            ring=bounds.ring,
            longest=bounds.longest_talk,
        ),
    )


def wait_on(turn: Turn, call: StoredCall, rota: Rota) -> Instructions:
    """The exit if it is due, else a telephone rung from here if REST fails, else the queue."""
    if exit_reached(turn, call, rota):
        return exit_told(turn, call, 0)
    return dial_one(turn, call, rota) or (turn.queue(call),)


def wait_without_queue(turn: Turn, call: StoredCall, rota: Rota) -> Instructions:
    """The same when the carrier's queue fails: no wait then, but the exit."""
    note_on_call(turn.db, call.id, by_dial=True)
    if exit_reached(turn, call, rota):
        return exit_told(turn, call, 0)
    ringing = dial_one(turn, call, rota)
    if ringing:
        return ringing
    duty = in_reach(rota, turn.line(call.line), turn.settings, turn.now)
    take_exit(turn, call, Decided.NO_QUEUE, duty)
    return exit_told(turn, call, 0)


def waits_again(turn: Turn, call: CallId) -> Instructions:
    """Back into the wait; the place is by arrival, so who came first is rung for first."""
    if not _begins_again(turn, call):
        return goodbye(turn, call_now(turn, call))
    rota = keep_moving(turn)
    known = call_now(turn, call)
    return (turn.say("go_on", turn.line_of(known)), *wait_on(turn, known, rota))


def waits_on_in_queue(turn: Turn, call: StoredCall) -> Instructions:
    """The same for whoever has not left the carrier's queue meanwhile: its visits go on."""
    if not _begins_again(turn, call.id):
        return goodbye(turn, call_now(turn, call.id))
    keep_moving(turn)
    return (turn.say("go_on", turn.line_of(call)), GoTo(visit(call.token, turn.age(call))))


def _begins_again(turn: Turn, call: CallId) -> bool:
    expected = turn.now + UNHEARD_FOR
    event = CallEvent.WAITS_AGAIN
    moved = move_call(
        turn.db, call, event, since=turn.now, leg_id=None, accepted=None, expected=expected
    )
    if moved:
        note_wish(turn.db, call, asked_anew(call_now(turn, call).wish))
    return moved
