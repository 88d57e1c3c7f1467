"""The volunteer's side: the whisper, the key that takes the call, and the end of the leg."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hotline.calls.bringing import not_coming
from hotline.calls.callers import plan_note
from hotline.calls.closing import gone, talk_ended
from hotline.calls.coming import comes_in
from hotline.calls.holding import caller_talked
from hotline.calls.instructions import Ask, GoTo, HangUp, Instructions, Say
from hotline.calls.joining import never_met
from hotline.calls.moving import (
    HANG_UP_WITHIN,
    RING_EXTRA,
    keep_moving,
    legs_over,
    report_silent,
    stop_ringing,
)
from hotline.calls.paths import leg_key, leg_key_again, leg_note, leg_over
from hotline.calls.states import CallEvent, CallState, LegResult, LegState, Outcome, Part
from hotline.calls.talking import into_talk, leg_at, let_go
from hotline.calls.turn import UNHEARD_FOR, Turn
from hotline.calls.waiting import WHISPER_EXTRA, call_now, wait_on
from hotline.config.settings import Line
from hotline.phrases import lasting
from hotline.promises.placing import callback_whispered, place
from hotline.store.callers import plan_of
from hotline.store.calls import Happening, StoredCall, move_call, wave_ended
from hotline.store.endings import (
    end_answered,
    end_legs,
    still_listens,
)
from hotline.store.legs import (
    StoredLeg,
    advance_leg,
    note_leg_sid,
)
from hotline.store.outbox import NewOrder, Order, post
from hotline.store.reach import reached

ACCEPT_KEY: Final = "1"
DECLINE_KEY: Final = "2"
NOTE_SECONDS: Final = 15  # of words about the caller
FINAL: Final = {
    "completed": LegResult.PASSED,
    "busy": LegResult.BUSY,
    "no-answer": LegResult.UNANSWERED,
    "failed": LegResult.FAILED,
    "canceled": LegResult.CANCELLED,
}


def volunteer_answered(turn: Turn, token: str, sid: str) -> Instructions:
    """Which line it is, how long the caller has waited, and which key takes the call. No REST."""
    leg = leg_at(turn, token)
    whisper = turn.settings.answering.whisper
    answers = leg.part is Part.ANSWER and not leg.by_dial
    noted = answers and plan_of(turn.db, leg.call) is not None
    until = turn.later(whisper + WHISPER_EXTRA + (NOTE_SECONDS if noted else 0))
    ringing = (LegState.PLANNED, LegState.DIALLED)
    advanced = advance_leg(turn.db, leg.id, ringing, LegState.ANSWERED, until, sid)
    if not advanced and leg.state is not LegState.ANSWERED:
        return _too_late(turn, leg)
    if noted:
        return (Ask(_whispered(turn, leg), leg_key(leg.token), 1), GoTo(leg_note(leg.token)))
    return _whisper(turn, leg, whisper)


def volunteer_briefed(turn: Turn, token: str) -> Instructions:
    """What is noted of the caller. Only reads: the words may be kept nowhere."""
    leg = leg_at(turn, token)
    note = plan_note(turn, leg.call)
    if leg.state is not LegState.ANSWERED:
        return (GoTo(leg_over(leg.token)),)
    if note is None:  # taken back meanwhile
        return _whisper_again(turn, leg)
    words = (turn.say("whisper_note", turn.line(leg.line), note=note),)
    patience = turn.settings.answering.whisper // 2
    return (Ask(words, leg_key(leg.token), patience), *_whisper_again(turn, leg))


def _whisper(turn: Turn, leg: StoredLeg, patience: int) -> Instructions:
    first = Ask(_whispered(turn, leg), leg_key(leg.token), patience // 2)
    if leg.by_dial:  # the caller hears nothing meanwhile: no second asking of who is silent
        return (first, HangUp())
    return (first, *_whisper_again(turn, leg))


def _whispered(turn: Turn, leg: StoredLeg) -> tuple[Say, ...]:
    line = turn.line(leg.line)
    if leg.part is not Part.ANSWER:
        return (turn.say(f"whisper_{leg.part}", line),)
    if leg.by_dial:
        return (turn.say("whisper_short", line),)
    call = call_now(turn, leg.call)
    if call.state is CallState.OFFERED:
        return (callback_whispered(turn, leg),)
    waited = lasting(turn.now - call.since, line.languages[0])
    return (*_of_the_caller(turn, call, line), turn.say("whisper", line, waited=waited))


def _of_the_caller(turn: Turn, call: StoredCall, line: Line) -> Iterator[Say]:
    """What they said before the wait and whoever answers must know."""
    language = call.wish.language
    if call.wish.minor is not None:
        yield turn.say("whisper_minor", line)
    if language is not None and language is not line.languages[0]:
        name = turn.say(f"language_{language}", line).words
        yield turn.say("whisper_language", line, name=name)


def _whisper_again(turn: Turn, leg: StoredLeg) -> Instructions:
    line, whisper = turn.line(leg.line), turn.settings.answering.whisper
    words = (turn.say("whisper_again", line),)
    again = Ask(words, leg_key_again(leg.token), whisper - whisper // 2)
    return (again, turn.say("whisper_missed", line), HangUp())


def _too_late(turn: Turn, leg: StoredLeg) -> Instructions:
    """Words of thanks. Whoever hears them holds the telephone, perhaps for the second time."""
    still_listens(turn.db, leg.person, turn.now)
    call = call_now(turn, leg.call)
    gone_for_good = call.state is CallState.CLOSED or leg.part is not Part.ANSWER
    key = "caller_gone" if gone_for_good else "taken"
    if call.state is CallState.OFFERED or call.outcome is Outcome.UNPLACED:
        key = "callback_gone"
    return (turn.say(key, turn.line(leg.line)), HangUp())


def volunteer_dismissed(turn: Turn, token: str) -> Instructions:
    """REST moved a volunteer out of the whisper: a colleague has the call, or the caller left."""
    return _too_late(turn, leg_at(turn, token))


def volunteer_pressed(turn: Turn, token: str, digits: str) -> Instructions:
    """1 takes the call if nobody was first, 2 passes it on; with another key, once more."""
    leg = leg_at(turn, token)
    if leg.state is not LegState.ANSWERED:
        return _too_late(turn, leg)
    if digits in (ACCEPT_KEY, DECLINE_KEY):
        return _accepts(turn, leg) if digits == ACCEPT_KEY else _passes_on(turn, leg)
    return _whisper_again(turn, leg)


def volunteer_pressed_again(turn: Turn, token: str, digits: str) -> Instructions:
    """The same the second time: then whatever is not 1 passes the call on."""
    leg = leg_at(turn, token)
    if leg.state is not LegState.ANSWERED:
        return _too_late(turn, leg)
    return _accepts(turn, leg) if digits == ACCEPT_KEY else _passes_on(turn, leg)


def _passes_on(turn: Turn, leg: StoredLeg) -> Instructions:
    if end_answered(turn.db, leg.id, LegResult.PASSED, turn.now):
        turn.note(Happening(leg.call, "leg-passed", leg.id))
        not_coming(turn, leg)
        keep_moving_after(turn, leg)
    return (turn.say("passed", turn.line(leg.line)), HangUp())


def _accepts(turn: Turn, leg: StoredLeg) -> Instructions:
    if leg.part is not Part.ANSWER:
        return comes_in(turn, leg) or _too_late(turn, leg)
    if call_now(turn, leg.call).state is CallState.OFFERED:
        return place(turn, leg)
    if not _wins(turn, leg):
        end_answered(turn.db, leg.id, LegResult.LOST, turn.now)
        return _too_late(turn, leg)
    joining = turn.say("joining", turn.line(leg.line))
    if leg.by_dial:  # the bridge follows the end of these words
        move_call(turn.db, leg.call, CallEvent.CALLER_JOINED, joined=turn.now)
        return (joining,)
    order = NewOrder(Order.MOVE, leg.call, leg.id, turn.now, turn.now + HANG_UP_WITHIN)
    post(turn.db, [order])
    return (joining, into_talk(turn, call_now(turn, leg.call), leg))


def _wins(turn: Turn, leg: StoredLeg) -> bool:
    """One UPDATE decides who takes the call; the winner's colleagues are set free."""
    longest = turn.settings.answering.longest_talk
    expected = turn.later(longest + 60) if leg.by_dial else turn.now + UNHEARD_FOR
    event = CallEvent.LEG_ACCEPTED
    if not move_call(turn.db, leg.call, event, leg_id=leg.id, accepted=turn.now, expected=expected):
        return False
    until = turn.later(longest)
    reached(turn.db, leg.person, turn.now)
    advance_leg(turn.db, leg.id, (LegState.ANSWERED,), LegState.ACCEPTED, until)
    stop_ringing(turn, leg.call, LegResult.LOST)
    turn.note(Happening(leg.call, "accepted", leg.id))
    return True


def keep_moving_after(turn: Turn, leg: StoredLeg) -> None:
    """The leg's call waits again if nothing else rings for it, and is rung for at once."""
    wave_ended(turn.db, [leg.call])
    keep_moving(turn)


def leg_told(turn: Turn, token: str, status: str, sid: str) -> None:
    """The carrier's word on a leg. Late, doubled or out of order, it changes nothing."""
    leg = leg_at(turn, token)
    result = FINAL.get(status)
    if result is None:
        _rings_at_last(turn, leg, sid)
    elif leg.state is LegState.ACCEPTED:
        let_go(turn, call_now(turn, leg.call), leg)
    elif ended := end_legs(turn.db, [leg.id], result, turn.now):
        report_silent(turn, ended)
        turn.note(Happening(leg.call, f"leg-{result}", leg.id))
        not_coming(turn, leg)
        keep_moving_after(turn, leg)


def _rings_at_last(turn: Turn, leg: StoredLeg, sid: str) -> None:
    """The carrier's id of a leg; one that nobody wants any more is hung up now that we can.

    It rings although the order counts as not sent yet: whoever sent it died before noting it.
    """
    if leg.sid is not None:
        return
    until = turn.later(turn.settings.answering.ring + RING_EXTRA)
    advance_leg(turn.db, leg.id, (LegState.PLANNED,), LegState.DIALLED, until, sid)
    note_leg_sid(turn.db, leg.id, sid)
    if leg.state is LegState.ENDED:
        order = NewOrder(Order.HANG_UP, leg.call, leg.id, turn.now, turn.now + HANG_UP_WITHIN)
        post(turn.db, [order])


@dataclass(frozen=True)
class DialEnd:
    """How a telephone rung from the caller's own leg ended, in the carrier's words."""

    dial_status: str
    call_status: str
    bridged: bool


def dial_ended(turn: Turn, token: str, end: DialEnd) -> Instructions:
    """The end of a talk; or the next try, the queue, the exit."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if leg.state is LegState.ACCEPTED:
        if not end.bridged:  # the caller hung up between the key and the bridge
            never_met(turn, call)
        talk_ended(turn, call, leg.id)
        return caller_talked(turn, call.token, end.call_status)
    result = FINAL.get(end.dial_status, LegResult.FAILED)
    legs_over(turn, end_legs(turn.db, [leg.id], result, turn.now))
    if end.call_status == "completed":
        gone(turn, call_now(turn, leg.call))
        return ()
    return wait_on(turn, call_now(turn, leg.call), keep_moving(turn))
