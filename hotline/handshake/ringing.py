"""Volunteers are rung for a question, never while they talk or ring for a caller."""

import logging
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.paths import errand_answered, errand_status
from hotline.calls.ringing.moving import RING_EXTRA
from hotline.calls.ringing.sending import Sender
from hotline.handshake.states import ErrandEvent, ErrandState
from hotline.handshake.trying import TRIALS, may_be_tried, no_longer_free
from hotline.ports import AnswerLostError, CallSid, LegOrder, PortError
from hotline.store.duty.trial_rings import recall
from hotline.store.sending.errands import (
    Ended,
    Errand,
    end_errand,
    errand_due,
    move_errand,
    note_errand_sid,
    put_off_errand,
)
from hotline.store.sending.outbox import pace
from hotline.store.sending.reserving import keep_reserved, reserve_for_errand

log = logging.getLogger(__name__)

TRIES_AGAIN: Final = timedelta(seconds=15)  # while the person is on a call
A_REST: Final = timedelta(seconds=5)  # a reservation outlives the wait for the carrier's next slot
MOST_AT_ONCE: Final = 20

_NEVER_TOLD: Final = {
    ErrandState.DIALLED: Ended.UNANSWERED,
    ErrandState.ANSWERED: Ended.SILENT,
}


def ring_volunteers(sender: Sender) -> None:
    """Do what is due about calls to volunteers: reserve, ring, hang up, give up."""
    _leave_alone(sender)
    for _ in range(MOST_AT_ONCE):
        now = sender.clock()
        with sender.store.reading() as db:  # so that looking delays no writer
            errand = errand_due(db, now)
        if errand is None:
            return
        match errand.state:
            case ErrandState.WAITING:
                _reserve(sender, errand, now)
            case ErrandState.PLANNED:
                _ring(sender, errand, now)
            case ErrandState.RECALLED:
                _hang_up(sender, errand, now)
            case _:
                with sender.store.writing() as db:
                    end_errand(db, errand.id, _NEVER_TOLD[errand.state], now)


def _leave_alone(sender: Sender) -> None:
    """Telephones that are only tried are hung up as soon as a caller could need them."""
    now = sender.clock()
    with sender.store.reading() as db:
        wanted = no_longer_free(db, sender.settings, now)
    if wanted:
        with sender.store.writing() as db:
            recall(db, wanted, now)


def _reserve(sender: Sender, errand: Errand, now: datetime) -> None:
    """Reserve the person if they are free, and the carrier's next slot; later, if they are not."""
    with sender.store.writing() as db:
        if now >= errand.expires:
            end_errand(db, errand.id, Ended.UNSENT, now)
        elif errand.purpose in TRIALS and not may_be_tried(db, sender.settings, errand, now):
            put_off_errand(db, errand.id, now + TRIES_AGAIN)
        elif reserve_for_errand(db, errand.id, errand.person, now + A_REST, now):
            gap = timedelta(seconds=1 / sender.settings.carrier.calls_per_second)
            (slot,) = pace(db, 1, gap, now)
            move_errand(db, errand.id, ErrandEvent.RESERVED, slot, slot + A_REST)
        else:
            put_off_errand(db, errand.id, now + TRIES_AGAIN)


def _ring(sender: Sender, errand: Errand, now: datetime) -> None:
    """Ring, if nobody else does: claimed first, for ringing cannot be taken back."""
    ring = sender.settings.answering.ring
    with sender.store.writing() as db:
        until = now + timedelta(seconds=ring + RING_EXTRA)
        if not keep_reserved(db, errand.id, until):
            again = now + TRIES_AGAIN
            move_errand(db, errand.id, ErrandEvent.TAKEN, again, again)
            return
        if not move_errand(db, errand.id, ErrandEvent.SENT, until, until):
            return
    order = LegOrder(
        to=errand.address,
        answered_path=errand_answered(errand.token),
        status_path=errand_status(errand.token),
        ring_seconds=ring,
    )
    try:
        _rings(sender, errand, sender.carrier.ring(order))
    except AnswerLostError:
        log.warning("errand %s may or may not ring: its own webhooks tell", errand.id)
    except PortError as error:
        log.warning("errand %s was not rung: %s", errand.id, error)
        with sender.store.writing() as db:
            end_errand(db, errand.id, Ended.UNSENT, sender.clock())


def _rings(sender: Sender, errand: Errand, sid: CallSid) -> None:
    with sender.store.writing() as db:
        note_errand_sid(db, errand.id, sid)


def _hang_up(sender: Sender, errand: Errand, now: datetime) -> None:
    with sender.store.writing() as db:
        mine = end_errand(db, errand.id, Ended.WITHDRAWN, now)
    for each in mine:
        try:
            if each.sid is not None:
                sender.carrier.hang_up(CallSid(each.sid))
        except PortError as error:  # it rings out by itself
            log.warning("errand %s was not hung up: %s", each.id, error)
