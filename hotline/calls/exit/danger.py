"""Key 9 wherever a caller is asked something: first of all to a person, or where else to call."""

from collections.abc import Callable

from hotline.calls.instructions import GoTo, Instructions
from hotline.calls.states import CallState
from hotline.calls.turn import Turn
from hotline.calls.wait.hurrying import hurried
from hotline.calls.wait.waiting import IN_QUEUE, waits_again, waits_on_in_queue
from hotline.duty import in_reach
from hotline.store.calling.calls import StoredCall
from hotline.store.duty.rosters import rota_at


def in_danger(turn: Turn, call: StoredCall, otherwise: GoTo) -> Instructions:
    """Into the wait again, if anybody is there to be waited for. otherwise: what comes then."""
    return _in_danger(turn, call, otherwise, lambda: waits_again(turn, call.id))


def in_danger_in_queue(turn: Turn, call: StoredCall, otherwise: GoTo) -> Instructions:
    """The same for whoever has not left the carrier's queue yet."""
    return _in_danger(turn, call, otherwise, lambda: waits_on_in_queue(turn, call))


def _in_danger(
    turn: Turn, call: StoredCall, otherwise: GoTo, waits: Callable[[], Instructions]
) -> Instructions:
    if call.state in IN_QUEUE:
        return (*hurried(turn, call), otherwise)
    if call.state is not CallState.EXITING:
        return (otherwise,)
    rota = rota_at(turn.db, turn.now)
    if in_reach(rota, turn.line(call.line), turn.settings, turn.now).staffed:
        return (*hurried(turn, call), *waits())
    hurried(turn, call)
    return (turn.say("exit_emergency", turn.line_of(call)), otherwise)
