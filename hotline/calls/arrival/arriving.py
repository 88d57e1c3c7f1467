"""A caller rings: which line it is, what it asks, and the wait; or the honest exit at once."""

import logging
import secrets
from dataclasses import dataclass, replace

from hotline.calls.arrival.anew import anew
from hotline.calls.arrival.asking import asked, begins_to_wait
from hotline.calls.arrival.callers import blocked_told, recognised
from hotline.calls.arrival.questions import answered, questions_of
from hotline.calls.arrival.repeating import A_DAY
from hotline.calls.closing import closed
from hotline.calls.exit.exits import exit_reached, exit_told, somebody_comes
from hotline.calls.instructions import HangUp, Instructions
from hotline.calls.keys import EMERGENCY
from hotline.calls.states import CallState, Outcome
from hotline.calls.talk.parting import caller_joins
from hotline.calls.turn import UNHEARD_FOR, Turn
from hotline.calls.wait.hurrying import hurried
from hotline.calls.wait.waiting import call_at, call_now
from hotline.config.settings import Line
from hotline.numbers import line_dialled, withheld
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.phrases import either, say
from hotline.ports import Dialled
from hotline.store.calling.calls import call_of_sid
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import note_wish
from hotline.store.calling.opening import NewCall, open_call
from hotline.store.duty.rosters import rota_at

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ringing:
    """A caller's leg as the carrier announces it. number: as it came, withheld or not."""

    sid: str
    number: str
    dialled: str


def caller_rang(turn: Turn, ringing: Ringing) -> Instructions:
    """The greeting and the wait, or what the line asks; the exit when nobody is on duty.

    That a new call could be opened says that this is no repetition.
    """
    line = line_dialled(turn.settings.lines, ringing.dialled)
    if line is None:
        anew(turn)
        log.warning("call refused: no line has the number that was dialled")
        return _no_such_line(turn)
    new = _new_call(turn, line, ringing)
    opened = open_call(turn.db, new, turn.now - A_DAY)
    if opened is None:
        anew(turn)  # else a document was lost on its way, and the carrier starts over
        return _starts_over(turn, ringing)
    call = opened.call
    turn.told.call = call.id
    if new.hash and opened.came_before and recognised(turn, call, new.hash):
        return blocked_told(turn, call)
    if call.state is CallState.ASKED:
        return (turn.say("greeting_short", line), *asked(turn, call, 0))
    if not somebody_comes(turn, call) and exit_reached(turn, call, rota_at(turn.db, turn.now)):
        return (turn.say("greeting_short", line), *exit_told(turn, call, 0))
    return (turn.say("greeting", line), turn.queue(call))


def caller_never_answered(turn: Turn, told: Dialled) -> None:
    """A caller whom we could not answer has hung up: the call counts all the same."""
    line = line_dialled(turn.settings.lines, told.dialled)
    if line is None:
        return
    rang, left = replace(turn, now=told.began), replace(turn, now=told.ended or turn.now)
    ringing = Ringing(told.sid, told.number, told.dialled)
    opened = open_call(turn.db, _new_call(rang, line, ringing), told.began)
    if opened is None:
        return
    left.note(Happening(opened.call.id, "never-answered"))
    closed(left, opened.call, Outcome.LEFT)
    day = told.began.astimezone(turn.settings.site.zone).date()
    alert(turn.db, [Alarm(AlarmKind.MISSED, f"{line.name}/{day}")], turn.now)


def _starts_over(turn: Turn, ringing: Ringing) -> Instructions:
    call = call_of_sid(turn.db, ringing.sid)
    assert call is not None
    return caller_joins(turn, call.token)


def _no_such_line(turn: Turn) -> Instructions:
    language = turn.settings.site.language
    emergency = either(turn.settings.site.emergency, language)
    return (say("unknown_line", language, emergency=emergency), HangUp())


def _new_call(turn: Turn, line: Line, ringing: Ringing) -> NewCall:
    hidden = withheld(ringing.number)
    return NewCall(
        token=secrets.token_urlsafe(12),
        sid=ringing.sid,
        line=line.name,
        cipher=None if hidden else turn.privacy.sealed(ringing.number),
        hash=None if hidden else turn.privacy.hashed(ringing.number),
        arrived=turn.now,
        expected=turn.now + UNHEARD_FOR,
        state=CallState.ASKED if questions_of(line) else CallState.WAITING,
    )


def caller_said(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """The key of the line's question of that number, or none: the next one, or the wait."""
    call = call_at(turn, token)
    if call.state is not CallState.ASKED:
        return caller_joins(turn, token)
    if digits == EMERGENCY:
        words = hurried(turn, call)
        return (*words, *begins_to_wait(turn, call_now(turn, call.id)))
    line = turn.line(call.line)  # in its own order: its keys count by it
    questions = questions_of(line)
    if number < len(questions):
        wish = answered(questions[number], line, digits, call.wish)
        note_wish(turn.db, call.id, wish)
    return asked(turn, call_now(turn, call.id), number + 1)
