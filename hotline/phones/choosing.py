"""A key of a menu of the staff goes to what that menu does with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from hotline.calls.instructions import Instructions
from hotline.calls.turn import Turn, UnknownCallError
from hotline.phones import menus
from hotline.phones.speaking import Choice, Visit, sensible, visit_at
from hotline.phones.supervisor import gaps, lines
from hotline.phones.supervisor.supervising import SUPER, super_chosen, super_menu
from hotline.phones.volunteer import swap_menus

ABOUT: Final = re.compile(r"([a-z]+)(?:-([0-9]{1,24}))?")


@dataclass(frozen=True)
class Menu:
    """What a key does, where the way back leads, and whether only supervisors may."""

    choose: Choice
    back: Callable[[Visit], Instructions] = menus.main_menu
    supervisor: bool = False


MENUS: Final[Mapping[str, Menu]] = {
    menus.MAIN: Menu(swap_menus.swaps_or_open),
    menus.WHICH: Menu(menus.which_chosen),
    menus.SURE: Menu(menus.sure_chosen),
    swap_menus.SWAP: Menu(swap_menus.swap_answered),
    swap_menus.OPEN: Menu(swap_menus.open_chosen),
    swap_menus.TAKE: Menu(swap_menus.open_sure),
    SUPER: Menu(super_chosen, supervisor=True),
    gaps.GAPS: Menu(gaps.gap_chosen, super_menu, supervisor=True),
    gaps.FILL: Menu(gaps.person_chosen, supervisor=True),
    gaps.TAKES: Menu(gaps.person_sure, supervisor=True),
    lines.LINES: Menu(lines.line_chosen, super_menu, supervisor=True),
    lines.LINE: Menu(lines.line_ordered, lines.lines_asked, supervisor=True),
    lines.PAUSE: Menu(lines.pause_ordered, supervisor=True),
    lines.TARGET: Menu(lines.target_chosen, supervisor=True),
    lines.DIVERT: Menu(lines.divert_ordered, supervisor=True),
}


def key_pressed(
    turn: Turn, token: str, sid: str, name: str, number: int, digit: str
) -> Instructions:
    """What comes after a key. Raises UnknownCallError for an address that is none of ours."""
    visit = visit_at(turn, token, sid, number)
    found = ABOUT.fullmatch(name)
    known = MENUS.get(found[1]) if found else None
    if found is None or known is None or (known.supervisor and not visit.member.supervisor):
        raise UnknownCallError
    answer = known.choose(visit, found[2] or "", digit)
    return known.back(sensible(visit)) if answer is None else answer
