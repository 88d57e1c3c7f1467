"""Where could a shift or a person go by hand? Every place, what it does, or what forbids it."""

from collections.abc import Iterable

from hotline.rosters.by_hand.editing import Act, Change, Choice, Sheet, tried
from scheduling.problem import Person
from scheduling.telling.levels import Points


def others_for(sheet: Sheet, person: str, shift: str) -> tuple[Choice, ...]:
    """Everybody who could have the shift instead of a person: what costs least first."""
    taken = _in(sheet, shift)
    people = (p.id for p in sheet.problem.people if p.id not in taken and _of_desk(sheet, p, shift))
    return _sorted(tried(sheet, Change(Act.MOVE, person, shift, (p, shift))) for p in people)


def places_for(sheet: Sheet, person: str, shift: str) -> tuple[Choice, ...]:
    """Every shift that a person could have instead of one: what costs least first."""
    theirs = sheet.asked.whole.people[person].desks
    free = [s for s in sheet.shifts.values() if s.desk in theirs and person not in _in(sheet, s.id)]
    return _sorted(tried(sheet, Change(Act.MOVE, person, shift, (person, s.id))) for s in free)


def people_for(sheet: Sheet, shift: str) -> tuple[Choice, ...]:
    """Everybody who could come to a shift as well: what costs least first."""
    taken = _in(sheet, shift)
    people = (p.id for p in sheet.problem.people if p.id not in taken and _of_desk(sheet, p, shift))
    return _sorted(tried(sheet, Change(Act.ADD, p, shift)) for p in people)


def shifts_for(sheet: Sheet, person: str) -> tuple[Choice, ...]:
    """Every shift that a person could take as well: what costs least first."""
    theirs = sheet.asked.whole.people[person].desks
    free = [s for s in sheet.shifts.values() if s.desk in theirs and person not in _in(sheet, s.id)]
    return _sorted(tried(sheet, Change(Act.ADD, person, s.id)) for s in free)


def _in(sheet: Sheet, shift: str) -> frozenset[str]:
    return sheet.asked.whole.teams[shift]


def _of_desk(sheet: Sheet, person: Person, shift: str) -> bool:
    return sheet.shifts[shift].desk in person.desks


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """What may be made first, and of that what costs least."""
    return tuple(sorted(choices, key=_rank))


def _rank(choice: Choice) -> tuple[bool, Points, str, str]:
    to = choice.change.to or (choice.change.person, choice.change.shift)
    return not choice.allowed, choice.levels, *to
