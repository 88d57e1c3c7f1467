"""Is a place that nobody has, and that somebody is looked for, still to be filled?"""

from datetime import datetime, timedelta

from hotline.config.settings import Settings
from hotline.gaps import gaps_ahead
from hotline.handshake.deciding import WORTH_IT
from hotline.store import Session
from hotline.store.duty.rosters import rota_between
from hotline.store.duty.standins import Search
from scheduling.problem import ShiftKind, Span
from scheduling.roster import Gap

A_WHILE = timedelta(days=1)  # gaps are looked for in stretches longer than a half hour


def place_open(db: Session, settings: Settings, search: Search, now: datetime) -> bool:
    """Whether what is still to come of it lacks people, and is worth fetching somebody for."""
    left = Span(max(search.span.start, now), search.span.end)
    if search.span.end - now < WORTH_IT:
        return False
    around = Span(left.start, left.start + max(left.length, A_WHILE))
    found = gaps_ahead(settings, rota_between(db, around), around, {search.desk})
    return any(_meets(gap, search, left) for gap in found)


def _meets(gap: Gap, search: Search, left: Span) -> bool:
    standby = search.kind is ShiftKind.STANDBY
    wanted = ShiftKind.STANDBY.value if standby else search.certificate or None
    common = min(gap.span.end, left.end) - max(gap.span.start, left.start)
    return gap.certificate == wanted and common >= WORTH_IT
