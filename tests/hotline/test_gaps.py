"""Where people are missing: half hours with the same lack are one gap."""

from datetime import timedelta

from hotline.coverage import HALF_HOUR, coverage
from hotline.gaps import gaps, gaps_ahead
from scheduling.problem import Span
from scheduling.roster import Gap
from tests import make

ADA, BO = make.volunteer("Ada"), make.volunteer("Bo")
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


def test_nobody_is_missing_where_there_are_as_many_as_are_wanted() -> None:
    rota = make.rota((ADA, "day", NIGHT), (BO, "day", NIGHT))

    [desk] = coverage(SITE, rota, NIGHT).desks

    assert gaps(desk) == ()
    assert gaps_ahead(SITE, rota, NIGHT) == ()


def test_gaps_ahead_begin_this_moment_and_go_on_from_the_next_half_hour() -> None:
    # given: Bo comes at one o'clock
    now = make.utc("2026-11-24 16:40") + timedelta(seconds=20)
    later = make.span("2026-11-24 17:00", "2026-11-24 18:00")
    # when
    found = gaps_ahead(SITE, make.rota((BO, "day", later)), Span(now, later.end))
    # then
    assert found == (
        Gap("day", Span(now, now + HALF_HOUR), 2, below_floor=True),
        Gap("day", later, 1, below_floor=False),
    )


def test_who_holds_a_certificate_is_missed_less() -> None:
    dee = make.volunteer("Dee", certificates={"crisis": make.LONG_AFTER})
    wants = [make.cover("22:00-08:00", 1), make.cover("22:00-08:00", 3, certificate="crisis")]
    site = make.settings(desks=[make.desk(wants=wants)], lines=[make.line()])

    [desk] = coverage(site, make.rota((dee, "day", NIGHT)), NIGHT).desks

    assert gaps(desk) == (Gap("day", NIGHT, 2, below_floor=True, certificate="crisis"),)


def test_gaps_ahead_stand_by_time_then_desk_then_certificate() -> None:
    # given: the desk that is named first in the configuration is not first in the alphabet
    wants = [make.cover("22:00-08:00", 1), make.cover("22:00-08:00", 2, certificate="crisis")]
    site = make.settings(
        desks=[make.desk("night", wants=wants), make.desk("day", wants=wants)],
        lines=[make.line(desks=("day", "night"))],
    )
    # when
    found = gaps_ahead(site, make.rota(), NIGHT)
    # then
    first, second = Span(NIGHT.start, NIGHT.start + HALF_HOUR), NIGHT.start + HALF_HOUR
    assert found == tuple(
        Gap(desk, span, missing, below_floor=True, certificate=certificate)
        for span in (first, Span(second, NIGHT.end))
        for desk in ("day", "night")
        for missing, certificate in ((1, None), (2, "crisis"))
    )
