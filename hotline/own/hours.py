"""What somebody works this month beside what would be fair, and each month of the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from hotline.config.settings import Settings
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.reasons.loads import Done, Load, Month, done_of, loads, month_of
from hotline.store import Session
from hotline.store.duty.absences import absences_between
from hotline.store.duty.overrides import overrides_between
from hotline.store.duty.promises import LONGEST_SHIFT, promises_of
from hotline.store.people.everybody import active_people
from hotline.store.planning.loads import work_between
from scheduling.problem import Span


@dataclass(frozen=True)
class OwnHours:
    """load: of this month; months: of the year, to this one, whole."""

    month: Month
    load: Load
    months: tuple[tuple[Month, Done], ...]

    @property
    def year(self) -> Done:
        """All of them together."""
        found = [done for _, done in self.months]
        return Done(
            sum((done.hours for done in found), Fraction()),
            sum(done.nights for done in found),
            sum(done.full_days for done in found),
            sum(done.weekends for done in found),
        )


def own_hours(db: Session, settings: Settings, person: StoredPerson, now: datetime) -> OwnHours:
    """As published, overrides worked in; standby does not count. Eight queries.

    The share is among those who sit at one of the same desks.
    """
    zone = settings.site.zone
    this = month_of(now, zone)
    months = [Month(this.first.replace(month=number)) for number in range(1, this.first.month + 1)]
    year = Span(months[0].span(zone).start, this.span(zone).end)
    noted = overrides_between(db, Span(year.start - LONGEST_SHIFT, year.end + LONGEST_SHIFT))
    mine = promises_of(db, year, [person.code], noted)
    people = [p for p in active_people(db) if p.desks & person.desks]
    worked = work_between(db, this.span(zone), this.weekends(zone))
    away = absences_between(db, this.span(zone))
    each = tuple((month, _done(mine, month, settings, person)) for month in months)
    return OwnHours(this, loads(people, worked, away, this, settings)[person.code], each)


def _done(mine: Iterable[Promise], month: Month, settings: Settings, person: StoredPerson) -> Done:
    zone = settings.site.zone
    span = month.span(zone)
    begun = (p for p in mine if span.start <= p.span.start < span.end)
    return done_of(begun, month.weekends(zone)).get(person.code, Done())
