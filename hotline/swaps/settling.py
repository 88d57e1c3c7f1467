"""What two people agreed on becomes true, or turns out to be impossible."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from hotline.config.settings import Settings
from hotline.corrections.overrides import OverrideError, OverrideOrder, override
from hotline.duty import Cause
from hotline.errors import HotlineError
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.rosters.draft.promised import NotedOverride, Promise
from hotline.rosters.states import RosterState
from hotline.store import Session
from hotline.store.duty.overrides import overrides_between
from hotline.store.duty.promises import promises
from hotline.store.duty.swaps import hold_swap, move_swap, swaps_open
from hotline.store.sending.notices import post_notices
from hotline.swaps.judging import Effect
from hotline.swaps.offering import effect_of
from hotline.swaps.reading import Weeks, may_answer
from hotline.swaps.states import SwapEvent
from hotline.swaps.swap import HeldShift, Party, Swap, Terms
from hotline.swaps.telling import tell
from scheduling.problem import Span


class NotSettledError(HotlineError):
    """The roster changed at the same moment; nothing was settled."""


def may_settle(settings: Settings, weeks: Weeks, terms: Terms) -> Effect | None:
    """What it does, if both still hold their shifts and no rule and no floor is in the way."""
    if not still_held(terms, weeks.published):
        return None
    for who, shift in _coming(terms):
        desk = settings.desk(shift.desk)
        known = weeks.people.get(who.code)
        if desk is None or known is None or who.code not in weeks.asked:
            return None
        if not may_answer(known, desk, settings):
            return None
    found = effect_of(weeks, terms)
    return found if found.allowed else None


def settle(db: Session, settings: Settings, swap: Swap, event: SwapEvent, now: datetime) -> None:
    """It holds from now on: telephone and roster follow, and everybody concerned is told.

    What else was asked about these shifts is void. Raises NotSettledError.
    """
    if not move_swap(db, swap.id, event, decided=now):
        raise NotSettledError("Somebody else decided at the same moment; look again.")
    noted = overrides_between(db, Span(swap.terms.begins, _ends(swap.terms)))
    try:
        for order in _orders(swap, noted):
            override(db, settings, order, now)
    except OverrideError as error:
        raise NotSettledError(str(error)) from None
    post_notices(db, tuple(_news(settings, swap, now)), now)
    void_those_gone(db, settings, now)


def void(db: Session, settings: Settings, swap: Swap, now: datetime) -> bool:
    """It cannot be any more; both are told."""
    if not move_swap(db, swap.id, SwapEvent.DUTY_GONE, decided=now):
        return False
    both = (swap.terms.asker, swap.terms.partner)
    told = [tell(settings, NoticeKind.SWAP_VOID, swap, who, now) for who in both]
    post_notices(db, told, now)
    return True


def void_those_gone(db: Session, settings: Settings, now: datetime) -> int:
    """End every open swap of which a shift was moved, cancelled or swapped; how many."""
    swaps = swaps_open(db)
    if not swaps:
        return 0
    around = Span(
        min(swap.terms.begins for swap in swaps), max(_ends(swap.terms) for swap in swaps)
    )
    held = promises(db, around)
    gone = [swap for swap in swaps if not still_held(swap.terms, held)]
    return sum(void(db, settings, swap, now) for swap in gone)


def expire(db: Session, settings: Settings, swap: Swap, now: datetime) -> bool:
    """Its time is over, undecided; both are told."""
    known = hold_swap(db, swap.id)
    if known is None or not move_swap(db, swap.id, SwapEvent.TIME_PASSED, decided=now):
        return False
    both = (swap.terms.asker, swap.terms.partner)
    told = [tell(settings, NoticeKind.SWAP_EXPIRED, swap, who, now) for who in both]
    post_notices(db, told, now)
    return True


def still_held(terms: Terms, held: Iterable[Promise]) -> bool:
    """Whether each of the two has the very shift, whole, by what is published."""
    there = {
        (p.person, p.desk, p.shift, p.span)
        for p in held
        if p.state is RosterState.PUBLISHED and not p.part
    }
    leaving = ((terms.asker, terms.gives), (terms.partner, terms.takes))
    return all(
        (who.code, shift.desk, shift.shift, shift.span) in there
        for who, shift in leaving
        if shift is not None
    )


def _coming(terms: Terms) -> Iterator[tuple[Party, HeldShift]]:
    yield terms.partner, terms.gives
    if terms.takes is not None:
        yield terms.asker, terms.takes


def _ends(terms: Terms) -> datetime:
    return max(shift.span.end for shift in terms.shifts)


def _orders(swap: Swap, noted: Iterable[NotedOverride]) -> Iterator[OverrideOrder]:
    """The overrides that make it true.

    Where the two shifts run at one time, both leave before either comes: an override takes a
    person from a desk, whichever shift they are in there.
    """
    terms, noted = swap.terms, tuple(noted)
    asker, partner = terms.asker.code, terms.partner.code
    giving = (terms.gives, partner, asker)
    if terms.takes is None:
        changes: list[tuple[HeldShift, str | None, str | None]] = [giving]
    elif terms.gives.span.meets(terms.takes.span):
        changes = [
            (terms.gives, None, asker),
            (terms.takes, None, partner),
            (terms.gives, partner, None),
            (terms.takes, asker, None),
        ]
    else:
        changes = [giving, (terms.takes, asker, partner)]
    for shift, comes, leaves in changes:
        cause = _cause(shift, noted)
        yield OverrideOrder(
            shift.desk, shift.span, comes, leaves, f"swap {swap.id}", cause, shift.shift
        )


def _cause(shift: HeldShift, noted: Iterable[NotedOverride]) -> Cause:
    """A swap, or as strong as what its shift was changed by before: else that would beat it."""
    stronger = [
        each.override.cause
        for each in noted
        if each.shift == shift.shift and not each.override.cause.yields
    ]
    return stronger[-1] if stronger else Cause.SWAP


def _news(settings: Settings, swap: Swap, now: datetime) -> Iterator[NewNotice]:
    if swap.terms.takes is None:
        yield tell(settings, NoticeKind.REPLACED, swap, swap.terms.asker, now)
        yield tell(settings, NoticeKind.STANDS_IN, swap, swap.terms.partner, now)
    else:
        for who in (swap.terms.asker, swap.terms.partner):
            yield tell(settings, NoticeKind.SWAPPED, swap, who, now)
