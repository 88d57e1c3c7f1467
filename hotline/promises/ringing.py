"""The order to ring a caller back, as it is sent: no private number shows on either side."""

import logging
from typing import TYPE_CHECKING

from hotline.calls.paths import called, called_status
from hotline.calls.ringing.moving import HANG_UP_WITHIN
from hotline.calls.states import CallState
from hotline.calls.wait.waiting import call_now
from hotline.ports import AnswerLostError, CallSid, LegOrder, PortError
from hotline.promises.placing import unreached
from hotline.promises.states import AttemptResult
from hotline.store.owed.attempts import note_rung
from hotline.store.sending.outbox import Letter, NewOrder, Order, post, settle

if TYPE_CHECKING:
    from hotline.calls.ringing.sending import Sender

log = logging.getLogger(__name__)


def ring_or_release(sender: "Sender", letter: Letter) -> None:
    """Ring a caller back, or stop their telephone that rings for nobody any more."""
    ordered = _ring if letter.kind is Order.CALL else _release
    ordered(sender, letter)


def _ring(sender: "Sender", letter: Letter) -> None:
    """Ring the caller; what comes of it is told by the carrier's own requests."""
    assert letter.caller is not None
    line = sender.settings.line(letter.line)
    order = LegOrder(
        to=f"tel:{sender.privacy.opened(letter.caller)}",
        answered_path=called(letter.call_token),
        status_path=called_status(letter.call_token),
        ring_seconds=sender.settings.promised.ring,
        shown=line.caller_id if line else None,
    )
    try:
        sid = sender.carrier.ring(order)
    except AnswerLostError as lost:
        _rings(sender, letter, None, str(lost))
    except PortError as error:
        _failed(sender, letter, error)
    else:
        _rings(sender, letter, sid, None)


def _rings(sender: "Sender", letter: Letter, sid: CallSid | None, failure: str | None) -> None:
    with sender.store.writing() as db:
        turn = sender.turn(db)
        settle(db, letter.id, turn.now, failure)
        note_rung(db, letter.call, sid, turn.now)
        if call_now(turn, letter.call).state is CallState.CLOSED:  # given up while we were asking
            expires = turn.now + HANG_UP_WITHIN
            post(db, [NewOrder(Order.RELEASE, letter.call, letter.leg, turn.now, expires)])


def _failed(sender: "Sender", letter: Letter, error: PortError) -> None:
    """A number that the carrier refuses counts as a try; a carrier that is away does not."""
    log.warning("call %s was not rung back: %s", letter.call, error)
    with sender.store.writing() as db:
        turn = sender.turn(db)
        settle(db, letter.id, turn.now, str(error))
        if error.permanent:
            note_rung(db, letter.call, None, turn.now)
        call = call_now(turn, letter.call)
        if call.state is CallState.PLACING:
            unreached(turn, call, AttemptResult.FAILED)


def _release(sender: "Sender", letter: Letter) -> None:
    """Stop the caller's telephone; if that fails they hear that we ring again."""
    failure = None
    try:
        if letter.sid is not None:
            sender.carrier.release(CallSid(letter.sid))
    except PortError as error:
        failure = str(error)
    with sender.store.writing() as db:
        settle(db, letter.id, sender.clock(), failure)
