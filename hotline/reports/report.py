"""One report: each line, each city and all together, with the desks behind them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hotline.config.settings import DeskName, Line, LineName, Settings, Title
from hotline.people import StoredPerson
from hotline.reports.fairness import Had, Spread, spread
from hotline.reports.figures import Counts, DeskCounts, desks_together, together
from hotline.reports.periods import Period
from hotline.store import Session
from hotline.store.counting.day_counts import (
    day_totals,
    desk_totals,
    duties_had,
    last_made,
    line_totals,
)
from hotline.store.people.everybody import active_people
from scheduling.problem import ShiftKind


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

    lines: Mapping[LineName, Counts]
    desks: Mapping[DeskName, DeskCounts]
    people: Sequence[StoredPerson]
    had: Had
    settings: Settings
    at: datetime


def report_of(
    db: Session, settings: Settings, lines: Sequence[Line], period: Period, now: datetime
) -> Report:
    """The report of these lines: of a viewer's, or of all. Seven queries, none over calls."""
    names, desks = [line.name for line in lines], _own_desks(lines)
    read = _Read(
        lines=line_totals(db, names, period.first, period.last),
        desks=desk_totals(db, desks, period.first, period.last),
        people=active_people(db),
        had=duties_had(db, desks, period.first, period.last),
        settings=settings,
        at=min(now, _end(period, settings)),
    )
    cities: dict[Title, list[Line]] = defaultdict(list)
    for line in lines:
        cities[line.city].append(line)
    return Report(
        period=period,
        lines=tuple(_part(line.title, [line], read, line.name) for line in lines),
        cities=tuple(_part(city, own, read) for city, own in cities.items()),
        whole=_part(settings.site.title, lines, read),
        days=day_totals(db, names, period.first, period.last),
        made=last_made(db, period.first, period.last),
    )


def _end(period: Period, settings: Settings) -> datetime:
    after = period.last + timedelta(days=1)
    return datetime.combine(after, time(), settings.site.zone).astimezone(UTC)


def _own_desks(lines: Iterable[Line]) -> frozenset[DeskName]:
    """The first of each chain: overflow desks belong to others."""
    return frozenset(line.desks[0] for line in lines)


def _part(title: Title, lines: Sequence[Line], read: _Read, line: LineName | None = None) -> Part:
    desks = _own_desks(lines)
    return Part(
        title=title,
        line=line,
        counts=together(read.lines.get(each.name, Counts()) for each in lines),
        desks=desks_together(read.desks.get(desk, DeskCounts()) for desk in desks),
        staff=_staff(desks, read),
    )


def _staff(desks: frozenset[DeskName], read: _Read) -> Staff:
    people = [person for person in read.people if not desks.isdisjoint(person.desks)]
    return Staff(
        people=len(people),
        trained=tuple(_trained(name, people, read.at) for name in read.settings.certificates),
        nights=spread(ShiftKind.NIGHT, people, read.had, desks),
        full_days=spread(ShiftKind.FULL_DAY, people, read.had, desks),
    )


def _trained(certificate: str, people: Sequence[StoredPerson], at: datetime) -> Trained:
    held = (person.certificates.get(certificate) for person in people)
    holders = sum(until is not None and at < until for until in held)
    return Trained(certificate, holders, len(people))
