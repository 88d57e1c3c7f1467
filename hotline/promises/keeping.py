"""The work that keeps callbacks: what came of each try, what ran out, and whom to ask next.

A promise is in hand only as long as the call that shall keep it is open, and every call ends by
itself: so whatever breaks, the promise is open again.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hotline.calls.ringing.moving import SENT_WITHIN
from hotline.calls.ringing.routing import reach_of_lines
from hotline.calls.ringing.sending import Sender
from hotline.calls.turn import Turn
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.promises.offering import Offer, offers
from hotline.promises.states import AttemptResult, CallbackEvent, Safe
from hotline.promises.times import may_ring
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import NewLeg, plan_legs
from hotline.store.duty.rosters import rota_at
from hotline.store.owed.attempts import (
    EndedReturn,
    close_unplaced,
    end_attempt,
    ended_returns,
    keep_asked_before,
    keep_by_talks,
    run_out,
    tries_over,
)
from hotline.store.owed.callbacks import move_callback
from hotline.store.owed.returns import NewReturn, lines_waited_at, open_returns, promises_due
from hotline.store.sending.outbox import NewOrder, Order, pace, post

# Who did not take a callback on is asked again after so long.
OFFERED_AGAIN: Final = timedelta(minutes=15)
# The carrier failed before the caller's telephone rang.
CARRIER_AGAIN: Final = timedelta(minutes=1)
ASKED_WITHIN: Final = timedelta(minutes=2)  # ringing, whisper and key of the volunteer


def keep_promises(sender: Sender) -> None:
    """Everything about callbacks that is due by itself. Mostly that is nothing, and only read."""
    with sender.store.reading() as db:
        turn = sender.turn(db)
        idle = not tries_over(db, turn.now) and not _wanted(turn)
    if idle:
        return
    with sender.store.writing() as db:
        turn = sender.turn(db)
        settle_tries(turn)
        _expire(turn)
        offer_callbacks(turn)


def settle_tries(turn: Turn) -> None:
    """Let every promise know what came of the call that should keep it."""
    close_unplaced(turn.db, turn.now)
    for ended in ended_returns(turn.db):  # those that ended since the last look
        end_attempt(turn.db, ended.call, ended.result)
        _settle(turn, ended)
    keep_by_talks(turn.db, turn.now)


def _settle(turn: Turn, ended: EndedReturn) -> None:
    callback, now = ended.callback, turn.now
    if ended.result is AttemptResult.TALKED:
        move_callback(turn.db, callback, CallbackEvent.TALKED, done=now)
        keep_asked_before(turn.db, ended.call, now)
    elif ended.rung is None:
        passed = ended.result is AttemptResult.PASSED and not ended.unsent
        later = timedelta() if passed else CARRIER_AGAIN
        move_callback(turn.db, callback, CallbackEvent.FAILED, next_at=now + later)
    else:
        _rung_in_vain(turn, ended)


def _rung_in_vain(turn: Turn, ended: EndedReturn) -> None:
    callback, promised = ended.callback, turn.settings.promised
    next_at = turn.later(promised.spacing)
    if ended.attempts < promised.attempts:
        move_callback(turn.db, callback, CallbackEvent.FAILED, next_at=next_at)
    elif move_callback(turn.db, callback, CallbackEvent.GIVEN_UP):
        alert(turn.db, [Alarm(AlarmKind.UNREACHED, str(callback), ended.line)], turn.now)


def _expire(turn: Turn) -> None:
    late = run_out(turn.db, turn.now)
    if late:
        alert(turn.db, [Alarm(AlarmKind.UNKEPT, str(callback)) for callback in late], turn.now)


def offer_callbacks(turn: Turn) -> None:
    """Ask volunteers who are free between calls to keep what may be kept now."""
    wanted = _wanted(turn)
    if wanted:
        _offer(turn, wanted)


def _wanted(turn: Turn) -> tuple[Offer, ...]:
    zone, promised = turn.settings.site.zone, turn.settings.promised
    safe_now = [safe for safe in Safe if may_ring(safe, promised, zone, turn.now)]
    due = [
        promise
        for promise in promises_due(turn.db, turn.now, turn.now - OFFERED_AGAIN)
        if promise.safe in safe_now and turn.settings.line(promise.line) is not None
    ]
    if not due:
        return ()
    reach = reach_of_lines(rota_at(turn.db, turn.now), turn.settings, turn.now)
    return offers(due, lines_waited_at(turn.db), reach, turn.now)


def _offer(turn: Turn, wanted: Sequence[Offer]) -> None:
    """Each promise in one hand, each person reserved once: both by guarded UPDATEs."""
    new = [
        NewReturn(offer.promise.id, secrets.token_urlsafe(12), turn.now + ASKED_WITHIN)
        for offer in wanted
    ]
    calls = open_returns(turn.db, new, turn.now)
    gap = timedelta(seconds=1 / turn.settings.carrier.calls_per_second)
    times = pace(turn.db, len(calls), gap, turn.now) if calls else ()
    mine = [offer for offer in wanted if offer.promise.id in calls]
    legs = [
        NewLeg(
            token=secrets.token_urlsafe(12),
            call=calls[offer.promise.id],
            person=offer.seat.volunteer.id,
            desk=offer.seat.desk,
            by_dial=False,
            until=time + SENT_WITHIN,
        )
        for offer, time in zip(mine, times, strict=True)
    ]
    planned = plan_legs(turn.db, legs, turn.now)
    post(
        turn.db,
        [
            NewOrder(Order.RING, leg.call, leg_id, leg.until - SENT_WITHIN, leg.until)
            for leg_id, leg in planned.items()
        ],
    )
    turn.note(*(Happening(leg.call, "callback-offered", leg_id) for leg_id, leg in planned.items()))
