"""What both faces say of one week: may Ada take all its shifts, and what does that cost?"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduling import audit
from scheduling.patterns import legal_weeks
from scheduling.problem import Limits, Person, Prices, Problem, Rest, Shift, ShiftKind, Span
from scheduling.roster import Roster
from tests.scheduling import make

NO_REST = Rest(timedelta(0), timedelta(0), timedelta(0))
NANJING = ZoneInfo("Asia/Shanghai")


def all_of(problem: Problem) -> Roster:
    """Ada takes every shift."""
    return make.roster(*(("Ada", shift.id) for shift in problem.shifts))


def broken(problem: Problem) -> set[str]:
    """The rules that break when Ada takes all shifts, as the auditor says; the search agrees."""
    found = {breach.rule for breach in audit.breaches(problem, all_of(problem))}
    ids = sorted(shift.id for shift in problem.shifts)
    searched = any(sorted(week.shifts) == ids for week in legal_weeks(problem, problem.people[0]))
    assert searched == (not found), "search and auditor disagree"
    return found


def cost(problem: Problem, wish: str) -> int:
    """What a wish costs when Ada takes all shifts, as the auditor says; the search agrees."""
    paid, ids = audit.price(problem, all_of(problem)), sorted(s.id for s in problem.shifts)
    [week] = [w for w in legal_weeks(problem, problem.people[0]) if sorted(w.shifts) == ids]
    assert sum(week.points) == sum(paid.values()), "search and auditor disagree"
    return paid[wish]


def on_site(
    day: date,
    start: int = 9,
    hours: int = 4,
    kind: ShiftKind = ShiftKind.DAY,
    zone: ZoneInfo = NANJING,
) -> Shift:
    """A shift that starts at an hour of a date on the site's clocks, and lasts by them."""
    begins = datetime.combine(day, time(start))
    ends = begins + timedelta(hours=hours)
    span = Span(*(wall.replace(tzinfo=zone).astimezone(UTC) for wall in (begins, ends)))
    return Shift(f"{day} {start}", "nanjing", kind, span, day=day.toordinal())


def dated(
    days: Iterable[Shift],
    most: Limits,
    history: Iterable[Shift] = (),
    prices: Prices | None = None,
    *,
    first: date | None = None,
    last: date | None = None,
) -> Problem:
    """Ada, who can always come and needs no rest, and a roster from date to date."""
    shifts = tuple(days)
    begin = first or date.fromordinal(min(shift.on for shift in shifts))
    end = last or date.fromordinal(max(shift.on for shift in shifts))
    horizon = Span(_day(begin - timedelta(days=1)), _day(end + timedelta(days=2)))
    always = Span(_day(begin - timedelta(days=400)), _day(end + timedelta(days=400)))
    ada = make.person("Ada", available=[always], most=most, history=history)
    return Problem(
        horizon=horizon,
        people=(ada,),
        shifts=shifts,
        needs=(),
        rest=NO_REST,
        prices=prices or Prices(),
        days=(begin.toordinal(), end.toordinal()),
    )


def ada_of(problem: Problem) -> Person:
    """The one who takes all."""
    return problem.people[0]


def _day(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
