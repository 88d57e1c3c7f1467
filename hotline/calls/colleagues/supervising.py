"""A supervisor listens to a conversation, coaches, or joins: always in the history."""

from enum import StrEnum
from typing import Final

from hotline.calls.colleagues.bringing import call_in
from hotline.calls.colleagues.menu_paths import leg_outside, leg_outside_key
from hotline.calls.instructions import Ask, GoTo, HangUp, Instructions, Pause
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import SUPERVISE, CallState, Part, Place
from hotline.calls.talk.form import farewell
from hotline.calls.talk.rooms import SAID_WITHIN
from hotline.calls.talk.talking import TALKS, into_talk, leg_at, let_go, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.duty import Seat, Volunteer
from hotline.errors import HotlineError
from hotline.store.calling.calls import StoredCall, call_of_id
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg
from hotline.store.sending.notices import supervisors
from hotline.store.sending.outbox import NewOrder, Order, post
from hotline.store.talking.talks import change_part, legs_of_talk, move_leg

COUNTS: Final = 1000  # an address counts a thousand times the age of the call, and the visits
ANNOUNCED_WITHIN: Final = 8  # visits of some 3 seconds
KEY_SECONDS: Final = 4
MODES: Final = {"1": Part.LISTEN, "2": Part.COACH, "3": Part.JOIN}
LEAVES: Final = "9"


class Hindrance(StrEnum):
    """Why a supervisor is not rung into a conversation."""

    OVER = "over"  # there is none
    NO_SUPERVISOR = "no-supervisor"
    NO_REST = "no-rest"  # the carrier's REST failed in this call
    TAKEN = "taken"  # a supervisor is in it already
    BUSY = "busy"  # on the telephone


class SupervisingError(HotlineError):
    """A supervisor is not rung into a conversation, and why."""

    def __init__(self, hindrance: Hindrance, sentence: str) -> None:
        super().__init__(sentence)
        self.hindrance = hindrance


def supervise(turn: Turn, call_id: CallId, who: Volunteer, part: Part) -> None:
    """Ring a supervisor into a conversation. Raises SupervisingError where that cannot be."""
    assert part in SUPERVISE
    call = call_of_id(turn.db, call_id)
    if call is None or call.state not in TALKS:
        raise SupervisingError(Hindrance.OVER, f"There is no conversation {call_id} now.")
    if who.id not in supervisors(turn.db):
        raise SupervisingError(Hindrance.NO_SUPERVISOR, f"{who.code} is no supervisor.")
    if call.by_dial:
        raise SupervisingError(
            Hindrance.NO_REST, "The carrier's REST failed in this call: nobody can be rung into it."
        )
    if any(leg.part in SUPERVISE for leg in legs_of_talk(turn.db, call.id)):
        raise SupervisingError(
            Hindrance.TAKEN, f"A supervisor is in conversation {call_id} already, or being rung."
        )
    seat = Seat(who, turn.line(call.line).desks[0])
    if not call_in(turn, call, seat, part, Place.OUTSIDE):
        raise SupervisingError(Hindrance.BUSY, f"{who.code} is on the telephone.")


def let_in(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """A supervisor pressed 1. Where the site announces them, everybody hears so before."""
    if turn.settings.talks.announced is False:
        move_leg(turn.db, leg.id, [Place.OUTSIDE], Place.ROOM)
    else:
        until = turn.now + SAID_WITHIN
        order = NewOrder(Order.ANNOUNCE, call.id, leg.id, turn.now, until, "supervisor-comes")
        post(turn.db, [order])
    stay(turn, leg)
    return (GoTo(leg_outside(leg.token, COUNTS * turn.age(call) + 1)),)


def came_out(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """The star key, or the room has ended for a while."""
    stay(turn, leg)
    return (Pause(1), GoTo(leg_outside(leg.token, COUNTS * turn.age(call))))


def stands_outside(turn: Turn, token: str, number: int) -> Instructions:
    """The choice how to take part; words until the conversation goes on, or they are announced."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    visit = number % COUNTS
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    if leg.place is Place.OUTSIDE and visit > ANNOUNCED_WITHIN:
        return _refused(turn, call, leg)
    stay(turn, leg)
    onward = GoTo(leg_outside(token, number + 1))
    if leg.place is Place.OUTSIDE or not _goes_on(turn, call):
        return (turn.say("held_moment", turn.line(leg.line)), Pause(1), onward)
    if visit == 0:
        words = turn.say("supervisor_modes", turn.line(leg.line))
        return (Ask((words,), leg_outside_key(token, number), KEY_SECONDS), onward)
    return (into_talk(turn, call, leg),)


def _goes_on(turn: Turn, call: StoredCall) -> bool:
    """Whether caller and volunteer are in the room: before, there is nobody to coach."""
    legs = legs_of_talk(turn.db, call.id)
    there = any(leg.id == call.leg and leg.place is Place.ROOM for leg in legs)
    return call.state is CallState.TALKING and there


def _refused(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    let_go(turn, call, leg)
    turn.note(Happening(call.id, "not-announced", leg.id))
    return (turn.say("supervisor_refused", turn.line(leg.line)), HangUp())


def mode_chosen(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """Listen, coach, join or leave; anything else goes on as before."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if digits == LEAVES or not takes_part(call, leg):
        let_go(turn, call, leg)
        return farewell(turn, call, leg)
    if part := MODES.get(digits):
        change_part(turn.db, leg.id, part)
        turn.note(Happening(call.id, f"supervisor-{part}", leg.id))
    return (GoTo(leg_outside(token, number + 1)),)
