"""Does a roster of the public format break a rule, and what does it cost?

Shares nothing with the solver: it knows the instance and the finished roster alone.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from scheduling.formats.instance import (
    DAYS_A_WEEK,
    SATURDAY,
    SUNDAY,
    Employee,
    Instance,
    Plan,
    Request,
)

Days = tuple[str | None, ...]


def price(instance: Instance, plan: Plan) -> int:
    """What the roster costs: wishes not granted, heads missing, heads too many."""
    refused = sum(one.weight for one in instance.wanted if not _works(plan, one))
    forced = sum(one.weight for one in instance.unwanted if _works(plan, one))
    heads = Counter((day, s) for days in plan.days_of.values() for day, s in enumerate(days))
    missing = sum(
        max(0, row.heads - heads[row.day, row.shift]) * row.under
        + max(0, heads[row.day, row.shift] - row.heads) * row.over
        for row in instance.cover
    )
    return refused + forced + missing


def breaches(instance: Instance, plan: Plan) -> Iterator[str]:
    """Every place where the roster breaks a rule, in a sentence."""
    for person in instance.staff:
        days = plan.days_of.get(person.id, ())
        if len(days) != instance.days:
            yield f"{person.id} has {len(days)} days, not {instance.days}."
            continue
        for wrong in _wrong(instance, person, days):
            yield f"{person.id} {wrong}."


def _wrong(instance: Instance, person: Employee, days: Days) -> Iterator[str]:
    yield from _wrong_days(instance, person, days)
    yield from _wrong_totals(instance, person, days)
    yield from _wrong_runs(person, days)


def _wrong_days(instance: Instance, person: Employee, days: Days) -> Iterator[str]:
    kinds = {shift.id: shift for shift in instance.shifts}
    for day, shift in enumerate(days):
        if shift is not None and shift not in kinds:
            yield f"works the unknown shift {shift} on day {day}"
        elif shift is not None and day in person.days_off:
            yield f"works on day {day}, a day off"
    for day, (first, second) in enumerate(pairwise(days)):
        if first in kinds and second in kinds[first].never_before:
            yield f"works {second} right after {first} on day {day + 1}"


def _wrong_totals(instance: Instance, person: Employee, days: Days) -> Iterator[str]:
    minutes = {shift.id: shift.minutes for shift in instance.shifts}
    worked = sum(minutes.get(shift, 0) for shift in days if shift is not None)
    if not person.least_minutes <= worked <= person.most_minutes:
        yield f"works {worked} minutes, not {person.least_minutes} to {person.most_minutes}"
    for shift, most in person.most.items():
        if days.count(shift) > most:
            yield f"works {shift} {days.count(shift)} times, more than {most}"
    weekends = {
        day // DAYS_A_WEEK
        for day, shift in enumerate(days)
        if shift is not None and day % DAYS_A_WEEK in (SATURDAY, SUNDAY)
    }
    if len(weekends) > person.weekends:
        yield f"works on {len(weekends)} weekends, more than {person.weekends}"


def _wrong_runs(person: Employee, days: Days) -> Iterator[str]:
    for works, group in groupby(range(len(days)), key=lambda day: days[day] is not None):
        run = list(group)
        inside = run[0] > 0 and run[-1] < len(days) - 1
        if works and len(run) > person.longest_run:
            yield f"works {len(run)} days in a row from day {run[0]}"
        if works and inside and len(run) < person.shortest_run:
            yield f"works only {len(run)} days in a row from day {run[0]}"
        if not works and inside and len(run) < person.fewest_days_off:
            yield f"has only {len(run)} days off from day {run[0]}"


def _works(plan: Plan, request: Request) -> bool:
    days = plan.days_of.get(request.employee, ())
    return request.day < len(days) and days[request.day] == request.shift
