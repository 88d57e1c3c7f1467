"""How much do people give in a week, a month or any so many days? As an auditor counts it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from scheduling.problem import Period, Person, Shift, Unit
from scheduling.rules.reading.staffing import Staffing


def all_shifts(staffing: Staffing, person: Person) -> list[Shift]:
    """What the roster gives a person, and all that was given before or is promised."""
    return [*staffing.week_of(person), *person.history]


def counted(unit: Unit, shifts: Iterable[Shift]) -> Fraction:
    """So many of a unit, exactly; a Saturday and the Sunday after it are one weekend."""
    match unit:
        case Unit.HALF_HOURS:
            lengths = [shift.span.end - shift.span.start + shift.handover for shift in shifts]
            return Fraction(sum(lengths, timedelta(0)) // timedelta(minutes=1), 30)
        case Unit.WEEKENDS:
            dates = [date.fromordinal(shift.on).isocalendar() for shift in shifts]
            return Fraction(len({(year, week) for year, week, day in dates if day > 5}))
        case Unit.NIGHTS:
            return Fraction(sum(shift.kind in ("night", "24h") for shift in shifts))
        case Unit.FULL_DAYS:
            return Fraction(sum(shift.kind == "24h" for shift in shifts))
    return Fraction(sum(1 for _ in shifts))


def stretches(period: Period, days: int, shifts: Sequence[Shift]) -> Iterator[list[Shift]]:
    """The shifts of every week, of every month, or of any so many days in a row."""
    if period is Period.ROLLING:
        dates = [shift.on for shift in shifts]
        for first in range(min(dates, default=0) - days + 1, max(dates, default=-days) + 1):
            yield [shift for shift in shifts if first <= shift.on < first + days]
        return
    together: dict[tuple[int, int], list[Shift]] = defaultdict(list)
    for shift in shifts:
        together[named(period, shift.on)].append(shift)
    yield from together.values()


def named(period: Period, on: int) -> tuple[int, int]:
    """The year and number of a date's week or month."""
    day = date.fromordinal(on)
    if period is Period.MONTH:
        return day.year, day.month
    year, week, _ = day.isocalendar()
    return year, week


def beyond(
    staffing: Staffing, person: Person, unit: Unit, period: Period, days: int, most: Fraction
) -> Iterator[tuple[Fraction, tuple[str, ...]]]:
    """Every stretch that the roster takes beyond a limit: how much it holds, and the shifts."""
    shifts = sorted(all_shifts(staffing, person), key=lambda shift: (shift.span, shift.id))
    for stretch in stretches(period, days, shifts):
        held = counted(unit, stretch)
        before = counted(unit, [shift for shift in stretch if shift in person.history])
        if held > max(most, before):
            yield held, tuple(shift.id for shift in stretch)
