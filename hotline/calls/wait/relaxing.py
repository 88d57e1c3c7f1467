"""A wish that costs time is given up aloud: the caller hears it, and one key keeps it."""

from datetime import timedelta
from typing import Final

from hotline.calls.arrival.questions import wished
from hotline.calls.instructions import Ask, GoTo, Instructions, Say
from hotline.calls.keys import INSIST, KEY_SECONDS
from hotline.calls.paths import wish_told
from hotline.calls.ringing.moving import rota_now
from hotline.calls.ringing.routing import free_but_for_the_wish
from hotline.calls.states import CallState
from hotline.calls.turn import Turn
from hotline.calls.wait.wishes import Part, insisted_on, let_go, to_give_up, told_of
from hotline.phrases import lasting
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import note_wish
from hotline.store.calling.waiting import call_waiting

WORTH_SAYING: Final = timedelta(minutes=1)  # a shorter wait has cost nothing yet


def wish_costs_time(turn: Turn, call: StoredCall, number: int) -> Instructions:
    """The words for a caller whom somebody would answer now, but for the wish; empty if none."""
    if call.state is not CallState.WAITING or not call.wish.holding - call.wish.insisted:
        return ()
    tried_since = turn.now - timedelta(seconds=turn.settings.answering.ring_again)
    waiting = call_waiting(turn.db, call.id, tried_since)
    if waiting is None:
        return ()
    free = free_but_for_the_wish(waiting, rota_now(turn), turn.settings, turn.now)
    parts = to_give_up(free, call.wish, turn.now)
    if not parts:
        return ()
    note_wish(turn.db, call.id, told_of(call.wish, parts))
    turn.note(_happened(call, "wish-told", parts))
    path = wish_told(call.token, number)
    return (Ask((_what_it_costs(turn, call, parts),), path, KEY_SECONDS), GoTo(path))


def wish_answered(turn: Turn, call: StoredCall, digits: str) -> Instructions:
    """The caller has heard it: with the key the wish is kept, else given up."""
    told = call.wish.told
    if not told:
        return ()
    if digits == INSIST:
        note_wish(turn.db, call.id, insisted_on(call.wish))
        turn.note(_happened(call, "wish-kept", told))
        return (turn.say("wish_kept", turn.line_of(call), who=_who(turn, call, told)),)
    if call.state is CallState.WAITING:  # else somebody who meets it is being rung
        note_wish(turn.db, call.id, let_go(call.wish))
        turn.note(_happened(call, "wish-given-up", told))
    return ()


def _what_it_costs(turn: Turn, call: StoredCall, parts: frozenset[Part]) -> Say:
    """That waiting takes longer, or how long it has taken: nobody knows how long it will."""
    line, who = turn.line_of(call), _who(turn, call, parts)
    waited = turn.now - call.since
    if waited < WORTH_SAYING:
        return turn.say("wish_costs", line, who=who)
    return turn.say("wish_costs_more", line, who=who, waited=lasting(waited, line.languages[0]))


def _who(turn: Turn, call: StoredCall, parts: frozenset[Part]) -> str:
    return wished(parts, call.wish, turn.line_of(call).languages[0], turn.settings)


def _happened(call: StoredCall, kind: str, parts: frozenset[Part]) -> Happening:
    return Happening(call.id, kind, detail=",".join(part for part in Part if part in parts))
