"""Answers to texts about swaps, open shifts and one's own telephone."""

from datetime import timedelta

from hotline.calls.instructions import Say
from hotline.calls.turn import Turn
from hotline.duty import ToldBy
from hotline.handshake.trying import try_telephone
from hotline.phones.speaking import said
from hotline.phones.volunteer.duties import comes, is_asked_to_stand_in, refuses
from hotline.phones.volunteer.shifts import coming_shifts
from hotline.phones.volunteer.swapping import (
    agrees,
    declines,
    gives_back,
    key_of,
    shifts_to_take,
    swaps_asked,
    takes,
    told_open,
    told_swap,
)
from hotline.store.people.everybody import person_numbered
from hotline.store.people.staff import Member
from hotline.swaps.swap import Swap


def tell_swaps(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    """What colleagues ask, and how each is answered."""
    found = swaps_asked(turn, member)
    if not found:
        return (said(turn, "swap_none"),)
    told = (
        (told_swap(turn, swap), said(turn, "sms_swaps", choice=choice))
        for choice, swap in enumerate(found, 1)
    )
    return tuple(each for pair in told for each in pair)


def agree_by_text(turn: Turn, member: Member, choice: int | None) -> tuple[Say, ...]:
    """Yes to a swap; of several the list says which."""
    swap = _chosen(swaps_asked(turn, member), choice)
    if swap is None:
        return tell_swaps(turn, member, None)
    return (agrees(turn, member, swap.id),)


def decline_by_text(turn: Turn, member: Member, choice: int | None) -> tuple[Say, ...]:
    """No to a swap, likewise."""
    swap = _chosen(swaps_asked(turn, member), choice)
    if swap is None:
        return tell_swaps(turn, member, None)
    return (declines(turn, member, swap.id),)


def yes(turn: Turn, member: Member, choice: int | None) -> tuple[Say, ...]:
    """A bare yes goes to the one thing that was asked; where there are two, to none of them."""
    if is_asked_to_stand_in(turn, member) or not swaps_asked(turn, member):
        return (comes(turn, member, ToldBy.SMS),)
    if _has_duty_to_confirm(turn, member):
        return (said(turn, "sms_which_yes"),)
    return agree_by_text(turn, member, choice)


def no(turn: Turn, member: Member, choice: int | None) -> tuple[Say, ...] | None:
    """A bare no likewise; None: it is about a duty of theirs."""
    refusal = refuses(turn, member) if choice is None else None
    if refusal is not None:
        return (refusal,)
    if not swaps_asked(turn, member):
        return None
    if _has_duty_to_confirm(turn, member):
        return (said(turn, "sms_which_yes"),)
    return decline_by_text(turn, member, choice)


def tell_open(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    """Shifts that want somebody, and how each is taken."""
    told = (
        (
            told_open(turn, "open_shift", each.shift),
            said(turn, "sms_open", choice=choice),
        )
        for choice, each in enumerate(shifts_to_take(turn, member), 1)
    )
    found = tuple(each for pair in told for each in pair)
    return found or (said(turn, "open_none"),)


def take_by_text(turn: Turn, member: Member, choice: int | None) -> tuple[Say, ...]:
    """One of them, by its number; the answer names it, and how it is given back."""
    found = shifts_to_take(turn, member)
    if choice is None or choice > len(found):
        return tell_open(turn, member, None)
    return (takes(turn, member, key_of(found[choice - 1].shift)), said(turn, "sms_undo"))


def undo_by_text(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    """The shift just taken is open again."""
    done = gives_back(turn, member)
    return (said(turn, "sms_undone" if done else "sms_undo_late"),)


def try_by_text(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    """Their telephone is rung."""
    person = person_numbered(turn.db, member.id)
    assert person is not None
    fresh = try_telephone(turn.db, person, turn.now)
    return (said(turn, "sms_try" if fresh else "sms_try_again"),)


def _chosen(found: tuple[Swap, ...], choice: int | None) -> Swap | None:
    if choice is None:
        return found[0] if len(found) == 1 else None
    return found[choice - 1] if choice <= len(found) else None


def _has_duty_to_confirm(turn: Turn, member: Member) -> bool:
    """Whether a bare word could be about a duty: one begins within the time of confirmations."""
    shifts = coming_shifts(turn.db, member.id, turn.now)
    soon = turn.now + timedelta(hours=turn.settings.shake.first_hours)
    return bool(shifts) and shifts[0].span.start <= soon
