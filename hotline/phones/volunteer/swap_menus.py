"""What somebody hears after key 8 and key 9: swaps to answer, and open shifts to take."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from hotline.calls.instructions import Instructions, Say
from hotline.phones.menus import chosen, main_menu
from hotline.phones.speaking import Visit, meant_nothing, menu, sensible
from hotline.phones.volunteer.swapping import (
    agrees,
    declines,
    key_of,
    shifts_to_take,
    swaps_asked,
    takes,
    told_open,
    told_swap,
)
from hotline.phones.volunteer.vacancies import EPOCH, MINUTE, MOST_MINUTES
from hotline.swaps.asking import ShiftKey
from hotline.swaps.swap import Swap

SWAP: Final = "swap"  # ... and its number
OPEN: Final = "open"
TAKE: Final = "take"  # ... the desk, and the start
YES, NO, NEXT, BACK = "1", "2", "3", "0"


def swaps_or_open(visit: Visit, _: str, key: str) -> Instructions | None:
    """Keys of the main menu that are about what people arrange among themselves."""
    onward = sensible(visit)
    match key:
        case "8":
            return swap_asked(onward) or main_menu(onward, visit.say("swap_none"))
        case "9":
            return open_asked(onward)
    return chosen(visit, _, key)


def swap_asked(visit: Visit, *before: Say, after: int = 0) -> Instructions | None:
    """The swap to answer that comes after the one of that number; None: there is none."""
    found = swaps_asked(visit.turn, visit.member)
    later = [swap for swap in found if swap.id > after] or list(found)
    if not later:
        return None
    swap = min(later, key=lambda each: each.id)
    return (*before, *menu(visit, f"{SWAP}-{swap.id}", *_asked(visit, swap)))


def _asked(visit: Visit, swap: Swap) -> Iterator[Say]:
    yield told_swap(visit.turn, swap)
    yield visit.say("swap_keys")
    if len(swaps_asked(visit.turn, visit.member)) > 1:
        yield visit.say("swap_next")
    yield visit.say("staff_back")


def swap_answered(visit: Visit, about: str, key: str) -> Instructions | None:
    """Yes, no, or the next one; None: back."""
    known = {swap.id: swap for swap in swaps_asked(visit.turn, visit.member)}
    swap = known.get(int(about or 0))
    onward = sensible(visit)
    if key == BACK:
        return None
    if swap is None or key == NEXT:
        return swap_asked(onward, after=int(about or 0))
    if key not in (YES, NO):
        return meant_nothing(visit, f"{SWAP}-{about}", *_asked(visit, swap))
    answer = agrees if key == YES else declines
    came = answer(visit.turn, visit.member, swap.id)
    return swap_asked(onward, came) or main_menu(onward, came)


def open_asked(visit: Visit, *before: Say) -> Instructions:
    """Which open shift they take; without any the way back is the only key."""
    return (*before, *menu(visit, OPEN, *_listed(visit)))


def _listed(visit: Visit) -> Iterator[Say]:
    found = shifts_to_take(visit.turn, visit.member)
    if not found:
        yield visit.say("open_none")
    for choice, each in enumerate(found, 1):
        yield told_open(visit.turn, "open_shift", each.shift)
        yield visit.say("open_press", choice=choice)
    yield visit.say("staff_back")


def open_chosen(visit: Visit, _: str, key: str) -> Instructions | None:
    """One of them, and whether they are sure; None: back."""
    if key == BACK:
        return None
    found = shifts_to_take(visit.turn, visit.member)
    shift = {str(choice): each.shift for choice, each in enumerate(found, 1)}.get(key)
    if shift is None:
        return meant_nothing(visit, OPEN, *_listed(visit))
    prompt = told_open(visit.turn, "open_sure", shift)
    return menu(sensible(visit), f"{TAKE}-{_number(visit, key_of(shift))}", prompt)


def open_sure(visit: Visit, about: str, key: str) -> Instructions:
    """Yes or no; nothing is taken by one key alone."""
    shift = _key(visit, int(about or 0))
    onward = sensible(visit)
    if shift is None or key == NO:
        return open_asked(onward, visit.say("staff_unchanged"))
    if key == YES:
        return open_asked(onward, takes(visit.turn, visit.member, shift))
    found = (each.shift for each in shifts_to_take(visit.turn, visit.member))
    known = next((each for each in found if key_of(each) == shift), None)
    if known is None:
        return open_asked(onward, visit.say("open_gone"))
    return meant_nothing(visit, f"{TAKE}-{about}", told_open(visit.turn, "open_sure", known))


def _number(visit: Visit, key: ShiftKey) -> int:
    desks = [desk.name for desk in visit.turn.settings.desks]
    return desks.index(key.desk) * MOST_MINUTES + (key.start - EPOCH) // MINUTE


def _key(visit: Visit, number: int) -> ShiftKey | None:
    """The shift of a number; None: an address that no document of ours has."""
    place, minutes = divmod(number, MOST_MINUTES)
    desks = visit.turn.settings.desks
    if place >= len(desks):
        return None
    return ShiftKey(desks[place].name, EPOCH + timedelta(minutes=minutes))
