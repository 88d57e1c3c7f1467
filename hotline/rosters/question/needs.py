"""How many people a desk must have and wants at any instant, from its rows of cover."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import Cover, Desk, Weekday
from hotline.rosters.week import instant
from scheduling.problem import Need, Span

WEEKDAYS: Final = tuple(Weekday)


@dataclass(frozen=True)
class _Wanted:
    """One row of cover on one date."""

    row: Cover
    span: Span


def needs(desk: Desk, horizon: Span, zone: ZoneInfo) -> tuple[Need, ...]:
    """What `desk` asks for inside `horizon`, equal neighbours merged, heads before certificates.

    Where rows of the same certificate (or of none, or of standby) meet, the higher number counts.
    A row belongs to the days it starts on, so that Sunday's night still asks on Monday morning.
    """
    kinds = {(bool(row.standby), row.certificate or "") for row in desk.cover}
    rows = (
        [row for row in desk.cover if (bool(row.standby), row.certificate or "") == kind]
        for kind in sorted(kinds)
    )
    return tuple(need for same in rows for need in _needs_of(desk, same, horizon, zone))


def dates_meeting(span: Span, zone: ZoneInfo) -> tuple[date, ...]:
    """The site's dates on which something may start that meets `span`, oldest first."""
    first = span.start.astimezone(zone).date() - timedelta(days=1)
    last = span.end.astimezone(zone).date()
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def weekday(day: date) -> Weekday:
    """The name that config.toml has for a date's day."""
    return WEEKDAYS[day.weekday()]


def _needs_of(desk: Desk, rows: Sequence[Cover], horizon: Span, zone: ZoneInfo) -> Iterator[Need]:
    """rows: all of the same certificate, or of none, or of standby."""
    wanted = [w for day in dates_meeting(horizon, zone) for w in _wanted(rows, day, zone)]
    pending: Need | None = None
    for span in _pieces(wanted, horizon):
        need = _need(desk, rows[0], span, wanted)
        if pending and need and _touching(pending, need):
            pending = replace(pending, span=Span(pending.span.start, need.span.end))
            continue
        if pending:
            yield pending
        pending = need
    if pending:
        yield pending


def _wanted(rows: Sequence[Cover], day: date, zone: ZoneInfo) -> Iterator[_Wanted]:
    for row in rows:
        if weekday(day) in row.days:
            last = day if row.start < row.end else day + timedelta(days=1)
            start, end = instant(day, row.start, zone), instant(last, row.end, zone)
            if start < end:  # a row may lie wholly in the hour that a clock change skips
                yield _Wanted(row, Span(start, end))


def _pieces(wanted: Sequence[_Wanted], horizon: Span) -> Iterator[Span]:
    """The horizon, cut wherever a row begins or ends."""
    cuts: set[datetime] = {horizon.start, horizon.end}
    for each in wanted:
        cuts.update(at for at in (each.span.start, each.span.end) if _inside(at, horizon))
    return (Span(start, end) for start, end in pairwise(sorted(cuts)))


def _inside(at: datetime, horizon: Span) -> bool:
    return horizon.start < at < horizon.end


def _need(desk: Desk, like: Cover, span: Span, wanted: Sequence[_Wanted]) -> Need | None:
    rows = [each.row for each in wanted if each.span.holds(span)]
    floor = max((row.floor for row in rows), default=0)
    target = max((row.target for row in rows), default=0)
    if like.certificate is not None:
        target = floor
    if not target:
        return None
    return Need(desk.name, span, floor, max(floor, target), like.certificate, bool(like.standby))


def _touching(earlier: Need, later: Need) -> bool:
    same = replace(earlier, span=later.span) == later
    return same and earlier.span.end == later.span.start
