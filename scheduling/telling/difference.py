"""What changes when one roster replaces another: who gains, who loses, whose rest shrinks?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise

from scheduling.problem import Need, Person, Shift, Span
from scheduling.roster import Assignment
from scheduling.rules import Staffing
from scheduling.telling.costs import ByWish, Shortfall, by_wish, shortfall


@dataclass(frozen=True)
class ShorterRest:
    """A person whose shortest rest is shorter than before. was: None: there was none at all."""

    person: str
    before: Shift  # the rest ends where this shift starts
    was: timedelta | None
    becomes: timedelta


@dataclass(frozen=True)
class CoverChange:
    """A stretch of a desk where another number of heads is missing than before, up to the target.

    floor: the heads below which it is a breach of duty.
    """

    desk: str
    span: Span
    certificate: str | None
    floor: int
    target: int
    was: int  # heads
    becomes: int

    @property
    def opens(self) -> bool:
        """Whether more are missing now."""
        return self.becomes < self.was


@dataclass(frozen=True)
class Difference:
    """All that a coordinator must know before one roster replaces another."""

    gained: tuple[Assignment, ...]
    lost: tuple[Assignment, ...]
    shorter_rests: tuple[ShorterRest, ...]
    cover: tuple[CoverChange, ...]
    points: tuple[ByWish, ByWish]  # by wish, before and after
    missing: tuple[Shortfall, Shortfall]  # before and after


def difference(before: Staffing, after: Staffing) -> Difference:
    """What is different in `after`. Both are of one horizon, with the same needs."""
    old, new = set(before.roster.assignments), set(after.roster.assignments)
    return Difference(
        gained=tuple(sorted(new - old)),
        lost=tuple(sorted(old - new)),
        shorter_rests=tuple(_shorter_rests(before, after)),
        cover=tuple(cover_changes(before, after)),
        points=(by_wish(before), by_wish(after)),
        missing=(shortfall(before), shortfall(after)),
    )


def cover_changes(before: Staffing, after: Staffing) -> Iterator[CoverChange]:
    """Where gaps opened, closed, grew or shrank; longest possible, in order of the needs."""
    for need in before.problem.needs:
        halves = zip(before.half_hours(need), after.half_hours(need), strict=True)
        for heads, run in groupby(halves, key=lambda each: (each[0][1], each[1][1])):
            spans = [span for (span, _), _ in run]
            whole = Span(spans[0].start, spans[-1].end)
            if _missing(need, heads[0]) != _missing(need, heads[1]):
                yield CoverChange(
                    need.desk, whole, need.certificate, need.floor, need.target, *heads
                )


def _missing(need: Need, heads: int) -> int:
    return max(0, need.target - heads)


def _shorter_rests(before: Staffing, after: Staffing) -> Iterator[ShorterRest]:
    for person in after.problem.people:
        was, becomes = shortest_rest(before, person), shortest_rest(after, person)
        if becomes is not None and (was is None or becomes[0] < was[0]):
            yield ShorterRest(person.id, becomes[1], was and was[0], becomes[0])


def shortest_rest(staffing: Staffing, person: Person) -> tuple[timedelta, Shift] | None:
    """The shortest time from a handover to the next shift, one of them given by the roster."""
    mine = staffing.weeks.get(person.id, ())
    week = sorted((*mine, *person.history), key=lambda shift: (shift.span, shift.id))
    rests = [
        (later.span.start - earlier.whole.end, later)
        for earlier, later in pairwise(week)
        if earlier in mine or later in mine
    ]
    return min(rests, key=lambda rest: rest[0], default=None)
