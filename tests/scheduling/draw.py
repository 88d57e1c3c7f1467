"""Tiny problems drawn by Hypothesis on a 4-hour grid, so that limits are met exactly."""

from hypothesis import strategies as st

from scheduling.problem import (
    Certificate,
    Need,
    Person,
    Prices,
    Problem,
    Rest,
    Shift,
    ShiftKind,
    Span,
)
from tests.scheduling import make

GRID = 4
DAYS = 4
CELLS = DAYS * 24 // GRID
DESKS = ("nanjing", "suzhou")

KINDS = st.sampled_from(list(ShiftKind))


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
    limits = make.limits(
        draw(st.integers(1, 4)),
        GRID * draw(st.integers(1, 9)),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 2)),
    )
    before = [draw(shifts(f"{name} before {n}", -12, -1)) for n in range(draw(st.integers(0, 1)))]
    ahead = [
        draw(shifts(f"{name} ahead {n}", 0, CELLS + 6))
        for n in range(draw(st.sampled_from((0, 0, 0, 1, 2))))
    ]
    always = (make.span(-48, 480),)
    patchy = tuple(draw(st.lists(spans(), min_size=1, max_size=3)))
    return make.person(
        name,
        desks=draw(st.sampled_from((DESKS, DESKS, DESKS, DESKS[:1]))),
        certificates=draw(st.lists(certificates(), min_size=1, max_size=2)),
        available=draw(st.sampled_from((always, always, always, patchy))),
        most=draw(st.sampled_from((limits, make.limits(), make.limits()))),
        preferred=draw(st.lists(spans(), max_size=2)),
        unwanted=draw(st.lists(spans(), max_size=1)),
        history=(*before, *ahead),
        nights_before=draw(st.integers(-2, 2)),
        weekends_before=draw(st.integers(-1, 1)),
    )


@st.composite
def needs(draw: st.DrawFn) -> Need:
    """A floor and a target, or a certified floor."""
    start = draw(st.integers(-3, CELLS - 1))
    end = GRID * draw(st.integers(start + 1, CELLS + 3))
    floor = draw(st.integers(0, 2))
    desk = draw(st.sampled_from(DESKS))
    if draw(st.booleans()):
        target = floor + draw(st.integers(0, 2))
        return make.need(GRID * start, end, floor, target, desk=desk)
    return make.need(GRID * start, end, floor, desk=desk, certificate="crisis")


@st.composite
def rests(draw: st.DrawFn) -> Rest:
    """Rest in whole cells, or none."""
    cells = [draw(st.integers(0, 3)), draw(st.integers(0, 5)), draw(st.integers(0, 6))]
    usual, after_night, after_full_day = (make.at(GRID * n) - make.MONDAY for n in cells)
    return Rest(usual, after_night, after_full_day)


@st.composite
def problems(draw: st.DrawFn, most_people: int = 2, most_shifts: int = 4) -> Problem:
    """A few people and shifts over four days."""
    names = ("Ada", "Bo", "Cem")[: draw(st.integers(1, most_people))]
    count = draw(st.integers(1, most_shifts))
    offered = [draw(shifts(f"shift {n}", 0, CELLS - 1)) for n in range(count)]
    pairs = [(name, shift.id) for name in names for shift in offered]
    return make.problem(
        [draw(people(name)) for name in names],
        offered,
        draw(st.lists(needs(), max_size=3)),
        draw(st.lists(st.sampled_from(pairs), max_size=1)),
        rest=draw(rests()),
        prices=draw(
            st.sampled_from(
                (Prices(), Prices(50, 50, 0, 3, -7, 1, 2), Prices(20, 5, 4, 1, -1, 6, 0))
            )
        ),
        hours=24 * DAYS,
    )
