"""A volunteer who leaves while the caller they ring back has not come yet."""

from hotline.calls.closing import LAST_WORDS
from hotline.calls.moving import HANG_UP_WITHIN
from hotline.calls.turn import Turn
from hotline.store.calls import StoredCall
from hotline.store.endings import end_in_vain
from hotline.store.legs import StoredLeg
from hotline.store.outbox import NewOrder, Order, post


def leaves_placing(turn: Turn, call: StoredCall, leg: StoredLeg) -> None:
    """What still rings is stopped. A caller who has picked up meanwhile gets somebody else."""
    end_in_vain(turn.db, leg.id, turn.now, turn.later(LAST_WORDS))
    expires = turn.now + HANG_UP_WITHIN
    post(turn.db, [NewOrder(Order.RELEASE, call.id, leg.id, turn.now, expires)])
