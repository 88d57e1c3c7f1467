"""One report: each line, each city and all together, with the desks behind them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hotline.config.settings import DeskName, Line, LineName, Settings, Title
from hotline.people import StoredPerson
from hotline.reports.fairness import Spread, spread
from hotline.reports.figures import (
    Counts,
    DeskCounts,
    DeskDay,
    LineDay,
    desks_together,
    together,
)
from hotline.reports.periods import Period
from hotline.rosters.promised import Promise
from hotline.store import Session
from hotline.store.day_counts import desk_days_between, last_made, line_days_between
from hotline.store.people import active_people
from hotline.store.promises import promises
from scheduling.problem import ShiftKind, Span


@dataclass(frozen=True)
class Trained:
    """How many of the people hold a training on the last day of the period, or today."""

    certificate: str
    holders: int
    people: int

    @property
    def share(self) -> float | None:
        """Holders of people; None: there is nobody."""
        return self.holders / self.people if self.people else None


@dataclass(frozen=True)
class Staff:
    """The people of some desks. nights, full_days None: there were none to share."""

    people: int
    trained: tuple[Trained, ...]
    nights: Spread | None
    full_days: Spread | None


@dataclass(frozen=True)
class Part:
    """A row of the report. line: of a line's own row. desks: those whose own line it is."""

    title: Title
    line: LineName | None
    counts: Counts
    desks: DeskCounts
    staff: Staff


@dataclass(frozen=True)
class Report:
    """A period as it went. days: all lines together by day; made: when it was counted last."""

    period: Period
    lines: tuple[Part, ...]
    cities: tuple[Part, ...]
    whole: Part
    days: Mapping[date, Counts]
    made: datetime | None


@dataclass(frozen=True)
class _Read:
    """What a report is made of."""

    line_days: Sequence[LineDay]
    desk_days: Sequence[DeskDay]
    people: Sequence[StoredPerson]
    promised: Sequence[Promise]
    settings: Settings
    at: datetime


def report_of(
    db: Session, settings: Settings, lines: Sequence[Line], period: Period, now: datetime
) -> Report:
    """The report of these lines: of a viewer's, or of all. Six queries, none over calls."""
    span = _span(period, settings)
    desks = _own_desks(lines)
    read = _Read(
        line_days_between(db, [line.name for line in lines], period.first, period.last),
        desk_days_between(db, desks, period.first, period.last),
        active_people(db),
        [each for each in promises(db, span) if each.of_a_roster or each.overriding],
        settings,
        min(now, span.end),
    )
    cities: dict[Title, list[Line]] = defaultdict(list)
    for line in lines:
        cities[line.city].append(line)
    return Report(
        period=period,
        lines=tuple(_part(line.title, [line], read, line.name) for line in lines),
        cities=tuple(_part(city, own, read) for city, own in cities.items()),
        whole=_part(settings.site.title, lines, read),
        days=_by_day(period, read.line_days),
        made=last_made(db, period.first, period.last),
    )


def _span(period: Period, settings: Settings) -> Span:
    zone = settings.site.zone
    ends = (period.first, period.last + timedelta(days=1))
    start, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in ends)
    return Span(start, end)


def _own_desks(lines: Iterable[Line]) -> frozenset[DeskName]:
    """The first of each chain: overflow desks belong to others."""
    return frozenset(line.desks[0] for line in lines)


def _part(title: Title, lines: Sequence[Line], read: _Read, line: LineName | None = None) -> Part:
    names, desks = {each.name for each in lines}, _own_desks(lines)
    return Part(
        title=title,
        line=line,
        counts=together(each.counts for each in read.line_days if each.line in names),
        desks=desks_together(each.counts for each in read.desk_days if each.desk in desks),
        staff=_staff(desks, read),
    )


def _staff(desks: frozenset[DeskName], read: _Read) -> Staff:
    people = [person for person in read.people if not desks.isdisjoint(person.desks)]
    return Staff(
        people=len(people),
        trained=tuple(_trained(name, people, read.at) for name in read.settings.certificates),
        nights=spread(ShiftKind.NIGHT, people, read.promised, desks),
        full_days=spread(ShiftKind.FULL_DAY, people, read.promised, desks),
    )


def _trained(certificate: str, people: Sequence[StoredPerson], at: datetime) -> Trained:
    held = (person.certificates.get(certificate) for person in people)
    return Trained(
        certificate, sum(until is not None and at < until for until in held), len(people)
    )


def _by_day(period: Period, days: Iterable[LineDay]) -> Mapping[date, Counts]:
    """All lines together; a day nobody counted yet is left out."""
    found: dict[date, list[Counts]] = defaultdict(list)
    for each in days:
        found[each.day].append(each.counts)
    return {day: together(found[day]) for day in period.days if day in found}
