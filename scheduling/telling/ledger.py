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


@dataclass(frozen=True)
class Coming:
    """What the next roster asks for, by burden: heads, or points of load; and who will share in it.

    With it whoever will be away for weeks is asked for less at once, not made up to afterwards.
    """

    asked: Mapping[Burden, int] = field(default_factory=dict)
    sharers: tuple[Sharer, ...] = ()


def carrying_over(
    people: Iterable[Person], pages: Iterable[Page], scale: Scale, coming: Coming
) -> Iterator[Person]:
    """The same people, each with what they did beyond their share of the past and the next roster.

    In whole numbers: below zero is what they owe, the next roster included.
    """
    beyond = beyond_share(pages, scale)
    owed = {burden: _owed(coming, burden) for burden in Burden}

    def carried(person: Person, burden: Burden) -> int:
        balance = beyond[burden].get(person.id, Fraction(0))
        return floor(balance - owed[burden].get(person.id, 0) + Fraction(1, 2))

    for person in people:
        yield replace(
            person,
            nights_before=carried(person, Burden.NIGHTS),
            full_days_before=carried(person, Burden.FULL_DAYS),
            weekends_before=carried(person, Burden.WEEKENDS),
            load_before=carried(person, Burden.LOAD),
        )


def beyond_share(pages: Iterable[Page], scale: Scale) -> Mapping[Burden, Mapping[str, Fraction]]:
    """Of each burden, how much more (+) or less (-) than their share each person did, exactly.

    What somebody did on a page without sharing in it is their gift: it counts for nobody. So over
    everybody each burden sums to zero.
    """
    kept = tuple(pages)
    return {burden: _beyond(kept, burden, scale) for burden in Burden}


def fair_shares(
    done: Mapping[str, Fraction], sharers: Iterable[Sharer], burden: Burden
) -> Mapping[str, Fraction]:
    """What each sharer would have done, had `done` been divided in proportion to their days.

    done: by person; what somebody did without sharing is not divided.
    """
    sharing = _days(sharers, burden)
    whole = sum((amount for person, amount in done.items() if person in sharing), Fraction(0))
    return _shares(whole, sharing)


def _beyond(pages: Iterable[Page], burden: Burden, scale: Scale) -> Mapping[str, Fraction]:
    balance: dict[str, Fraction] = {}
    for page in pages:
        done: dict[str, Fraction] = {}
        for worked in page.worked:
            done[worked.person] = done.get(worked.person, Fraction(0)) + _amount(
                worked, burden, scale
            )
        for person, share in fair_shares(done, page.sharers, burden).items():
            beyond = done.get(person, Fraction(0)) - share
            balance[person] = balance.get(person, Fraction(0)) + beyond
    return balance


def _owed(coming: Coming, burden: Burden) -> Mapping[str, Fraction]:
    return _shares(Fraction(coming.asked.get(burden, 0)), _days(coming.sharers, burden))


def _days(sharers: Iterable[Sharer], burden: Burden) -> Mapping[str, int]:
    return {one.person: one.days for one in sharers if burden in one.burdens and one.days > 0}


def _shares(amount: Fraction, days: Mapping[str, int]) -> Mapping[str, Fraction]:
    """An amount divided in proportion to days."""
    whole = sum(days.values())
    return {person: amount * part / whole for person, part in days.items()}


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
