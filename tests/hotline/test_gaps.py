"""Where people are missing: half hours with the same lack are one gap."""

from hotline.coverage import coverage
from hotline.gaps import gaps
from scheduling.problem import Span
from scheduling.roster import Gap
from tests import make

ADA = make.volunteer("Ada")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")  # 22:00-08:00 in Shanghai
SITE = make.settings(
    desks=[make.desk(wants=[make.cover("22:00-08:00", 1, 2)])], lines=[make.line()]
)


def test_neighbouring_half_hours_with_the_same_people_missing_are_one_gap() -> None:
    late = Span(make.utc("2026-11-24 16:00"), NIGHT.end)

    [desk] = coverage(SITE, make.rota((ADA, "day", late)), NIGHT).desks

    assert gaps(desk) == (
        Gap("day", Span(NIGHT.start, late.start), 2, below_floor=True),
        Gap("day", late, 1, below_floor=False),
    )


def test_a_gap_with_a_hole_in_it_is_two_gaps() -> None:
    middle = make.span("2026-11-24 16:00", "2026-11-24 17:00")

    [desk] = coverage(SITE, make.rota((ADA, "day", middle)), NIGHT).desks

    below = [gap.span for gap in gaps(desk) if gap.below_floor]
    assert below == [Span(NIGHT.start, middle.start), Span(middle.end, NIGHT.end)]
