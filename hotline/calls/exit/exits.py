"""The honest exit: why nobody comes, when somebody will, and what the caller can choose instead."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from hotline.calls.exit.onward import Onward, Seeker, way_onward
from hotline.calls.instructions import GoTo, Instructions, Say
from hotline.calls.ledger import Decided, exit_decided
from hotline.calls.paths import exit_key, exit_menu, goodbye
from hotline.calls.ringing.moving import stop_ringing
from hotline.calls.ringing.routing import Exit, exit_due
from hotline.calls.states import CallEvent, LegResult, LegState
from hotline.calls.turn import Turn
from hotline.calls.wait.patience import patiently
from hotline.config.settings import Line
from hotline.duty import OnDuty, Rota, in_reach, next_on_duty, paused_until, staffed
from hotline.phrases import when
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.ledger import keep_decisions
from hotline.store.calling.legs import states_of
from hotline.store.calling.moves import move_call, note_on_call
from hotline.store.duty.rosters import rota_at, rota_between, rota_on_paper
from scheduling.problem import Span

TIMES_TOLD: Final = 2
COUNTS: Final = 10  # an address counts ten times the stay, and the times told
TOLD_WITHIN: Final = timedelta(seconds=90)
LOOK_AHEAD: Final = timedelta(days=8)


def somebody_comes(turn: Turn, call: StoredCall) -> bool:
    """Whether the wait goes on without a doubt: its time is not up, and people are there on paper.

    What telephones do is not looked at. False says nothing: `exit_reached` does.
    """
    line = turn.line_of(call)
    if exit_due(call.since, True, turn.settings.longest_wait(line), turn.now) is not None:
        return False
    return staffed(rota_on_paper(turn.db, turn.now), line, turn.settings, turn.now)


def exit_reached(turn: Turn, call: StoredCall, rota: Rota) -> bool:
    """Whether this call's wait ends now in the honest exit; if so, its telephones stop."""
    line = turn.line_of(call)
    duty = in_reach(rota, line, turn.settings, turn.now)
    longest = turn.settings.longest_wait(line)
    reason = exit_due(call.since, duty.staffed, longest, turn.now)
    if reason is None or _somebody_may_come(turn, call, reason):
        return False
    return take_exit(turn, call, Decided(reason.value), duty)


def _somebody_may_come(turn: Turn, call: StoredCall, reason: Exit) -> bool:
    """A telephone still rings after a shift ended; somebody is in the whisper at the ceiling."""
    states = states_of(turn.db, call.id)
    if reason is Exit.UNSTAFFED:
        return bool(states)
    longest = turn.settings.longest_wait(turn.line_of(call))
    last = call.since + timedelta(seconds=longest + turn.settings.answering.whisper)
    return LegState.ANSWERED in states and turn.now < last


def take_exit(turn: Turn, call: StoredCall, reason: Decided, duty: OnDuty) -> bool:
    """True if this request brought the call to its exit: then its telephones stop."""
    if not wait_left(turn, call, reason.value):
        return False
    keep_decisions(turn.db, [exit_decided(call.id, call.line, reason, duty)], {}, turn.now)
    return True


def wait_left(turn: Turn, call: StoredCall, why: str, **also: object) -> bool:
    """True if this request ended the wait; also: further columns to set."""
    if not move_call(turn.db, call.id, CallEvent.EXIT_REACHED, **also):
        return False
    stop_ringing(turn, call.id, LegResult.CANCELLED)
    turn.note(Happening(call.id, f"exit-{why}"))
    return True


def exit_told(turn: Turn, call: StoredCall, told: int, stay: int | None = None) -> Instructions:
    """The exit's words and keys; after the last time, goodbye.

    told: how often already; stay: the age of the call when it came to this exit, None: just now.
    """
    if told >= TIMES_TOLD:
        return (GoTo(goodbye(call.token)),)
    note_on_call(turn.db, call.id, expected=turn.now + TOLD_WITHIN)
    line, rota = turn.line_of(call), rota_at(turn.db, turn.now)
    staffed = in_reach(rota, line, turn.settings, turn.now).staffed
    prompts = (
        *((_why(turn, line, rota, staffed=staffed)) if told == 0 else ()),
        *_choices(turn, line, onward_of(turn, call, rota), staffed=staffed),
    )
    number = COUNTS * (turn.age(call) if stay is None else stay) + told
    asked = patiently(turn, line, prompts, exit_key(call.token, number))
    return (*asked, GoTo(exit_menu(call.token, number + 1)))


def onward_of(turn: Turn, call: StoredCall, rota: Rota) -> Onward | None:
    """Where the key for it leads the caller now; to another line at most once."""
    line = turn.line_of(call)
    if call.came_to is not None:
        lines = {each.name for each in turn.settings.lines}
        line = replace(line, onward=tuple(each for each in line.onward or () if each not in lines))
    return way_onward(Seeker(line, call.wish, call.ways_tried), rota, turn.settings, turn.now)


def _why(turn: Turn, line: Line, rota: Rota, *, staffed: bool) -> Iterator[Say]:
    paused = paused_until(rota, line, turn.now) is not None
    alone = "exit_paused" if paused else "exit_unstaffed"
    yield turn.say("exit_ceiling" if staffed else alone, line)
    yield turn.say("exit_emergency", line)
    if not staffed and (next_start := _next_start(turn, line)):
        yield turn.say("exit_next", line, when=next_start)


def _next_start(turn: Turn, line: Line) -> str | None:
    rota = rota_between(turn.db, Span(turn.now, turn.now + LOOK_AHEAD))
    start = next_on_duty(rota, line, turn.settings, turn.now)
    if start is None:
        return None
    return when(start, turn.now, turn.settings.site.zone, line.languages[0])


def _choices(turn: Turn, line: Line, onward: Onward | None, *, staffed: bool) -> Iterator[Say]:
    yield turn.say("exit_callback", line)
    yield turn.say("exit_message", line)
    if onward is not None:
        partner = onward.title.in_language(line.languages[0])
        yield turn.say("exit_partner", line, partner=partner)
    if staffed:
        yield turn.say("exit_wait", line)
