"""A volunteer stands alone in the room: has the caller hung up on the way, and nobody told us?"""

from datetime import timedelta
from typing import Final

from hotline.calls.closing import gone_unmet
from hotline.calls.states import CallState
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.legs import StoredLeg
from hotline.store.sending.outbox import NewOrder, Order, post

# Words of three seconds lead into the room. A leg that has ended cannot be moved: so the carrier
# tells what its callback did not; while REST fails, too, the caller is given up in the end.
ASKED_AFTER: Final = timedelta(seconds=6)
GIVEN_UP_AFTER: Final = timedelta(seconds=15)


def looked_for(turn: Turn, call: StoredCall, leg: StoredLeg, entered: int) -> StoredCall:
    """The call, after looking for a caller who should have come in.

    entered: the age of the call, in seconds, when the volunteer of `leg` came into the room.
    """
    if call.state is not CallState.TALKING or call.leg != leg.id or call.joined is None:
        return call
    if entered > int((call.joined - call.arrived).total_seconds()):  # they have met before
        return call
    alone = turn.now - call.joined
    if alone >= GIVEN_UP_AFTER:
        gone_unmet(turn, call)
        return call_now(turn, call.id)
    if alone >= ASKED_AFTER:
        post(turn.db, [NewOrder(Order.MOVE, call.id, leg.id, turn.now, turn.later(10))])
    return call
