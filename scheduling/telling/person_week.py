"""Why does a person have the week they have? What each shift is for, and what they wished."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduling.problem import Person, Shift
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.telling.costs import LEVEL_OF, ByWish, Part, near, own, touched
from scheduling.telling.difference import CoverChange, cover_changes
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class Contribution:
    """What one shift of a person is for.

    without: where heads would be missing if they stayed at home; points: what the roster would
    then cost more (below zero: less), by wish.
    """

    shift: Shift
    without: tuple[CoverChange, ...]
    points: ByWish


@dataclass(frozen=True)
class PersonWeek:
    """One person's week. kept, broken: the wishes of theirs, by name, with their points."""

    person: str
    shifts: tuple[Contribution, ...]
    fairness: ByWish
    kept: Mapping[str, int]
    broken: Mapping[str, int]


def person_week(staffing: Staffing, person: Person) -> PersonWeek:
    """What the roster gives a person, and why."""
    mine = own(staffing, person.id)
    wishes = {name: many for name, many in mine.items() if LEVEL_OF[name] is Level.WISHES}
    return PersonWeek(
        person.id,
        tuple(_contribution(staffing, person, shift) for shift in staffing.week_of(person)),
        {name: many for name, many in mine.items() if LEVEL_OF[name] is Level.FAIRNESS},
        {name: many for name, many in wishes.items() if many < 0},
        {name: many for name, many in wishes.items() if many > 0},
    )


def _contribution(staffing: Staffing, person: Person, shift: Shift) -> Contribution:
    part = Part(frozenset({person.id}), frozenset({(shift.desk, shift.span)}))
    gone = Assignment(shift.id, person.id)
    others = tuple(given for given in staffing.roster.assignments if given != gone)
    without = Staffing(staffing.problem, Roster(others))
    changes = cover_changes(near(staffing, part), near(without, part))
    return Contribution(shift, tuple(changes), touched(staffing, without, part))
