"""What is read about duties: which are to come, and the four facts of each."""

from datetime import datetime, timedelta

from hotline.config.settings import Settings
from hotline.handshake.standing import Standing, standings
from hotline.store import Session
from hotline.store.duty.rosters import rota_between
from hotline.store.duty.standins import (
    Search,
)
from hotline.store.sending.errands import answered_since
from scheduling.problem import Span


def duties_ahead(
    db: Session, settings: Settings, span: Span, now: datetime
) -> tuple[Standing, ...]:
    """The duties that meet `span` and are not over, with their four facts, by start."""
    answered = answered_since(db, now - timedelta(hours=settings.shake.reachable_hours))
    return standings(rota_between(db, span), settings, answered, now)


def standing_of(db: Session, settings: Settings, search: Search, now: datetime) -> Standing | None:
    """The facts of the duty that a search is about; None: it is that person's no more, or over."""
    if search.span.end <= now:
        return None
    left = Span(max(search.span.start, now), search.span.end)
    for each in duties_ahead(db, settings, left, now):
        mine = each.volunteer.id == search.person and each.desk == search.desk
        if mine and each.span.meets(left):
            return each
    return None
