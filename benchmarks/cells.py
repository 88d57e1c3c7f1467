"""The baseline: a yes or no for every person and shift, as an engineer would first write it.

Levels are minimised one after another by CP-SAT, each at no cost to those before. It covers what
`made_up.week` uses, no more: desks, certificates, availability, rest, shifts, hours and nights of
one week, one night running; cover, fair nights and weekends, wanted and unwanted times. It knows
no pins, absences, caps, room, teams, days off, 24-hour duty, standby, load or published rosters.
Who may take a shift alone, and what one shift costs by wish, it asks the rules.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from time import monotonic

from ortools.sat.python import cp_model

from scheduling import audit
from scheduling.patterns import Beginnings
from scheduling.problem import Need, Person, Problem, Shift, ShiftKind
from scheduling.roster import Assignment, LevelPrice, Roster, Status
from scheduling.rules import Staffing
from scheduling.rules.personal.rest import rest_after, rest_of
from scheduling.rules.personal.times import PreferredTimes, UnwantedTimes
from scheduling.solve import SolveLimits
from scheduling.telling.levels import Level

NEXT_NIGHT = timedelta(hours=36)
MINUTE = timedelta(minutes=1)
TIMES = (UnwantedTimes(), PreferredTimes())

Cell = tuple[str, str]  # person and shift
Term = tuple[int, cp_model.IntVar]  # points for each one of a number


@dataclass(frozen=True)
class Outcome:
    """A roster of the baseline, priced by the auditor, with the bounds of CP-SAT."""

    status: Status
    roster: Roster
    levels: tuple[LevelPrice, ...]
    seconds: float


def build_roster(problem: Problem, limits: SolveLimits) -> Outcome:
    """The best roster of the baseline. `limits.seconds` holds for building and all levels."""
    begun = monotonic()
    cells = Cells(problem)
    chosen: frozenset[Cell] = frozenset()
    bounds = []
    for level in Level:
        share = (limits.seconds - (monotonic() - begun)) / (len(Level) - level)
        better, bound = cells.settle(level, _solver(limits, max(0.01, share)))
        chosen = chosen if better is None else better
        bounds.append(bound)
    roster = Roster(tuple(sorted(Assignment(shift, person) for person, shift in chosen)))
    assert not audit.breaches(problem, roster), "the auditor finds a breach"
    return _outcome(problem, roster, bounds, monotonic() - begun)


def _outcome(problem: Problem, roster: Roster, bounds: Sequence[int], seconds: float) -> Outcome:
    levels = tuple(
        LevelPrice(level.title, price, min(price, bound))
        for level, price, bound in zip(Level, audit.points(problem, roster), bounds, strict=True)
    )
    proven = all(level.price == level.bound for level in levels)
    return Outcome(Status.OPTIMAL if proven else Status.FEASIBLE, roster, levels, seconds)


def _solver(limits: SolveLimits, seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    return solver


class Cells:
    """The model: rules as constraints, and the points of each level as a sum of terms."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._model = problem, cp_model.CpModel()
        self._nobody = Staffing(problem, Roster(()))
        self._terms: dict[Level, list[Term]] = {level: [] for level in Level}
        self._cells: dict[Cell, cp_model.IntVar] = {}
        beginnings = Beginnings(problem)
        for person in problem.people:
            self._add_person(person, beginnings.of(person).shifts)
        self._heads = {
            (shift.id, certificate): self._counted(shift, certificate)
            for shift in problem.shifts
            for certificate in {need.certificate for need in problem.needs}
        }
        for need in problem.needs:
            self._add_need(need)

    def settle(self, level: Level, solver: cp_model.CpSolver) -> tuple[frozenset[Cell] | None, int]:
        """The cells taken with the fewest points of a level, and a bound; then the level stays.

        No cells when the time was too short to find any.
        """
        points = cp_model.LinearExpr.sum([each * v for each, v in self._terms[level]])
        self._model.minimize(points)
        status = solver.solve(self._model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, self._least(level)
        self._model.add(points <= round(solver.objective_value))
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for cell in self._cells.values():
            self._model.add_hint(cell, solver.value(cell))
        taken = frozenset(cell for cell, variable in self._cells.items() if solver.value(variable))
        return taken, max(self._least(level), round(solver.best_objective_bound))

    def _least(self, level: Level) -> int:
        """What the terms cannot go below, each for itself."""
        ends = [(each, variable.proto.domain) for each, variable in self._terms[level]]
        return sum(min(each * domain[0], each * domain[-1]) for each, domain in ends)

    def _add_person(self, person: Person, shifts: Sequence[Shift]) -> None:
        for shift in shifts:
            taken = self._model.new_bool_var("")
            self._cells[person.id, shift.id] = taken
            self._terms[Level.WISHES].append((_wished(self._problem, person, shift), taken))
        for one, other in combinations(shifts, 2):
            if self._too_near(person, *sorted((one, other), key=lambda shift: shift.span)):
                self._model.add_at_most_one(self._of(person, (one, other)))
        self._add_limits(person, shifts)
        self._add_fairness(person, shifts)

    def _too_near(self, person: Person, earlier: Shift, later: Shift) -> bool:
        rested = earlier.whole.end + rest_after(rest_of(self._problem, person), earlier)
        nights = earlier.kind is later.kind is ShiftKind.NIGHT
        running = later.span.start - earlier.span.start < NEXT_NIGHT
        return later.span.start < rested or (nights and running)

    def _add_limits(self, person: Person, shifts: Sequence[Shift]) -> None:
        limits, taken = person.limits, self._of(person, shifts)
        minutes = [shift.whole.length // MINUTE for shift in shifts]
        self._model.add(cp_model.LinearExpr.sum(taken) <= limits.shifts)
        self._model.add(cp_model.LinearExpr.weighted_sum(taken, minutes) <= limits.hours // MINUTE)
        nights = [shift for shift in shifts if shift.kind is ShiftKind.NIGHT]
        self._model.add(cp_model.LinearExpr.sum(self._of(person, nights)) <= limits.nights)

    def _add_fairness(self, person: Person, shifts: Sequence[Shift]) -> None:
        prices = self._problem.prices
        nights = [shift for shift in shifts if shift.kind is ShiftKind.NIGHT]
        weekends = [shift for shift in shifts if shift.weekend]
        self._add_square(person.nights_before, self._of(person, nights), prices.unfair_night)
        self._add_square(person.weekends_before, self._of(person, weekends), prices.unfair_weekend)

    def _add_square(self, before: int, taken: Sequence[cp_model.IntVar], points: int) -> None:
        """Points for a square, step by step: measured, CP-SAT proves more than with products."""
        one_more = [self._model.new_bool_var("") for _ in taken]
        self._model.add(cp_model.LinearExpr.sum(one_more) == cp_model.LinearExpr.sum(taken))
        growth = [points * (2 * (before + nth) + 1) for nth in range(len(taken))]
        self._terms[Level.FAIRNESS] += [
            (points * before**2, self._model.new_constant(1)),
            *zip(growth, one_more, strict=True),
        ]

    def _of(self, person: Person, shifts: Sequence[Shift]) -> list[cp_model.IntVar]:
        return [self._cells[person.id, shift.id] for shift in shifts]

    def _counted(self, shift: Shift, certificate: str | None) -> cp_model.IntVar:
        """How many of those who count stand in a shift."""
        taken = [
            self._cells[person.id, shift.id]
            for person in self._problem.people
            if (person.id, shift.id) in self._cells and _holds(person, shift, certificate)
        ]
        heads = self._model.new_int_var(0, len(taken), "")
        self._model.add(heads == cp_model.LinearExpr.sum(taken))
        return heads

    def _add_need(self, need: Need) -> None:
        """One row for all half hours of a need with the same shifts."""
        prices, most = self._problem.prices, len(self._problem.people)
        for (shifts, standing), half_hours in self._rows(need).items():
            heads = standing + cp_model.LinearExpr.sum(
                [self._heads[shift, need.certificate] for shift in sorted(shifts)]
            )
            below = self._model.new_int_var(0, need.floor, "")
            short = self._model.new_int_var(0, need.target - need.floor, "")
            over = self._model.new_int_var(0, most, "")
            self._model.add(heads + below + short - over == need.target)
            self._terms[Level.FLOORS].append((half_hours * prices.below_floor, below))
            self._terms[Level.TARGETS].append((half_hours * prices.below_target, short))
            if need.certificate is None:
                self._terms[Level.TARGETS].append((half_hours * prices.above_target, over))

    def _rows(self, need: Need) -> Counter[tuple[frozenset[str], int]]:
        """How many half hours have these shifts, and so many heads from before the week."""
        return Counter(
            (frozenset(shift.id for shift in self._at_desk(need) if shift.span.holds(span)), heads)
            for span, heads in self._nobody.half_hours(need)
        )

    def _at_desk(self, need: Need) -> Sequence[Shift]:
        return self._nobody.shifts_at.get(need.desk, ())


def _holds(person: Person, shift: Shift, certificate: str | None) -> bool:
    return certificate is None or any(
        held.name == certificate and shift.span.end <= held.until for held in person.certificates
    )


def _wished(problem: Problem, person: Person, shift: Shift) -> int:
    return sum(wish.start(problem, person)[0].extend(shift)[1] for wish in TIMES)
