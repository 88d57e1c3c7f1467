"""Who works what in a finished roster, as an auditor reads it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from itertools import combinations

from scheduling.problem import Need, Person, Problem, Shift, Span
from scheduling.roster import Roster

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Staffing:
    """A problem beside a finished roster for it.

    Raises ValueError when the roster names a person or a shift that the problem does not know.
    """

    problem: Problem
    roster: Roster

    @cached_property
    def weeks(self) -> Mapping[str, tuple[Shift, ...]]:
        """What the roster gives each person, in order of start."""
        shifts = {shift.id: shift for shift in self.problem.shifts}
        weeks: dict[str, list[Shift]] = {person.id: [] for person in self.problem.people}
        for assignment in self.roster.assignments:
            if assignment.person not in weeks:
                raise ValueError(f"the roster names an unknown person: {assignment.person}")
            if assignment.shift not in shifts:
                raise ValueError(f"the roster names an unknown shift: {assignment.shift}")
            weeks[assignment.person].append(shifts[assignment.shift])
        return {
            person: tuple(sorted(week, key=lambda shift: (shift.span, shift.id)))
            for person, week in weeks.items()
        }

    @cached_property
    def team_of(self) -> Mapping[str, tuple[Person, ...]]:
        """Who is in each shift, by its id, in the problem's order of people."""
        teams: dict[str, list[Person]] = {shift.id: [] for shift in self.problem.shifts}
        for person in self.problem.people:
            for shift in self.week_of(person):
                teams[shift.id].append(person)
        return {shift: tuple(team) for shift, team in teams.items()}

    @cached_property
    def shifts_at(self) -> Mapping[str, tuple[Shift, ...]]:
        """What each desk offers."""
        desks = {shift.desk for shift in self.problem.shifts}
        return {desk: tuple(s for s in self.problem.shifts if s.desk == desk) for desk in desks}

    @cached_property
    def pinned(self) -> frozenset[tuple[str, str]]:
        """Every pin, as person and shift."""
        return frozenset((pin.person, pin.shift) for pin in self.problem.pins)

    @cached_property
    def people_in(self) -> Mapping[str, int]:
        """How many people each shift has."""
        return Counter(assignment.shift for assignment in self.roster.assignments)

    def week_of(self, person: Person) -> tuple[Shift, ...]:
        """What the roster gives this person, in order of start."""
        return self.weeks[person.id]

    def this_week(self, person: Person) -> tuple[Shift, ...]:
        """All that the person works from the horizon's start to its end, history included."""
        horizon = self.problem.horizon
        promised = tuple(
            shift for shift in person.history if horizon.start <= shift.span.start < horizon.end
        )
        return self.week_of(person) + promised

    def pairs(self, person: Person) -> Iterator[tuple[Shift, Shift]]:
        """Every two shifts of a person, earlier first, of which the roster gave one at least."""
        week = self.week_of(person)
        given = combinations(week, 2)
        for pair in (*given, *((old, new) for old in person.history for new in week)):
            earlier, later = sorted(pair, key=lambda shift: shift.span)
            yield earlier, later

    def half_hours(self, need: Need) -> Iterator[tuple[Span, int]]:
        """Each half hour of a need inside the horizon, and the heads that count for it."""
        present = self._heads(need.desk, need.certificate, need.standby)
        first = max(need.span.start, self.problem.horizon.start)
        last = min(need.span.end, self.problem.horizon.end)
        for span in _half_hours(first, last):
            yield span, present[span.start]

    def _heads(self, desk: str, certificate: str | None, standby: bool) -> Counter[datetime]:
        """By half hour; counted when first asked: of a province's desks mostly one is looked at."""
        asked = desk, certificate, standby
        if asked not in self._counted:
            self._counted[asked] = Counter(
                span.start
                for person, shift in self._worked_at.get(desk, ())
                if (shift.kind == "standby") == standby and _counts(person, shift, certificate)
                for span in _half_hours(shift.span.start, shift.span.end)
            )
        return self._counted[asked]

    @cached_property
    def _counted(self) -> dict[tuple[str, str | None, bool], Counter[datetime]]:
        return {}

    @cached_property
    def _worked_at(self) -> Mapping[str, list[tuple[Person, Shift]]]:
        """Who works what at each desk, history included; trainees count for nobody's need."""
        worked: defaultdict[str, list[tuple[Person, Shift]]] = defaultdict(list)
        for person in self.problem.people:
            if person.standing != "trainee":
                for shift in (*self.week_of(person), *person.history):
                    worked[shift.desk].append((person, shift))
        return worked


def _counts(person: Person, shift: Shift, certificate: str | None) -> bool:
    return certificate is None or any(
        held.name == certificate
        and (held.since is None or held.since <= shift.span.start)
        and shift.span.end <= held.until
        for held in person.certificates
    )


@lru_cache(maxsize=4096)  # the same needs and shifts are looked at for every change that is tried
def _half_hours(start: datetime, end: datetime) -> tuple[Span, ...]:
    count = max(0, -((start - end) // HALF_HOUR))
    starts = [start + number * HALF_HOUR for number in range(count)]
    return tuple(Span(at, at + HALF_HOUR) for at in starts)
