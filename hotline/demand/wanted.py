"""Which targets do the expected calls raise, for the rosters that are built now?"""

from collections.abc import Sequence
from datetime import datetime

from hotline.config.settings import Desk, Settings
from hotline.config.tables.demand import Targets
from hotline.demand.foretelling import outlook
from hotline.demand.seating import desks_seats
from hotline.rosters.question.raising import Raised
from hotline.store import Session
from scheduling.problem import Span


def wanted_of(
    db: Session, settings: Settings, desks: Sequence[Desk], span: Span, now: datetime
) -> Raised:
    """By desk and beginning of the half hour; nothing is foretold where no desk goes by it.

    Raises ForecastError where calls cannot be foretold.
    """
    names = {desk.name for desk in desks if desk.targets is Targets.FORECAST}
    if not names:
        return {}
    return {
        seats.desk: {half.start: half.wanted for half in seats.halves}
        for seats in desks_seats(settings, outlook(db, settings, span, now))
        if seats.desk in names
    }
