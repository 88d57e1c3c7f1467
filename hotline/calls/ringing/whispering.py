"""What a volunteer hears before taking a call: the whisper, or that it is too late."""

from collections.abc import Iterator
from typing import Final

from hotline.calls.arrival.callers import plan_note
from hotline.calls.instructions import Ask, GoTo, HangUp, Instructions, Say
from hotline.calls.paths import leg_key, leg_key_again, leg_note, leg_over
from hotline.calls.states import CallState, LegState, Outcome, Part
from hotline.calls.talk.talking import leg_at
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import WHISPER_EXTRA, call_now
from hotline.config.settings import Line
from hotline.phrases import lasting
from hotline.promises.placing import callback_whispered
from hotline.store.calling.callers import plan_of
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.endings import (
    still_listens,
)
from hotline.store.calling.legs import (
    StoredLeg,
    advance_leg,
)

NOTE_SECONDS: Final = 15  # of words about the caller


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
        return too_late(turn, leg)
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
        return whispered_again(turn, leg)
    words = (turn.say("whisper_note", turn.line(leg.line), note=note),)
    patience = turn.settings.answering.whisper // 2
    return (Ask(words, leg_key(leg.token), patience), *whispered_again(turn, leg))


def _whisper(turn: Turn, leg: StoredLeg, patience: int) -> Instructions:
    first = Ask(_whispered(turn, leg), leg_key(leg.token), patience // 2)
    if leg.by_dial:  # the caller hears nothing meanwhile: no second asking of who is silent
        return (first, HangUp())
    return (first, *whispered_again(turn, leg))


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


def whispered_again(turn: Turn, leg: StoredLeg) -> Instructions:
    """The question once more for whoever pressed another key or none; then the call goes on."""
    line, whisper = turn.line(leg.line), turn.settings.answering.whisper
    words = (turn.say("whisper_again", line),)
    again = Ask(words, leg_key_again(leg.token), whisper - whisper // 2)
    return (again, turn.say("whisper_missed", line), HangUp())


def too_late(turn: Turn, leg: StoredLeg) -> Instructions:
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
    return too_late(turn, leg_at(turn, token))
