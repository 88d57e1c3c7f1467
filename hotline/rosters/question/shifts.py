"""Which shifts a desk's week has."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk, ShiftTemplate
from hotline.rosters.question.needs import weekday
from hotline.rosters.week import Week
from scheduling.problem import Shift, Span

SATURDAY = 5


def shifts(desk: Desk, week: Week, zone: ZoneInfo) -> tuple[Shift, ...]:
    """Every shift of `desk` that starts in `week`, in order of start."""
    made = [shift for day in week.days for shift in _shifts_on(day, desk, zone)]
    return tuple(sorted(made, key=lambda shift: (shift.span, shift.id)))


def on_weekend(start: datetime, zone: ZoneInfo) -> bool:
    """Whether it is Saturday or Sunday on the site's calendar."""
    return start.astimezone(zone).weekday() >= SATURDAY


def _shifts_on(day: date, desk: Desk, zone: ZoneInfo) -> Iterator[Shift]:
    for template in desk.shifts:
        span = _span(day, template, zone)
        if weekday(day) in template.days and span is not None:
            yield Shift(
                id=f"{desk.name}/{day}/{template.name}",
                desk=desk.name,
                kind=template.kind,
                span=span,
                certificates=frozenset(desk.certificates),
                weekend=on_weekend(span.start, zone),
                most=template.most,
                day=day.toordinal(),
                handover=timedelta(minutes=template.handover_minutes or 0),
            )


def _span(day: date, template: ShiftTemplate, zone: ZoneInfo) -> Span | None:
    """From wall clock to wall clock: 22:00 and 10 hours end at 08:00 when clocks change, too."""
    starts = datetime.combine(day, template.start)
    ends = starts + timedelta(hours=template.hours)
    start, end = (wall.replace(tzinfo=zone).astimezone(UTC) for wall in (starts, ends))
    return Span(start, end) if start < end else None  # wholly in the hour that is skipped
