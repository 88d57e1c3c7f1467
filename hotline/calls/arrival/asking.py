"""What a line asks is asked once, and the wait begins; nobody on duty ends the asking."""

from hotline.calls.arrival.questions import prompts, questions_of
from hotline.calls.exit.exits import exit_reached, exit_told
from hotline.calls.instructions import Ask, GoTo, Instructions
from hotline.calls.keys import KEY_SECONDS
from hotline.calls.paths import question
from hotline.calls.states import CallEvent
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.calls.wait.wishes import Part
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.moves import move_call
from hotline.store.duty.rosters import rota_at


def asked(turn: Turn, call: StoredCall, number: int) -> Instructions:
    """The line's question of that number, from 0; after the last the wait begins."""
    line = turn.line_of(call)
    questions = questions_of(line)
    if number >= len(questions):
        return begins_to_wait(turn, call)
    rota = rota_at(turn.db, turn.now)
    if questions[number] is not Part.LANGUAGE and exit_reached(turn, call, rota):
        return exit_told(turn, call, 0)
    path = question(call.token, number)
    return (Ask(prompts(questions[number], line, turn.settings), path, KEY_SECONDS), GoTo(path))


def begins_to_wait(turn: Turn, call: StoredCall) -> Instructions:
    """Into the queue; the honest exit at once when nobody is on duty."""
    move_call(turn.db, call.id, CallEvent.BEGINS_TO_WAIT)
    if exit_reached(turn, call_now(turn, call.id), rota_at(turn.db, turn.now)):
        return exit_told(turn, call, 0)
    return (turn.say("greeting_wait", turn.line_of(call)), turn.queue(call))
