"""What a volunteer can do beside talking: the menu of the star key, heard by them alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from hotline.calls.closing import talk_ended
from hotline.calls.colleagues.helping import bring_expert, bring_lead, choose_desk, desks_offered
from hotline.calls.colleagues.menu_paths import leg_menu, leg_menu_key
from hotline.calls.colleagues.partnering import choose_partner, partners_offered
from hotline.calls.instructions import Ask, GoTo, Instructions, Say
from hotline.calls.states import Place
from hotline.calls.talk.danger import risk_seen
from hotline.calls.talk.form import farewell
from hotline.calls.talk.resting import hold
from hotline.calls.talk.room import AWAY, heir
from hotline.calls.talk.talking import COUNTS, back, leg_at, let_go, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg
from hotline.store.talking.forms import note_form
from hotline.store.talking.talks import left_lately, legs_of_talk, move_leg

TIMES_TOLD: Final = 2
KEY_SECONDS: Final = 4
JUST_NOW: Final = timedelta(seconds=3)


def volunteer_menu(turn: Turn, token: str, number: int) -> Instructions:
    """The choices, twice; without a key back to the caller."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    visit = number % COUNTS
    bounced = visit == 0 and left_lately(turn.db, call.id, turn.now - JUST_NOW)
    if visit >= TIMES_TOLD or bounced:
        return back(turn, call, leg)
    stay(turn, leg)
    ask = Ask(tuple(_choices(turn, leg)), leg_menu_key(token, number), KEY_SECONDS)
    return (ask, GoTo(leg_menu(token, number + 1)))


def _choices(turn: Turn, leg: StoredLeg) -> Iterator[Say]:
    """In the order of the keys; only what this site has."""
    lead, talks = turn.settings.lead, turn.settings.talks
    offered = {
        "menu_back": True,
        "menu_lead": bool(lead.certificate or lead.people),
        "menu_expert": talks.experts is not None,
        "menu_desk": bool(desks_offered(turn, leg)),
        "menu_partner": bool(partners_offered(turn)),
        "menu_hold": True,
        "menu_high_risk": True,
        "menu_end": True,
    }
    line = turn.line(leg.line)
    return (turn.say(key, line) for key, there in offered.items() if there)


def volunteer_chose(turn: Turn, token: str, digits: str) -> Instructions:
    """A key of the menu; one that means nothing leads back to the caller."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    act = ACTS.get(digits, back)
    return act(turn, call, leg)


def _high_risk(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    note_form(turn.db, leg, turn.now, risk="high")
    risk_seen(turn, call.id, leg.person, "high")
    turn.note(Happening(call.id, "high-risk", leg.id))
    return (turn.say("menu_high_risk_noted", turn.line(leg.line)), *back(turn, call, leg))


def _end(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """The conversation has come to its end; or a colleague goes on with it."""
    if heir(legs_of_talk(turn.db, call.id), leg.id) is not None:
        let_go(turn, call, leg)
        return farewell(turn, call, leg)
    move_leg(turn.db, leg.id, AWAY, Place.DONE)
    turn.note(Happening(call.id, "ended-properly", leg.id))
    talk_ended(turn, call, leg.id)
    return farewell(turn, call, leg)


ACTS: Final = {
    "1": back,
    "2": bring_lead,
    "3": bring_expert,
    "4": choose_desk,
    "5": choose_partner,
    "6": hold,
    "7": _high_risk,
    "9": _end,
}
