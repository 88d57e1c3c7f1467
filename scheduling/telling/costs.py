"""What does a roster cost, wish by wish and level by level, and how much cover is missing?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from scheduling import audit
from scheduling.problem import Span
from scheduling.roster import Roster
from scheduling.rules import PERSONAL_WISHES, TEAM_WISHES, WISHES, Staffing
from scheduling.telling.levels import Level, Points, at, total

LEVEL_OF: Final[Mapping[str, Level]] = {wish.name: wish.level for wish in WISHES}
ByWish = Mapping[str, int]  # display name of the wish -> points


@dataclass(frozen=True, order=True)
class Shortfall:
    """Heads missing, each during one half hour; the floor is compared before the target.

    floor: below it, certified floors included; target: between floor and target.
    """

    floor: int
    target: int


@dataclass(frozen=True)
class Part:
    """What a small change can touch: some people's weeks, and desks during some spans."""

    people: frozenset[str]
    places: frozenset[tuple[str, Span]]


def by_wish(staffing: Staffing) -> ByWish:
    """The points of each wish, as the auditor finds them."""
    return audit.price(staffing.problem, staffing.roster)


def by_level(points: ByWish) -> Points:
    """The points of each level; those of a wish that is none any more are left out."""
    known = ((LEVEL_OF[name], many) for name, many in points.items() if name in LEVEL_OF)
    return total(at(level, many) for level, many in known)


def added(before: ByWish, after: ByWish) -> ByWish:
    """What each wish costs more (below zero: less); wishes that cost the same are left out."""
    names = dict.fromkeys([*before, *after])
    more = {name: after.get(name, 0) - before.get(name, 0) for name in names}
    return {name: points for name, points in more.items() if points}


def shortfall(staffing: Staffing) -> Shortfall:
    """All heads that are missing."""
    floor = target = 0
    for need in staffing.problem.needs:
        for _, heads in staffing.half_hours(need):
            floor += max(0, need.floor - heads)
            target += max(0, need.target - max(need.floor, heads))
    return Shortfall(floor, target)


def touched(before: Staffing, after: Staffing, part: Part) -> ByWish:
    """`added` for two rosters that differ in `part` alone: the same, in a fraction of the time.

    Exact because a wish prices either one person's week or the heads of one need.
    """
    team = added(_of_team(before, part), _of_team(after, part))
    return {**team, **added(_of_people(before, part.people), _of_people(after, part.people))}


def near(staffing: Staffing, part: Part) -> Staffing:
    """The same with no needs but those that a small change can touch."""
    problem = staffing.problem
    needs = tuple(
        need
        for need in problem.needs
        if any(need.desk == desk and need.span.meets(span) for desk, span in part.places)
    )
    return Staffing(replace(problem, needs=needs), staffing.roster)


def own(staffing: Staffing, person: str) -> ByWish:
    """What a person's own week costs, by wish; wishes that cost nothing are left out."""
    return added({}, _of_people(staffing, frozenset({person})))


def _of_team(staffing: Staffing, part: Part) -> ByWish:
    there = near(staffing, part)
    return {wish.name: wish.price(there) for wish in TEAM_WISHES}


def _of_people(staffing: Staffing, people: Collection[str]) -> ByWish:
    problem, given = staffing.problem, staffing.roster.assignments
    promised = problem.published
    if promised is not None:
        promised = tuple(pin for pin in promised if pin.person in people)
    mine = tuple(person for person in problem.people if person.id in people)
    alone = Staffing(
        replace(problem, people=mine, needs=(), published=promised),
        Roster(tuple(each for each in given if each.person in people)),
    )
    return {wish.name: wish.price(alone) for wish in PERSONAL_WISHES}
