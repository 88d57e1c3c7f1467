"""Which telephones ring next, and when a wait ends in the honest exit: decisions, no reading."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import chain

from hotline.calls.ringing.facts import CallId, LiveLeg, Ring, WaitingCall
from hotline.calls.states import LegState
from hotline.calls.wait.wishes import fits
from hotline.config.settings import Answering, LineName, Settings
from hotline.config.tables.ringing import Strategy
from hotline.duty import (
    OnDuty,
    PersonId,
    Rota,
    Seat,
    Volunteer,
    Why,
    in_reach,
    strategy_of,
)


class Exit(StrEnum):
    """Why a wait ends without a person."""

    UNSTAFFED = "unstaffed"
    CEILING = "ceiling"


def next_waves(
    waiting: Sequence[WaitingCall],
    live: Sequence[LiveLeg],
    rota: Rota,
    settings: Settings,
    at: datetime,
) -> tuple[Ring, ...]:
    """Whom to ring for everybody who waits: each caller one person first, then the rest of a wave.

    Urgent callers come first, then who has waited longest, then who is delayed. Nobody is rung for
    two calls. A caller for whom nobody is free gets a telephone that rings second for another.
    """
    answers = reach_of_lines(rota, settings, at)
    queue = sorted(
        waiting, key=lambda call: (not call.urgent, _set_back(call, at), call.arrived, call.id)
    )
    rings = _share(queue, answers, settings, at)
    served = {ring.call for ring in rings}
    hungry = [call for call in queue if call.id not in served and not _set_back(call, at)]
    return (*rings, *_takeovers(hungry, live, answers, settings.answering, at))


# A delayed caller for whom nobody was rung is in turn from here on: within the first minute a
# telephone has been rung for them, if anybody was free.
IN_TURN_AFTER = timedelta(seconds=40)


def _set_back(call: WaitingCall, at: datetime) -> bool:
    if not call.delayed or call.urgent:
        return False
    return call.rung > 0 or at - call.arrived < IN_TURN_AFTER


def first_free(call: WaitingCall, rota: Rota, settings: Settings, at: datetime) -> Seat | None:
    """The one person to ring from the caller's own leg, when REST does not serve."""
    duty = reach_of_lines(rota, settings, at)(call.line)
    return _next(call, duty, frozenset(), settings.answering, at)


def free_but_for_the_wish(
    call: WaitingCall, rota: Rota, settings: Settings, at: datetime
) -> tuple[Volunteer, ...]:
    """Who could be rung for the caller now, if it did not matter whom they asked for."""
    duty = reach_of_lines(rota, settings, at)(call.line)
    people = (seat.volunteer for seat in duty.rung)
    return tuple(who for who in people if not _tried(call, who.id, settings.answering, at))


def exit_due(since: datetime, staffed: bool, longest_wait: int, at: datetime) -> Exit | None:
    """Whether a wait that began at `since` has to end now, and why. longest_wait: seconds."""
    if not staffed:
        return Exit.UNSTAFFED
    if at - since >= timedelta(seconds=longest_wait):
        return Exit.CEILING
    return None


Answers = Callable[[LineName], OnDuty]


def reach_of_lines(rota: Rota, settings: Settings, at: datetime) -> Answers:
    """Whom each line reaches at `at`; each is looked up once."""
    lines = {line.name: line for line in settings.lines}

    @cache
    def answer(name: LineName) -> OnDuty:
        return in_reach(rota, lines.get(name, settings.lines[0]), settings, at)

    return answer


def _share(
    queue: Sequence[WaitingCall], answers: Answers, settings: Settings, at: datetime
) -> list[Ring]:
    rings: list[Ring] = []
    taken: set[PersonId] = set()
    given: Counter[CallId] = Counter()
    waves = {call.id: wave_of(call, settings) for call in queue}
    for place in range(max(waves.values(), default=0)):
        for call in queue:
            if given[call.id] < place or place >= waves[call.id]:
                continue
            seat = _next(call, answers(call.line), taken, settings.answering, at)
            if seat and not (place and seat.aside):
                rings.append(Ring(call.id, seat))
                taken.add(seat.volunteer.id)
                given[call.id] += 1
    return rings


def _next(
    call: WaitingCall, duty: OnDuty, taken: Collection[PersonId], bounds: Answering, at: datetime
) -> Seat | None:
    """Whom to ring for `call`: the person it should reach again first, the put aside last."""
    same = (seat for seat in duty.rung if seat.volunteer.id == call.same)
    for seat in chain(same, duty.rung, duty.last):
        if seat.volunteer.id not in taken and _may_take(call, seat.volunteer, bounds, at):
            return seat
    return None


def wave_of(call: WaitingCall, settings: Settings) -> int:
    """How many telephones ring together for `call` next, at most."""
    bounds, together = settings.answering, settings.rings.together
    strategy = _strategy(call.line, settings)
    everybody = strategy is Strategy.ALL or (strategy is Strategy.MIXED and call.rung >= 3)
    if call.urgent:
        return max(bounds.urgent_wave, together if everybody else 1)
    if call.delayed:
        return 1
    if everybody:
        return together
    if strategy is Strategy.MIXED:
        return min(together, 2 if call.rung else 1)
    return bounds.wave


def _strategy(name: LineName, settings: Settings) -> Strategy:
    line = settings.line(name) or settings.lines[0]
    own = settings.desk(line.desks[0])
    assert own is not None  # or the configuration were refused
    return strategy_of(line, own, settings)


def _may_take(call: WaitingCall, person: Volunteer, bounds: Answering, at: datetime) -> bool:
    return fits(person, call.wish, at) and not _tried(call, person.id, bounds, at)


def _tried(call: WaitingCall, person: PersonId, bounds: Answering, at: datetime) -> bool:
    last = call.tried.get(person)
    return last is not None and at - last < timedelta(seconds=bounds.ring_again)


def _takeovers(
    hungry: Sequence[WaitingCall],
    live: Sequence[LiveLeg],
    answers: Answers,
    bounds: Answering,
    at: datetime,
) -> list[Ring]:
    rings: list[Ring] = []
    spare = _spare(live)
    for call in hungry:
        if not spare:
            break
        ringing = {
            kept.volunteer.id: Seat(kept.volunteer, kept.desk)
            for kept in answers(call.line).kept_out
            if kept.why is Why.RINGING
            and kept.desk is not None
            and _may_take(call, kept.volunteer, bounds, at)
        }
        for leg in spare:
            if leg.person in ringing:
                rings.append(Ring(call.id, ringing[leg.person], leg.id))
                spare.remove(leg)
                break
    return rings


def _spare(live: Sequence[LiveLeg]) -> list[LiveLeg]:
    """Legs that could ring for another caller: the later ones of a wave, youngest first."""
    spare: list[LiveLeg] = []
    calls: set[CallId] = set()
    for leg in sorted(live, key=lambda leg: leg.id):
        if (leg.call in calls or leg.offers) and not leg.by_dial and leg.state in _STEALABLE:
            spare.append(leg)
        calls.add(leg.call)
    return spare[::-1]


_STEALABLE = frozenset({LegState.PLANNED, LegState.DIALLED})
