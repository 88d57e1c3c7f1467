"""The nightly look back: did the telephones ring by the roster of each moment?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hotline.calls.drift import Difference, differences
from hotline.config.settings import Settings
from hotline.duty import PersonId
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.store import Session
from hotline.store.calling.ledger import decisions_between
from hotline.store.calling.stories import names_of
from hotline.store.planning.history import history_of, rings_between
from scheduling.problem import Span


@dataclass(frozen=True)
class Audit:
    """What the look back at one day found. people: code and name."""

    day: date
    rings: int
    decisions: int
    differences: tuple[Difference, ...]
    people: Mapping[PersonId, tuple[str, str]]


def audited(db: Session, day: date, settings: Settings) -> Audit:
    """The rings and exits of a day of the site's calendar against what was published then."""
    zone = settings.site.zone
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    span = Span(start.astimezone(UTC), end.astimezone(UTC))
    rings = rings_between(db, span)
    kept = decisions_between(db, span)
    history = history_of(db, span)
    found = differences(rings, ((each.at, each.decision) for each in kept), history, settings)
    return Audit(day, len(rings), len(kept), found, names_of(db))


def audit_and_report(db: Session, settings: Settings, now: datetime) -> Audit:
    """Look back at the last whole day; what differs is an alarm to every supervisor."""
    day = now.astimezone(settings.site.zone).date() - timedelta(days=1)
    audit = audited(db, day, settings)
    if audit.differences:
        number = len(audit.differences)
        alert(db, [Alarm(AlarmKind.DRIFT, day.isoformat(), f"{number}")], now)
    return audit
