"""The caller outside of the room while the volunteer is elsewhere: words, back in, or on."""

from datetime import timedelta
from typing import Final

from hotline.calls.closing import gone, talk_ended
from hotline.calls.colleagues.partnering import caller_handed_over
from hotline.calls.instructions import GoTo, Instructions, Pause, Say
from hotline.calls.paths import held
from hotline.calls.states import CallEvent, CallState, Place
from hotline.calls.talk.joining import into_room
from hotline.calls.talk.parting import HELD_COUNTS as COUNTS
from hotline.calls.talk.parting import caller_joins, parting
from hotline.calls.talk.room import AWAY, Onward, Outside, TalkLeg, coming, heir, onward, talkers
from hotline.calls.turn import UNHEARD_FOR, Turn
from hotline.calls.wait.waiting import call_at, call_now, waits_again
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import move_call, note_on_call
from hotline.store.talking.talks import legs_of_talk, take_over

PAUSE: Final = 1  # seconds between two sentences: a volunteer who is back waits no longer
WHILE_AWAY: Final = {Place.ASIDE: "held_aside", Place.PARTNER: "held_partner"}


def caller_talked(turn: Turn, token: str, call_status: str) -> Instructions:
    """The caller has come out of the room: whoever is still there decides what comes next."""
    call = call_at(turn, token)
    if call_status == "completed":
        gone(turn, call)
        return ()
    if call.state is CallState.TALKING and call.joined is None:  # nobody ever came
        return _never_met(turn, call)
    if call.state not in (CallState.TALKING, CallState.HELD):
        return caller_joins(turn, token)
    note_on_call(turn.db, call.id, expected=turn.now + UNHEARD_FOR)
    return _outside(turn, call, COUNTS * turn.age(call))


def caller_held(turn: Turn, token: str, number: int) -> Instructions:
    """One visit outside of the room: it alone keeps the caller from being left."""
    call = call_at(turn, token)
    if call.state not in (CallState.TALKING, CallState.HELD):
        return caller_joins(turn, token)
    return _outside(turn, call, number)


def _never_met(turn: Turn, call: StoredCall) -> Instructions:
    if call.leg is not None:
        talk_ended(turn, call, call.leg)
    move_call(turn.db, call.id, CallEvent.TALK_ENDED)
    return waits_again(turn, call.id)


def _outside(turn: Turn, call: StoredCall, number: int) -> Instructions:
    age, visit = divmod(number, COUNTS)
    legs = legs_of_talk(turn.db, call.id)
    since = call.arrived + timedelta(seconds=min(age, turn.age(call)))
    caller = Outside(call.state, since, visit)
    next_visit = GoTo(held(call.token, number + 1))
    match onward(caller, legs):
        case Onward.JOINS:
            return _back_in(turn, call, legs)
        case Onward.WAITS_A_MOMENT:
            return (turn.say("held_moment", turn.line_of(call)), Pause(PAUSE), next_visit)
        case Onward.IS_HELD if visit < COUNTS - 1:
            if given := _to_partner(turn, call, legs):
                return given
            return (_words(turn, call, legs, visit), Pause(PAUSE), next_visit)
        case _:
            return _left(turn, call, legs)


def _back_in(turn: Turn, call: StoredCall, legs: tuple[TalkLeg, ...]) -> Instructions:
    """Whoever is with the caller answers for the conversation, if nobody else does any more."""
    assert call.leg is not None
    next_one = heir(legs, call.leg)
    if call.leg not in {leg.id for leg in talkers(legs)} and next_one is not None:
        take_over(turn.db, call.id, call.leg, next_one.id)
    words = "held_colleague" if coming(legs) else "connecting"
    return (turn.say(words, turn.line_of(call)), *into_room(turn, call_now(turn, call.id)))


def _to_partner(turn: Turn, call: StoredCall, legs: tuple[TalkLeg, ...]) -> Instructions:
    if not any(leg.place is Place.PARTNER for leg in talkers(legs)):
        return ()
    return caller_handed_over(turn, call)


def _words(turn: Turn, call: StoredCall, legs: tuple[TalkLeg, ...], visit: int) -> Say:
    """Why the volunteer is away, and that the caller is not forgotten, in turn."""
    if move_call(turn.db, call.id, CallEvent.CALLER_HELD):
        turn.note(Happening(call.id, "held", call.leg))
    where = next(leg.place for leg in talkers(legs) if leg.place in AWAY)
    keys = (WHILE_AWAY.get(where, "held"), "held_not_forgotten", "waiting_breathe")
    return turn.say(keys[visit % len(keys)], turn.line_of(call))


def _left(turn: Turn, call: StoredCall, legs: tuple[TalkLeg, ...]) -> Instructions:
    for leg in talkers(legs):
        talk_ended(turn, call, leg.id)
    move_call(turn.db, call.id, CallEvent.TALK_ENDED)
    return parting(turn, call_now(turn, call.id))
