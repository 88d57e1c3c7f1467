"""Expected calls raise targets half hour by half hour, and touch nothing else."""

from dataclasses import replace

from hotline.rosters.question.raising import raised
from scheduling.demand.counts import HALF_HOUR
from scheduling.problem import Need, Span
from tests import make

NIGHT = make.span("2026-11-24 14:00", "2026-11-24 17:00")
TWO = Need("day", NIGHT, floor=2, target=2)
CRISIS = Need("day", NIGHT, floor=1, target=1, certificate="crisis")


def test_half_hours_that_want_alike_stay_together() -> None:
    wanted = {NIGHT.start + n * HALF_HOUR: heads for n, heads in enumerate((3, 3, 1, 2, 4))}

    asked = list(raised([TWO], wanted))

    assert [(need.span, need.target) for need in asked] == [
        (make.halves(NIGHT, 0, 2), 3),
        (make.halves(NIGHT, 2, 2), 2),
        (make.halves(NIGHT, 4, 1), 4),
        (make.halves(NIGHT, 5, 1), 2),
    ]
    assert {need.floor for need in asked} == {2}


def test_who_must_hold_a_certificate_is_not_foretold() -> None:
    assert list(raised([CRISIS], {NIGHT.start: 9})) == [CRISIS]


def test_without_a_forecast_needs_are_as_written() -> None:
    assert list(raised([TWO, CRISIS], {})) == [TWO, CRISIS]


def test_zones_a_quarter_of_an_hour_off_want_what_the_half_hour_wants_that_they_begin_in() -> None:
    late = Span(*(at + HALF_HOUR / 2 for at in (NIGHT.start, NIGHT.end)))

    asked = list(raised([replace(TWO, span=late)], {NIGHT.start: 5}))

    assert [(need.span, need.target) for need in asked] == [
        (make.halves(late, 0, 1), 5),
        (make.halves(late, 1, 5), 2),
    ]
