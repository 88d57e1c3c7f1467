"""What a volunteer hears after the PIN, and what each key does."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from hotline.calls.instructions import Instructions, Say
from hotline.duty import Duty, ToldBy
from hotline.phones.speaking import Visit, farewell, meant_nothing, menu, sensible
from hotline.phones.supervisor.supervising import super_menu
from hotline.phones.volunteer.attending import (
    MOST_CHOSEN,
    Act,
    cannot_come,
    check_in,
    check_out,
    go_on,
    rest,
    tell_shifts,
    when_of,
)
from hotline.phones.volunteer.shifts import coming_shifts
from hotline.phones.volunteer.swapping import swaps_asked

MAIN: Final = "main"
WHICH: Final = "which"
SURE: Final = "sure"
YES: Final = "1"
NO: Final = "2"
LEAVE: Final = "0"
ACTS: Final[Mapping[str, Act]] = {"1": check_in, "2": check_out, "3": rest, "4": go_on}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)


def main_menu(visit: Visit, *before: Say) -> Instructions:
    """All there is, after what was just done."""
    return (*before, *menu(visit, MAIN, *_main_prompts(visit)))


def _main_prompts(visit: Visit) -> Iterator[Say]:
    yield visit.say("staff_main")
    if count := len(swaps_asked(visit.turn, visit.member)):
        yield visit.say("staff_main_swaps", count=count)
    yield visit.say("staff_main_open")
    if visit.member.supervisor:
        yield visit.say("staff_main_supervisor")


def chosen(visit: Visit, _: str, key: str) -> Instructions:
    """A key of the main menu."""
    onward = sensible(visit)
    if key in ACTS:
        return main_menu(onward, ACTS[key](visit.turn, visit.member, ToldBy.TELEPHONE))
    match key:
        case "5":
            return which_asked(onward)
        case "6":
            return main_menu(onward, *tell_shifts(visit.turn, visit.member))
        case "7" if visit.member.supervisor:
            return super_menu(onward)
        case "0":
            return farewell(visit, "staff_bye")
    return meant_nothing(visit, MAIN, *_main_prompts(visit))


def which_asked(visit: Visit) -> Instructions:
    """Which shift they cannot come to."""
    prompts = _which_prompts(visit)
    if not prompts:
        return main_menu(visit, visit.say("staff_no_shift"))
    return menu(visit, WHICH, *prompts)


def _which_prompts(visit: Visit) -> tuple[Say, ...]:
    shifts = _shifts(visit)
    if not shifts:
        return ()
    choices = (
        visit.say("staff_which", choice=key, when=when_of(visit.turn, duty.span.start))
        for key, duty in enumerate(shifts, 1)
    )
    return (visit.say("staff_which_one"), *choices, visit.say("staff_back"))


def _shifts(visit: Visit) -> tuple[Duty, ...]:
    return coming_shifts(visit.turn.db, visit.member.id, visit.turn.now)[:MOST_CHOSEN]


def which_chosen(visit: Visit, _: str, key: str) -> Instructions | None:
    """A shift, and whether they are sure; its start stands in the next address. None: back."""
    if key == LEAVE:
        return None
    shifts = {str(number): duty for number, duty in enumerate(_shifts(visit), 1)}
    if key not in shifts:
        return meant_nothing(visit, WHICH, *_which_prompts(visit))
    return sure_asked(sensible(visit), shifts[key].span.start)


def sure_asked(visit: Visit, start: datetime) -> Instructions:
    """Nothing is changed by one key alone."""
    return menu(visit, f"{SURE}-{(start - EPOCH) // MINUTE}", _sure_prompt(visit, start))


def _sure_prompt(visit: Visit, start: datetime) -> Say:
    return visit.say("staff_sure", when=when_of(visit.turn, start))


def sure_chosen(visit: Visit, about: str, key: str) -> Instructions:
    """Yes or no."""
    start = EPOCH + int(about) * MINUTE
    if key == YES:
        return main_menu(sensible(visit), cannot_come(visit.turn, visit.member, start))
    if key == NO:
        return main_menu(sensible(visit), visit.say("staff_unchanged"))
    return meant_nothing(visit, f"{SURE}-{about}", _sure_prompt(visit, start))
