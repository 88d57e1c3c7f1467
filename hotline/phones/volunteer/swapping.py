"""What colleagues ask somebody to swap, and what wants somebody: answered and taken by phone."""

from datetime import timedelta
from typing import Final

from hotline.calls.instructions import Say
from hotline.calls.turn import Turn
from hotline.corrections.overrides import OverrideError
from hotline.duty import Cause
from hotline.handshake.telling import desk_here
from hotline.phones.speaking import said
from hotline.phones.volunteer.attending import when_of
from hotline.rosters.question.facts import AskError
from hotline.store.duty.overrides import overrides_between
from hotline.store.duty.swaps import swaps_with
from hotline.store.people.everybody import person_numbered
from hotline.store.people.staff import Member
from hotline.swaps.asking import Answered, ShiftKey, SwapError, agree, refuse
from hotline.swaps.open_shifts import OpenShift, give_back, open_shifts, take
from hotline.swaps.settling import NotSettledError
from hotline.swaps.states import SwapState
from hotline.swaps.swap import HeldShift, Swap
from scheduling.problem import Span

AHEAD: Final = timedelta(days=7)  # of open shifts: more is on the page
WITHIN_WEEKS: Final = timedelta(days=7)  # whole weeks are looked at
MOST: Final = 8  # told at once


def swaps_asked(turn: Turn, member: Member) -> tuple[Swap, ...]:
    """What others ask this person and they have not answered, what expires first in front."""
    known = swaps_with(turn.db, member.id, turn.now)
    mine = (swap for swap in known if swap.terms.partner.id == member.id)
    return tuple(swap for swap in mine if swap.state is SwapState.ASKED)


def told_swap(turn: Turn, swap: Swap) -> Say:
    """What is asked, from where the one who is asked stands."""
    terms = swap.terms
    words = {"name": terms.asker.name, **_shift(turn, terms.gives)}
    if terms.takes is None:
        return said(turn, "swap_cover", **words)
    return said(turn, "swap_exchange", **words, free=when_of(turn, terms.takes.span.start))


def agrees(turn: Turn, member: Member, swap: int) -> Say:
    """The person agrees; what came of it. Whatever turns out impossible changes nothing."""
    try:
        with turn.db.begin_nested():
            return _came(turn, agree(turn.db, turn.settings, swap, member.id, turn.now))
    except (NotSettledError, AskError):
        return _came(turn, Answered.VOID)
    except SwapError:
        return _came(turn, Answered.TOO_LATE)


def declines(turn: Turn, member: Member, swap: int) -> Say:
    """The person does not."""
    try:
        return _came(turn, refuse(turn.db, turn.settings, swap, member.id, turn.now))
    except SwapError:
        return _came(turn, Answered.TOO_LATE)


def _came(turn: Turn, answered: Answered) -> Say:
    return said(turn, f"swap_{answered.value}")


def shifts_to_take(turn: Turn, member: Member) -> tuple[OpenShift, ...]:
    """Open shifts of the next days that they may take, those that are needed most in front."""
    person = person_numbered(turn.db, member.id)
    try:
        found = open_shifts(turn.db, turn.settings, person, turn.now, AHEAD) if person else ()
    except AskError:  # the configuration knows a desk of theirs no more
        found = ()
    return found[:MOST]


def told_open(turn: Turn, key: str, shift: HeldShift, **more: str | int) -> Say:
    """An open shift, in the sentence of `key`."""
    return said(turn, key, **_shift(turn, shift), **more)


def takes(turn: Turn, member: Member, key: ShiftKey) -> Say:
    """They come, if it is still open to them: telephone and roster follow."""
    person = person_numbered(turn.db, member.id)
    assert person is not None
    try:
        with turn.db.begin_nested():
            take(turn.db, turn.settings, person, key, turn.now)
    except (SwapError, OverrideError, AskError):
        return said(turn, "open_gone")
    return said(turn, "open_taken", when=when_of(turn, key.start))


def gives_back(turn: Turn, member: Member) -> bool:
    """The shift that they took last is open again; False: there is none, or it is too late."""
    person = person_numbered(turn.db, member.id)
    assert person is not None
    noted = overrides_between(turn.db, Span(turn.now, turn.now + AHEAD + WITHIN_WEEKS))
    mine = [
        each
        for each in noted
        if each.override.comes == member.id and each.override.cause is Cause.TAKEN
    ]
    if not mine:
        return False
    last = max(mine, key=lambda each: each.noted_at)
    try:
        give_back(turn.db, turn.settings, person, last.override.id, turn.now)
    except SwapError:
        return False
    return True


def key_of(shift: HeldShift) -> ShiftKey:
    """What names it."""
    return ShiftKey(shift.desk, shift.span.start)


def _shift(turn: Turn, shift: HeldShift) -> dict[str, str]:
    return {
        "when": when_of(turn, shift.span.start),
        "until": when_of(turn, shift.span.end),
        "desk": desk_here(turn.settings, shift.desk),
    }
