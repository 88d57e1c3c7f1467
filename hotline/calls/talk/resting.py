"""The volunteer looks something up; the caller hears words, for so long at most."""

from typing import Final

from hotline.calls.colleagues.menu_paths import leg_hold, leg_hold_key
from hotline.calls.instructions import Ask, GoTo, Instructions
from hotline.calls.states import Place
from hotline.calls.talk.form import farewell
from hotline.calls.talk.room import AWAY
from hotline.calls.talk.talking import back, leg_at, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.config.tables.talking import LONGEST_HOLD
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.legs import StoredLeg
from hotline.store.talking.talks import move_leg

COUNTS: Final = 100  # an address counts a hundred times the age of the call, and the visits
REMINDED: Final = 15  # seconds between two reminders


def hold(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """The hold begins."""
    move_leg(turn.db, leg.id, AWAY, Place.HOLD)
    return _holding(turn, leg, COUNTS * turn.age(call))


def volunteer_holds(turn: Turn, token: str, number: int) -> Instructions:
    """Reminded now and then, and brought back in the end."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    longest = turn.settings.talks.longest_hold or LONGEST_HOLD
    began, visit = divmod(number, COUNTS)
    if turn.age(call) - began >= longest or visit == COUNTS - 1:
        return back(turn, call, leg)
    return _holding(turn, leg, number)


def _holding(turn: Turn, leg: StoredLeg, number: int) -> Instructions:
    stay(turn, leg)
    words = turn.say("menu_holding", turn.line(leg.line))
    ask = Ask((words,), leg_hold_key(leg.token, number), REMINDED)
    return (ask, GoTo(leg_hold(leg.token, number + 1)))


def volunteer_is_back(turn: Turn, token: str) -> Instructions:
    """Any key ends the hold."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    return back(turn, call, leg) if takes_part(call, leg) else farewell(turn, call, leg)
