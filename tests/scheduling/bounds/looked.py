"""A problem as the tests of bounds look at it, and two cities that share their nights."""

from scheduling import master
from scheduling.bounds.blocks import blocks
from scheduling.bounds.bound import Prover
from scheduling.bounds.rows import cover_rows, team_rows
from scheduling.bounds.whole import Ground, Raised, raised
from scheduling.choosing.budget import SolveLimits, never, whole
from scheduling.legal.automaton import Workshop
from scheduling.legal.pricing import Column, Standing
from scheduling.legal.weeks import PersonWeeks
from scheduling.patterns import Beginnings
from scheduling.problem import Problem
from scheduling.roster import Roster
from scheduling.solve import build_roster
from scheduling.telling.levels import Goal
from tests.scheduling import make
from tests.scheduling.test_choice import PATIENT

ROOM = 100_000  # weeks that a choice may hold


class Looked:
    """A problem, its people's weeks, and the best roster there is."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows = cover_rows(problem) + team_rows(problem)
        workshop, starts = Workshop(problem), Beginnings(problem)
        graphs = [workshop.graph([starts.of(person)]) for person in problem.people]
        groups = [Standing(self.rows).weeks(graph) for graph in graphs]
        self.weeks = [PersonWeeks(group) for group in groups]
        self.prover = Prover(self.rows, groups)
        self.result = build_roster(problem)

    def columns(self, roster: Roster) -> tuple[Column, ...]:
        """Everybody's week of a roster."""
        return tuple(
            one.week([a.shift for a in roster.assignments if a.person == one.person])
            for one in self.weeks
        )

    def raised(
        self, goal: Goal, now: tuple[Column, ...], most: int, workers: int = 1
    ) -> tuple[int, Raised]:
        """What is proven of a goal by fractions, and what whole weeks in blocks add."""
        budget = whole(SolveLimits(), never)
        proof = self.prover.evidence(goal, now, lambda _: True, budget)
        least = self.prover.least(proof.worth).tolist()
        ground = Ground(self.weeks, proof.worth, least, now, ROOM, workers)
        parts = blocks(self.weeks, len(self.rows), most)
        found = raised(
            self.prover,
            parts,
            ground,
            goal,
            lambda offer: master.choose(offer, PATIENT),
            lambda: True,
        )
        return proof.exact, found


def two_cities() -> Problem:
    """Ada and Bo by day in Nanjing, Cem and Dan in Suzhou; by night all four share a desk."""
    shifts = [
        make.shift("nanjing day", 8, 18, desk="nanjing"),
        make.shift("suzhou day", 8, 18, desk="suzhou"),
        make.shift("night", 22, 32, desk="night"),
    ]
    crew = [
        make.person(name, desks=[city, "night"], available=[make.span(0, 40)])
        for name, city in (
            ("Ada", "nanjing"),
            ("Bo", "nanjing"),
            ("Cem", "suzhou"),
            ("Dan", "suzhou"),
        )
    ]
    needs = [make.need(8, 18, desk="nanjing"), make.need(8, 18, desk="suzhou")]
    return make.problem(crew, shifts, [*needs, make.need(22, 32, desk="night")], hours=48)
