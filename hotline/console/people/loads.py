"""What everybody works in a month beside a fair share, as the pages ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import Settings
from hotline.rosters.reasons.loads import Load, Month, loads, month_of
from hotline.store import Session
from hotline.store.duty.absences import absences_between
from hotline.store.people.everybody import active_people
from hotline.store.planning.loads import kept_while_the_rota_stays, work_between


@dataclass(frozen=True)
class MonthOfWork:
    """A month, and the load of everybody who volunteers, by code."""

    month: Month
    loads: Mapping[str, Load]


def this_month(db: Session, settings: Settings, now: datetime) -> MonthOfWork:
    """Of the month that it is on the site's clocks. Seven queries, or one if nothing changed."""
    month = month_of(now, settings.site.zone)
    return kept_while_the_rota_stays(db, month, lambda: _read(db, settings, month))


def _read(db: Session, settings: Settings, month: Month) -> MonthOfWork:
    zone = settings.site.zone
    span = month.span(zone)
    done = work_between(db, span, month.weekends(zone))
    away = absences_between(db, span)
    return MonthOfWork(month, loads(active_people(db), done, away, month, settings))
