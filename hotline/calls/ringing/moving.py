"""What keeps calls moving: waves started, legs that are over, callers who fell silent."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.ledger import decisions
from hotline.calls.ringing.facts import CallId, Ring, WaitingCall
from hotline.calls.ringing.routing import next_waves, reach_of_lines
from hotline.calls.states import MISSED, CallEvent, LegResult
from hotline.calls.turn import Turn
from hotline.duty import Rota
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.store.calling.endings import (
    STOPS_RINGING,
    EndedLeg,
    end_all,
    end_ringing,
    end_whispering,
    expire_legs,
    take_from_others,
)
from hotline.store.calling.happenings import Happening
from hotline.store.calling.ledger import keep_decisions
from hotline.store.calling.legs import (
    NewLeg,
    live_legs,
    plan_legs,
)
from hotline.store.calling.moves import (
    close_silent,
    end_quiet_waves,
    move_calls,
    note_on_call,
    wave_ended,
)
from hotline.store.calling.waiting import (
    calls_waiting,
)
from hotline.store.duty.reach import codes_of
from hotline.store.duty.rosters import rota_at
from hotline.store.owed.overdue import anything_overdue
from hotline.store.sending.outbox import NewOrder, Order, pace, post, withdraw

# An order that nobody sent so long after it was due never will be: no worker runs.
SENT_WITHIN: Final = timedelta(seconds=6)
# Seconds that a carrier may ring longer than asked (5), and that its word may be on the way.
RING_EXTRA: Final = 12
# Hanging up stays worth trying while a telephone may ring.
HANG_UP_WITHIN: Final = timedelta(seconds=60)


def keep_moving(turn: Turn) -> Rota:
    """Everything that is due by itself, for all calls. Returns who is on duty, as it read it."""
    settle_overdue(turn)
    rota = rota_now(turn)
    waiting = _waiting(turn)
    if waiting:
        _ring_for(turn, waiting, rota)
    return rota


def keep_moving_unseen(turn: Turn) -> None:
    """The same for a worker, who asks often and mostly finds nothing to do."""
    if anything_overdue(turn.db, turn.now):
        settle_overdue(turn)
    waiting = _waiting(turn)
    if waiting:
        _ring_for(turn, waiting, rota_now(turn))


def rota_now(turn: Turn) -> Rota:
    """Who is on duty now, and the site's duty-lead people."""
    return rota_at(turn.db, turn.now, turn.settings.lead.people or ())


def settle_overdue(turn: Turn) -> None:
    """End legs and calls of which nobody will tell us any more."""
    legs_over(turn, expire_legs(turn.db, turn.now))
    end_quiet_waves(turn.db)
    silent = close_silent(turn.db, turn.now)
    for call in silent:  # rare: one query each
        hang_up(turn, end_all(turn.db, call, LegResult.CANCELLED, turn.now))
    turn.note(*(Happening(call, "fell-silent") for call in silent))


def legs_over(turn: Turn, ended: Sequence[EndedLeg]) -> None:
    """Let the carrier stop what still rings, and the calls of these legs wait again."""
    if not ended:
        return
    hang_up(turn, ended)
    report_silent(turn, ended)
    wave_ended(turn.db, {leg.call for leg in ended})
    for call in {leg.call for leg in ended if _rest_fails(leg)}:
        note_on_call(turn.db, call, by_dial=True)
    turn.note(*(Happening(leg.call, f"leg-{leg.result}", leg.id) for leg in ended))


def report_silent(turn: Turn, ended: Sequence[EndedLeg]) -> None:
    """Tell supervisors of telephones that are put aside: they ring in vain, or cannot be rung."""
    most = turn.settings.rings.misses
    silent = [leg for leg in ended if leg.result in MISSED and (leg.refused or leg.missed >= most)]
    if silent:
        codes = codes_of(turn.db, {leg.person for leg in silent})
        alert(turn.db, [Alarm(AlarmKind.UNREACHABLE, code) for code in codes.values()], turn.now)


def _rest_fails(leg: EndedLeg) -> bool:
    """The order never left, or the carrier never said a word of it."""
    return leg.result is LegResult.UNSENT or (leg.result is LegResult.UNHEARD and leg.sid is None)


def stop_ringing(turn: Turn, call: CallId, result: LegResult) -> None:
    """Nobody is needed for `call` any more: telephones go quiet, who is in the whisper is told."""
    ringing = end_ringing(turn.db, call, result, turn.now)
    hang_up(turn, ringing)
    told = end_whispering(turn.db, call, result, turn.now)
    expires = turn.now + HANG_UP_WITHIN
    post(turn.db, [NewOrder(Order.DISMISS, call, leg.id, turn.now, expires) for leg in told])
    turn.note(*(Happening(call, f"leg-{leg.result}", leg.id) for leg in (*ringing, *told)))


def hang_up(turn: Turn, ended: Sequence[EndedLeg]) -> None:
    """Withdraw the orders to ring that nobody sent yet; hang up the legs that may ring."""
    withdrawn = withdraw(turn.db, [leg.id for leg in ended if leg.sid is None], turn.now)
    expires = turn.now + HANG_UP_WITHIN
    post(
        turn.db,
        [
            NewOrder(Order.HANG_UP, leg.call, leg.id, turn.now, expires)
            for leg in ended
            if leg.sid is not None and leg.id not in withdrawn and leg.result in _STILL_RINGS
        ],
    )


_STILL_RINGS: Final = frozenset({LegResult.LOST, LegResult.CANCELLED, LegResult.UNHEARD})


def _waiting(turn: Turn) -> tuple[WaitingCall, ...]:
    tried_since = turn.now - timedelta(seconds=turn.settings.answering.ring_again)
    return calls_waiting(turn.db, tried_since)


def _ring_for(turn: Turn, waiting: Sequence[WaitingCall], rota: Rota) -> None:
    """Start a wave for everybody for whom no telephone rings."""
    rings = next_waves(waiting, live_legs(turn.db), rota, turn.settings, turn.now)
    _keep(turn, waiting, rings, rota)
    if rings:
        _start(turn, rings)


def _keep(turn: Turn, waiting: Sequence[WaitingCall], rings: Sequence[Ring], rota: Rota) -> None:
    """Put into the ledger what was decided, and why nobody else."""
    again = timedelta(seconds=turn.settings.answering.ring_again)
    reach = reach_of_lines(rota, turn.settings, turn.now)
    made = decisions(waiting, rings, reach, again, turn.now)
    known = {call.id: call.decided for call in waiting if call.decided is not None}
    keep_decisions(turn.db, made, known, turn.now)


def _start(turn: Turn, rings: Sequence[Ring]) -> None:
    mine = move_calls(turn.db, {ring.call for ring in rings}, CallEvent.WAVE_STARTED)
    rings = _taken_over(turn, [ring for ring in rings if ring.call in mine])
    gap = timedelta(seconds=1 / turn.settings.carrier.calls_per_second)
    times = pace(turn.db, len(rings), gap, turn.now) if rings else ()
    legs = [_leg(ring, time) for ring, time in zip(rings, times, strict=True)]
    planned = plan_legs(turn.db, legs, turn.now)
    post(
        turn.db,
        [
            NewOrder(Order.RING, leg.call, leg_id, leg.until - SENT_WITHIN, leg.until)
            for leg_id, leg in planned.items()
        ],
    )
    _back_to_waiting(turn, mine, {leg.call for leg in planned.values()})
    turn.note(*(Happening(leg.call, "leg-planned", leg_id) for leg_id, leg in planned.items()))


def _leg(ring: Ring, time: datetime) -> NewLeg:
    return NewLeg(
        token=secrets.token_urlsafe(12),
        call=ring.call,
        person=ring.seat.volunteer.id,
        desk=ring.seat.desk,
        by_dial=False,
        until=time + SENT_WITHIN + (STOPS_RINGING if ring.takes_over else timedelta()),
    )


def _back_to_waiting(turn: Turn, mine: Collection[CallId], rung: Collection[CallId]) -> None:
    """Callers whose people were all taken by another request in this instant."""
    if unlucky := set(mine) - set(rung):
        wave_ended(turn.db, unlucky)


def _taken_over(turn: Turn, rings: Sequence[Ring]) -> list[Ring]:
    """The rings that need no leg to end, and those whose leg could be ended."""
    wanted = [ring.takes_over for ring in rings if ring.takes_over is not None]
    ended = take_from_others(turn.db, wanted, turn.now) if wanted else ()
    hang_up(turn, ended)
    freed = {leg.id for leg in ended}
    return [ring for ring in rings if ring.takes_over is None or ring.takes_over in freed]
