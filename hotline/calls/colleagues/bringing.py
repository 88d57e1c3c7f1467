"""Somebody else is rung into a conversation: the duty lead, an expert, a desk, a supervisor."""

import secrets
from dataclasses import replace
from datetime import timedelta

from hotline.calls.ringing.moving import SENT_WITHIN
from hotline.calls.states import Part, Place
from hotline.calls.talk.rooms import tell
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.config.settings import DeskName, Line
from hotline.duty import Seat, in_reach, leads
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import NewLeg, StoredLeg, plan_legs
from hotline.store.duty.rosters import rota_at
from hotline.store.sending.outbox import NewOrder, Order, pace, post


def lead_free(turn: Turn, line: Line) -> Seat | None:
    """The duty lead to ring for help; None if there is none or they are busy."""
    rota = rota_at(turn.db, turn.now, turn.settings.lead.people or ())
    return next(iter(leads(rota, line, turn.settings, turn.now).free), None)


def somebody_at(turn: Turn, line: Line, desk: str) -> Seat | None:
    """Who answers `line` at `desk` now; None if nobody is free there."""
    there = replace(line, desks=(DeskName(desk),))
    rung = in_reach(rota_at(turn.db, turn.now), there, turn.settings, turn.now).rung
    return next(iter(rung), None)


def call_in(turn: Turn, call: StoredCall, seat: Seat, part: Part, place: Place) -> bool:
    """True if this person is being rung for the conversation; False if they were taken."""
    gap = timedelta(seconds=1 / turn.settings.carrier.calls_per_second)
    (time,) = pace(turn.db, 1, gap, turn.now)
    until = time + SENT_WITHIN
    leg = NewLeg(
        secrets.token_urlsafe(12),
        call.id,
        seat.volunteer.id,
        seat.desk,
        by_dial=False,
        until=until,
        part=part,
        place=place,
    )
    planned = plan_legs(turn.db, [leg], turn.now)
    post(turn.db, [NewOrder(Order.RING, call.id, each, time, until) for each in planned])
    turn.note(*(Happening(call.id, f"called-in-{part}", each) for each in planned))
    return bool(planned)


def not_coming(turn: Turn, leg: StoredLeg) -> None:
    """Whoever was to help was not reached or does not come: the volunteer alone hears of it."""
    if leg.part is Part.HELP:
        call = call_now(turn, leg.call)
        tell(turn, call.id, call.leg, "helper-unreached")
