"""Small instances, drawn on a coarse grid so that limits are met exactly, and every roster."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from scheduling.columns.ledger import OFF
from scheduling.formats import audit
from scheduling.formats.instance import Cover, Employee, Instance, Plan, Request, ShiftType

NAMES = ("Ada", "Bo", "Cem", "Dee", "Eve")


def instance(seed: int, *, days: int = 7, people: int = 2, kinds: int = 2) -> Instance:
    """A drawn instance; some people may have no legal roster."""
    draw = Random(seed)
    ids = ("E", "L", "N")[:kinds]
    shifts = tuple(
        ShiftType(name, draw.choice([480, 480, 600]), frozenset(draw.sample(ids[:n], n)))
        for n, name in enumerate(ids)
    )
    staff = tuple(_person(draw, name, ids, days) for name in NAMES[:people])
    cells = [(day, shift) for day in range(days) for shift in ids]
    return Instance(
        days,
        shifts,
        staff,
        tuple(_request(draw, staff, cells) for _ in range(2 * people)),
        tuple(_request(draw, staff, cells) for _ in range(2 * people)),
        tuple(Cover(d, s, draw.randint(0, people), 20, 3) for d, s in cells if draw.random() < 0.9),
    )


def _person(draw: Random, name: str, ids: tuple[str, ...], days: int) -> Employee:
    return Employee(
        name,
        {shift: draw.choice([0, 1, 2, days, days]) for shift in ids},
        most_minutes=draw.choice([1440, 2400, 2880]),
        least_minutes=draw.choice([0, 960, 1440]),
        longest_run=draw.randint(1, 4),
        shortest_run=draw.choice([0, 1, 2, 3]),
        fewest_days_off=draw.choice([0, 1, 2, 3]),
        weekends=draw.randint(0, 2),
        days_off=frozenset(draw.sample(range(days), draw.randint(0, 1))),
    )


def _request(draw: Random, staff: tuple[Employee, ...], cells: list[tuple[int, str]]) -> Request:
    day, shift = draw.choice(cells)
    return Request(draw.choice(staff).id, day, shift, draw.randint(1, 9))


def legal_rosters(instance: Instance, person: int) -> Iterator[tuple[int, ...]]:
    """Every roster of one person that the auditor finds no breach in."""
    ids = {OFF: None, **{index: shift.id for index, shift in enumerate(instance.shifts)}}
    alone = Instance(instance.days, instance.shifts, (instance.staff[person],))
    name = instance.staff[person].id
    for days in product(ids, repeat=instance.days):
        plan = Plan({name: tuple(ids[day] for day in days)})
        if next(audit.breaches(alone, plan), None) is None:
            yield days


def easy(seed: int, people: int) -> Instance:
    """Two weeks in which everybody has legal rosters."""
    drawn = instance(seed, days=14, people=people, kinds=3)
    staff = tuple(
        replace(one, longest_run=4, least_minutes=0, most={}, most_minutes=4320, weekends=1)
        for one in drawn.staff
    )
    return replace(drawn, staff=staff)
