"""Do search and auditor agree on every roster that a tiny problem has?"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import audit
from scheduling.bounds.rows import cover_rows, team_rows
from scheduling.legal.automaton import Workshop
from scheduling.legal.pricing import SCALE, Standing, plain
from scheduling.legal.weeks import PersonWeeks
from scheduling.patterns import beginning, legal_weeks
from scheduling.problem import Problem, Team
from scheduling.roster import Assignment, Roster, Status
from scheduling.rules import TEAM_RULES, Rule, Staffing
from scheduling.rules.personal.certificates import OwnDesk
from scheduling.rules.personal.one_place import OnePlaceAtATime
from scheduling.solve import build_roster
from scheduling.telling.levels import Goal, Points
from tests.scheduling import draw

IN_PLACE: tuple[Rule, ...] = (OwnDesk(), OnePlaceAtATime())


def every_roster(problem: Problem) -> Iterator[Roster]:
    """All ways to give shifts to people, allowed or not."""
    cells = [Assignment(s.id, p.id) for p in problem.people for s in problem.shifts]
    for count in range(len(cells) + 1):
        yield from (Roster(tuple(sorted(given))) for given in combinations(cells, count))


def without_team_rules(problem: Problem) -> Problem:
    """The same with endless room in every shift, and anybody beside anybody."""
    roomy = tuple(replace(s, most=None) for s in problem.shifts)
    return replace(problem, shifts=roomy, team=Team())


def personal_price(problem: Problem, roster: Roster) -> Points:
    """What the auditor asks for one person's week, without any need."""
    return audit.points(replace(problem, needs=()), roster)


@given(problem=draw.problems(most_people=1, most_shifts=5))
@settings(max_examples=150)
def test_a_week_is_legal_exactly_when_the_auditor_finds_no_breach(problem: Problem) -> None:
    # given
    problem = without_team_rules(problem)
    pinned = Roster(tuple({Assignment(pin.shift, pin.person) for pin in problem.pins}))
    if audit.breaches(problem, pinned):
        return
    # when
    legal = {tuple(sorted(week.shifts)): week for week in legal_weeks(problem, problem.people[0])}
    # then
    allowed = {
        tuple(sorted(a.shift for a in roster.assignments)): personal_price(problem, roster)
        for roster in every_roster(problem)
        if not audit.breaches(problem, roster)
    }
    assert {shifts: week.points for shifts, week in legal.items()} == allowed


@given(problem=draw.problems(most_people=1, most_shifts=5))
@settings(max_examples=100)
def test_the_graph_holds_the_same_weeks_as_the_plain_walk(problem: Problem) -> None:
    # given
    problem = without_team_rules(replace(problem, pins=problem.pins[:0]))
    rows = cover_rows(problem) + team_rows(problem)
    start = beginning(problem, problem.people[0])
    weeks = PersonWeeks(Standing(rows).weeks(Workshop(problem).graph([start])))
    nothing = plain(len(rows), Goal((1, 1, 1, 1)))
    # when
    walked = list(legal_weeks(problem, problem.people[0]))
    found = weeks.columns(weeks.within(nothing, 10**9 * SCALE, 10**6) or [])
    # then
    assert {column.pattern for column in found} == set(walked)
    assert len(found) == len(walked) == weeks.weeks.graph.weeks()
    cost, cheapest = weeks.cheapest(nothing)
    assert cost == SCALE * min(sum(week.points) for week in walked)
    assert sum(cheapest.pattern.points) * SCALE == cost
    best = weeks.columns(weeks.within(nothing, cost, len(walked)) or [])
    cheap = {week for week in walked if sum(week.points) * SCALE == cost}
    assert {column.pattern for column in best} == cheap
    assert weeks.within(nothing, 10**9 * SCALE, len(walked)) is not None
    assert weeks.within(nothing, 10**9 * SCALE, len(walked) - 1) is None


@given(problem=st.one_of(draw.problems(), draw.problems(most_people=3, most_shifts=3)))
@settings(max_examples=100)
def test_no_roster_is_cheaper_than_the_one_that_is_built(problem: Problem) -> None:
    # given
    allowed = [r for r in every_roster(problem) if not audit.breaches(problem, r)]
    points = [audit.points(problem, roster) for roster in allowed]
    # when
    result = build_roster(problem)
    # then
    if not points:
        assert result.status is Status.IMPOSSIBLE
        assert result.breaches
        return
    assert result.status is Status.OPTIMAL
    assert tuple(level.price for level in result.levels) == min(points)
    assert tuple(level.bound for level in result.levels) == min(points)
    assert audit.points(problem, result.roster) == min(points)
    assert audit.breaches(problem, result.roster) == ()


@given(problem=draw.problems(most_people=3, most_shifts=2))
@settings(max_examples=300)
def test_people_may_stand_together_exactly_where_the_auditor_lets_them(problem: Problem) -> None:
    # given: everybody where they belong, in one place at a time, and pins kept
    people = {person.id: person for person in problem.people}
    shifts = {shift.id: shift for shift in problem.shifts}
    pinned = {Assignment(pin.shift, pin.person) for pin in problem.pins}
    rows = team_rows(problem)
    for roster in every_roster(problem):
        staffing = Staffing(problem, roster)
        apart = not any(breach for rule in IN_PLACE for breach in rule.breaches(staffing))
        if apart and pinned <= set(roster.assignments):
            # when
            posts = [(people[a.person], shifts[a.shift]) for a in roster.assignments]
            searched = all(
                row.most is None
                or sum(row.heads(p, s) for p, s in posts if s.id in row.shifts) <= row.most
                for row in rows
            )
            # then
            assert searched == (not any(b for rule in TEAM_RULES for b in rule.breaches(staffing)))


@given(problem=draw.problems(most_people=1, most_shifts=5))
def test_a_legal_week_stays_legal_when_a_shift_is_taken_out(problem: Problem) -> None:
    # given
    problem = replace(problem, pins=())
    # when
    legal = {frozenset(week.shifts) for week in legal_weeks(problem, problem.people[0])}
    # then
    assert all(week - {shift} in legal for week in legal for shift in week)
