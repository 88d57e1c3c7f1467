"""Use cases of the coordinator: what two people agreed on is approved, or not."""

from collections.abc import Collection
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.oversight.alarms import NoticeKind
from hotline.store import Session
from hotline.store.duty.swaps import hold_to_settle, keep_approval, move_swap
from hotline.store.sending.notices import post_notices
from hotline.swaps.asking import Answered, SwapError, Why, weeks_for
from hotline.swaps.settling import may_settle, settle, void
from hotline.swaps.states import SwapEvent, SwapState
from hotline.swaps.swap import Swap
from hotline.swaps.telling import tell


def approve(
    db: Session,
    settings: Settings,
    number: int,
    now: datetime,
    desks: Collection[DeskName] | None = None,
) -> Answered:
    """It holds, if the roster still allows it. Raises SwapError or NotSettledError.

    desks: those that whoever approves coordinates; None: all. Of a swap between two desks each is
    approved by who coordinates it, in any order.
    """
    swap = _held(db, settings, number)
    if swap.state is SwapState.ASKED:
        raise SwapError(Why.UNANSWERED, f"{swap.terms.partner.name} has not answered yet.")
    if swap.state is not SwapState.AGREED or swap.until <= now:
        return Answered.TOO_LATE
    if may_settle(settings, weeks_for(db, settings, swap), swap.terms) is None:
        void(db, settings, swap, now)
        return Answered.VOID
    still = swap.unapproved.difference(swap.unapproved if desks is None else desks)
    if still:
        both = {shift.desk for shift in swap.terms.shifts}
        keep_approval(db, swap.id, both - still)
        return Answered.HALF
    settle(db, settings, swap, SwapEvent.APPROVED, now)
    return Answered.APPROVED


def turn_down(db: Session, settings: Settings, number: int, now: datetime) -> Answered:
    """It is not approved; both are told. Raises SwapError."""
    swap = _held(db, settings, number)
    if not move_swap(db, swap.id, SwapEvent.SAID_NO, decided=now):
        return Answered.TOO_LATE
    both = (swap.terms.asker, swap.terms.partner)
    told = [tell(settings, NoticeKind.SWAP_NOT_APPROVED, swap, who, now) for who in both]
    post_notices(db, told, now)
    return Answered.REFUSED


def _held(db: Session, settings: Settings, number: int) -> Swap:
    swap = hold_to_settle(db, number, settings.site.zone)
    if swap is None:
        raise SwapError(Why.UNKNOWN, f"There is no swap {number}; look at: hotline swap list")
    return swap
