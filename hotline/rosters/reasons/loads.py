"""What somebody works in a month, beside their fair share of it.

Shared as the ledger shares (`scheduling.telling.ledger`): among those who could do such work, in
proportion to the days on which they belonged and were not away.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import Settings, Weekday
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.states import RosterState
from hotline.store.duty.absences import Absence
from scheduling.problem import Rota, ShiftKind, Span, Standing
from scheduling.telling.ledger import Burden, Sharer, fair_shares

A_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
WEEKEND = (Weekday.SAT, Weekday.SUN)


@dataclass(frozen=True)
class Done:
    """What is published for one person in a month, by the start of the shift; no standby."""

    hours: Fraction = Fraction(0)
    nights: int = 0
    full_days: int = 0
    weekends: int = 0


@dataclass(frozen=True)
class Share:
    """What would be fair; None: takes no share in that."""

    hours: Fraction | None
    nights: Fraction | None
    full_days: Fraction | None
    weekends: Fraction | None


@dataclass(frozen=True)
class Load:
    """The two beside each other."""

    done: Done
    share: Share


@dataclass(frozen=True)
class Month:
    """A month of the site's calendar: its first day."""

    first: date

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        after = (self.first + timedelta(days=31)).replace(day=1)
        return tuple(self.first + n * A_DAY for n in range((after - self.first).days))

    def span(self, zone: ZoneInfo) -> Span:
        """From its first midnight to the next month's."""
        return Span(_midnight(self.first, zone), _midnight(self.days[-1] + A_DAY, zone))

    def weekends(self, zone: ZoneInfo) -> tuple[Span, ...]:
        """Each Saturday and each Sunday of it."""
        return tuple(_day(day, zone) for day in self.days if day.weekday() >= len(Weekday) - 2)


def month_of(at: datetime, zone: ZoneInfo) -> Month:
    """The month in which the site's clocks show that instant."""
    return Month(at.astimezone(zone).date().replace(day=1))


def done_of(promises: Iterable[Promise], weekends: Sequence[Span]) -> Mapping[str, Done]:
    """What published promises come to, by code; a shift that an override has cut counts once."""
    found: dict[str, dict[str, list[Promise]]] = {}
    for promise in promises:
        if promise.state is RosterState.PUBLISHED and promise.kind is not ShiftKind.STANDBY:
            found.setdefault(promise.person, {}).setdefault(promise.shift, []).append(promise)
    return {code: _done(tuple(worked.values()), weekends) for code, worked in found.items()}


def _done(worked: Sequence[Sequence[Promise]], weekends: Sequence[Span]) -> Done:
    spans = [part.span for parts in worked for part in parts]
    starts = [parts[0].span.start for parts in worked]
    kinds = [parts[0].kind for parts in worked]
    return Done(
        hours=Fraction(sum(span.length // MINUTE for span in spans), 60),
        nights=kinds.count(ShiftKind.NIGHT),
        full_days=kinds.count(ShiftKind.FULL_DAY),
        weekends=sum(any(day.start <= at < day.end for day in weekends) for at in starts),
    )


def loads(
    people: Iterable[StoredPerson],
    done: Mapping[str, Done],
    absences: Iterable[Absence],
    month: Month,
    settings: Settings,
) -> Mapping[str, Load]:
    """The load of each of `people`, who are all that share in the work. By code."""
    everybody, away = tuple(people), _away(absences)
    sharers = [
        Sharer(p.code, _days(p, away.get(p.code, ()), month, settings), _burdens(p, settings))
        for p in everybody
    ]
    parts = {burden: _parts(done, sharers, burden) for burden in _AMOUNTS}
    return {p.code: Load(done.get(p.code, Done()), _share(p.code, parts)) for p in everybody}


_AMOUNTS: Final[Mapping[Burden, Callable[[Done], Fraction]]] = {
    Burden.LOAD: lambda each: each.hours,
    Burden.NIGHTS: lambda each: Fraction(each.nights),
    Burden.FULL_DAYS: lambda each: Fraction(each.full_days),
    Burden.WEEKENDS: lambda each: Fraction(each.weekends),
}


def _parts(
    done: Mapping[str, Done], sharers: Iterable[Sharer], burden: Burden
) -> Mapping[str, Fraction]:
    amounts = {code: _AMOUNTS[burden](each) for code, each in done.items()}
    return fair_shares(amounts, sharers, burden)


def _share(code: str, parts: Mapping[Burden, Mapping[str, Fraction]]) -> Share:
    return Share(
        hours=parts[Burden.LOAD].get(code),
        nights=parts[Burden.NIGHTS].get(code),
        full_days=parts[Burden.FULL_DAYS].get(code),
        weekends=parts[Burden.WEEKENDS].get(code),
    )


def _away(absences: Iterable[Absence]) -> Mapping[str, tuple[Span, ...]]:
    away: dict[str, tuple[Span, ...]] = {}
    for absence in absences:
        away[absence.person] = (*away.get(absence.person, ()), absence.span)
    return away


def _days(person: StoredPerson, away: tuple[Span, ...], month: Month, settings: Settings) -> int:
    """On how many days they belonged to the month and were not away all day."""
    since = person.agreement.since or month.first
    days = [day for day in month.days if day >= since]
    if not away:
        return len(days)
    spans = (_day(day, settings.site.zone) for day in days)
    return sum(not any(each.holds(span) for each in away) for span in spans)


def _burdens(person: StoredPerson, settings: Settings) -> frozenset[Burden]:
    learning = person.supervised_turns < settings.scheduling.supervised_turns
    if learning or person.standing is Standing.TRAINEE or not person.shifts_a_week:
        return frozenset()
    return frozenset(_taken(person, settings))


def _taken(person: StoredPerson, settings: Settings) -> Iterator[Burden]:
    """What they could do at their desks, and are not spared."""
    kinds = {s.kind for desk in settings.desks if desk.name in person.desks for s in desk.shifts}
    days = {day for stretch in person.availability.stretches for day in stretch.days}
    if not days:
        return
    yield Burden.LOAD
    if not days.isdisjoint(WEEKEND):
        yield Burden.WEEKENDS
    for kind, spared, burden in (
        (ShiftKind.NIGHT, Rota.NIGHTS, Burden.NIGHTS),
        (ShiftKind.FULL_DAY, Rota.FULL_DAYS, Burden.FULL_DAYS),
    ):
        exempt = spared in person.agreement.exempt or not person.nights_a_week
        if kind in kinds and not exempt:
            yield burden


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _day(day: date, zone: ZoneInfo) -> Span:
    return Span(_midnight(day, zone), _midnight(day + A_DAY, zone))
