"""What happens when callers come: telephones ring, people talk, patience ends. Event by event."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from math import exp, log1p
from typing import Final, TypeAlias

from scheduling.rehearsal.callers import RINGS, TRIES, ZERO, Caller
from scheduling.rehearsal.phones import Phones
from scheduling.rehearsal.stage import (
    Call,
    Exchange,
    Leg,
    Outcome,
    Ring,
    Stage,
    Stand,
    Ways,
)
from scheduling.rehearsal.tally import Tally

Act: TypeAlias = Callable[[], None]
WITHOUT_A_PERSON: Final = (Stand.WAITING, Stand.RINGING)
WITHOUT_A_TALK: Final = (*WITHOUT_A_PERSON, Stand.ACCEPTED)


def play(stage: Stage, callers: Iterable[Caller], returning: float, exchange: Exchange) -> Tally:
    """What becomes of these callers. returning: share of those who hung up that call again."""
    return _Play(stage, returning, exchange).run(callers)


class _Play:
    """Where everybody stands between two events. What has no underscore is an event."""

    def __init__(self, stage: Stage, returning: float, exchange: Exchange) -> None:
        self._stage, self._ways, self._returning = stage, stage.ways, returning
        self._phones = Phones(stage)
        self._telephone = exchange(self._phones.by_person)
        self._tally = Tally(stage)
        self._now = stage.span.start
        self._carrier_free = stage.span.start
        self._number = count(1)
        self._events: list[tuple[datetime, int, Act]] = []
        self._waiting: dict[int, Call] = {}
        self._calls: dict[int, Call] = {}
        self._legs: dict[int, Leg] = {}

    def run(self, callers: Iterable[Caller]) -> Tally:
        """Until the last conversation is over."""
        for at in self._stage.changes:
            self._plan(at, self.duty_changes)
        for caller in callers:
            self._plan(caller.at, partial(self.comes, caller, 0))
        while self._events:
            self._now, _, act = heappop(self._events)
            act()
        return self._tally

    def comes(self, caller: Caller, number: int) -> None:
        """A caller rings, for the first time or again."""
        call = Call(next(self._number), caller, number, self._now)
        self._tally.came(call.line, self._now)
        self._waiting[call.id] = self._calls[call.id] = call
        patience = timedelta(seconds=caller.patience[number])
        longest = self._ways.longest(call.line)
        if patience < longest:
            self._plan(self._now + patience, partial(self.hangs_up, call))
        else:
            self._plan(self._now + longest, partial(self.waited, call))
        self.ring()
        self.waited(call)

    def ring(self) -> None:
        """Whoever the telephone wants to ring now is rung."""
        if not self._waiting:
            return
        asked = self._telephone.rings(self._waiting.values(), self._legs.values(), self._now)
        for ring in asked:
            self._start(ring)

    def duty_changes(self) -> None:
        """People come and go; with the last one goes the hope of those who wait."""
        self.ring()
        for call in tuple(self._waiting.values()):
            self.waited(call)

    def rings_out(self, leg: Leg) -> None:
        """Nobody took it; the call waits again if nothing else rings for it."""
        if leg.stand is not Stand.RINGING:
            return
        call = leg.call
        self._drop(leg)
        self._phones.missed(leg.person, self._now)
        call.tried[leg.person] = self._now
        self._plan(self._now + self._ways.ring_again, self.ring)
        if not call.legs:
            call.stand = Stand.WAITING
            self._waiting[call.id] = call
        self.ring()
        self.waited(call)

    def picked_up(self, leg: Leg) -> None:
        """Somebody hears the whisper."""
        if leg.stand is Stand.RINGING:
            leg.stand = Stand.WHISPERED
            self._soon(self._now + self._ways.whisper, partial(self.taken, leg))

    def taken(self, leg: Leg) -> None:
        """The key is pressed; the colleagues of the wave are set free."""
        if leg.stand is not Stand.WHISPERED:
            return
        call = leg.call
        for other in tuple(call.legs):
            if other is not leg:
                self._free(other)
        leg.stand, call.stand = Stand.TALKING, Stand.ACCEPTED
        self._phones.takes(leg.person)
        self._soon(call.arrived + self._ways.greeting, partial(self.meets, leg))

    def meets(self, leg: Leg) -> None:
        """Caller and volunteer talk."""
        call = leg.call
        if call.stand is not Stand.ACCEPTED:
            return
        call.stand = Stand.TALKING
        waited = self._now - call.arrived
        self._tally.ended(call.line, call.arrived, Outcome.ANSWERED, waited)
        ends = self._now + call.caller.talk
        self._plan(ends, partial(self.talked, leg))
        until = min(ends + self._ways.wrap_up, self._phones.on_duty_until(leg.person, self._now))
        self._tally.worked(leg.desk, self._now, until)

    def talked(self, leg: Leg) -> None:
        """The conversation is over, wrap-up begins."""
        call = leg.call
        self._let_go(leg, call.caller.talk, self._ways.wrap_up)
        self._close(call)

    def hangs_up(self, call: Call) -> None:
        """Patience ends; some call again later."""
        if call.stand not in WITHOUT_A_TALK:
            return
        self._ends(call, Outcome.LEFT)
        caller, number = call.caller, call.number
        again = self._now + timedelta(seconds=caller.pause[number])
        tries_again = caller.returns[number] < self._returning and number + 1 < TRIES
        if tries_again and again < self._stage.span.end:
            self._plan(again, partial(self.comes, caller, number + 1))

    def waited(self, call: Call) -> None:
        """The honest exit, if it is due and nobody may come any more."""
        if call.stand not in WITHOUT_A_PERSON:
            return
        why = self._telephone.exit_due(call.line, call.arrived, self._now)
        match why:
            case None:
                return
            case Outcome.UNSTAFFED if call.legs:
                return  # a telephone still rings after a shift ended
            case Outcome.CEILING if any(leg.stand is Stand.WHISPERED for leg in call.legs):
                self._plan(self._now + self._ways.whisper, partial(self.waited, call))
            case _:
                self._ends(call, why)

    def _start(self, ring: Ring) -> None:
        begins = max(self._now, self._carrier_free)
        self._carrier_free = begins + self._ways.paced
        if ring.takes_over is not None:
            self._drop(self._legs[ring.takes_over])
            begins += self._ways.stops_ringing
        call = self._calls[ring.call]
        call.stand = Stand.RINGING
        self._waiting.pop(call.id, None)
        leg = Leg(next(self._number), call, ring.person, ring.desk)
        self._legs[leg.id] = leg
        call.legs.append(leg)
        self._phones.rings(leg.person, leg.id)
        luck = call.caller.luck[call.rung % RINGS]
        call.rung += 1
        if luck < self._ways.unaccepted:
            self._plan(begins + self._ways.ring, partial(self.rings_out, leg))
        else:
            self._soon(begins + _ringing(self._ways, luck), partial(self.picked_up, leg))

    def _ends(self, call: Call, outcome: Outcome) -> None:
        """Without a talk."""
        for leg in tuple(call.legs):
            self._free(leg)
        self._waiting.pop(call.id, None)
        self._tally.ended(call.line, call.arrived, outcome, self._now - call.arrived)
        self._close(call)

    def _close(self, call: Call) -> None:
        call.stand = Stand.OVER
        del self._calls[call.id]

    def _free(self, leg: Leg) -> None:
        """End a leg that is not needed any more."""
        match leg.stand:
            case Stand.TALKING:  # but the caller never came
                self._let_go(leg, ZERO, self._ways.last_words)
                return
            case Stand.RINGING:
                free_at = self._now + self._ways.stops_ringing
            case _:
                free_at = self._now + self._ways.hears_out
        self._drop(leg)
        self._phones.freed(leg.person, free_at)
        self._plan(free_at, self.ring)

    def _let_go(self, leg: Leg, talk: timedelta, pause: timedelta) -> None:
        free_at = self._now + max(pause, self._ways.last_words)
        self._drop(leg)
        self._phones.talked(leg.person, talk, self._now, free_at)
        self._plan(free_at, self.ring)

    def _drop(self, leg: Leg) -> None:
        leg.stand = Stand.OVER
        leg.call.legs.remove(leg)
        del self._legs[leg.id]

    def _plan(self, at: datetime, act: Act) -> None:
        heappush(self._events, (at, next(self._number), act))

    def _soon(self, at: datetime, act: Act) -> None:
        """At once, if it is time."""
        if at > self._now:
            self._plan(at, act)
        else:
            act()


def _ringing(ways: Ways, luck: float) -> timedelta:
    """How long a telephone rings that somebody takes: exponential, but never too long."""
    if not ways.pick_up:
        return ZERO
    share = (luck - ways.unaccepted) / (1.0 - ways.unaccepted)
    most = 1.0 - exp(-(ways.ring / ways.pick_up))
    return -ways.pick_up * log1p(-share * most)
