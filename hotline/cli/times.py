"""Which instant a person means, and how it was read on the nights clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hotline.errors import HotlineError
from scheduling.problem import Span

DAYS_SHOWN = 7


@dataclass(frozen=True)
class Read:
    """An instant, in UTC, and what must be said about how it was read; usually nothing."""

    at: datetime
    note: str | None = None


def instant_written(text: str, zone: ZoneInfo) -> Read:
    """The instant that "2026-11-24T23:10" names, on the site's clocks unless it has an offset.

    Of a time that comes twice the first is meant; one that is skipped is read as the clocks before
    the change would have shown it. Both are said in `note`. Raises HotlineError for no time.
    """
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise HotlineError(f"{text!r} is no time; write it like 2026-11-24T23:10.") from None
    if wall.tzinfo is not None:
        return Read(wall.astimezone(UTC))
    return _on_clocks(wall, zone)


def days_between(first: date, last: date, zone: ZoneInfo) -> Span:
    """From the start of `first` to the end of `last`. Raises HotlineError if it is none."""
    if last < first:
        raise HotlineError(f"The last day, {last}, is before the first, {first}.")
    after = last + timedelta(days=1)
    start, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after))
    return Span(start, end)


def _on_clocks(wall: datetime, zone: ZoneInfo) -> Read:
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late:
        return Read(early)
    shown = early.astimezone(zone)
    if shown.replace(tzinfo=None) != wall:
        note = f"{wall:%H:%M} is skipped on {wall:%d %b %Y}; read as {shown:%H:%M %Z}."
    else:
        other = late.astimezone(zone)
        note = (
            f"{wall:%H:%M} comes twice on {wall:%d %b %Y}; read as the first, in {shown:%Z}. "
            f"For the second write {other.isoformat(timespec='minutes')}."
        )
    return Read(early, note)
