"""Two volunteers aside, while the caller hears words: who goes on with the conversation."""

from typing import Final

from hotline.calls.closing import talk_ended
from hotline.calls.colleagues.menu_paths import (
    leg_aside,
    leg_aside_alone,
    leg_aside_key,
    leg_aside_rings,
)
from hotline.calls.instructions import Ask, DropOut, GoTo, Instructions, Meet, Pause
from hotline.calls.ringing.moving import stop_ringing
from hotline.calls.states import LegResult, LegState, Part, Place
from hotline.calls.talk.form import farewell
from hotline.calls.talk.room import TalkLeg
from hotline.calls.talk.talking import back, into_talk, leg_at, let_go, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg
from hotline.store.talking.talks import change_part, legs_of_talk, move_leg, stay_until, take_over

COUNTS: Final = 100  # an address counts a hundred times the age of the call, and the visits
LONGEST: Final = 600  # seconds: the caller hears words meanwhile
RINGS_FOR: Final = 15  # visits of some 4 seconds
ALONE_VISITS: Final = 5
DECIDES_WITHIN: Final = 8  # visits of the colleague outside
HANDS_OVER: Final = "1"
ALL_TOGETHER: Final = "2"
TIMES_TOLD: Final = 2
KEY_SECONDS: Final = 4


def into_aside(turn: Turn, call: StoredCall, leg: StoredLeg) -> Meet:
    """Into the room beside the caller's."""
    stay_until(turn.db, leg.id, turn.later(LONGEST + 60), turn.now)
    number = COUNTS * turn.age(call)
    return Meet(
        f"{call.token}-aside",
        leg_aside_alone(leg.token, number),
        leg_aside(leg.token, number),
        LONGEST,
        star=leg.id == call.leg,
    )


def waits_for_colleague(turn: Turn, token: str, number: int) -> Instructions:
    """Words while the colleague is rung; aside with them, or back when they do not come."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    colleague = _colleague(turn, call, leg)
    if colleague is None or number % COUNTS >= RINGS_FOR:
        return _without(turn, call, leg)
    if colleague.state is LegState.ACCEPTED:
        return (into_aside(turn, call, leg),)
    stay(turn, leg)
    onward = GoTo(leg_aside_rings(token, number + 1))
    return (turn.say("aside_rings", turn.line(leg.line)), Pause(2), onward)


def stands_aside_alone(turn: Turn, token: str, number: int) -> Instructions:
    """Words until the other one is there, within one visit of their own loop."""
    leg = leg_at(turn, token)
    if not takes_part(call_now(turn, leg.call), leg) or number % COUNTS >= ALONE_VISITS:
        return (DropOut(),)
    onward = GoTo(leg_aside_alone(token, number + 1))
    return (turn.say("aside_rings", turn.line(leg.line)), Pause(1), onward)


def came_out(turn: Turn, token: str, number: int, call_status: str) -> Instructions:
    """Out of the room beside: who had the call decides, the colleague waits for it."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if call_status == "completed" or not takes_part(call, leg):
        let_go(turn, call, leg)
        return farewell(turn, call, leg)
    stay(turn, leg)
    if leg.place is Place.ROOM:
        return (turn.say("joining", turn.line(leg.line)), into_talk(turn, call, leg))
    return _decides(turn, call, leg, number) if leg.id == call.leg else _waits(turn, leg, number)


def _waits(turn: Turn, leg: StoredLeg, number: int) -> Instructions:
    call = call_now(turn, leg.call)
    if number % COUNTS >= DECIDES_WITHIN:
        let_go(turn, call, leg)
        return farewell(turn, call, leg)
    line = turn.line(leg.line)
    return (turn.say("held_moment", line), Pause(2), GoTo(leg_aside(leg.token, number + 1)))


def _decides(turn: Turn, call: StoredCall, leg: StoredLeg, number: int) -> Instructions:
    colleague = _colleague(turn, call, leg)
    if colleague is None or colleague.state is not LegState.ACCEPTED:
        return _without(turn, call, leg)
    if number % COUNTS >= TIMES_TOLD:
        return _alone_again(turn, call, leg, colleague)
    words = turn.say("aside_choice", turn.line(leg.line))
    ask = Ask((words,), leg_aside_key(leg.token, number), KEY_SECONDS)
    return (ask, GoTo(leg_aside(leg.token, number + 1)))


def decided(turn: Turn, token: str, digits: str) -> Instructions:
    """1: the colleague goes on; 2: all three together; else back to the caller alone."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    colleague = _colleague(turn, call, leg)
    if colleague is None or colleague.state is not LegState.ACCEPTED:
        return _without(turn, call, leg)
    if digits == HANDS_OVER and take_over(turn.db, call.id, leg.id, colleague.id):
        turn.note(Happening(call.id, "handed-over", colleague.id))
        talk_ended(turn, call, leg.id)
        return farewell(turn, call, leg)
    if digits == ALL_TOGETHER:
        change_part(turn.db, colleague.id, Part.HELP)
        move_leg(turn.db, colleague.id, [Place.ASIDE], Place.ROOM)
        return back(turn, call, leg)
    return _alone_again(turn, call, leg, colleague)


def _alone_again(turn: Turn, call: StoredCall, leg: StoredLeg, colleague: TalkLeg) -> Instructions:
    talk_ended(turn, call, colleague.id)
    return back(turn, call, leg)


def _without(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """Nobody is there to hand over to: a telephone that still rings is not needed any more."""
    stop_ringing(turn, call.id, LegResult.CANCELLED)
    return (turn.say("helper_unreached", turn.line(leg.line)), *back(turn, call, leg))


def _colleague(turn: Turn, call: StoredCall, leg: StoredLeg) -> TalkLeg | None:
    legs = legs_of_talk(turn.db, call.id)
    transfers = (each for each in legs if each.part is Part.TRANSFER and each.id != leg.id)
    return next(transfers, None)
