"""Tiny problems drawn by Hypothesis on a 4-hour grid, so that limits are met exactly."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from scheduling.problem import (
    Cap,
    Certificate,
    Limits,
    Need,
    Pair,
    Period,
    Person,
    Pin,
    Prices,
    Problem,
    Rest,
    Rota,
    Shift,
    ShiftKind,
    Span,
    Standing,
    Team,
    Unit,
    Weights,
)
from tests.scheduling import make

GRID = 4
DAYS = 4
CELLS = DAYS * 24 // GRID
DESKS = ("nanjing", "suzhou")

KINDS = st.sampled_from(list(ShiftKind))
HARD_PRICES = replace(
    Prices(50, 50, 0, 3, -7, 1, 2),
    unfair_full_day=3,
    unfair_load=2,
    below_commitment=4,
    short_run=9,
    single_day_off=5,
    half_weekend=8,
)
SMALL_PRICES = replace(
    Prices(20, 5, 4, 1, -1, 6, 0),
    promise_broken=7,
    promise_added=2,
    below_commitment=7,
    short_run=2,
    single_day_off=3,
)
ROTAS = (frozenset[Rota](), frozenset[Rota](), frozenset({Rota.NIGHTS}), frozenset(Rota))
LATE = 0.25
# Monday to Thursday; from a Thursday; over Sunday and the end of a month; over the end of a year
FIRST_DAYS = st.sampled_from((0, 0, 3, 5, 5, 37))
OFFSETS = st.sampled_from((0, 0, 8, -4))  # hours of the site's clocks before UTC's


@st.composite
def shifts(draw: st.DrawFn, name: str, first: int, last: int) -> Shift:
    """A shift that starts between two cells of the grid."""
    start = GRID * draw(st.integers(first, last))
    return make.shift(
        name,
        start,
        start + GRID * draw(st.sampled_from((1, 1, 2, 3, 6))),
        draw(KINDS),
        desk=draw(st.sampled_from(DESKS)),
        certificates=draw(st.sampled_from(((), (), ("crisis",)))),
        weekend=draw(st.booleans()),
        most=draw(st.sampled_from((None, None, None, 0, 1))),
        handover=draw(st.sampled_from((0, 0, 0, 0, LATE, GRID))),
    )


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A stretch on the grid."""
    start = draw(st.integers(0, CELLS - 1))
    return make.span(GRID * start, GRID * draw(st.integers(start + 1, CELLS + 8)))


@st.composite
def certificates(draw: st.DrawFn) -> Certificate:
    """The crisis module, for always or for a while."""
    since = draw(st.sampled_from((None, None, 12, 36)))
    return make.certificate("crisis", since, draw(st.sampled_from((9600, 9600, 60, 72))))


@st.composite
def people(draw: st.DrawFn, name: str) -> Person:
    """Somebody with limits that often bind and a little history."""
    before = [draw(shifts(f"{name} before {n}", -18, -1)) for n in range(draw(st.integers(0, 2)))]
    ahead = [
        draw(shifts(f"{name} ahead {n}", 0, CELLS + 6))
        for n in range(draw(st.sampled_from((0, 0, 0, 1, 2))))
    ]
    always = (make.span(-48, 480),)
    patchy = tuple(draw(st.lists(spans(), min_size=1, max_size=3)))
    person = make.person(
        name,
        desks=draw(st.sampled_from((DESKS, DESKS, DESKS, DESKS[:1]))),
        certificates=draw(st.lists(certificates(), min_size=1, max_size=2)),
        available=draw(st.sampled_from((always, always, always, patchy))),
        most=draw(limits()),
        preferred=draw(st.lists(spans(), max_size=2)),
        unwanted=draw(st.lists(spans(), max_size=1)),
        history=(*before, *ahead),
        nights_before=draw(st.integers(-2, 2)),
        weekends_before=draw(st.integers(-1, 1)),
        absent=draw(st.sampled_from(((), (), (draw(spans()),)))),
    )
    return replace(
        person,
        full_days_before=draw(st.integers(-1, 2)),
        load_before=draw(st.integers(-20, 20)),
        standing=draw(st.sampled_from(Standing)),
        exempt=draw(st.sampled_from(ROTAS)),
    )


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    """Limits of one sort that often bind, or none at all."""
    running = st.integers(1, 3)
    weekly = make.limits(
        draw(st.integers(1, 4)),
        GRID * draw(st.integers(1, 9)),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 2)),
    )
    least = replace(
        make.limits(), least_days_running=draw(running), least_nights_running=draw(running)
    )
    days = replace(
        least,
        days_running=draw(st.sampled_from((None, least.least_days_running, 3))),
        days_off=draw(st.sampled_from((0, 3, 4, 5))),
    )
    capped = replace(least, caps=tuple(draw(st.lists(caps(), min_size=1, max_size=2))))
    return draw(st.sampled_from((make.limits(), weekly, days, days, capped, capped)))


@st.composite
def caps(draw: st.DrawFn) -> Cap:
    """At most, at least, or both, of one unit in one period."""
    unit, period = draw(st.sampled_from(list(Unit))), draw(st.sampled_from(list(Period)))
    each = 2 * GRID if unit is Unit.HALF_HOURS else 1
    least = draw(st.integers(0, 2))
    most = draw(st.sampled_from((None if least else 0, least, least + 1)))
    days = draw(st.integers(1, 9)) if period is Period.ROLLING else 0
    return Cap(unit, period, None if most is None else each * most, each * least, days)


@st.composite
def needs(draw: st.DrawFn) -> Need:
    """A floor and a target, or a certified floor."""
    start = draw(st.integers(-3, CELLS - 1))
    end = GRID * draw(st.integers(start + 1, CELLS + 3))
    floor = draw(st.integers(0, 2))
    desk = draw(st.sampled_from(DESKS))
    standby = draw(st.sampled_from((False, False, True)))
    if draw(st.booleans()):
        target = floor + draw(st.integers(0, 2))
        need = make.need(GRID * start, end, floor, target, desk=desk)
    else:
        need = make.need(GRID * start, end, floor, desk=desk, certificate="crisis")
    return replace(need, standby=standby)


@st.composite
def rests(draw: st.DrawFn) -> Rest:
    """Rest in whole cells, or none."""
    cells = [draw(st.integers(0, most)) for most in (3, 5, 6, 1)]
    return Rest(*(timedelta(hours=GRID * n) for n in cells))


@st.composite
def teams(draw: st.DrawFn, names: Sequence[str]) -> Team:
    """Limits for who learns, and pairs that meet always or never."""
    met = [draw(st.sampled_from((None, None, True, False))) for _ in combinations(names, 2)]
    asked = zip(combinations(names, 2), met, strict=True)
    return Team(
        newcomers_a_shift=draw(st.sampled_from((None, None, 0, 1))),
        newcomers_a_mentor=draw(st.sampled_from((None, None, 0, 1, 2))),
        pairs=tuple(Pair(*pair, together) for pair, together in asked if together is not None),
    )


@st.composite
def problems(draw: st.DrawFn, most_people: int = 2, most_shifts: int = 4) -> Problem:
    """A few people and shifts over four days."""
    names = ("Ada", "Bo", "Cem")[: draw(st.integers(1, most_people))]
    count = draw(st.integers(1, most_shifts))
    offered = [draw(shifts(f"shift {n}", 0, CELLS - 1)) for n in range(count)]
    pairs = [(name, shift.id) for name in names for shift in offered]
    problem = make.problem(
        [draw(people(name)) for name in names],
        offered,
        draw(st.lists(needs(), max_size=3)),
        draw(st.lists(st.sampled_from(pairs), max_size=2)),
        rest=draw(rests()),
        prices=draw(st.sampled_from((Prices(), HARD_PRICES, SMALL_PRICES))),
        hours=24 * DAYS,
    )
    before = st.lists(st.sampled_from([*pairs, ("Eve", offered[0].id), ("Ada", "gone")]))
    published = draw(st.one_of(st.none(), before))
    whole = replace(
        problem,
        team=draw(teams(names)),
        weights=draw(st.sampled_from((Weights(), Weights(1, 2, 3, 2, 1, unit=7)))),
        published=None if published is None else tuple(Pin(*pair) for pair in published),
    )
    later = moved(whole, timedelta(days=draw(FIRST_DAYS)))
    return dated(later, timedelta(hours=draw(OFFSETS)))


def moved(value: Any, by: timedelta) -> Any:
    """The same with every instant so much later."""
    if isinstance(value, datetime):
        return value + by
    if isinstance(value, tuple):
        return tuple(moved(each, by) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        whole = {field.name: moved(getattr(value, field.name), by) for field in fields(value)}
        return replace(value, **whole)
    return value


def dated(problem: Problem, offset: timedelta) -> Problem:
    """The same with the site's dates, on clocks so much before UTC."""

    def on_site(shifts: tuple[Shift, ...]) -> tuple[Shift, ...]:
        days = [(shift, (shift.span.start + offset).toordinal()) for shift in shifts]
        return tuple(replace(shift, day=day) for shift, day in days)

    people = tuple(replace(each, history=on_site(each.history)) for each in problem.people)
    first = (problem.horizon.start + offset).toordinal()
    days = (first, first + DAYS)
    return replace(problem, shifts=on_site(problem.shifts), people=people, days=days)
