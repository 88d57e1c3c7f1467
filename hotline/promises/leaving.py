"""A volunteer who leaves while the caller they ring back has not come yet."""

from hotline.calls.closing import LAST_WORDS
from hotline.calls.ringing.moving import HANG_UP_WITHIN
from hotline.calls.turn import Turn
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.endings import end_in_vain
from hotline.store.calling.legs import StoredLeg
from hotline.store.sending.outbox import NewOrder, Order, post


def leaves_placing(turn: Turn, call: StoredCall, leg: StoredLeg) -> None:
    """What still rings is stopped. A caller who has picked up meanwhile gets somebody else."""
    end_in_vain(turn.db, leg.id, turn.now, turn.later(LAST_WORDS))
    expires = turn.now + HANG_UP_WITHIN
    post(turn.db, [NewOrder(Order.RELEASE, call.id, leg.id, turn.now, expires)])
