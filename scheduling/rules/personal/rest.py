"""Has this person slept?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from scheduling.problem import Person, Problem, Rest, Shift, ShiftKind, Span
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.staffing import Staffing

RESTED: Final = "rested"  # what a refusal is about that names when the next shift begins


@dataclass(frozen=True)
class RestBetweenShifts:
    """Nobody starts a shift before the rest after an earlier one is over.

    Magnitude: `problem.rest`, by the kind of the earlier shift (usually 11 h, 24 h after a night,
    48 h after 24 hours, none after standby), in elapsed time from the end of the handover; another
    `rest` where one was agreed with the person. Source: 11 h as in the European working time
    directive, article 3; the longer ones are this project's choice after line reports of night
    work.
    """

    name: ClassVar[str] = "rest between shifts"

    def start(self, problem: Problem, person: Person) -> "_Rested":
        """How long a person still rests from what came before, and what is promised ahead."""
        first, rest = problem.horizon.start, rest_of(problem, person)
        before = [s for s in person.history if s.span.start < first]
        until = max((s.whole.end + rest_after(rest, s) for s in before), default=first)
        ahead = [s for s in person.history if s.span.start >= first]
        promised = sorted((s.whole, rest_after(rest, s)) for s in ahead)
        return _Rested(rest, max(first, until), tuple(promised))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every two shifts of one person too near each other, one at least of the roster."""
        for person in staffing.problem.people:
            rest = person.rest or staffing.problem.rest
            hours = {"night": rest.after_night, "24h": rest.after_full_day}
            hours["standby"] = rest.after_standby
            for earlier, later in staffing.pairs(person):
                gap = later.span.start - earlier.span.end - earlier.handover
                least = hours.get(earlier.kind, rest.usual)
                if timedelta(0) <= gap < least:
                    sentence = f"{person.id} rests {_hours(least)} h after {earlier.id}, "
                    sentence += f"too long for {later.id}"
                    yield Breach(
                        self.name,
                        person.id,
                        sentence,
                        (earlier.id, later.id),
                        at=earlier.span.end + earlier.handover + least,
                        amount=Amount(gap / timedelta(hours=1), least / timedelta(hours=1)),
                    )


@dataclass(frozen=True)
class _Rested:
    rest: Rest
    until: datetime
    promised: tuple[tuple[Span, timedelta], ...]  # ahead, each with the rest after it

    def extend(self, shift: Shift) -> "_Rested | Refusal":
        if shift.span.start < self.until:
            return _resting(self.until)
        rested = shift.whole.end + rest_after(self.rest, shift)
        for span, least in self.promised:
            if span.start <= shift.span.start < span.end + least:
                return _resting(span.end + least)
            if shift.span.start <= span.start < rested:
                words = "must be rested at {at} for another shift"
                return Refusal(RestBetweenShifts.name, words, at=span.start, about=RESTED)
        ahead = tuple(entry for entry in self.promised if entry[0].start > shift.span.start)
        return _Rested(self.rest, rested, ahead)


def rest_of(problem: Problem, person: Person) -> Rest:
    """The rest that is due to a person: their own where one was agreed."""
    return person.rest or problem.rest


def rest_after(rest: Rest, shift: Shift) -> timedelta:
    """The rest that a shift asks for after its end."""
    match shift.kind:
        case ShiftKind.NIGHT:
            return rest.after_night
        case ShiftKind.FULL_DAY:
            return rest.after_full_day
        case ShiftKind.STANDBY:
            return rest.after_standby
        case _:
            return rest.usual


def _resting(until: datetime) -> Refusal:
    return Refusal(RestBetweenShifts.name, "rests until {at}", at=until)


def _hours(length: timedelta) -> str:
    return f"{length / timedelta(hours=1):g}"
