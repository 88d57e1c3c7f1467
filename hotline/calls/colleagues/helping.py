"""The volunteer asks for help: the duty lead or an expert comes in, or another desk takes over."""

from typing import Final

from hotline.calls.colleagues.aside import COUNTS as ASIDE_COUNTS
from hotline.calls.colleagues.bringing import call_in, lead_free, somebody_at
from hotline.calls.colleagues.menu_paths import leg_aside_rings, leg_desk_key, leg_menu
from hotline.calls.instructions import Ask, GoTo, Instructions
from hotline.calls.states import Part, Place
from hotline.calls.talk.form import farewell
from hotline.calls.talk.room import AWAY, coming
from hotline.calls.talk.talking import COUNTS, back, leg_at, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.config.settings import Desk
from hotline.duty import Seat
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.legs import StoredLeg
from hotline.store.talking.talks import legs_of_talk, move_leg

KEY_SECONDS: Final = 5
UNCHOSEN: Final = 9  # a visit of the menu that leads back


def bring_lead(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """The duty lead is rung, while caller and volunteer talk on."""
    return _brought(turn, call, leg, lead_free(turn, turn.line(call.line)))


def bring_expert(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """Likewise somebody of the experts' desk."""
    desk = turn.settings.talks.experts
    seat = somebody_at(turn, turn.line(call.line), desk) if desk else None
    return _brought(turn, call, leg, seat)


def _brought(turn: Turn, call: StoredCall, leg: StoredLeg, seat: Seat | None) -> Instructions:
    line = turn.line(leg.line)
    rings = coming(legs_of_talk(turn.db, call.id)) or (
        seat is not None and call_in(turn, call, seat, Part.HELP, Place.ROOM)
    )
    return (turn.say("helper_rings" if rings else "helper_none", line), *back(turn, call, leg))


def desks_offered(turn: Turn, leg: StoredLeg) -> tuple[Desk, ...]:
    """The desks that this conversation can be handed over to, in order of their keys."""
    named = (turn.settings.desk(name) for name in turn.settings.talks.transfers or ())
    return tuple(desk for desk in named if desk is not None and desk.name != leg.desk)


def choose_desk(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """Which desk, if there are several."""
    desks = desks_offered(turn, leg)
    if len(desks) < 2:
        return _to_desk(turn, call, leg, desks[0]) if desks else back(turn, call, leg)
    stay(turn, leg)
    line = turn.line(leg.line)
    language = line.languages[0]
    prompts = tuple(
        turn.say("choose", line, name=desk.title.in_language(language), place=place)
        for place, desk in enumerate(desks, 1)
    )
    ask = Ask(prompts, leg_desk_key(leg.token, COUNTS * turn.age(call)), KEY_SECONDS)
    return (ask, *back_after(turn, leg))


def back_after(turn: Turn, leg: StoredLeg) -> Instructions:
    """Without a key, back to the caller: by the menu's own address, where nothing was chosen."""
    call = call_now(turn, leg.call)
    return (GoTo(leg_menu(leg.token, COUNTS * turn.age(call) + UNCHOSEN)),)


def desk_chosen(turn: Turn, token: str, digits: str) -> Instructions:
    """A key of that choice; one that means nothing leads back to the caller."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    keyed = dict(enumerate(desks_offered(turn, leg), 1))
    desk = keyed.get(int(digits)) if digits.isdecimal() else None
    return back(turn, call, leg) if desk is None else _to_desk(turn, call, leg, desk)


def _to_desk(turn: Turn, call: StoredCall, leg: StoredLeg, desk: Desk) -> Instructions:
    """Volunteer and volunteer first, the caller then."""
    seat = somebody_at(turn, turn.line(call.line), desk.name)
    if seat is None or not call_in(turn, call, seat, Part.TRANSFER, Place.ASIDE):
        return (turn.say("helper_none", turn.line(leg.line)), *back(turn, call, leg))
    move_leg(turn.db, leg.id, AWAY, Place.ASIDE)
    stay(turn, leg)
    onward = GoTo(leg_aside_rings(leg.token, ASIDE_COUNTS * turn.age(call)))
    return (turn.say("helper_rings", turn.line(leg.line)), onward)
