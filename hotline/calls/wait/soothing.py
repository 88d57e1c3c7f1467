"""What a waiting caller hears: their place, how long it may take, the keys, and something calm."""

from datetime import timedelta
from typing import Final

from hotline.calls.instructions import Say
from hotline.calls.ringing.moving import rota_now
from hotline.calls.states import CallState
from hotline.calls.turn import Turn
from hotline.calls.wait.estimating import Spoken, estimate, spoken
from hotline.calls.wait.wishes import fits
from hotline.config.settings import Line, LineName, seconds
from hotline.duty import OnDuty, Why, in_reach
from hotline.phrases import lasting
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.waiting import callers_before, recent_talks

FIRST_SECONDS: Final = 3  # after the arrival
SECONDS_A_SENTENCE: Final = 5  # shorter than a visit, so that no sentence comes twice running
URGENT: Final = ("waiting_urgent", "waiting_breathe", "waiting_emergency")
GROUNDING: Final = ("waiting_breathe", "waiting_feet", "waiting_look")
LOOK_BACK: Final = timedelta(hours=24)  # for conversations like the next ones
MOST_TALKS: Final = 30
BUSY: Final = frozenset({Why.TALKING, Why.RINGING, Why.WRAP_UP})


def waiting_words(turn: Turn, call: StoredCall, number: int) -> Say:
    """The sentence of one visit. number: seconds since the arrival, as the visits count.

    One after the other: the place, the keys, something calm, the estimate, the keys, calm.
    """
    line = turn.line_of(call)
    if number < FIRST_SECONDS:
        return turn.say("waiting_first", line)
    count = number // SECONDS_A_SENTENCE
    if call.urgent:
        return turn.say(URGENT[count % 3], line)
    match count % 6:
        case 0:
            return _place(turn, call, line)
        case 1 | 4:
            return turn.say("waiting_keys", line)
        case 3:
            return _estimated(turn, call) or _place(turn, call, line)
        case _:
            return turn.say(GROUNDING[count // 3 % 3], line)


def _place(turn: Turn, call: StoredCall, line: Line) -> Say:
    ahead = callers_before(turn.db, call)
    if ahead:
        return turn.say("waiting_position", line, ahead=ahead)
    return turn.say("waiting_next", line)


def _estimated(turn: Turn, call: StoredCall) -> Say | None:
    """How long it may take; None while a telephone rings, or when nothing is known."""
    if call.state is CallState.RINGING:
        return None
    line = turn.line_of(call)
    people = _busy(in_reach(rota_now(turn), line, turn.settings, turn.now), turn, call)
    if not people:
        return None
    wrap_up = seconds(turn.settings.answering.wrap_up)
    since = turn.now - LOOK_BACK
    talks = recent_talks(turn.db, _neighbours(turn, line), since, MOST_TALKS)
    known = estimate(callers_before(turn.db, call), people, [talk + wrap_up for talk in talks])
    return _said(turn, line, spoken(known))


def _busy(duty: OnDuty, turn: Turn, call: StoredCall) -> int:
    """How many whom the caller may reach are busy; 0 if one of them is not."""
    if any(fits(seat.volunteer, call.wish, turn.now) for seat in duty.rung):
        return 0
    there = (kept for kept in duty.kept_out if kept.why in BUSY)
    return sum(fits(kept.volunteer, call.wish, turn.now) for kept in there)


def _neighbours(turn: Turn, line: Line) -> list[LineName]:
    """The lines whose callers the same people answer."""
    return [each.name for each in turn.settings.lines if not set(each.desks).isdisjoint(line.desks)]


def _said(turn: Turn, line: Line, bounds: Spoken | None) -> Say | None:
    match bounds:
        case None:
            return None
        case Spoken(None, int() as high):
            within = lasting(timedelta(minutes=high), line.languages[0])
            return turn.say("waiting_within", line, high=within)
        case Spoken(int() as low, int() as high) if low < high:
            return turn.say("waiting_between", line, low=low, high=high)
        case Spoken(int() as low, None):
            return turn.say("waiting_longer", line, low=low)
        case _:
            return turn.say("waiting_within", line, high=bounds.high or 1)
