"""A key of a menu of the staff goes to what that menu does with it."""

import re
from collections.abc import Mapping
from typing import Final

from hotline.calls.instructions import Instructions
from hotline.calls.turn import Turn, UnknownCallError
from hotline.phones import menus
from hotline.phones.speaking import Choice, visit_at

MENUS: Final[Mapping[str, Choice]] = {
    menus.MAIN: menus.chosen,
    menus.WHICH: menus.which_chosen,
    menus.SURE: menus.sure_chosen,
}
ABOUT: Final = re.compile(r"([a-z]+)(?:-([0-9]{1,12}))?")


def key_pressed(
    turn: Turn, token: str, sid: str, name: str, number: int, digit: str
) -> Instructions:
    """What comes after a key. Raises UnknownCallError for an address that is none of ours."""
    visit = visit_at(turn, token, sid, number)
    found = ABOUT.fullmatch(name)
    if found is None or found[1] not in MENUS:
        raise UnknownCallError
    return MENUS[found[1]](visit, found[2] or "", digit)
