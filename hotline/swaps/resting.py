"""What a swap means for each of the two: hours and nights of these weeks, and rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from hotline.swaps.reading import Weeks
from hotline.swaps.swap import HeldShift, Party, Terms
from scheduling.problem import Shift


@dataclass(frozen=True)
class Turned:
    """One of the two. hours, nights: of the weeks looked at, before and after.

    before, after: rest on either side of the shift they take; None: nothing near, or none taken.
    """

    who: Party
    hours: tuple[timedelta, timedelta]
    nights: tuple[int, int]
    before: timedelta | None
    after: timedelta | None


def turned(weeks: Weeks, terms: Terms) -> tuple[Turned, ...]:
    """The asker and the partner. Both must be known to `weeks`."""
    return (
        _turned(weeks, terms.asker, terms.gives, terms.takes),
        _turned(weeks, terms.partner, terms.takes, terms.gives),
    )


def _turned(weeks: Weeks, who: Party, gives: HeldShift | None, takes: HeldShift | None) -> Turned:
    now = tuple(_shifts(weeks, who))
    kept = [s for s in now if gives is None or s.id != gives.shift]
    new = None if takes is None else weeks.offered.get(takes.shift)
    then = [*kept, new] if new is not None else kept
    ends = [s.whole.end for s in kept if new is not None and s.span.start < new.span.start]
    starts = [s.span.start for s in kept if new is not None and s.span.start > new.span.start]
    return Turned(
        who,
        (_hours(now), _hours(then)),
        (_nights(now), _nights(then)),
        new.span.start - max(ends) if new is not None and ends else None,
        min(starts) - new.whole.end if new is not None and starts else None,
    )


def _shifts(weeks: Weeks, who: Party) -> Iterator[Shift]:
    """What they hold in these weeks, and near them."""
    for given in weeks.held.assignments:
        if given.person == who.code:
            yield weeks.offered[given.shift]
    horizon = weeks.problem.horizon
    near = timedelta(days=3)
    for shift in weeks.asked[who.code].history:
        if horizon.start - near < shift.span.end and shift.span.start < horizon.end + near:
            yield shift


def _hours(shifts: Iterable[Shift]) -> timedelta:
    return sum((s.span.length for s in shifts), timedelta())


def _nights(shifts: Iterable[Shift]) -> int:
    return sum(s.kind.is_night for s in shifts)
