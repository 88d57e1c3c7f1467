"""Who did more of the unpopular work than their share in earlier months, and who less?

The ledger has a page for each roster of the past, a week or a month. What was worked on a page is
divided among those who shared in it then, in proportion to their days: who joined in the middle of
the year, was exempt or away for weeks owes nothing for that time, and who has left leaves no debt.
Old pages weigh as much as new ones: with decay, whoever is away longest would be forgiven most. How
far back the ledger goes is up to who hands in its pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from math import floor

from scheduling.problem import Person, ShiftKind, Weights


class Burden(StrEnum):
    """What is shared for itself."""

    NIGHTS = "nights"  # of kind night
    FULL_DAYS = "24h"
    WEEKENDS = "weekends"
    LOAD = "load"  # points of `Weights`


@dataclass(frozen=True)
class Worked:
    """One shift that a person, by id, has worked. crisis: a crisis call fell in it."""

    person: str
    kind: ShiftKind
    half_hours: int
    weekend: bool = False
    crisis: bool = False


@dataclass(frozen=True)
class Sharer:
    """Somebody among whom a page's work was shared.

    days: of the page on which they belonged to it and were not absent; burdens: what they took
    their share of: not what they were exempt from or could never take.
    """

    person: str
    days: int
    burdens: frozenset[Burden] = frozenset(Burden)


@dataclass(frozen=True)
class Page:
    """What was worked in one week or month, and who shared in it."""

    worked: tuple[Worked, ...]
    sharers: tuple[Sharer, ...]


@dataclass(frozen=True)
class Scale:
    """How load is counted. after_crisis: so many times the load, where a crisis call fell in it."""

    weights: Weights = field(default_factory=Weights)
    after_crisis: Fraction = Fraction(1)


def carrying_over(
    people: Iterable[Person], pages: Iterable[Page], scale: Scale
) -> Iterator[Person]:
    """The same people, each with what they did beyond their share, in whole numbers."""
    beyond = beyond_share(pages, scale)
    for person in people:
        yield replace(
            person,
            nights_before=_nearest(beyond[Burden.NIGHTS].get(person.id)),
            full_days_before=_nearest(beyond[Burden.FULL_DAYS].get(person.id)),
            weekends_before=_nearest(beyond[Burden.WEEKENDS].get(person.id)),
            load_before=_nearest(beyond[Burden.LOAD].get(person.id)),
        )


def beyond_share(pages: Iterable[Page], scale: Scale) -> Mapping[Burden, Mapping[str, Fraction]]:
    """Of each burden, how much more (+) or less (-) than their share each person did, exactly.

    What somebody did on a page without sharing in it is their gift: it counts for nobody. So over
    everybody each burden sums to zero.
    """
    kept = tuple(pages)
    return {burden: _beyond(kept, burden, scale) for burden in Burden}


def _beyond(pages: Iterable[Page], burden: Burden, scale: Scale) -> Mapping[str, Fraction]:
    balance: dict[str, Fraction] = {}
    for page in pages:
        days = {s.person: s.days for s in page.sharers if burden in s.burdens and s.days > 0}
        done = [(w.person, _amount(w, burden, scale)) for w in page.worked if w.person in days]
        each_day = sum((amount for _, amount in done), Fraction(0)) / max(1, sum(days.values()))
        for person, amount in (*done, *((p, -each_day * part) for p, part in days.items())):
            balance[person] = balance.get(person, Fraction(0)) + amount
    return balance


def _amount(worked: Worked, burden: Burden, scale: Scale) -> Fraction:
    match burden:
        case Burden.NIGHTS:
            return Fraction(worked.kind is ShiftKind.NIGHT)
        case Burden.FULL_DAYS:
            return Fraction(worked.kind is ShiftKind.FULL_DAY)
        case Burden.WEEKENDS:
            return Fraction(worked.weekend)
    times = scale.after_crisis if worked.crisis else Fraction(1)
    return worked.half_hours * scale.weights.of(worked.kind) * times


def _nearest(balance: Fraction | None) -> int:
    """To the nearest whole number, halves up; nobody unknown owes anything."""
    return floor((balance or 0) + Fraction(1, 2))
