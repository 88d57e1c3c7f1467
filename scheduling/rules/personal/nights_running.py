"""How many nights in a row?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.staffing import Staffing

NEXT_NIGHT = timedelta(hours=36)  # the next site night starts 23 to 25 h later, the one after 47


@dataclass(frozen=True)
class NightsRunning:
    """Nobody works more nights in a row than they agreed to, history and promises included.

    Magnitude: `limits.nights_running`; a night follows another when it starts less than 36
    elapsed hours after it, which is right when clocks change too; 24-hour duty is a night.
    Source: fatigue grows with each night running; the person's own agreement.
    """

    name: ClassVar[str] = "nights running"

    def start(self, problem: Problem, person: Person) -> "_Nights":
        """The nights a person has worked or promised."""
        nights = sorted(s.span.start for s in person.history if s.kind.is_night)
        whole = _Nights(person.limits.nights_running, None, 0, tuple(nights))
        return whole.passing(problem.horizon.start)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every run of nights that is too long and holds a night of the roster."""
        for person in staffing.problem.people:
            for run in _runs(staffing, person):
                given = [night for night in run if night in staffing.week_of(person)]
                if given and len(run) > person.limits.nights_running:
                    sentence = f"{person.id} has {len(run)} nights running, at most "
                    sentence += f"{person.limits.nights_running}: "
                    ids = tuple(night.id for night in run)
                    sentence += ", ".join(ids)
                    amount = Amount(len(run), person.limits.nights_running)
                    yield Breach(self.name, person.id, sentence, ids, amount=amount)


def _runs(staffing: Staffing, person: Person) -> list[list[Shift]]:
    everything = [*person.history, *staffing.week_of(person)]
    nights = sorted((s for s in everything if s.kind in ("night", "24h")), key=lambda s: s.span)
    runs: list[list[Shift]] = []
    for night in nights:
        if runs and (night.span.start - runs[-1][-1].span.start) / timedelta(hours=1) < 36:
            runs[-1].append(night)
        else:
            runs.append([night])
    return runs


@dataclass(frozen=True)
class _Nights:
    """The run so far: how long, when its last night began; and the nights promised ahead."""

    most: int
    last: datetime | None
    running: int
    ahead: tuple[datetime, ...]

    def extend(self, shift: Shift) -> "_Nights | Refusal":
        if not shift.kind.is_night:
            return self
        begun = self.passing(shift.span.start).with_night(shift.span.start)
        running = begun.running + begun.promised_after()
        if running <= self.most:
            return begun
        words = f"would work more than {self.most} nights running"
        return Refusal(NightsRunning.name, words, amount=Amount(running, self.most))

    def passing(self, instant: datetime) -> "_Nights":
        """The same with every promised night up to an instant behind it."""
        if not self.ahead or self.ahead[0] > instant:
            return self
        return replace(self, ahead=self.ahead[1:]).with_night(self.ahead[0]).passing(instant)

    def with_night(self, start: datetime) -> "_Nights":
        """The same after one more night."""
        follows = self.last is not None and start - self.last < NEXT_NIGHT
        return replace(self, last=start, running=self.running + 1 if follows else 1)

    def promised_after(self) -> int:
        """How many promised nights follow without a break."""
        if self.last is None or not self.ahead or self.ahead[0] - self.last >= NEXT_NIGHT:
            return 0
        return 1 + self.passing(self.ahead[0]).promised_after()
