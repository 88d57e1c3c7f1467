"""Does a ticked grid mean what was ticked, and lose nothing that its text said?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.written.availability import grid_written
from hotline.written.hours_of_week import EVERY_CELL, Cell, Run, by_day, cells, ticked

CELLS = st.frozensets(st.sampled_from(sorted(EVERY_CELL)))
NEVER = grid_written("")


def evenings(*days: int) -> frozenset[Cell]:
    return frozenset(Cell(day, hour) for day in days for hour in range(18, 22))


def test_a_grid_holds_its_hours_over_midnight_and_over_the_end_of_the_week() -> None:
    held = cells(grid_written("Sun 22:00-02:00"))
    assert held.whole == {Cell(6, 22), Cell(6, 23), Cell(0, 0), Cell(0, 1)}
    assert held.part == set()


def test_always_is_every_hour_and_nothing_is_none() -> None:
    assert cells(grid_written("always")).whole == EVERY_CELL
    assert cells(NEVER).shown == set()


def test_half_an_hour_is_held_in_part() -> None:
    held = cells(grid_written("Mon 18:30-20:00"))
    assert held.whole == {Cell(0, 19)}
    assert held.part == {Cell(0, 18)}


@pytest.mark.parametrize(
    "text",
    ["", "always", "Sat 22:00-08:00; Mon,Wed 18:30-20:10", "Mon 08:00-12:00; Mon 12:00-13:00"],
)
def test_a_grid_that_nobody_touched_stays_word_for_word(text: str) -> None:
    grid = grid_written(text)
    assert ticked(grid, cells(grid).shown) == grid


def test_a_half_hour_stays_when_another_cell_is_ticked_and_goes_when_it_is_cleared() -> None:
    grid = grid_written("Mon 18:30-20:00")
    more = ticked(grid, cells(grid).shown | {Cell(0, 20)})
    assert more.text == "Mon 18:30-21:00"
    less = ticked(grid, cells(grid).shown - {Cell(0, 18)})
    assert less.text == "Mon 19:00-20:00"


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (evenings(0, 1, 2, 3, 4), "Mon-Fri 18:00-22:00"),
        (evenings(0, 1, 3, 4, 5), "Mon,Tue,Thu-Sat 18:00-22:00"),
        (evenings(5, 6), "Sat,Sun 18:00-22:00"),
        (frozenset(Cell(4, h) for h in range(24)), "Fri 00:00-24:00"),
        (cells(grid_written("Fri 22:00-08:00")).whole, "Fri 22:00-08:00"),
        (cells(grid_written("Sun 08:00-08:00")).whole, "Sun 08:00-08:00"),
        (
            frozenset({Cell(6, 23), *(Cell(0, h) for h in range(24)), Cell(1, 0)}),
            "Mon 00:00-24:00; Tue 00:00-01:00; Sun 23:00-24:00",
        ),
        (EVERY_CELL, "always"),
    ],
)
def test_ticked_hours_read_as_a_person_would_write_them(held: frozenset[Cell], text: str) -> None:
    assert ticked(NEVER, held).text == text


def test_a_week_is_cut_at_every_midnight() -> None:
    assert by_day(grid_written("Sun 22:30-02:00")) == (Run(0, 0, 120), Run(6, 22 * 60 + 30, 1440))
    assert by_day(grid_written("always")) == tuple(Run(day, 0, 1440) for day in range(7))
    assert by_day(NEVER) == ()


@given(before=CELLS, after=CELLS)
def test_what_is_ticked_is_held_and_nothing_else(
    before: frozenset[Cell], after: frozenset[Cell]
) -> None:
    held = cells(ticked(ticked(NEVER, before), after))
    assert (held.whole, held.part) == (after, frozenset())
