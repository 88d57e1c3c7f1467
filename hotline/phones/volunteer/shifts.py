"""Which shifts somebody has, as they are heard and read."""

from datetime import datetime, timedelta
from typing import Final

from hotline.duty import Duty, PersonId, Rota
from hotline.duty.attendance import EARLY
from hotline.store import Session
from hotline.store.duty.rosters import rota_between
from scheduling.problem import Span

AHEAD: Final = timedelta(days=14)


def coming_shifts(db: Session, person: PersonId, now: datetime) -> tuple[Duty, ...]:
    """What this person is promised and is not absent from, in order; one that runs now, too."""
    return shifts_in(rota_between(db, Span(now, now + AHEAD)), person, now)


def shifts_in(rota: Rota, person: PersonId, now: datetime) -> tuple[Duty, ...]:
    """The same by what `rota` holds."""
    away = [each.span for each in rota.away if each.person == person]
    mine = (duty for duty in rota.duties if duty.person == person and duty.span.end > now)
    there = (duty for duty in mine if not any(_leaves_nothing(duty, span, now) for span in away))
    return tuple(sorted(there, key=lambda duty: (duty.span.start, duty.span.end)))


def _leaves_nothing(duty: Duty, away: Span, now: datetime) -> bool:
    return away.start <= max(duty.span.start, now) and duty.span.end <= away.end


def begins_soon(duty: Duty, now: datetime) -> bool:
    """Whether checking in now counts for this shift."""
    return duty.span.start - EARLY <= now < duty.span.end
