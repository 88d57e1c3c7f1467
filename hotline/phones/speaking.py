"""A call of the staff: what is said in it, its menus, and that each of them ends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from hotline.calls.instructions import Ask, HangUp, Instructions, Say
from hotline.calls.turn import Turn, UnknownCallError
from hotline.numbers import addresses_behind
from hotline.phones.paths import key
from hotline.phrases import either, say, when
from hotline.store.people.staff import Member, StaffCall, member_at, staff_call

KEY_SECONDS: Final = 6
COUNTS: Final = 10  # an address counts ten times the keys, and those that meant nothing
MOST_KEYS: Final = 30  # of a call
MOST_WRONG: Final = 1  # keys in a row that mean nothing, before the call ends


@dataclass(frozen=True)
class Visit:
    """One request of a call whose PIN was right. keys: pressed so far; wrong: at the end."""

    turn: Turn
    call: StaffCall
    keys: int = 0
    wrong: int = 0

    @property
    def member(self) -> Member:
        """Who calls."""
        return self.call.member

    def say(self, key: str, **words: str | int) -> Say:
        """A sentence in the language of who calls."""
        return said(self.turn, key, **words)

    def when(self, at: datetime) -> str:
        """An instant as people say it."""
        site = self.turn.settings.site
        return when(at, self.turn.now, site.zone, site.language)


# The visit, what the menu is about, the key; None: back.
Choice = Callable[[Visit, str, str], Instructions | None]


def said(turn: Turn, key: str, **words: str | int) -> Say:
    """A sentence in the site's language, with the emergency numbers."""
    site = turn.settings.site
    emergency = either(site.emergency, site.language)
    return say(key, site.language, emergency=emergency, **words)


def member_behind(turn: Turn, from_: str) -> Member | None:
    """Who of us calls or texts from there, as the carrier tells it."""
    return member_at(turn.db, addresses_behind(from_, turn.settings.promised.country_code))


def visit_at(turn: Turn, token: str, sid: str, number: int) -> Visit:
    """The call at an address, if it is this leg's and its PIN was right; else UnknownCallError."""
    call = staff_call(turn.db, token)
    if call is None or call.sid != sid or not call.admitted:
        raise UnknownCallError
    return Visit(turn.speaking(call.member.language), call, *divmod(number, COUNTS))


def menu(visit: Visit, name: str, *prompts: Say) -> Instructions:
    """Speak, take one key, ask once more, and end."""
    if visit.keys >= MOST_KEYS:
        return farewell(visit, "staff_long")
    path = key(visit.call.token, name, COUNTS * (visit.keys + 1) + visit.wrong)
    again = (visit.say("staff_silence"), *prompts)
    asked = (Ask(prompts, path, KEY_SECONDS), Ask(again, path, KEY_SECONDS))
    return (*asked, *farewell(visit, "staff_bye"))


def meant_nothing(visit: Visit, name: str, *prompts: Say) -> Instructions:
    """A key that is not offered: the menu once more, and then the end."""
    if visit.wrong >= MOST_WRONG:
        return farewell(visit, "staff_bye")
    more = replace(visit, wrong=visit.wrong + 1)
    return (visit.say("staff_no_choice"), *menu(more, name, *prompts))


def sensible(visit: Visit) -> Visit:
    """The same after a key that meant something."""
    return replace(visit, wrong=0)


def farewell(visit: Visit, key: str) -> Instructions:
    """The last words."""
    return (visit.say(key), HangUp())
