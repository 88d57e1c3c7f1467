"""A caller who called before: how the new call is treated, and what the volunteer is told."""

from datetime import timedelta
from typing import Final

from hotline.calls.arrival.repeating import A_DAY, treatment
from hotline.calls.exit.exits import take_exit
from hotline.calls.instructions import Ask, GoTo, Instructions
from hotline.calls.keys import EMERGENCY, KEY_SECONDS
from hotline.calls.ledger import Decided
from hotline.calls.paths import blocked_key, goodbye
from hotline.calls.ringing.facts import CallId
from hotline.calls.turn import Turn
from hotline.calls.wait.hurrying import hurried
from hotline.calls.wait.waiting import call_at, waits_again
from hotline.duty import OnDuty
from hotline.store.calling.callers import caller_before, plan_of
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import note_on_call

LONGEST_NOTE: Final = 60  # characters: some fifteen seconds of Chinese
BLOCKED_FOR: Final = timedelta(seconds=60)


def recognised(turn: Turn, call: StoredCall, caller: str) -> bool:
    """What earlier calls mean for this one is noted on it; True if the caller is blocked."""
    known, past = caller_before(turn.db, caller, turn.now - A_DAY)
    found = treatment(known, past, turn.settings, turn.now)
    if found.delayed or found.same is not None:
        note_on_call(turn.db, call.id, delayed=found.delayed, same_id=found.same)
        turn.note(Happening(call.id, "delayed" if found.delayed else "same-person-first"))
    return found.blocked


def blocked_told(turn: Turn, call: StoredCall) -> Instructions:
    """An honest sentence and the emergency numbers; key 9 rings for the caller all the same."""
    take_exit(turn, call, Decided.BLOCKED, OnDuty((), ()))
    note_on_call(turn.db, call.id, expected=turn.now + BLOCKED_FOR)
    line = turn.line_of(call)
    words = (turn.say("blocked", line), turn.say("blocked_emergency", line))
    return (
        Ask(words, blocked_key(call.token, turn.age(call)), KEY_SECONDS),
        GoTo(goodbye(call.token)),
    )


def blocked_pressed(turn: Turn, token: str, digits: str) -> Instructions:
    """9 rings for the caller before everybody else; any other key says goodbye."""
    call = call_at(turn, token)
    if digits != EMERGENCY:
        return (GoTo(goodbye(token)),)
    return (*hurried(turn, call), *waits_again(turn, call.id))


def plan_note(turn: Turn, call: CallId) -> str | None:
    """What the volunteer should know of the caller before accepting; None: nothing is noted."""
    sealed = plan_of(turn.db, call)
    return None if sealed is None else turn.privacy.opened(sealed)[:LONGEST_NOTE]
