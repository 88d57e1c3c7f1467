"""Use cases of the two people: one asks, the other agrees or not, and either may think again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.accounts.roles import Role
from hotline.config.settings import DeskName, Settings
from hotline.config.tables.swaps import Approval
from hotline.duty import PersonId
from hotline.errors import HotlineError
from hotline.oversight.alarms import NoticeKind
from hotline.store import Session
from hotline.store.access.accounts import people_as
from hotline.store.duty.swaps import (
    file_swap,
    hold_people,
    hold_swap,
    hold_to_settle,
    move_swap,
    swap_of,
    swaps_with,
)
from hotline.store.sending.notices import post_notices
from hotline.swaps.judging import Effect
from hotline.swaps.offering import effect_of
from hotline.swaps.reading import Weeks, may_answer, weeks_around
from hotline.swaps.settling import may_settle, settle, void
from hotline.swaps.states import OPEN, SwapEvent, SwapState
from hotline.swaps.swap import HeldShift, Swap, Terms
from hotline.swaps.telling import tell, tell_coordinator
from scheduling.problem import Span
from scheduling.roster import Breach

MOST_ASKED = 6  # people for one shift at a time
AROUND = timedelta(days=7)  # what is offered for a shift lies no further from it


class Why(StrEnum):
    """Why something cannot be asked or answered."""

    UNKNOWN = "unknown"  # there is no such swap, or no such person
    NOT_HELD = "not-held"  # the shift is somebody else's, in part or whole
    TOO_SOON = "too-soon"
    TOO_MANY = "too-many"  # are asked for that shift already
    ASKED_BEFORE = "asked-before"
    UNFIT = "unfit"  # they answer no calls there
    RULES = "rules"
    FLOOR = "floor"
    UNANSWERED = "unanswered"  # by the partner
    GONE = "gone"  # an open shift that is open no more


class SwapError(HotlineError):
    """It cannot be asked or answered like this; nothing was changed."""

    def __init__(self, why: Why, sentence: str, breaches: tuple[Breach, ...] = ()) -> None:
        """breaches: what it would break, where rules forbid it."""
        super().__init__(sentence)
        self.why = why
        self.breaches = breaches


@dataclass(frozen=True)
class ShiftKey:
    """A shift of somebody by its desk and its start."""

    desk: DeskName
    start: datetime


@dataclass(frozen=True)
class Asking:
    """Who asks whom, by code, and for which shifts; takes: None for somebody who covers."""

    asker: str
    partner: str
    gives: ShiftKey
    takes: ShiftKey | None = None


class Answered(StrEnum):
    """What came of an answer."""

    APPROVED = "approved"  # it holds
    HALF = "half"  # at one of two desks; whoever coordinates the other decides
    AGREED = "agreed"  # a coordinator decides
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"  # the roster does not allow it any more
    TOO_LATE = "too-late"  # it was decided, withdrawn or expired before


def ask(db: Session, settings: Settings, asking: Asking, now: datetime) -> Swap:
    """Ask the partner. Raises SwapError; also where a rule of the roster or a floor forbids it."""
    weeks = weeks_of(db, settings, asking)
    terms = terms_of(weeks, asking)
    until = terms.begins - timedelta(hours=settings.swapping.close_hours)
    if until <= now:
        raise SwapError(
            Why.TOO_SOON, "That shift begins too soon to swap it; say that you cannot come."
        )
    _refuse(settings, weeks, terms)
    hold_people(db, {terms.asker.id, terms.partner.id})
    mine = [s for s in swaps_with(db, terms.asker.id, now) if s.state in OPEN]
    if sum(s.terms.gives == terms.gives for s in mine) >= MOST_ASKED:
        raise SwapError(
            Why.TOO_MANY, f"{MOST_ASKED} people are asked for that shift already; wait for them."
        )
    number = file_swap(db, terms, until, now)
    if number is None:
        raise SwapError(Why.ASKED_BEFORE, f"{terms.partner.name} is asked that already.")
    swap = swap_of(db, number)
    assert swap is not None
    kind = NoticeKind.COVER_ASKED if terms.takes is None else NoticeKind.SWAP_ASKED
    post_notices(db, [tell(settings, kind, swap, terms.partner, now)], now)
    return swap


def agree(
    db: Session, settings: Settings, number: int, partner: PersonId, now: datetime
) -> Answered:
    """The partner says yes: it holds at once, or waits for a coordinator."""
    swap = _held(db, settings, number, partner)
    if swap.state is not SwapState.ASKED or swap.until <= now:
        return _said_before(swap)
    weeks = weeks_for(db, settings, swap)
    found = may_settle(settings, weeks, swap.terms)
    if found is None:
        void(db, settings, swap, now)
        return Answered.VOID
    if not needs_approval(settings, found):
        settle(db, settings, swap, SwapEvent.SETTLED, now)
        return Answered.APPROVED
    move_swap(db, swap.id, SwapEvent.SAID_YES, answered=now)
    told = tell(settings, NoticeKind.SWAP_AGREED, swap, swap.terms.asker, now)
    deciding = people_as(db, Role.COORDINATOR, {shift.desk for shift in swap.terms.shifts})
    waits = (tell_coordinator(settings, swap, each, now) for each in deciding)
    post_notices(db, [told, *waits], now)
    return Answered.AGREED


def refuse(
    db: Session, settings: Settings, number: int, partner: PersonId, now: datetime
) -> Answered:
    """The partner says no, or takes a yes back that nobody has approved."""
    swap = _held(db, settings, number, partner)
    if not move_swap(db, swap.id, SwapEvent.SAID_NO, answered=now):
        return _said_before(swap)
    told = tell(settings, NoticeKind.SWAP_REFUSED, swap, swap.terms.asker, now)
    post_notices(db, [told], now)
    return Answered.REFUSED


def withdraw(
    db: Session, settings: Settings, number: int, asker: PersonId, now: datetime
) -> Answered:
    """Who asked thinks again."""
    swap = hold_swap(db, number)
    if swap is None or swap.terms.asker.id != asker:
        raise SwapError(Why.UNKNOWN, f"There is no swap {number}.")
    if not move_swap(db, swap.id, SwapEvent.TOOK_BACK):
        return _said_before(swap)
    told = tell(settings, NoticeKind.SWAP_WITHDRAWN, swap, swap.terms.partner, now)
    post_notices(db, [told], now)
    return Answered.WITHDRAWN


def needs_approval(settings: Settings, found: Effect) -> bool:
    """Whether a coordinator must approve what does this."""
    match settings.swapping.approval:
        case Approval.ALWAYS:
            return True
        case Approval.BELOW_TARGET:
            return found.below_target > 0
        case _:
            return False


def weeks_of(db: Session, settings: Settings, asking: Asking) -> Weeks:
    """All that matters for what is asked. Raises AskError."""
    keys = (asking.gives, asking.takes or asking.gives)
    starts = sorted(key.start for key in keys)
    desks = tuple(key.desk for key in keys)
    return weeks_around(db, settings, desks, Span(starts[0], starts[-1] + timedelta(seconds=1)))


def weeks_for(db: Session, settings: Settings, swap: Swap) -> Weeks:
    """The same for a swap that is kept."""
    gives, takes = swap.terms.gives, swap.terms.takes
    asking = Asking(
        swap.terms.asker.code,
        swap.terms.partner.code,
        ShiftKey(gives.desk, gives.span.start),
        None if takes is None else ShiftKey(takes.desk, takes.span.start),
    )
    return weeks_of(db, settings, asking)


def terms_of(weeks: Weeks, asking: Asking) -> Terms:
    """What is asked, with the shifts as they are held. Raises SwapError where they are not."""
    for code in (asking.asker, asking.partner):
        if code not in weeks.asked:
            raise SwapError(
                Why.UNKNOWN, f"{code} takes no shifts there; see: hotline people export"
            )
    if asking.asker == asking.partner:
        raise SwapError(Why.UNKNOWN, f"{asking.asker} cannot swap with {asking.partner}.")
    gives = _shift(weeks, asking.asker, asking.gives)
    takes = None if asking.takes is None else _shift(weeks, asking.partner, asking.takes)
    return Terms(weeks.party(asking.asker), weeks.party(asking.partner), gives, takes)


def _shift(weeks: Weeks, code: str, key: ShiftKey) -> HeldShift:
    found = weeks.held_by(code, key.desk, key.start)
    if found is None:
        raise SwapError(Why.NOT_HELD, f"{code} has no whole shift at {key.desk} that begins then.")
    return found


def _refuse(settings: Settings, weeks: Weeks, terms: Terms) -> None:
    """Raise SwapError with what stands in the way."""
    coming = ((terms.partner, terms.gives), (terms.asker, terms.takes))
    for who, shift in coming:
        desk = None if shift is None else settings.desk(shift.desk)
        if desk is not None and not may_answer(weeks.people[who.code], desk, settings):
            raise SwapError(Why.UNFIT, f"{who.name} answers no calls at {desk.name}.")
    found = effect_of(weeks, terms)
    if found.breaches:
        said = f"The rules forbid it: {found.breaches[0].sentence}."
        raise SwapError(Why.RULES, said, found.breaches)
    if not found.allowed:
        raise SwapError(Why.FLOOR, "It would leave the desk below its floor.")


def _held(db: Session, settings: Settings, number: int, partner: PersonId) -> Swap:
    swap = hold_to_settle(db, number, settings.site.zone)
    if swap is None or swap.terms.partner.id != partner:
        raise SwapError(Why.UNKNOWN, f"There is no swap {number}.")
    return swap


def _said_before(swap: Swap) -> Answered:
    known = {SwapState.APPROVED: Answered.APPROVED, SwapState.AGREED: Answered.AGREED}
    return known.get(swap.state, Answered.TOO_LATE)
