"""What changes at each desk, and for whom there: a comparison to be read desk by desk."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hotline.config.settings import DeskName
from hotline.rosters.reasons.comparing import Compared
from scheduling.problem import Person
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.telling.costs import Shortfall, shortfall
from scheduling.telling.difference import CoverChange, Difference, cover_changes, difference


@dataclass(frozen=True)
class AtDesk:
    """One desk of a comparison. missing: heads before and after; gained, lost: assignments there.

    people: who gain or lose any of them, by code. was, becomes: of this desk alone.
    """

    desk: DeskName
    whole: Compared
    missing: tuple[Shortfall, Shortfall]
    gained: int
    lost: int
    people: tuple[str, ...]
    was: Staffing
    becomes: Staffing

    @property
    def changes(self) -> bool:
        """Whether anything is different there."""
        return bool(self.people) or self.missing[0] != self.missing[1]

    @property
    def cover(self) -> tuple[CoverChange, ...]:
        """Where more or fewer people are missing there; more first."""
        found = cover_changes(self.was, self.becomes)
        return tuple(sorted(found, key=lambda change: not change.opens))


def by_desk(whole: Compared, desks: Collection[DeskName]) -> tuple[AtDesk, ...]:
    """Those of the compared desks that are among `desks`."""
    mine = [desk for desk in whole.desks if desk in desks]
    apart = zip(mine, _apart(whole.was, mine), _apart(whole.becomes, mine), strict=True)
    return tuple(_at_desk(whole, *each) for each in apart)


def changed_for(whole: Compared, people: Collection[str]) -> Difference:
    """What is different for these people alone, at whatever desk; of cover nothing."""
    return difference(_only(whole.was, people), _only(whole.becomes, people))


def _at_desk(whole: Compared, desk: DeskName, was: Staffing, becomes: Staffing) -> AtDesk:
    old, new = set(was.roster.assignments), set(becomes.roster.assignments)
    return AtDesk(
        desk,
        whole,
        (shortfall(was), shortfall(becomes)),
        len(new - old),
        len(old - new),
        tuple(sorted({given.person for given in old ^ new})),
        was,
        becomes,
    )


def _apart(whole: Staffing, desks: Sequence[DeskName]) -> Iterator[Staffing]:
    """Each desk with what is asked of it and given to it alone: the same people count there."""
    problem = whole.problem
    desk_of = {shift.id: shift.desk for shift in problem.shifts}
    given: defaultdict[str, list[Assignment]] = defaultdict(list)
    for each in whole.roster.assignments:
        given[desk_of[each.shift]].append(each)
    people = _who_counts(whole, given)
    for desk in desks:
        asked = replace(
            problem,
            people=people[desk],
            shifts=tuple(shift for shift in problem.shifts if shift.desk == desk),
            needs=tuple(need for need in problem.needs if need.desk == desk),
        )
        yield Staffing(asked, Roster(tuple(given[desk])))


def _who_counts(
    whole: Staffing, given: Mapping[str, Sequence[Assignment]]
) -> Mapping[str, tuple[Person, ...]]:
    """By desk: whoever works there, in the horizon or just before it."""
    works = defaultdict[str, set[str]](set)
    for desk, mine in given.items():
        works[desk].update(each.person for each in mine)
    for person in whole.problem.people:
        for shift in person.history:
            works[shift.desk].add(person.id)
    known = {person.id: person for person in whole.problem.people}
    return defaultdict(
        tuple, {desk: tuple(known[code] for code in sorted(here)) for desk, here in works.items()}
    )


def _only(whole: Staffing, people: Collection[str]) -> Staffing:
    problem = whole.problem
    asked = replace(
        problem,
        people=tuple(person for person in problem.people if person.id in people),
        needs=(),
        published=tuple(pin for pin in problem.published or () if pin.person in people) or None,
    )
    given = (each for each in whole.roster.assignments if each.person in people)
    return Staffing(asked, Roster(tuple(given)))
