"""Timed work: swaps whose time is over expire, and those whose shifts are gone are void."""

from datetime import datetime

from hotline.config.settings import Settings
from hotline.store import Store
from hotline.store.duty.promises import promises
from hotline.store.duty.swaps import swaps_open
from hotline.swaps.settling import expire, still_held, void_those_gone
from scheduling.problem import Span


def watch_swaps(store: Store, settings: Settings, now: datetime) -> None:
    """Read and decided first, so that looking delays nobody who writes."""
    with store.reading() as db:
        swaps = swaps_open(db)
        late = [swap for swap in swaps if swap.until <= now]
        shifts = [shift.span for swap in swaps for shift in swap.terms.shifts]
        gone = False
        if shifts:
            around = Span(min(s.start for s in shifts), max(s.end for s in shifts))
            held = promises(db, around)
            gone = any(not still_held(swap.terms, held) for swap in swaps)
    if late or gone:
        with store.writing() as db:
            for swap in late:  # rare: a few statements each
                expire(db, settings, swap, now)
            if gone:
                void_those_gone(db, settings, now)
