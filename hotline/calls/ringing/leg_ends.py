"""The carrier tells how the leg to a volunteer ended, or that it rings."""

from dataclasses import dataclass
from typing import Final

from hotline.calls.closing import gone, talk_ended
from hotline.calls.colleagues.bringing import not_coming
from hotline.calls.instructions import Instructions
from hotline.calls.ringing.moving import (
    HANG_UP_WITHIN,
    RING_EXTRA,
    keep_moving,
    legs_over,
    report_silent,
)
from hotline.calls.ringing.volunteers import keep_moving_after
from hotline.calls.states import LegResult, LegState
from hotline.calls.talk.holding import caller_talked
from hotline.calls.talk.talking import leg_at, let_go
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now, wait_on
from hotline.store.calling.endings import (
    end_legs,
)
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import (
    StoredLeg,
    advance_leg,
    note_leg_sid,
)
from hotline.store.calling.moves import never_met
from hotline.store.sending.outbox import NewOrder, Order, post

FINAL: Final = {
    "completed": LegResult.PASSED,
    "busy": LegResult.BUSY,
    "no-answer": LegResult.UNANSWERED,
    "failed": LegResult.FAILED,
    "canceled": LegResult.CANCELLED,
}


def leg_told(turn: Turn, token: str, status: str, sid: str) -> None:
    """The carrier's word on a leg. Late, doubled or out of order, it changes nothing."""
    leg = leg_at(turn, token)
    result = FINAL.get(status)
    if result is None:
        _rings_at_last(turn, leg, sid)
    elif leg.state is LegState.ACCEPTED:
        let_go(turn, call_now(turn, leg.call), leg)
    elif ended := end_legs(turn.db, [leg.id], result, turn.now):
        report_silent(turn, ended)
        turn.note(Happening(leg.call, f"leg-{result}", leg.id))
        not_coming(turn, leg)
        keep_moving_after(turn, leg)


def _rings_at_last(turn: Turn, leg: StoredLeg, sid: str) -> None:
    """The carrier's id of a leg; one that nobody wants any more is hung up now that we can.

    It rings although the order counts as not sent yet: whoever sent it died before noting it.
    """
    if leg.sid is not None:
        return
    until = turn.later(turn.settings.answering.ring + RING_EXTRA)
    advance_leg(turn.db, leg.id, (LegState.PLANNED,), LegState.DIALLED, until, sid)
    note_leg_sid(turn.db, leg.id, sid)
    if leg.state is LegState.ENDED:
        order = NewOrder(Order.HANG_UP, leg.call, leg.id, turn.now, turn.now + HANG_UP_WITHIN)
        post(turn.db, [order])


@dataclass(frozen=True)
class DialEnd:
    """How a telephone rung from the caller's own leg ended, in the carrier's words."""

    dial_status: str
    call_status: str
    bridged: bool


def dial_ended(turn: Turn, token: str, end: DialEnd) -> Instructions:
    """The end of a talk; or the next try, the queue, the exit."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if leg.state is LegState.ACCEPTED:
        if not end.bridged:  # the caller hung up between the key and the bridge
            never_met(turn.db, call.id)
        talk_ended(turn, call, leg.id)
        return caller_talked(turn, call.token, end.call_status)
    result = FINAL.get(end.dial_status, LegResult.FAILED)
    legs_over(turn, end_legs(turn.db, [leg.id], result, turn.now))
    if end.call_status == "completed":
        gone(turn, call_now(turn, leg.call))
        return ()
    return wait_on(turn, call_now(turn, leg.call), keep_moving(turn))
