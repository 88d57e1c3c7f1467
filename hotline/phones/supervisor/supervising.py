"""What a supervisor hears after key 7, and what each key does."""

from typing import Final

from hotline.calls.instructions import Instructions, Say
from hotline.phones.speaking import Visit, meant_nothing, menu, sensible
from hotline.phones.supervisor.gaps import gaps_asked
from hotline.phones.supervisor.lines import lines_asked
from hotline.phones.supervisor.waiters import tell_waiting

SUPER: Final = "super"


def super_menu(visit: Visit, *before: Say) -> Instructions:
    """All that a supervisor can do, after what was just done."""
    return (*before, *menu(visit, SUPER, visit.say("staff_super")))


def super_chosen(visit: Visit, _: str, key: str) -> Instructions | None:
    """A key of the menu; None: back."""
    match key:
        case "1":
            return gaps_asked(sensible(visit))
        case "2":
            return super_menu(sensible(visit), *tell_waiting(visit.turn))
        case "3":
            return lines_asked(sensible(visit))
        case "0":
            return None
    return meant_nothing(visit, SUPER, visit.say("staff_super"))
