"""What a volunteer can do beside talking: the menu of the star key, heard by them alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from hotline.calls.closing import talk_ended
from hotline.calls.instructions import Ask, GoTo, Instructions, Say
from hotline.calls.leaving import farewell
from hotline.calls.paths import leg_hold, leg_hold_key, leg_menu, leg_menu_key
from hotline.calls.room import AWAY, heir
from hotline.calls.states import Place
from hotline.calls.talking import COUNTS, into_talk, leg_at, let_go, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.waiting import call_now
from hotline.config.talking_settings import LONGEST_HOLD
from hotline.store.calls import Happening, StoredCall
from hotline.store.forms import note_form
from hotline.store.legs import StoredLeg
from hotline.store.talks import left_lately, legs_of_talk, move_leg

BACK: Final = "1"
HOLD: Final = "6"
HIGH_RISK: Final = "7"
END: Final = "9"
TIMES_TOLD: Final = 2
KEY_SECONDS: Final = 4
HOLD_SECONDS: Final = 15  # between two reminders
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
    line = turn.line(leg.line)
    for key in ("menu_back", "menu_hold", "menu_high_risk", "menu_end"):
        yield turn.say(key, line)


def volunteer_chose(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """A key of the menu; one that means nothing leads back to the caller."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    match digits:
        case "9":
            return _end(turn, call, leg)
        case "6":
            return _hold(turn, call, leg)
        case "7":
            return _high_risk(turn, call, leg)
        case _:
            return back(turn, call, leg)


def back(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """To the caller again; their own loop brings them into the room within seconds."""
    move_leg(turn.db, leg.id, AWAY, Place.ROOM)
    return (turn.say("joining", turn.line(leg.line)), into_talk(turn, call, leg))


def _end(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """The conversation has come to its end; or a colleague goes on with it."""
    if heir(legs_of_talk(turn.db, call.id), leg.id) is not None:
        let_go(turn, call, leg)
        return farewell(turn, call, leg)
    move_leg(turn.db, leg.id, AWAY, Place.DONE)
    turn.note(Happening(call.id, "ended-properly", leg.id))
    talk_ended(turn, call, leg.id)
    return farewell(turn, call, leg)


def _high_risk(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    note_form(turn.db, leg, turn.now, risk="high")
    turn.note(Happening(call.id, "high-risk", leg.id))
    return (turn.say("menu_high_risk_noted", turn.line(leg.line)), *back(turn, call, leg))


def _hold(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    move_leg(turn.db, leg.id, AWAY, Place.HOLD)
    return _holding(turn, leg, COUNTS * turn.age(call))


def volunteer_holds(turn: Turn, token: str, number: int) -> Instructions:
    """The volunteer looks something up; reminded now and then, and brought back in the end."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    began, visit = divmod(number, COUNTS)
    longest = turn.settings.talks.longest_hold or LONGEST_HOLD
    if turn.age(call) - began >= longest or visit == COUNTS - 1:
        return back(turn, call, leg)
    return _holding(turn, leg, number)


def _holding(turn: Turn, leg: StoredLeg, number: int) -> Instructions:
    stay(turn, leg)
    words = turn.say("menu_holding", turn.line(leg.line))
    ask = Ask((words,), leg_hold_key(leg.token, number), HOLD_SECONDS)
    return (ask, GoTo(leg_hold(leg.token, number + 1)))


def volunteer_is_back(turn: Turn, token: str) -> Instructions:
    """Any key ends the hold."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    return back(turn, call, leg) if takes_part(call, leg) else farewell(turn, call, leg)
