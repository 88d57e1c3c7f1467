"""Orders to the carrier, sent after the commit that decided them, and what came of each."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.closing import gone_unmet
from hotline.calls.paths import join, leg_over, leg_status, room_words, whisper
from hotline.calls.ringing.moving import (
    HANG_UP_WITHIN,
    RING_EXTRA,
    keep_moving,
    keep_moving_unseen,
    legs_over,
)
from hotline.calls.states import CallState, LegResult, LegState, Place
from hotline.calls.turn import Turn
from hotline.config.settings import Settings
from hotline.duty import LegId
from hotline.fallback.exporting import Writer
from hotline.oversight.drills import Player
from hotline.ports import (
    AnswerLostError,
    CallSid,
    Carrier,
    Clock,
    LegOrder,
    LegOverError,
    PortError,
)
from hotline.privacy import Privacy
from hotline.promises.ringing import ring_or_release
from hotline.store import Session, Store
from hotline.store.calling.calls import call_of_id
from hotline.store.calling.endings import (
    end_legs,
)
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import (
    advance_leg,
    leg_of_id,
    note_leg_sid,
)
from hotline.store.sending.outbox import Letter, NewOrder, Order, post, put_off, settle, take_due
from hotline.store.sending.upcoming import upcoming
from hotline.store.talking.talks import move_leg

log = logging.getLogger(__name__)

# Nothing else stops a telephone that rings for nobody. A caller, whom a visit moves, is moved once.
TRIED_AGAIN: Final = frozenset({Order.HANG_UP, Order.DISMISS})
AGAIN_AFTER: Final = timedelta(seconds=2)
ON_THE_WAY: Final = frozenset({CallState.ACCEPTED, CallState.TALKING})


@dataclass(frozen=True)
class Sender:
    """What sending needs: where orders are kept, who carries them, and the hour."""

    store: Store
    settings: Settings
    privacy: Privacy
    clock: Clock
    carrier: Carrier
    writer: Writer | None = None  # of documents that another host plays
    drill: Player | None = None  # plays practice callers

    def turn(self, db: Session) -> Turn:
        """A turn of calls at the present instant."""
        return Turn(db, self.settings, self.privacy, self.clock())


def send_due(sender: Sender) -> int:
    """Send every order that is due, one after the other. Returns how many there were."""
    letters = taken(sender)
    for letter in letters:
        send(sender, letter)
    return len(letters)


def taken(sender: Sender, most: int = 20) -> tuple[Letter, ...]:
    """Orders that are due, for this sender alone to send."""
    with sender.store.writing() as db:
        return take_due(db, sender.clock(), most)


def keep_calls_moving(sender: Sender) -> None:
    """What the wait loop does at each visit, without a visit: wrap-ups end, legs expire."""
    with sender.store.writing() as db:
        keep_moving_unseen(sender.turn(db))


def next_wish(sender: Sender, tick: timedelta) -> datetime | None:
    """When there is next something to send or to look at; None: nothing is under way.

    A caller for whom nobody was free is looked at again after `tick`.
    """
    now = sender.clock()
    with sender.store.reading() as db:
        coming = upcoming(db, now)
    again = now + tick if coming.waiting else None
    wishes = (coming.order, coming.silence, coming.expiry, again)
    return min((wish for wish in wishes if wish is not None), default=None)


def send(sender: Sender, letter: Letter) -> None:
    """Send one order that was taken, and note what came of it."""
    match letter.kind:
        case Order.RING:
            _ring(sender, letter)
        case Order.MOVE:
            _tell(sender, letter, join(letter.call_token, str(letter.leg_token)))
        case Order.DISMISS:
            _tell(sender, letter, leg_over(str(letter.leg_token)))
        case Order.HANG_UP:
            _tell(sender, letter, None)
        case Order.TELL | Order.ANNOUNCE:
            _say(sender, letter)
        case Order.CALL | Order.RELEASE:
            ring_or_release(sender, letter)


def _ring(sender: Sender, letter: Letter) -> None:
    assert letter.leg_token is not None
    assert letter.address is not None
    if letter.leg_state is not LegState.PLANNED:
        return _settle(sender, letter, "no longer wanted")
    order = LegOrder(
        to=letter.address,
        answered_path=whisper(letter.leg_token),
        status_path=leg_status(letter.leg_token),
        ring_seconds=sender.settings.answering.ring,
    )
    try:
        sid = sender.carrier.ring(order)
    except AnswerLostError as lost:
        _rings(sender, letter, None, str(lost))
    except PortError as error:
        _failed(sender, letter, error)
    else:
        _rings(sender, letter, sid, None)


def _rings(sender: Sender, letter: Letter, sid: CallSid | None, failure: str | None) -> None:
    """The carrier rings, or may ring: its own webhooks tell the rest."""
    assert letter.leg is not None
    with sender.store.writing() as db:
        turn = sender.turn(db)
        settle(db, letter.id, turn.now, failure)
        until = turn.later(sender.settings.answering.ring + RING_EXTRA)
        dialled = LegState.DIALLED
        if advance_leg(db, letter.leg, (LegState.PLANNED,), dialled, until, sid) or sid is None:
            return
        note_leg_sid(db, letter.leg, sid)
        leg = leg_of_id(db, letter.leg)
        if leg is not None and leg.state is LegState.ENDED:  # lost while we were asking
            expires = turn.now + HANG_UP_WITHIN
            post(db, [NewOrder(Order.HANG_UP, letter.call, letter.leg, turn.now, expires)])


def _failed(sender: Sender, letter: Letter, error: PortError) -> None:
    """The person is free again. If it was the carrier's fault, the call is rung for by <Dial>."""
    assert letter.leg is not None
    log.warning("leg %s of call %s was not rung: %s", letter.leg, letter.call, error)
    with sender.store.writing() as db:
        turn = sender.turn(db)
        call_of_id(db, letter.call)  # keeps it still
        settle(db, letter.id, turn.now, str(error))
        result = LegResult.FAILED if error.permanent else LegResult.UNSENT
        legs_over(turn, end_legs(db, [letter.leg], result, turn.now))
        keep_moving(turn)


def _tell(sender: Sender, letter: Letter, path: str | None) -> None:
    """Move a leg to `path`, or hang it up. A move that fails, the next visit of the wait heals."""
    failure = None
    again = False
    try:
        if letter.sid is not None and path is not None:
            sender.carrier.move(CallSid(letter.sid), path)
        elif letter.sid is not None:
            sender.carrier.hang_up(CallSid(letter.sid))
    except PortError as error:
        failure = str(error)
        again = letter.kind in TRIED_AGAIN and _undone(letter, error)
        log.warning("%s of call %s failed: %s", letter.kind, letter.call, error)
        if letter.kind is Order.MOVE and isinstance(error, LegOverError):
            _caller_gone(sender, letter)
    if again:
        with sender.store.writing() as db:
            put_off(db, letter.id, sender.clock() + AGAIN_AFTER)
    else:
        _settle(sender, letter, failure)


def _caller_gone(sender: Sender, letter: Letter) -> None:
    """The carrier's refusal is the first news of it, or the only one."""
    with sender.store.writing() as db:
        turn, call = sender.turn(db), call_of_id(db, letter.call)
        if call is None or call.state not in ON_THE_WAY or call.leg != letter.leg:
            return
        gone_unmet(turn, call)
        expires = turn.now + HANG_UP_WITHIN
        post(db, [NewOrder(Order.DISMISS, call.id, letter.leg, turn.now, expires)])


def _undone(letter: Letter, error: PortError) -> bool:
    """Whether it may be asked again: words that were heard would begin anew."""
    heard = letter.kind is Order.DISMISS and isinstance(error, AnswerLostError)
    return not error.permanent and not heard


def _say(sender: Sender, letter: Letter) -> None:
    """Say something in the room; whoever waits outside until all have heard it may then come in."""
    to = None if letter.kind is Order.ANNOUNCE else letter.sid
    if letter.room_sid is None or (to is None and letter.kind is Order.TELL):
        _settle(sender, letter, "the room is not known")
        return
    failure = None
    try:
        path = room_words(letter.call_token, str(letter.detail))
        sender.carrier.announce(letter.room_sid, path, CallSid(to) if to else None)
    except PortError as error:
        failure = str(error)
        log.warning("%s in call %s failed: %s", letter.kind, letter.call, error)
    if letter.kind is Order.ANNOUNCE and letter.leg is not None and failure is None:
        _let_in(sender, letter, letter.leg)
    _settle(sender, letter, failure)


def _let_in(sender: Sender, letter: Letter, leg: LegId) -> None:
    with sender.store.writing() as db:
        if move_leg(db, leg, [Place.OUTSIDE], Place.ROOM):
            sender.turn(db).note(Happening(letter.call, "announced", leg))


def _settle(sender: Sender, letter: Letter, failure: str | None) -> None:
    with sender.store.writing() as db:
        turn = sender.turn(db)
        settle(db, letter.id, turn.now, failure)
        if failure:
            turn.note(Happening(letter.call, f"{letter.kind}-failed", letter.leg))
