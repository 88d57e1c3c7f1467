"""Whoever was rung into a conversation pressed 1: where they go."""

from hotline.calls.colleagues.aside import into_aside
from hotline.calls.colleagues.supervising import let_in
from hotline.calls.instructions import Instructions
from hotline.calls.states import SUPERVISE, LegResult, LegState, Part
from hotline.calls.talk.talking import TALKS, into_talk
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.store.calling.endings import end_answered
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg, advance_leg


def comes_in(turn: Turn, leg: StoredLeg) -> Instructions:
    """Into the room, aside, or to the door; empty if the conversation is over meanwhile."""
    call = call_now(turn, leg.call)
    until = turn.later(turn.settings.answering.longest_talk)
    if call.state not in TALKS or not advance_leg(
        turn.db, leg.id, (LegState.ANSWERED,), LegState.ACCEPTED, until
    ):
        end_answered(turn.db, leg.id, LegResult.LOST, turn.now)
        return ()
    turn.note(Happening(call.id, f"came-in-{leg.part}", leg.id))
    joining = turn.say("joining", turn.line(leg.line))
    if leg.part is Part.TRANSFER:
        return (joining, into_aside(turn, call, leg))
    if leg.part in SUPERVISE:
        return let_in(turn, call, leg)
    return (joining, into_talk(turn, call, leg))
